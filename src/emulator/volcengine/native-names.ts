import type { ResourceKind } from "../../contracts/index.ts";
import type { FleetPlan, FleetResource } from "../fleet.ts";
import { chance, hash, hexDigits, pick } from "../hash.ts";

export const VOLCENGINE_MAIN_ACCOUNT = "2100012345";
export const VOLCENGINE_PAYMENTS_ACCOUNT = "2100067890";

const INSTANCE_TYPES = [
  { id: "ecs.g3i.large", cpus: 2, memoryMib: 8_192 },
  { id: "ecs.g3i.xlarge", cpus: 4, memoryMib: 16_384 },
  { id: "ecs.c3i.xlarge", cpus: 4, memoryMib: 8_192 },
  { id: "ecs.r3i.large", cpus: 2, memoryMib: 16_384 },
] as const;
const ZONES = ["a", "b", "c"] as const;

/** The emulated Volcengine: two accounts, four regions, ids in the vendor's forms. */
export const VOLCENGINE_FLEET_PLAN: FleetPlan = {
  provider: "volcengine",
  kinds: ["virtual-machine", "database", "load-balancer"],
  traits: { chineseNames: true, nameTag: false, basicMonitoring: false, terminated: false },
  accounts: [
    { id: VOLCENGINE_MAIN_ACCOUNT, name: "main", weight: 70 },
    { id: VOLCENGINE_PAYMENTS_ACCOUNT, name: "payments", weight: 30 },
  ],
  regions: [
    { id: "cn-beijing", weight: 40 },
    { id: "cn-shanghai", weight: 25 },
    { id: "cn-guangzhou", weight: 20 },
    { id: "ap-southeast-1", weight: 15 },
  ],
  idOf: (kind: ResourceKind, { name, key }) => {
    switch (kind) {
      case "virtual-machine":
        return `i-y${serial(19, key, "instance")}`;
      case "database":
        return `${name.includes("mysql") ? "mysql" : "postgres"}-${hexDigits(4, key, "database")}${key.toString(16).padStart(8, "0")}`;
      case "load-balancer":
        return `alb-${serial(24, key, "balancer")}`;
      default:
        return name;
    }
  },
};

/** Lower-case letters and digits, `length` of them, as the vendor's ids have. `key` makes them unique. */
export function serial(length: number, key: number, purpose: string): string {
  // Seven digits hold 32 bits: the last seven are the key itself.
  let text = key.toString(36).padStart(7, "0");
  for (let index = 0; text.length < length; index++) text = hash(key, purpose, index).toString(36).padStart(7, "0") + text;
  return text.slice(-length);
}

export function instanceTypeOf(resource: FleetResource): (typeof INSTANCE_TYPES)[number] {
  return pick(INSTANCE_TYPES, resource.key, "type");
}

export function zoneOf(resource: FleetResource): string {
  return `${resource.region}-${pick(ZONES, resource.key, "zone")}`;
}

/** One network a region and account. */
export function vpcIdOf(resource: Pick<FleetResource, "account" | "region">): string {
  return `vpc-${serial(20, hash(resource.account, resource.region), "vpc")}`;
}

/** When an instance was created, in milliseconds since the epoch. */
export function createdMsOf({ key }: FleetResource): number {
  return Date.UTC(2025, 0, 1) + Math.floor(chance(key, "created") * 365) * 86_400_000;
}

/** Billing has a project of its own; everything else is in the default one. */
export function projectOf({ application }: Pick<FleetResource, "application">): string {
  return application === "billing" ? "finance" : "default";
}

/** One image a region. */
export function imageIdOf(region: string): string {
  return `image-${serial(20, hash(region), "image")}`;
}

/** The security group that every instance of a region has. */
export function defaultSecurityGroupId(region: string): string {
  return `sg-${serial(20, hash(region), "group")}`;
}

/** The security group of one application. */
export function applicationSecurityGroupId(account: string, region: string, application: string): string {
  return `sg-${serial(20, hash(account, region, application), "group")}`;
}

/** Times as most of the vendor's services write them: with China's offset. */
export function chinaTime(timestampMs: number): string {
  return `${new Date(timestampMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
