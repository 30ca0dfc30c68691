import type { LogEntry, LogPage, LogRequest, LogSource, LogsCapability, ProviderContext, Scope } from "../../contracts/index.ts";
import { inCompletionOrder } from "../shared/completion-order.ts";
import type { Clients } from "./clients.ts";
import { failure } from "./errors.ts";
import { nativeTable } from "./kql-table.ts";
import { countQuery, entriesQuery, MOST_ROWS, MOST_VALUES, severityOf } from "./log-queries.ts";
import { column, type KqlResult, nullableText, numberOf, runKql, runOwnKql, timeOf } from "./run-kql.ts";
import type { Workspace, Workspaces } from "./workspaces.ts";

/** Log Analytics: workspaces, read by KQL. A workspace holds the logs of all its applications, so that it may hold those of any service. */
export function logAnalytics(clients: Clients, workspaces: Workspaces): LogsCapability {
  return {
    /** Each workspace is a query of its own; the API allows 200 in 30 seconds ("Service limits"). */
    batchSize: 50,
    sources: (scope, _service, context) => listSources(workspaces, scope, context),
    read: (scope, request, context) => readLogs(clients, workspaces, scope, request, context),
  };
}

async function* listSources(workspaces: Workspaces, scope: Scope, context: ProviderContext): AsyncGenerator<LogSource[]> {
  // Queries cost nothing in workspaces of the usual plan, and how much they hold would be a query more.
  const sources = (await workspaces.of(scope, context)).map(({ name }) => ({ name }));
  if (sources.length > 0) yield sources;
}

async function* readLogs(
  clients: Clients,
  workspaces: Workspaces,
  scope: Scope,
  request: LogRequest,
  context: ProviderContext,
): AsyncGenerator<LogPage> {
  if (request.sources.length === 0) return;
  const known = await workspaces.of(scope, context);
  const meant = request.sources.map(({ name }) => known.find((workspace) => workspace.name === name) ?? unknownWorkspace(name));
  yield* inCompletionOrder(meant.map((workspace) => readWorkspace(clients, workspace, scope, request, context)));
}

async function readWorkspace(
  clients: Clients,
  workspace: Workspace,
  scope: Scope,
  request: LogRequest,
  context: ProviderContext,
): Promise<LogPage> {
  const { native, countBy, limit, window } = request;
  const run = (query: string) => runOwnKql(clients, workspace, query, window, context);
  if (native !== undefined) {
    const result = await runKql(clients, workspace, native, window, context);
    const kept = { ...result, rows: result.rows.slice(0, limit) };
    // Fewer were asked for, or are the query's own.
    return { table: nativeTable(kept), ...cut(result, MOST_ROWS, CUT) };
  }
  if (countBy !== undefined) {
    const result = await run(countQuery(request, countBy));
    if (result === undefined) return { counts: [] };
    return { counts: countsOf(result, countBy, scope, workspace.name), ...cut(result, MOST_VALUES, CUT_VALUES) };
  }
  const result = await run(entriesQuery(request, limit));
  if (result === undefined) return { entries: [] };
  return { entries: entriesOf(result, workspace.name), ...cut(result, MOST_ROWS, CUT) };
}

function entriesOf(result: KqlResult, source: string): LogEntry[] {
  const time = column(result, "TimeGenerated");
  const level = column(result, "SeverityLevel");
  const service = column(result, "AppRoleName");
  const message = column(result, "Message");
  return result.rows.map((row) => ({
    timestampMs: timeOf(time(row), "TimeGenerated"),
    source,
    service: nullableText(service(row)),
    severity: severityOf(level(row)),
    message: nullableText(message(row)) ?? "",
  }));
}

function countsOf(result: KqlResult, countBy: string, scope: Scope, source: string): NonNullable<LogPage["counts"]> {
  const value = column(result, "Value");
  const count = column(result, "Count");
  const counted = (text: string) => {
    if (countBy === "region" || countBy === "account" || countBy === "provider") return scope[countBy];
    if (countBy === "source") return source;
    return countBy === "severity" ? (severityOf(text) ?? "unknown") : text;
  };
  return result.rows.map((row) => ({ value: counted(String(value(row) ?? "")), count: numberOf(count(row), "Count") }));
}

function cut({ rows, partial }: KqlResult, most: number, text: NonNullable<LogPage["truncated"]>): Pick<LogPage, "truncated"> {
  const truncated = partial ?? (rows.length >= most ? text : undefined);
  return truncated === undefined ? {} : { truncated };
}

const CUT = { en: `Log Analytics gives at most ${MOST_ROWS} rows a query.`, zh: `Log Analytics 每次查询最多返回 ${MOST_ROWS} 条。` };
const CUT_VALUES = { en: `Only the ${MOST_VALUES} most frequent values were counted.`, zh: `只统计了最常见的 ${MOST_VALUES} 个取值。` };

function unknownWorkspace(name: string): never {
  const message = { en: `No Log Analytics workspace is called ${name} here.`, zh: `此处没有名为 ${name} 的 Log Analytics 工作区。` };
  const hint = { en: "Ask without naming it, or see the workspaces in the portal.", zh: "请不指定名称重试，或在门户中查看工作区。" };
  throw failure("PROVIDER_NOT_FOUND", message, { hint });
}
