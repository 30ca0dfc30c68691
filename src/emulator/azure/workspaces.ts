import type { Fleet } from "../fleet.ts";
import { logSourcesOf } from "../log-data.ts";
import { guidOf } from "./native-names.ts";

/** A Log Analytics workspace: one for each subscription and region in which something writes logs. */
export interface Workspace {
  /** The `customerId`, by which queries name it. */
  readonly customerId: string;
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

export function workspaceName(region: string): string {
  return `law-${region}`;
}

export function workspacesOf(fleet: Fleet): readonly Workspace[] {
  return fleet.accounts.flatMap(({ id: account }) =>
    fleet.regions
      .filter(({ id: region }) => logSourcesOf(fleet, account, region).length > 0)
      .map(({ id: region }) => {
        const name = workspaceName(region);
        return {
          customerId: guidOf("workspace", account, region),
          id: `/subscriptions/${account}/resourceGroups/rg-monitoring/providers/Microsoft.OperationalInsights/workspaces/${name}`,
          name,
          account,
          region,
        };
      }),
  );
}
