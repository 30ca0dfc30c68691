import type { FleetResource } from "../fleet.ts";
import { chance, pick } from "../hash.ts";
import { workspaceName } from "./workspaces.ts";

/** Where a resource sends its logs and metrics. */
export interface AzureDiagnosticSetting {
  readonly id: string;
  readonly name: string;
  readonly resource: FleetResource;
  readonly workspaceId: string;
  readonly logs: readonly { readonly group: string; readonly enabled: boolean }[];
  readonly metrics: boolean;
}

const HAVE: Readonly<Partial<Record<FleetResource["kind"], number>>> = { database: 0.6, "load-balancer": 0.5, function: 0.4 };

/** None or one: machines have agents instead, and of the other resources many send nothing. */
export function diagnosticSettingsOf(resource: FleetResource): readonly AzureDiagnosticSetting[] {
  const { key, id, account, region, kind } = resource;
  if (chance(key, "diagnostics") >= (HAVE[kind] ?? 0)) return [];
  const name = pick(["to-workspace", "audit", "诊断日志"], key, "setting");
  return [
    {
      id: `${id}/providers/microsoft.insights/diagnosticSettings/${name}`,
      name,
      resource,
      workspaceId: `/subscriptions/${account}/resourceGroups/rg-monitoring/providers/Microsoft.OperationalInsights/workspaces/${workspaceName(region)}`,
      logs: [
        { group: "audit", enabled: true },
        { group: "allLogs", enabled: chance(key, "all logs") < 0.5 },
      ],
      metrics: chance(key, "metrics to workspace") < 0.7,
    },
  ];
}
