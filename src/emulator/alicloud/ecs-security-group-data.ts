import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";
import { nativeId } from "./native-names.ts";

/** A security group of a network. */
export interface EcsSecurityGroup {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: "normal" | "enterprise";
  readonly vpcId: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Whole seconds, in milliseconds since the epoch. */
  readonly createdMs: number;
  readonly rules: readonly EcsSecurityRule[];
}

export interface EcsSecurityRule {
  readonly id: string;
  readonly direction: "ingress" | "egress";
  readonly policy: "Accept" | "Drop";
  readonly protocol: "TCP" | "ICMP" | "ALL";
  /** `22/22`, `1/65535`; `-1/-1` for every port. */
  readonly ports: string;
  /** Source of what comes in, destination of what goes out. */
  readonly cidr: string;
  readonly priority: number;
  readonly description: string;
}

type Rule = Omit<EcsSecurityRule, "id">;

const WORLD = "0.0.0.0/0";
const OFFICE = "203.0.113.0/24";
const MACHINES_PER_UNUSED = 12;
const UNUSED_NAMES = ["old-office-vpn", "临时调试", "bastion", "测试-勿删"] as const;
const CREATED_FIRST_MS = Date.UTC(2022, 5, 1);

/** The group of a machine: that of its application. */
export function securityGroupId({ account, region, application }: Pick<FleetResource, "account" | "region" | "application">): string {
  return groupId(region, hash(account, region, "group", application));
}

export function vpcIdOf(account: string, region: string): string {
  return `vpc-${nativeId(region, hash(account, region, "vpc"), account)}`;
}

/** The groups of a place, greatest id first: one for each application, and some in which no machine is. */
export function securityGroupsOf(fleet: Fleet, account: string, region: string): readonly EcsSecurityGroup[] {
  const machines = fleet.of(account, region, "virtual-machine");
  const applications = [...new Set(machines.map(({ application }) => application))].sort();
  const used = applications.map((application) => {
    const key = hash(account, region, "group", application);
    const tags: Record<string, string> = { service: application, env: pick(["prod", "staging"] as const, key, "env") };
    return group(key, account, region, `${application}-sg`, tags);
  });
  const unused = Array.from({ length: Math.ceil(machines.length / MACHINES_PER_UNUSED) }, (_, index) => {
    const key = hash(fleet.seed, account, region, "unused group", index);
    const tags: Record<string, string> = chance(key, "tagged") < 0.5 ? { 负责人: pick(["李雷", "韩梅梅"] as const, key, "owner") } : {};
    return group(key, account, region, `${pick(UNUSED_NAMES, key, "name")}-${index + 1}`, tags);
  });
  return [...used, ...unused].sort((left, right) => (left.id < right.id ? 1 : -1));
}

/** Whether anybody may reach a port: no group here has a rule that takes an open port back. */
export function opensToWorld({ rules }: EcsSecurityGroup, port: number): boolean {
  return rules.some(({ direction, policy, protocol, ports, cidr }) => {
    const [first = 0, last = 0] = ports.split("/").map(Number);
    const covers = ports === "-1/-1" || (first <= port && port <= last);
    return direction === "ingress" && policy === "Accept" && protocol !== "ICMP" && cidr === WORLD && covers;
  });
}

function group(key: number, account: string, region: string, name: string, tags: Readonly<Record<string, string>>): EcsSecurityGroup {
  return {
    key,
    id: groupId(region, key),
    name,
    description: chance(key, "described") < 0.5 ? "由运维创建" : "",
    type: chance(key, "type") < 0.2 ? "enterprise" : "normal",
    vpcId: vpcIdOf(account, region),
    tags,
    createdMs: CREATED_FIRST_MS + Math.floor(chance(key, "created") * 900 * 86_400) * 1_000,
    rules: rulesFor(key).map((rule, index) => ({ ...rule, id: `sgr-${nativeId(region, hash(key, "rule", index), "rule")}` })),
  };
}

function rulesFor(key: number): readonly Rule[] {
  const access = chance(key, "access");
  return [
    // Some open one port, some all of them; some open it to the office alone, or refuse it in so many words.
    ...(access < 0.2 ? [incoming("22/22", WORLD, "ssh")] : []),
    ...(access >= 0.2 && access < 0.3 ? [incoming("1/65535", WORLD, "调试用")] : []),
    ...(access >= 0.3 && access < 0.7 ? [incoming("22/22", OFFICE, "办公网 ssh")] : []),
    ...(access >= 0.7 && access < 0.8 ? [{ ...incoming("22/22", WORLD, "禁止 ssh"), policy: "Drop" as const }] : []),
    incoming("443/443", WORLD, "https"),
    incoming("3306/3306", "172.16.0.0/12", "数据库"),
    { ...incoming("-1/-1", WORLD, "ping"), protocol: "ICMP" },
    { direction: "egress", policy: "Accept", protocol: "ALL", ports: "-1/-1", cidr: WORLD, priority: 100, description: "" },
  ];
}

function incoming(ports: string, cidr: string, description: string): Rule {
  return { direction: "ingress", policy: "Accept", protocol: "TCP", ports, cidr, priority: 1, description };
}

function groupId(region: string, key: number): string {
  return `sg-${nativeId(region, key, "group")}`;
}
