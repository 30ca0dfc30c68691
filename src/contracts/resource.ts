import type { Text } from "../errors/index.ts";

/** What can be listed. The value is the `service` that scopes and receipts name. */
export const RESOURCE_KINDS = {
  "virtual-machine": { service: "compute", name: { en: "server", zh: "服务器" }, plural: { en: "servers", zh: "服务器" } },
  database: { service: "database", name: { en: "database", zh: "数据库" }, plural: { en: "databases", zh: "数据库" } },
  function: { service: "function", name: { en: "function", zh: "函数" }, plural: { en: "functions", zh: "函数" } },
  "load-balancer": {
    service: "load-balancer",
    name: { en: "load balancer", zh: "负载均衡" },
    plural: { en: "load balancers", zh: "负载均衡" },
  },
} as const satisfies Record<string, { service: string; name: Text; plural: Text }>;

export type ResourceKind = keyof typeof RESOURCE_KINDS;

/** One place a cloud is asked about: an account (AWS account, Azure subscription, Google project) in a region, for one service. */
export interface Scope {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly service: string;
}

export type PartialScope = Omit<Scope, "service">;

/** States of all clouds, in one vocabulary. */
export const RESOURCE_STATES = ["running", "stopped", "starting", "stopping", "terminated", "available", "failed", "unknown"] as const;
export type ResourceState = (typeof RESOURCE_STATES)[number];

/** One thing that runs in a cloud. `(provider, account, region, kind, id)` identifies it. */
export interface Resource {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly kind: ResourceKind;
  /** As the cloud's API gives it. */
  readonly id: string;
  /** The display name; the id where there is none. */
  readonly name: string;
  readonly state: ResourceState;
  readonly tags: Readonly<Record<string, string>>;
  /** What the provider itself needs later or a person may want to see: instance type, monitoring mode, metric dimensions. Flat. */
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** Unique over all clouds; resources are counted by it. */
export function resourceKey(resource: Pick<Resource, "provider" | "account" | "region" | "kind" | "id">): string {
  return `${resource.provider}/${resource.account}/${resource.region}/${resource.kind}/${resource.id}`;
}

/** A region, and the places people call it by. */
export interface RegionName {
  readonly id: string;
  readonly partition: string;
  /** City and country names, lower case: `["frankfurt", "germany", "法兰克福", "德国"]`. The first English and first Chinese one are shown. */
  readonly places: readonly string[];
}
