import type { ResourceKind, ResourceState } from "../contracts/index.ts";
import { chance, pick } from "./hash.ts";

export interface FleetResource {
  /** 32 bits, different for every resource of the fleet: seeds its series and whatever else is made up about it. */
  readonly key: number;
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly kind: ResourceKind;
  /** As the cloud's API gives it. */
  readonly id: string;
  readonly name: string;
  readonly state: ResourceState;
  readonly tags: Readonly<Record<string, string>>;
  /** The application it belongs to: checkout, catalog, search, auth, reports or billing. */
  readonly application: string;
  /** `detailed`: a point a minute; `basic`: a point every five minutes. Other kinds than virtual machines are always detailed. */
  readonly monitoring: "basic" | "detailed";
  /** Whether an agent inside reports memory and disk. */
  readonly agent: boolean;
  /** Above 80 % CPU at every hour of the day. */
  readonly hot: boolean;
}

/** How resources of a cloud differ from those of others. */
export interface FleetTraits {
  /** Whether names may be Chinese. */
  readonly chineseNames: boolean;
  /** Whether the name of a machine stands in a tag `Name`. */
  readonly nameTag: boolean;
  /** Whether some machines have a point only every five minutes. */
  readonly basicMonitoring: boolean;
  /** Whether machines that were given up are still listed; else those are stopped ones. */
  readonly terminated: boolean;
  /** A tag's value as the cloud allows it, where that is not everything. */
  tagValue?(value: string): string;
}

type Description = Pick<FleetResource, "name" | "state" | "tags" | "application" | "monitoring" | "agent" | "hot">;

const APPLICATIONS = ["checkout", "catalog", "search", "auth", "reports", "billing"] as const;
const ROLES = ["web", "api", "worker", "db", "cache"] as const;
const ENGINES = ["mysql", "postgres"] as const;
const JOBS = ["resize", "notify", "export", "index", "refund"] as const;
const TEAMS = ["payments", "search", "platform", "data"] as const;
const OWNERS = ["alice", "bob", "chen.wei", "李雷", "韩梅梅"] as const;
const CHINESE_NAMES = [
  { stem: "订单-服务", application: "checkout" },
  { stem: "报表-任务", application: "reports" },
  { stem: "支付-网关", application: "billing" },
  { stem: "搜索-节点", application: "search" },
] as const;
const TEAM_OF: Readonly<Record<(typeof APPLICATIONS)[number], (typeof TEAMS)[number]>> = {
  checkout: "payments",
  billing: "payments",
  search: "search",
  catalog: "search",
  auth: "platform",
  reports: "data",
};

/** Makes up what one resource is like. `nextNumber` counts names that begin alike. */
export function describeResource(kind: ResourceKind, key: number, traits: FleetTraits, nextNumber: (stem: string) => number): Description {
  const { stem, application } = nameOf(kind, key, traits);
  const name = `${stem}-${String(nextNumber(stem)).padStart(3, "0")}`;
  const machine = kind === "virtual-machine";
  const state = machine ? machineState(key, traits) : kind === "database" && chance(key, "state") < 0.06 ? "stopped" : "available";
  return {
    name,
    state,
    tags: tagsOf(kind, key, name, application, traits),
    application,
    monitoring: !machine || !traits.basicMonitoring || chance(key, "monitoring") < 0.6 ? "detailed" : "basic",
    agent: machine && chance(key, "agent") < 0.5,
    hot: (state === "running" || state === "available") && chance(key, "hot") < 0.12,
  };
}

function nameOf(
  kind: ResourceKind,
  key: number,
  { chineseNames }: FleetTraits,
): { stem: string; application: (typeof APPLICATIONS)[number] } {
  if (chineseNames && kind === "virtual-machine" && chance(key, "chinese") < 1 / 15) return pick(CHINESE_NAMES, key, "chinese-name");
  const application = pick(APPLICATIONS, key, "application");
  switch (kind) {
    case "virtual-machine":
      return { stem: `${application}-${pick(ROLES, key, "role")}`, application };
    case "database":
      return { stem: `${application}-${pick(ENGINES, key, "engine")}`, application };
    case "function":
      return { stem: `${application}-${pick(JOBS, key, "job")}`, application };
    case "load-balancer":
      return { stem: `${application}-alb`, application };
  }
}

function machineState(key: number, { terminated }: FleetTraits): ResourceState {
  const position = chance(key, "state");
  if (position < 0.92) return "running";
  if (position < 0.98) return "stopped";
  if (position < 0.99) return "stopping";
  return terminated ? "terminated" : "stopped";
}

function tagsOf(
  kind: ResourceKind,
  key: number,
  name: string,
  application: (typeof APPLICATIONS)[number],
  { nameTag, tagValue }: FleetTraits,
): Record<string, string> {
  const tags: Record<string, string> = nameTag && kind === "virtual-machine" ? { Name: name } : {};
  const env = chance(key, "env");
  if (env < 0.9) tags.env = env < 0.4 ? "prod" : env < 0.6 ? "staging" : "dev";
  tags.team = chance(key, "moved") < 0.8 ? TEAM_OF[application] : pick(TEAMS, key, "team");
  tags.service = application;
  if (chance(key, "owned") < 0.5) tags.owner = pick(OWNERS, key, "owner");
  if (chance(key, "cost") < 1 / 3) tags["cost-center"] = `cc-${100 + Math.floor(chance(key, "cost-center") * 12)}`;
  if (tagValue !== undefined) for (const [tag, value] of Object.entries(tags)) tags[tag] = tagValue(value);
  return tags;
}
