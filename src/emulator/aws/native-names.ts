import type { ResourceKind } from "../../contracts/index.ts";
import type { FleetPlan, FleetResource } from "../fleet.ts";
import { chance, hexDigits, pick } from "../hash.ts";

const INSTANCE_TYPES = ["t3.medium", "m5.large", "m6i.xlarge", "c6i.large", "r6g.large"] as const;
const ZONES = ["a", "b", "c"] as const;
const FIRST_LAUNCH_MS = Date.UTC(2023, 0, 1);
const LAST_LAUNCH_MS = Date.UTC(2024, 11, 31);

export const AWS_MAIN_ACCOUNT = "111122223333";
export const AWS_PAYMENTS_ACCOUNT = "444455556666";

/** Regions that exist but are not enabled in the emulated accounts. */
export const AWS_DISABLED_REGIONS = ["ap-east-1"] as const;

/** The emulated AWS: two accounts, six enabled regions, ids in the vendor's forms. */
export const AWS_FLEET_PLAN: FleetPlan = {
  provider: "aws",
  kinds: ["virtual-machine", "database", "function", "load-balancer"],
  traits: { chineseNames: true, nameTag: true, basicMonitoring: true, terminated: true },
  accounts: [
    { id: AWS_MAIN_ACCOUNT, name: "main", weight: 70 },
    { id: AWS_PAYMENTS_ACCOUNT, name: "payments", weight: 30 },
  ],
  regions: [
    { id: "us-east-1", weight: 30 },
    { id: "us-west-2", weight: 13 },
    { id: "eu-west-1", weight: 20 },
    { id: "eu-central-1", weight: 13 },
    { id: "ap-southeast-1", weight: 12 },
    { id: "ap-northeast-1", weight: 12 },
    ...AWS_DISABLED_REGIONS.map((id) => ({ id, weight: 0 })),
  ],
  idOf: (kind: ResourceKind, { account, region, name, key }) => {
    switch (kind) {
      case "virtual-machine":
        return `i-0${hexDigits(8, key, "instance")}${key.toString(16).padStart(8, "0")}`;
      case "load-balancer":
        return `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/${name}/${hexDigits(16, key, "balancer")}`;
      default:
        return name;
    }
  },
};

/** `app/NAME/HEX`: the `LoadBalancer` dimension of AWS/ApplicationELB, the end of the ARN. */
export function loadBalancerDimension(resource: FleetResource): string {
  return resource.id.slice(resource.id.indexOf("loadbalancer/") + "loadbalancer/".length);
}

/** `targetgroup/NAME/HEX`: the `TargetGroup` dimension of the one target group behind a load balancer, the end of its ARN. */
export function targetGroupDimension(resource: FleetResource): string {
  return `targetgroup/${resource.name.replace("-alb", "-tg")}/${hexDigits(16, resource.key, "target-group")}`;
}

export function targetGroupArn(resource: FleetResource): string {
  return `arn:aws:elasticloadbalancing:${resource.region}:${resource.account}:${targetGroupDimension(resource)}`;
}

export function instanceTypeOf(resource: FleetResource): string {
  return pick(INSTANCE_TYPES, resource.key, "type");
}

/** One image a region, as where one team bakes them. */
export function imageIdOf(resource: FleetResource): string {
  return `ami-0${hexDigits(16, resource.region, "image")}`;
}

export function zoneOf(resource: FleetResource): string {
  return `${resource.region}${pick(ZONES, resource.key, "zone")}`;
}

/** When an instance was launched: at a whole second, in milliseconds since the epoch. */
export function launchMsOf(resource: FleetResource): number {
  return Math.floor((FIRST_LAUNCH_MS + chance(resource.key, "launch") * (LAST_LAUNCH_MS - FIRST_LAUNCH_MS)) / 1_000) * 1_000;
}

/** One network an account and region. */
export function vpcIdOf(account: string, region: string): string {
  return `vpc-0${hexDigits(16, account, region, "vpc")}`;
}

/** Half of the machines of the application `reports` run Windows; the others Linux. */
export function isWindows(resource: FleetResource): boolean {
  return resource.application === "reports" && chance(resource.key, "windows") < 0.5;
}

/** The key with which a region's volumes, snapshots and secrets are encrypted. */
export function kmsKeyArn(account: string, region: string): string {
  const digits = hexDigits(32, account, region, "kms");
  const id = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`, digits.slice(20)].join("-");
  return `arn:aws:kms:${region}:${account}:key/${id}`;
}
