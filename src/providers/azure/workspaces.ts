import type { ProviderContext, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Clients } from "./clients.ts";
import { kqlPipe } from "./kql.ts";
import { type GraphRow, queryGraph, textOf } from "./resource-graph.ts";

/** A Log Analytics workspace. */
export interface Workspace {
  /** Its name; with the resource group where a place has two of one name. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly resourceGroup: string;
  /** By which it is queried. */
  readonly customerId: string;
}

export interface Workspaces {
  /** The workspaces of a place; one request for all places. */
  of(scope: Pick<Scope, "account" | "region">, context: ProviderContext): Promise<readonly Workspace[]>;
}

export const WORKSPACES_QUERY = kqlPipe(
  "Resources",
  'where type =~ "microsoft.operationalinsights/workspaces"',
  "project id, name, resourceGroup, subscriptionId, location, customerId = tostring(properties.customerId)",
);

export function createWorkspaces(accounts: Accounts, clients: Clients): Workspaces {
  return {
    async of(scope, context) {
      const subscriptions = await accounts.configured({}, context);
      const found: Workspace[] = [];
      const list = context.shared("workspaces", () => queryGraph(clients, WORKSPACES_QUERY, subscriptions, context));
      for await (const rows of list) {
        found.push(...rows.map(workspaceOf).filter(({ account, region }) => account === scope.account && region === scope.region));
      }
      return found.map((workspace) =>
        found.some((other) => other !== workspace && other.name === workspace.name)
          ? { ...workspace, name: `${workspace.resourceGroup}/${workspace.name}` }
          : workspace,
      );
    },
  };
}

function workspaceOf(row: GraphRow): Workspace {
  return {
    name: textOf(row, "name"),
    account: textOf(row, "subscriptionId").toLowerCase(),
    region: textOf(row, "location").toLowerCase(),
    resourceGroup: textOf(row, "resourceGroup"),
    customerId: textOf(row, "customerId"),
  };
}
