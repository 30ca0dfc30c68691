import type { ResourceKind } from "../contracts/index.ts";
import { describeResource, type FleetResource, type FleetTraits } from "./fleet-resource.ts";
import { chance, hash } from "./hash.ts";

export type { FleetResource } from "./fleet-resource.ts";

interface FleetAccount {
  readonly id: string;
  readonly name: string;
  /** Share of the resources, relative to the other accounts. */
  readonly weight: number;
}

interface FleetRegion {
  readonly id: string;
  /** Share of the resources; 0 for a region that exists but is not enabled. */
  readonly weight: number;
}

/** What a cloud adds to the neutral fleet: its accounts and regions, the shape of its ids, and what it knows of resources. */
export interface FleetPlan {
  readonly provider: string;
  readonly kinds: readonly ResourceKind[];
  readonly traits: FleetTraits;
  readonly accounts: readonly FleetAccount[];
  readonly regions: readonly FleetRegion[];
  /** The id as the cloud's API gives it. `key` is unique in the fleet. */
  idOf(
    kind: ResourceKind,
    place: { readonly account: string; readonly region: string; readonly name: string; readonly key: number },
  ): string;
}

/** One cloud's world: what runs there. A pure function of plan, seed and number of virtual machines. */
export interface Fleet {
  readonly provider: string;
  readonly seed: number;
  readonly accounts: readonly FleetAccount[];
  readonly regions: readonly FleetRegion[];
  readonly resources: readonly FleetResource[];
  /** In the order of the fleet; empty where there are none. */
  of(account: string, region: string, kind: ResourceKind): readonly FleetResource[];
  find(account: string, region: string, kind: ResourceKind, id: string): FleetResource | undefined;
}

/** How many resources of each kind go with `instances` virtual machines. */
export function fleetSizes(instances: number): Readonly<Record<ResourceKind, number>> {
  return {
    "virtual-machine": instances,
    database: Math.max(4, Math.floor(instances / 20)),
    function: Math.max(6, Math.floor(instances / 20)),
    "load-balancer": Math.max(3, Math.floor(instances / 40)),
  };
}

/** Builds the world. A resource does not depend on how many there are: fleets of one seed are prefixes of each other. */
export function buildFleet(plan: FleetPlan, seed: number, instances: number): Fleet {
  const resources: FleetResource[] = [];
  const keys = new Set<number>();
  const numbers = new Map<string, number>();
  for (const [kind, size] of Object.entries(fleetSizes(instances)) as [ResourceKind, number][]) {
    if (!plan.kinds.includes(kind)) continue;
    for (let index = 0; index < size; index++) {
      const account = weighted(plan.accounts, chance(seed, plan.provider, kind, index, "account"));
      const region = weighted(plan.regions, chance(seed, plan.provider, kind, index, "region"));
      let key = hash(seed, plan.provider, kind, index, "key");
      while (keys.has(key)) key = hash(key, "again");
      keys.add(key);
      const described = describeResource(kind, key, plan.traits, (stem) => {
        const number = (numbers.get(stem) ?? 0) + 1;
        numbers.set(stem, number);
        return number;
      });
      const place = { account: account.id, region: region.id, name: described.name, key };
      resources.push({
        key,
        provider: plan.provider,
        account: account.id,
        region: region.id,
        kind,
        id: plan.idOf(kind, place),
        ...described,
      });
    }
  }
  return indexed(plan, seed, resources);
}

function indexed(plan: FleetPlan, seed: number, resources: readonly FleetResource[]): Fleet {
  // Nested rather than keyed by joined strings: metric calls look up hundreds of resources each.
  const places = new Map<string, Map<string, Map<ResourceKind, Map<string, FleetResource>>>>();
  for (const resource of resources) {
    const regions = entryOf(places, resource.account, () => new Map());
    const kinds = entryOf(regions, resource.region, () => new Map());
    entryOf(kinds, resource.kind, () => new Map()).set(resource.id, resource);
  }
  return {
    provider: plan.provider,
    seed,
    accounts: plan.accounts,
    regions: plan.regions,
    resources,
    of: (account, region, kind) => [...(places.get(account)?.get(region)?.get(kind)?.values() ?? [])],
    find: (account, region, kind, id) => places.get(account)?.get(region)?.get(kind)?.get(id),
  };
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}

function weighted<Item extends { readonly weight: number }>(items: readonly Item[], position: number): Item {
  const total = items.reduce((sum, item) => sum + item.weight, 0);
  let rest = position * total;
  for (const item of items) {
    rest -= item.weight;
    if (rest < 0) return item;
  }
  const last = items.findLast((item) => item.weight > 0);
  if (last === undefined) throw new RangeError("A fleet needs accounts and regions with weight.");
  return last;
}
