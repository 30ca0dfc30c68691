import type { ProviderContext, Where } from "../../contracts/index.ts";
import { isSelected } from "../shared/selection.ts";
import { sharedWork } from "../shared/shared-work.ts";
import type { Clients } from "./clients.ts";
import type { EmulatorCredentialsSource } from "./credentials.ts";
import { required } from "./errors.ts";
import { kqlPipe } from "./kql.ts";
import type { AzureOptions } from "./options.ts";
import { type GraphRow, queryGraph, textOf } from "./resource-graph.ts";

/** A subscription, and where in it there is something. */
interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly regions: readonly string[];
}

export interface Accounts {
  /** Ids of the configured subscriptions that may be meant; undefined for all that the identity can read. */
  configured(where: Pick<Where, "accounts">, caller: Pick<ProviderContext, "signal">): Promise<readonly string[] | undefined>;
  /** The subscriptions that are meant, with their regions; one request for all of them. */
  find(where: Pick<Where, "accounts">, context: ProviderContext): Promise<readonly Subscription[]>;
  /** Where is told what belongs to a subscription and to none of its regions: the first region that was found. */
  homeRegion(account: string): string | undefined;
  /** Learns the names of subscriptions that are configured. */
  prepare(caller: Pick<ProviderContext, "signal">): Promise<void>;
}

interface AccountsParts {
  readonly options: AzureOptions;
  readonly clients: Clients;
  readonly handedOut: EmulatorCredentialsSource;
  /** Filled with names by id, as they become known. */
  readonly names: Record<string, string>;
}

/** Names and regions in one query; `global` is where resources are that belong to no region. */
export const SUBSCRIPTIONS_QUERY = kqlPipe(
  "ResourceContainers",
  'where type =~ "microsoft.resources/subscriptions"',
  "project id, subscriptionId, name",
  'join kind=leftouter (Resources | where location != "global" | summarize locations = make_set(location) by subscriptionId) on subscriptionId',
  "project id, subscriptionId, name, locations",
);

/** The subscriptions of the provider: those that are configured, else those that can be read. */
export function createAccounts({ options, clients, handedOut, names }: AccountsParts): Accounts {
  const homes = new Map<string, string>();
  for (const { id, name } of options.subscriptions ?? []) if (name !== undefined) names[id.toLowerCase()] = name;

  const entries = sharedWork(
    async (caller: Pick<ProviderContext, "signal">) => {
      const list = (await handedOut(caller))?.subscriptions ?? options.subscriptions;
      for (const { id, name } of list ?? []) if (name !== undefined) names[id.toLowerCase()] = name;
      return list?.map(({ id, name }) => ({ id: id.toLowerCase(), name }));
    },
    { keep: true },
  );

  function isMeant({ accounts }: Pick<Where, "accounts">, id: string, name: string | undefined): boolean {
    return isSelected(accounts, [id, name, names[id]]);
  }

  async function configured(where: Pick<Where, "accounts">, caller: Pick<ProviderContext, "signal">) {
    return (await entries(caller))?.filter(({ id, name }) => name === undefined || isMeant(where, id, name)).map(({ id }) => id);
  }

  return {
    configured,
    homeRegion: (account) => homes.get(account),
    prepare: async (caller) => {
      await entries(caller);
    },
    async find(where, context) {
      const ids = await configured(where, context);
      if (ids?.length === 0) return [];
      const found: Subscription[] = [];
      const list = context.shared(`subscriptions ${ids?.join() ?? "*"}`, () => queryGraph(clients, SUBSCRIPTIONS_QUERY, ids, context));
      for await (const rows of list) found.push(...rows.map(subscriptionOf));
      for (const { id, name, regions } of found) {
        names[id] ??= name;
        if (regions[0] !== undefined) homes.set(id, regions[0]);
      }
      return found.filter(({ id, name }) => isMeant(where, id, name));
    },
  };
}

function subscriptionOf(row: GraphRow): Subscription {
  const { locations } = row;
  // Null for a subscription in which there is nothing.
  const regions = locations === null ? [] : locations;
  if (!Array.isArray(regions)) return required<never>(undefined, "Resources", "locations");
  return {
    id: textOf(row, "subscriptionId").toLowerCase(),
    name: textOf(row, "name"),
    regions: regions.map((region) => String(region).toLowerCase()).sort(),
  };
}
