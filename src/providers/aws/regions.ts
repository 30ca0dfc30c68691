import type { RegionName } from "../../contracts/index.ts";

export type Partition = "aws" | "aws-cn" | "aws-us-gov";

const COMMERCIAL: Readonly<Record<string, string>> = {
  "us-east-1": "virginia, n. virginia, northern virginia, 弗吉尼亚北部, 弗吉尼亚, 美东",
  "us-east-2": "ohio, 俄亥俄",
  "us-west-1": "california, n. california, northern california, 加利福尼亚北部, 加州, 加利福尼亚",
  "us-west-2": "oregon, 俄勒冈, 美西",
  "af-south-1": "cape town, south africa, 开普敦, 南非",
  "ap-east-1": "hong kong, 香港",
  "ap-east-2": "taipei, taiwan, 台北, 台湾",
  "ap-south-1": "mumbai, 孟买",
  "ap-south-2": "hyderabad, 海得拉巴",
  "ap-northeast-1": "tokyo, 东京",
  "ap-northeast-2": "seoul, korea, south korea, 首尔, 韩国",
  "ap-northeast-3": "osaka, 大阪",
  "ap-southeast-1": "singapore, 新加坡",
  "ap-southeast-2": "sydney, 悉尼",
  "ap-southeast-3": "jakarta, indonesia, 雅加达, 印度尼西亚, 印尼",
  "ap-southeast-4": "melbourne, 墨尔本",
  "ap-southeast-5": "malaysia, kuala lumpur, 马来西亚, 吉隆坡",
  "ap-southeast-6": "new zealand, auckland, 新西兰, 奥克兰",
  "ap-southeast-7": "thailand, bangkok, 泰国, 曼谷",
  "ca-central-1": "montreal, canada central, 蒙特利尔, 加拿大中部",
  "ca-west-1": "calgary, 卡尔加里",
  "eu-central-1": "frankfurt, germany, 法兰克福, 德国",
  "eu-central-2": "zurich, switzerland, 苏黎世, 瑞士",
  "eu-north-1": "stockholm, sweden, 斯德哥尔摩, 瑞典",
  "eu-south-1": "milan, italy, 米兰, 意大利",
  "eu-south-2": "spain, aragon, 西班牙, 阿拉贡",
  "eu-west-1": "ireland, dublin, 爱尔兰, 都柏林",
  "eu-west-2": "london, united kingdom, england, 伦敦, 英国",
  "eu-west-3": "paris, france, 巴黎, 法国",
  "il-central-1": "tel aviv, israel, 特拉维夫, 以色列",
  "me-central-1": "uae, united arab emirates, dubai, 阿联酋, 迪拜",
  "me-south-1": "bahrain, 巴林",
  "mx-central-1": "mexico, queretaro, 墨西哥, 克雷塔罗",
  "sa-east-1": "sao paulo, são paulo, brazil, 圣保罗, 巴西",
};

const CHINA: Readonly<Record<string, string>> = {
  "cn-north-1": "beijing, 北京",
  "cn-northwest-1": "ningxia, 宁夏",
};

const GOVERNMENT: Readonly<Record<string, string>> = {
  "us-gov-east-1": "govcloud east, us government east, 政府云东部",
  "us-gov-west-1": "govcloud west, us government west, 政府云西部",
};

/** Every region with the names people call it by; names shared by several (Japan, India, Australia, China) are left out. */
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
  return Object.entries(places).map(([id, names]) => ({ id, partition, places: names.split(", ") }));
}
