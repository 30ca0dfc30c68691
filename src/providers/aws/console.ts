import type { Resource } from "../../contracts/index.ts";
import { type Partition, partitionOf } from "./regions.ts";

const HOSTS: Readonly<Record<Partition, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

const PAGES: Readonly<Record<Resource["kind"], (id: string) => string>> = {
  "virtual-machine": (id) => `ec2/home?region=REGION#InstanceDetails:instanceId=${id}`,
  database: (id) => `rds/home?region=REGION#database:id=${id}`,
  function: (id) => `lambda/home?region=REGION#/functions/${id}`,
  "load-balancer": (id) => `ec2/home?region=REGION#LoadBalancer:loadBalancerArn=${id}`,
};

/** The page of the AWS console that shows a resource. */
export function consoleUrl({ kind, id, region }: Resource): string {
  const host = HOSTS[partitionOf(region)];
  return `https://${region}.${host}/${PAGES[kind](encodeURIComponent(id)).replace("REGION", region)}`;
}
