import type { ProviderContext, Resource, ResourceLister, ResourceQuery, ResourceState, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Clients } from "./clients.ts";
import { PROVIDER_ID, required } from "./errors.ts";
import { type GraphRow, optionalTextOf, queryGraph, textOf } from "./resource-graph.ts";
import { type GraphKind, resourceQuery } from "./resource-query.ts";

/** How rows of a kind become resources. */
export interface GraphKindReader extends GraphKind {
  /** The state for a status that is not in the list. */
  readonly otherState: ResourceState;
  attributesOf(row: GraphRow): Readonly<Record<string, string | number | boolean | undefined>>;
}

/** Lists a kind: one query for all subscriptions and regions that are meant, in pages that all scopes read along. */
export function listFromGraph(accounts: Accounts, clients: Clients, reader: GraphKindReader): ResourceLister {
  return async function* (scope, where, context) {
    context.signal.throwIfAborted();
    const subscriptions = await accounts.configured(where, context);
    const key = JSON.stringify([reader.kind, subscriptions ?? "*", keyOf(where)]);
    const list = context.shared(key, () => pagesByPlace(clients, reader, where, subscriptions, context));
    for await (const page of list) {
      const resources = page.get(placeOf(scope.account, scope.region));
      if (resources !== undefined) yield resources;
    }
  };
}

/** All that decides what the query is; `accounts` stands beside it. */
function keyOf({ regions, states, tags, names, ids }: ResourceQuery) {
  return [regions, states, tags, names, ids];
}

async function* pagesByPlace(
  clients: Clients,
  reader: GraphKindReader,
  where: ResourceQuery,
  subscriptions: readonly string[] | undefined,
  context: ProviderContext,
): AsyncGenerator<ReadonlyMap<string, readonly Resource[]>> {
  // Resources may move between pages while they are read; each counts once.
  const seen = new Set<string>();
  for await (const rows of queryGraph(clients, resourceQuery(reader, where), subscriptions, context)) {
    const places = new Map<string, Resource[]>();
    for (const row of rows) {
      const resource = resourceOf(row, reader);
      if (seen.has(resource.id)) continue;
      seen.add(resource.id);
      const place = placeOf(resource.account, resource.region);
      const known = places.get(place);
      if (known === undefined) places.set(place, [resource]);
      else known.push(resource);
    }
    yield places;
  }
}

function placeOf(account: Scope["account"], region: Scope["region"]): string {
  return `${account}/${region}`;
}

function resourceOf(row: GraphRow, { kind, states, otherState, attributesOf }: GraphKindReader): Resource {
  const status = optionalTextOf(row, "status");
  const attributes: Record<string, string | number | boolean> = { resourceType: textOf(row, "type").toLowerCase() };
  const group = optionalTextOf(row, "resourceGroup");
  if (group !== undefined) attributes.resourceGroup = group;
  for (const [name, value] of Object.entries(attributesOf(row))) if (value !== undefined && value !== "") attributes[name] = value;
  return {
    provider: PROVIDER_ID,
    account: textOf(row, "subscriptionId").toLowerCase(),
    region: textOf(row, "location").toLowerCase(),
    kind,
    id: textOf(row, "id"),
    name: textOf(row, "name"),
    state: status === undefined ? "unknown" : (states[status.toLowerCase()] ?? otherState),
    tags: tagsOf(row),
    attributes,
  };
}

function tagsOf({ tags }: GraphRow): Record<string, string> {
  // Null for a resource without any.
  if (tags === null) return {};
  if (tags === undefined || typeof tags !== "object") return required<never>(undefined, "Resources", "tags");
  return Object.fromEntries(Object.entries(tags as object).map(([key, value]) => [key, String(value ?? "")]));
}
