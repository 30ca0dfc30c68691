import { z } from "zod";
import type { Fleet } from "../fleet.ts";
import { AzureError } from "./azure-error.ts";
import { evaluate } from "./kql/evaluate.ts";
import { KqlError } from "./kql/kql-error.ts";
import type { TimeBounds } from "./kql/time-bounds.ts";
import { datetimeText, type KqlRow, type KqlTable, type KqlType, timespanText } from "./kql/value.ts";
import { logTable } from "./log-tables.ts";
import { badArgument, LOG_WORDING, logError, logQueryError, partialError } from "./log-wording.ts";
import type { AzureCircumstances, AzureReply, AzureRequest, AzureService } from "./service.ts";
import { readTimespan } from "./timespan.ts";
import { type Workspace, workspacesOf } from "./workspaces.ts";

const PATH = /^\/v1\/workspaces\/([^/]+)\/query$/i;
/** "Azure Monitor service limits", Log queries and language: records in one result. */
const MAX_ROWS = 500_000;
const MAX_BATCH = 100;

const querySchema = z.object({ query: z.string(), timespan: z.string().nullish(), workspaces: z.array(z.string()).nullish() });
const batchSchema = z.object({
  requests: z
    .array(
      z.object({
        id: z.string(),
        workspace: z.string(),
        body: querySchema,
        headers: z.record(z.string(), z.string()).nullish(),
        path: z.literal("/query").nullish(),
        method: z.literal("POST").nullish(),
      }),
    )
    .min(1)
    .max(MAX_BATCH),
});

interface LogQuery extends z.infer<typeof querySchema> {
  readonly workspace: string;
  readonly prefer: string;
}

/** The Log Analytics data plane: KQL over the tables of a workspace. */
export function logAnalyticsService(fleet: Fleet): AzureService {
  const workspaces = new Map(workspacesOf(fleet).map((workspace) => [workspace.customerId, workspace]));
  const run = (query: LogQuery, circumstances: AzureCircumstances) => answer(fleet, workspaces, query, circumstances);
  return {
    id: "loganalytics",
    host: /^api\.loganalytics\.(io|azure\.com)$/,
    audiences: ["https://api.loganalytics.io", "https://api.loganalytics.azure.com"],
    wording: LOG_WORDING,
    route: ({ method, path }) => {
      if (method === "POST" && path === "/v1/$batch") return { operation: "QueryBatch", account: null, region: null };
      const id = PATH.exec(path)?.[1]?.toLowerCase();
      if (id === undefined || (method !== "POST" && method !== "GET")) return undefined;
      const { account = null, region = null } = workspaces.get(id) ?? {};
      // Results have no pages: the fault that loses one loses a part of the rows, which the vendor calls a partial error.
      return { operation: "Query", account, region, continues: true };
    },
    operations: {
      Query: (request, circumstances) => run(readQuery(request), circumstances),
      QueryBatch: (request, circumstances) => runBatch(request, (query) => run(query, circumstances)),
    },
  };
}

function readQuery({ method, json, path, query, headers }: AzureRequest): LogQuery {
  const input = method === "GET" ? { query: query.get("query"), timespan: query.get("timespan") } : json;
  const parsed = querySchema.safeParse(input);
  if (!parsed.success) throw badArgument({ code: "QueryValidationError", message: "Failed parsing the query: it is missing or no text." });
  return { ...parsed.data, workspace: PATH.exec(path)?.[1] ?? "", prefer: headers.prefer ?? "" };
}

function runBatch({ json }: AzureRequest, run: (query: LogQuery) => AzureReply): AzureReply {
  const parsed = batchSchema.safeParse(json);
  if (!parsed.success)
    throw badArgument({ code: "QueryValidationError", message: `The batch is invalid: ${parsed.error.issues[0]?.message}` });
  const responses = parsed.data.requests.map(({ id, workspace, body, headers }) => {
    try {
      return { id, status: 200, body: run({ ...body, workspace, prefer: headers?.prefer ?? headers?.Prefer ?? "" }).body };
    } catch (error) {
      if (!(error instanceof AzureError)) throw error;
      return { id, status: error.status, body: error.body };
    }
  });
  return { body: { responses: responses.map((response) => ({ ...response, headers: {} })) } };
}

