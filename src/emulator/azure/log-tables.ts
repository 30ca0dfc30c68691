import type { Fleet } from "../fleet.ts";
import { insightsRows } from "./insights-rows.ts";
import type { TimeBounds } from "./kql/time-bounds.ts";
import type { KqlColumn, KqlRow, KqlTable } from "./kql/value.ts";
import type { LogRow, RowRequest } from "./log-row.ts";
import { messageRows } from "./message-rows.ts";
import { dependencyRows, requestRows } from "./trace-rows.ts";
import { usageRows } from "./usage-rows.ts";
import type { Workspace } from "./workspaces.ts";

const DAY_MS = 86_400_000;
const RETENTION_DAYS = 30;

/** Columns that every table of workspace-based Application Insights has ("Azure Monitor Logs table reference"). */
const TELEMETRY = columnsOf(
  "TenantId:string TimeGenerated:datetime OperationName:string OperationId:string ParentId:string AppRoleName:string AppRoleInstance:string AppVersion:string SDKVersion:string ClientIP:string ItemCount:int Properties:dynamic Measurements:dynamic IKey:string ResourceGUID:string SourceSystem:string Type:string _ResourceId:string",
);

interface LogTable {
  readonly columns: readonly KqlColumn[];
  rows(request: RowRequest): Iterable<LogRow>;
}

const TABLES: Readonly<Record<string, LogTable>> = {
  AppTraces: { columns: [...TELEMETRY, ...columnsOf("Message:string SeverityLevel:int")], rows: messageRows },
  // Thrown errors have a table of their own; nothing throws in this world.
  AppExceptions: {
    columns: [
      ...TELEMETRY,
      ...columnsOf("SeverityLevel:int ExceptionType:string ProblemId:string Method:string OuterMessage:string Details:dynamic"),
    ],
    rows: () => [],
  },
  AppRequests: {
    columns: [
      ...TELEMETRY,
      ...columnsOf(
        "Id:string Source:string Name:string Url:string Success:bool ResultCode:string DurationMs:real PerformanceBucket:string",
      ),
    ],
    rows: requestRows,
  },
  AppDependencies: {
    columns: [
      ...TELEMETRY,
      ...columnsOf(
        "Id:string Target:string DependencyType:string Name:string Data:string Success:bool ResultCode:string DurationMs:real PerformanceBucket:string",
      ),
    ],
    rows: dependencyRows,
  },
  InsightsMetrics: {
    columns: columnsOf(
      "TenantId:string SourceSystem:string TimeGenerated:datetime Computer:string Origin:string Namespace:string Name:string Val:real Tags:string AgentId:string Type:string _ResourceId:string",
    ),
    rows: insightsRows,
  },
  Usage: {
    columns: columnsOf(
      "TenantId:string Computer:string TimeGenerated:datetime SourceSystem:string StartTime:datetime EndTime:datetime DataType:string Solution:string Quantity:real QuantityUnit:string IsBillable:bool ResourceUri:string Type:string",
    ),
    rows: usageRows,
  },
};

/** A table of a workspace, its rows within the bounds as they are known by now; undefined where there is none of the name. */
export function logTable(name: string, fleet: Fleet, workspace: Workspace, bounds: TimeBounds, nowMs: number): KqlTable | undefined {
  const table = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
  if (table === undefined) return undefined;
  const fromMs = Math.max(bounds.fromMs, nowMs - RETENTION_DAYS * DAY_MS);
  const toMs = Math.min(bounds.toMs, nowMs) + 1;
  return { columns: table.columns, rows: rowsOf(name, table, { fleet, workspace, fromMs, toMs, nowMs }) };
}

function* rowsOf(name: string, { columns, rows }: LogTable, request: RowRequest): Generator<KqlRow> {
  if (request.fromMs >= request.toMs) return;
  const fixed: LogRow = { TenantId: request.workspace.customerId, SourceSystem: "Azure", Type: name };
  for (const row of rows(request)) {
    yield columns.map((column) => row[column.name] ?? fixed[column.name] ?? (column.type === "string" ? "" : null));
  }
}

function columnsOf(text: string): readonly KqlColumn[] {
  return text.split(" ").map((column) => {
    const [name = "", type = ""] = column.split(":");
    return { name, type: type as KqlColumn["type"] };
  });
}
