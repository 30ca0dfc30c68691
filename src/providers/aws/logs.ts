import type {
  LogEntry,
  LogPage,
  LogRequest,
  LogSeverity,
  LogSource,
  LogsCapability,
  ProviderContext,
  Scope,
} from "../../contracts/index.ts";
import { SEVERITY_WORDS, severityOfLevel } from "../shared/log-vocabulary.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { required } from "./errors.ts";
import { filterSmallGroup, SMALL_GROUP_BYTES } from "./filter-logs.ts";
import { COUNT, countQuery, entriesQuery, LEVEL, MOST_ROWS, MOST_VALUES, VALUE, wordField } from "./insights-query.ts";
import { nativeTable } from "./insights-table.ts";
import { parseLine, serviceOfGroup } from "./log-fields.ts";
import { pagesOf } from "./paging.ts";
import { runInsights } from "./run-insights.ts";

const GROUPS_A_PAGE = 50;

/** CloudWatch Logs: log groups, read by Logs Insights, or by FilterLogEvents where that is free and short. */
export function cloudWatchLogs(accounts: Accounts): LogsCapability {
  return {
    /** Log groups in one Insights query (CloudWatch Logs quotas). */
    batchSize: 50,
    sources: (scope, service, context) => listGroups(accounts, scope, service, context),
    read: (scope, request, context) => readLogs(accounts, scope, request, context),
  };
}

/** Groups whose name contains the service, without regard to case, which the API's own name filter cannot do. */
async function* listGroups(
  accounts: Accounts,
  scope: Scope,
  service: string | undefined,
  context: ProviderContext,
): AsyncGenerator<LogSource[]> {
  const { sdk, call } = await accounts.connect("logs", scope, context);
  const wanted = service?.toLowerCase();
  const operation = "DescribeLogGroups";
  const list = pagesOf(operation, (token) =>
    call(
      operation,
      (client, send) =>
        client.send(new sdk.DescribeLogGroupsCommand({ limit: GROUPS_A_PAGE, ...(token === undefined ? {} : { nextToken: token }) }), send),
      (reply) => ({
        page: required(reply.logGroups, operation, "logGroups").map((group): LogSource => {
          const name = required(group.logGroupName, operation, "logGroupName");
          return { name, ...(group.storedBytes === undefined ? {} : { storedBytes: group.storedBytes }) };
        }),
        next: reply.nextToken,
      }),
    ),
  );
  for await (const groups of list) {
    const matching = groups.filter(({ name }) => wanted === undefined || name.toLowerCase().includes(wanted));
    if (matching.length > 0) yield matching;
  }
}

/**
 * Insights finds the newest entries and counts on the server, over 50 groups at once, but every query waits for its polls and is paid
 * by what it scans. FilterLogEvents costs nothing, but hands out everything from the oldest on: it is used for entries of a single
 * small group, whose few pages are read whole.
 */
async function* readLogs(accounts: Accounts, scope: Scope, request: LogRequest, context: ProviderContext): AsyncGenerator<LogPage> {
  if (request.sources.length === 0) return;
  const logs = await accounts.connect("logs", scope, context);
  const [first, ...others] = request.sources;
  if (request.native !== undefined) yield await readNative(logs, request, request.native, context);
  else if (request.countBy !== undefined) yield await countEntries(logs, scope, request, request.countBy, context);
  else if (first?.storedBytes !== undefined && first.storedBytes <= SMALL_GROUP_BYTES && others.length === 0)
    yield await filterSmallGroup(logs, first.name, request);
  else yield await readEntries(logs, request, context);
}

async function readEntries(logs: Connection<"logs">, request: LogRequest, context: ProviderContext): Promise<LogPage> {
  const limit = Math.min(request.limit, MOST_ROWS);
  const { rows, scannedBytes } = await runInsights(logs, context, { ...request, text: entriesQuery(request, limit), limit });
  const { fromMs, toMs } = request.window;
  const entries = rows.map(entryOf).filter(({ timestampMs }) => timestampMs >= fromMs && timestampMs < toMs);
  return { entries, ...scanned(scannedBytes), ...(rows.length === MOST_ROWS && request.limit > MOST_ROWS ? { truncated: CUT } : {}) };
}

