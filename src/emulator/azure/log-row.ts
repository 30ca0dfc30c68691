import type { Fleet } from "../fleet.ts";
import { AZURE_TENANT, guidOf } from "./native-names.ts";
import type { Workspace } from "./workspaces.ts";

/** What a maker of rows is asked: a workspace, the time, and what is known by now. */
export interface RowRequest {
  readonly fleet: Fleet;
  readonly workspace: Workspace;
  /** Milliseconds since the epoch; `toMs` exclusive. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
}

/** A row by column names; columns that are missing are empty. */
export type LogRow = Readonly<Record<string, unknown>>;

/** What telemetry of one service has in common: the Application Insights component that took it in. */
export function componentOf(workspace: Workspace, service: string): LogRow {
  const group = `/subscriptions/${workspace.account}/resourcegroups/rg-${service}`;
  return {
    AppRoleName: service,
    AppVersion: "1.0.0",
    SDKVersion: "node:3.4.0",
    ClientIP: "0.0.0.0",
    IKey: guidOf(AZURE_TENANT, workspace.id, service, "key"),
    ResourceGUID: guidOf(AZURE_TENANT, workspace.id, service, "component"),
    _ResourceId: `${group}/providers/microsoft.insights/components/appi-${service}`,
  };
}