function answer(
  fleet: Fleet,
  workspaces: ReadonlyMap<string, Workspace>,
  query: LogQuery,
  { fault, denies, nowMs }: AzureCircumstances,
): AzureReply {
  const workspace = workspaces.get(query.workspace.toLowerCase());
  if (workspace === undefined)
    throw logError(404, { code: "WorkspaceNotFoundError", message: `The workspace '${query.workspace}' could not be found` });
  // A batch goes over several regions: what is denied is found out for each query.
  if (denies(workspace.region)) throw LOG_WORDING.denied({ operation: "Query", account: workspace.account, region: workspace.region });
  if (query.workspaces != null && query.workspaces.length > 0)
    throw badArgument({ code: "QueryValidationError", message: "Queries over several workspaces are not emulated." });
  const bounds = readTimespan(query.timespan ?? undefined, nowMs);
  const table = evaluated(query.query, nowMs, (name, own) => logTable(name, fleet, workspace, narrowed(own, bounds), nowMs));
  const rows = [...table.rows];
  const lost = fault === "lost-page";
  const most = lost ? Math.floor(rows.length / 2) : MAX_ROWS;
  const statistics = query.prefer.includes("include-statistics=true");
  return {
    body: {
      tables: [
        {
          name: "PrimaryResult",
          columns: table.columns.map(({ name, type }) => ({ name, type })),
          rows: rows.slice(0, most).map((row) => wireRow(row, table)),
        },
      ],
      ...(statistics ? { statistics: statisticsOf(rows.length) } : {}),
      ...(lost || rows.length > MAX_ROWS ? { error: partialError(lost ? SHARD_FAILED : TOO_LARGE) } : {}),
    },
  };
}

const TOO_LARGE = `The results of this query exceed the set limit of ${MAX_ROWS} records, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003).`;
const SHARD_FAILED = "Something went wrong processing your query on the server: one or more shards could not be read.";

function evaluated(text: string, nowMs: number, tableOf: (name: string, bounds: TimeBounds) => KqlTable | undefined): KqlTable {
  try {
    const { columns, rows } = evaluate(text, { nowMs, table: tableOf });
    return { columns, rows: [...rows] };
  } catch (error) {
    if (error instanceof KqlError) throw logQueryError(error);
    throw error;
  }
}

function narrowed(one: TimeBounds, other: TimeBounds): TimeBounds {
  return { fromMs: Math.max(one.fromMs, other.fromMs), toMs: Math.min(one.toMs, other.toMs) };
}

/** Cells as JSON: dynamics are text, as the vendor sends them. */
function wireRow(row: KqlRow, { columns }: KqlTable): readonly unknown[] {
  return columns.map(({ type }, index) => wireCell(row[index], type));
}

function wireCell(value: unknown, type: KqlType): unknown {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "datetime":
      return datetimeText(Number(value));
    case "timespan":
      return timespanText(Number(value));
    case "dynamic":
      return JSON.stringify(value);
    case "real":
      return Number.isFinite(value) ? value : null;
    default:
      return value;
  }
}

/** What `Prefer: include-statistics=true` asks for ("Azure Monitor Log Analytics API response format"). */
function statisticsOf(rowCount: number) {
  return {
    query: {
      executionTime: 0.0156,
      resourceUsage: {
        cpu: { user: "00:00:00.0156250", kernel: "00:00:00", "total cpu": "00:00:00.0156250" },
        memory: { peak_per_node: 1_048_576 },
      },
      datasetStatistics: [{ table_row_count: rowCount, table_size: rowCount * 128 }],
    },
  };
}