async function countEntries(
  logs: Connection<"logs">,
  scope: Scope,
  request: LogRequest,
  countBy: string,
  context: ProviderContext,
): Promise<LogPage> {
  const { rows, scannedBytes } = await runInsights(logs, context, { ...request, text: countQuery(request, countBy), limit: MOST_ROWS });
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = countedValue(row, countBy, scope);
    counts.set(value, (counts.get(value) ?? 0) + Number(required(row.get(COUNT), "GetQueryResults", "the count")));
  }
  return {
    counts: [...counts].map(([value, count]) => ({ value, count })),
    ...scanned(scannedBytes),
    ...(rows.length >= MOST_VALUES ? { truncated: CUT_VALUES } : {}),
  };
}

async function readNative(logs: Connection<"logs">, request: LogRequest, native: string, context: ProviderContext): Promise<LogPage> {
  const { rows, scannedBytes } = await runInsights(logs, context, { ...request, text: native, limit: Math.min(request.limit, MOST_ROWS) });
  // Any smaller number was asked for, or is the query's own.
  return { table: nativeTable(rows), ...scanned(scannedBytes), ...(rows.length >= MOST_ROWS ? { truncated: CUT } : {}) };
}

function entryOf(row: ReadonlyMap<string, string>): LogEntry {
  const source = groupOf(required(row.get("@log"), "GetQueryResults", "@log"));
  const text = required(row.get("@message"), "GetQueryResults", "@message");
  return {
    timestampMs: insightsTimeMs(required(row.get("@timestamp"), "GetQueryResults", "@timestamp")),
    source,
    ...parseLine(text, source),
  };
}

function countedValue(row: ReadonlyMap<string, string>, countBy: string, scope: Scope): string {
  switch (countBy) {
    case "region":
    case "account":
    case "provider":
      return scope[countBy];
    case "severity":
      return severityOfRow(row) ?? "unknown";
    case "source":
      return groupOf(row.get(VALUE) ?? "");
    case "service": {
      const value = row.get(VALUE) ?? "";
      // `ACCOUNT:GROUP` where no field names the service.
      return /^\d{12}:/.test(value) ? (serviceOfGroup(groupOf(value)) ?? value) : value;
    }
    default:
      return row.get(VALUE) ?? "";
  }
}

function severityOfRow(row: ReadonlyMap<string, string>): LogSeverity | null {
  const level = row.get(LEVEL);
  if (level) return severityOfLevel(level);
  return SEVERITY_WORDS.find(([word]) => row.get(wordField(word)) === "1")?.[1] ?? null;
}

/** `ACCOUNT:GROUP`, as `@log` has it. */
function groupOf(log: string): string {
  return log.replace(/^\d{12}:/, "");
}

/** `2026-08-22 09:00:00.000`, in UTC. */
function insightsTimeMs(text: string): number {
  const timeMs = Date.parse(`${text.replace(" ", "T")}Z`);
  return Number.isNaN(timeMs) ? required<number>(undefined, "GetQueryResults", "a readable @timestamp") : timeMs;
}

function scanned(bytes: number | undefined): Pick<LogPage, "scannedBytes"> {
  return bytes === undefined ? {} : { scannedBytes: bytes };
}

const CUT = { en: `CloudWatch Logs gives at most ${MOST_ROWS} rows a query.`, zh: `CloudWatch Logs 每次查询最多返回 ${MOST_ROWS} 条。` };
const CUT_VALUES = { en: `Only the ${MOST_VALUES} most frequent values were counted.`, zh: `只统计了最常见的 ${MOST_VALUES} 个取值。` };
