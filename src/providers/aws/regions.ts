import type { RegionName } from "../../contracts/index.ts";
import { placesOf } from "../shared/places.ts";

export type Partition = "aws" | "aws-cn" | "aws-us-gov";

const COMMERCIAL: Readonly<Record<string, string>> = {
  "us-east-1": "virginia",
  "us-east-2": "ohio",
  "us-west-1": "california",
  "us-west-2": "oregon",
  "af-south-1": "cape town",
  "ap-east-1": "hong kong",
  "ap-east-2": "taipei",
  "ap-south-1": "mumbai",
  "ap-south-2": "hyderabad",
  "ap-northeast-1": "tokyo",
  "ap-northeast-2": "seoul",
  "ap-northeast-3": "osaka",
  "ap-southeast-1": "singapore",
  "ap-southeast-2": "sydney",
  "ap-southeast-3": "jakarta",
  "ap-southeast-4": "melbourne",
  "ap-southeast-5": "kuala lumpur",
  "ap-southeast-6": "auckland",
  "ap-southeast-7": "bangkok",
  "ca-central-1": "montreal, canada central, 加拿大中部",
  "ca-west-1": "calgary",
  "eu-central-1": "frankfurt",
  "eu-central-2": "zurich",
  "eu-north-1": "stockholm",
  "eu-south-1": "milan",
  "eu-south-2": "aragon",
  "eu-west-1": "ireland",
  "eu-west-2": "london",
  "eu-west-3": "paris",
  "il-central-1": "tel aviv",
  "me-central-1": "dubai",
  "me-south-1": "bahrain",
  "mx-central-1": "queretaro",
  "sa-east-1": "sao paulo",
};

const CHINA: Readonly<Record<string, string>> = {
  "cn-north-1": "beijing",
  "cn-northwest-1": "zhongwei",
};

const GOVERNMENT: Readonly<Record<string, string>> = {
  "us-gov-east-1": "govcloud east, us government east, 政府云东部",
  "us-gov-west-1": "govcloud west, us government west, 政府云西部",
};

/** Every region with the names people call it by. */
export const AWS_REGIONS: readonly RegionName[] = [
  ...regionsOf("aws", COMMERCIAL),
  ...regionsOf("aws-cn", CHINA),
  ...regionsOf("aws-us-gov", GOVERNMENT),
];

/** Where STS and DescribeRegions are asked when nothing else says so. */
export const HOME_REGIONS: Readonly<Record<Partition, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
};

/** By the prefix, so that regions opened after this list was written have one too. */
export function partitionOf(region: string): Partition {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function regionsOf(partition: Partition, places: Readonly<Record<string, string>>): RegionName[] {
  return Object.entries(places).map(([id, names]) => ({ id, partition, places: placesOf(names) }));
}
