import { hostLabel } from "./errors.ts";

/** Products that are asked, apart from the log service, whose client knows its own hosts. */
export type Product = "sts" | "ecs" | "rds" | "cms";

/** Regions whose ECS has another host than the rest (`endpoints` of the published API description, and of the SDK). */
const ECS_HOSTS: Readonly<Record<string, string>> = {
  "cn-hangzhou": "ecs-cn-hangzhou.aliyuncs.com",
  "cn-shanghai-finance-1": "ecs-cn-hangzhou.aliyuncs.com",
  "cn-shenzhen-finance-1": "ecs-cn-hangzhou.aliyuncs.com",
  "cn-hangzhou-finance": "ecs.aliyuncs.com",
  "cn-north-2-gov-1": "ecs.aliyuncs.com",
};

/** Regions whose RDS answers at the central host, told apart by `RegionId` (RDS API reference, "Endpoints"). */
const CENTRAL_RDS: ReadonlySet<string> = new Set(
  `cn-qingdao cn-beijing cn-hangzhou cn-shanghai cn-shenzhen cn-hongkong ap-southeast-1 us-west-1 us-east-1
  cn-hangzhou-finance cn-shanghai-finance-1 cn-shenzhen-finance-1 cn-north-2-gov-1`.split(/\s+/),
);

export function hostOf(product: Product, region: string): string {
  switch (product) {
    case "sts":
      return "sts.aliyuncs.com";
    case "ecs":
      return ECS_HOSTS[region] ?? `ecs.${hostLabel(region)}.aliyuncs.com`;
    case "rds":
      return CENTRAL_RDS.has(region) ? "rds.aliyuncs.com" : `rds.${hostLabel(region)}.aliyuncs.com`;
    case "cms":
      return `metrics.${hostLabel(region)}.aliyuncs.com`;
  }
}

/** Services with one host for all regions (their API references, "Endpoints"). */
const CENTRAL: ReadonlySet<string> = new Set(["sts", "ram", "resourcecenter", "resourcemanager", "tag", "bss"]);
const PRODUCTS: ReadonlySet<string> = new Set<Product>(["sts", "ecs", "rds", "cms"]);

/** The host of any service: always below aliyuncs.com. `label` is what a description calls it. */
export function hostOfService(service: string, label: string | undefined, region: string): string {
  if (PRODUCTS.has(service)) return hostOf(service as Product, region);
  const name = hostLabel(label ?? service);
  return CENTRAL.has(service) ? `${name}.aliyuncs.com` : `${name}.${hostLabel(region)}.aliyuncs.com`;
}
