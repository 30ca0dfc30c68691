import type { Fleet } from "../fleet.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { boundedInteger, optionalText } from "./parameters.ts";
import { invalidArgument } from "./refusals.ts";
import type { VolcengineHandler, VolcengineRequest } from "./service.ts";
import { compileSearch, INDEXED_FIELDS } from "./tls-query.ts";
import { parseSelect } from "./tls-sql-parser.ts";
import { runSelect, type SqlColumn, type SqlRow } from "./tls-sql-run.ts";
import { findTopic } from "./tls-topics.ts";
import { type LogRecord, type LogTopic, recordsOf } from "./tls-world.ts";

const LOGS_BY_DEFAULT = 20;
/** API reference, SearchLogs: logs a page, logs by paging on, bytes of a query. */
const MOST_LOGS = 1_000;
const MOST_PAGED_LOGS = 100_000;
const MOST_QUERY_BYTES = 4_096;
/** Times below are seconds, which the service takes for milliseconds after all ("converted to milliseconds"). */
const LEAST_MILLISECONDS = 100_000_000_000;
/** A query over a longer range is not done at its first attempt: half of it is. */
const QUICK_RANGE_MS = 86_400_000;

const COLUMNS: readonly SqlColumn[] = [
  { name: "__time__", type: "long" },
  { name: "__source__", type: "text" },
  ...[...INDEXED_FIELDS].map(([name, index]) => ({ name, type: index === "long" ? ("long" as const) : ("text" as const) })),
];

interface Search {
  readonly topic: LogTopic;
  readonly query: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** SearchLogs: a search, or with `|` behind it an analysis in SQL. */
export function searchLogs(fleet: Fleet): VolcengineHandler {
  const asked = new Set<string>();
  return (request) => {
    const search = searchOf(fleet, request);
    const { query, fromMs, toMs, topic } = search;
    const bar = barOf(query);
    const matches = compileSearch(bar === undefined ? query : query.slice(0, bar));
    const select = bar === undefined ? undefined : parseSelect(query.slice(bar + 1));
    // Of a range that is too long for once, the newer half was looked through.
    const key = JSON.stringify([topic.id, query, fromMs, toMs]);
    const complete = toMs - fromMs <= QUICK_RANGE_MS || asked.has(key);
    asked.add(key);
    const lookedMs = complete ? fromMs : Math.floor((fromMs + toMs) / 2);
    const found = recordsOf(topic, lookedMs, toMs, request.nowMs).filter(matches);
    const status = complete ? "complete" : "incomplete";
    if (select === undefined) return { ...pageOf(found, search, request), ResultStatus: status };
    const table = runSelect(select, COLUMNS, found.map(rowOf));
    return {
      ResultStatus: status,
      Analysis: true,
      AnalysisResult: {
        Schema: table.columns.map(({ name }) => name),
        Type: Object.fromEntries(table.columns.map(({ name, type }) => [name, type])),
        Data: table.rows.map((row) => Object.fromEntries(table.columns.map(({ name }, index) => [name, row[index]]))),
      },
      HitCount: found.length,
      Count: table.rows.length,
      Limit: select.limit,
      ListOver: true,
      Context: "",
      Logs: [],
      HighLight: [],
      ElapsedMillisecond: 12,
    };
  };
}

function searchOf(fleet: Fleet, request: VolcengineRequest): Search {
  const { input } = request;
  const topic = findTopic(fleet, request, String(input.TopicId));
  const query = String(input.Query);
  if (Buffer.byteLength(query) > MOST_QUERY_BYTES) throw invalidArgument(`Query is longer than ${MOST_QUERY_BYTES} bytes.`);
  const [fromMs, toMs] = [milliseconds(input.StartTime), milliseconds(input.EndTime)];
  if (fromMs >= toMs) throw invalidArgument("StartTime must be before EndTime.");
  return { topic, query, fromMs, toMs };
}

function milliseconds(value: unknown): number {
  const time = Number(value);
  return time < LEAST_MILLISECONDS ? time * 1_000 : time;
}

function pageOf(found: readonly LogRecord[], search: Search, { input }: VolcengineRequest) {
  const sort = optionalText(input, "Sort") ?? "desc";
  if (sort !== "asc" && sort !== "desc") throw invalidArgument("Sort must be asc or desc.");
  const limit = boundedInteger(input, "Limit", 1, MOST_LOGS, LOGS_BY_DEFAULT);
  const binding = [search.topic.id, search.query, search.fromMs, search.toMs, sort];
  const context = optionalText(input, "Context");
  // Where a page ended is told by the log there, not by a number of logs: newer ones may arrive in between.
  const after = pagePosition(context, binding);
  if (after === undefined) throw invalidArgument("Context is invalid.");
  const sorted = (sort === "asc" ? found : found.toReversed()).slice(0, MOST_PAGED_LOGS);
  const from =
    context === undefined ? 0 : sorted.findIndex((record) => (sort === "asc" ? record.position > after : record.position < after));
  const logs = from < 0 ? [] : sorted.slice(from, from + limit);
  const last = logs.at(-1);
  return {
    Analysis: false,
    AnalysisResult: { Schema: [], Type: {}, Data: [] },
    HitCount: found.length,
    Count: logs.length,
    Limit: limit,
    ListOver: from < 0 || from + limit >= sorted.length,
    Context: last === undefined ? (context ?? "") : pageToken(last.position, binding),
    Logs: logs.map(logShape),
    HighLight: [],
    ElapsedMillisecond: 8,
  };
}

function logShape({ timestampMs, host, fields }: LogRecord): Readonly<Record<string, unknown>> {
  return { ...Object.fromEntries(fields), __time__: timestampMs, __source__: host, __path__: "/var/log/app.log" };
}

function rowOf({ timestampMs, host, fields }: LogRecord): SqlRow {
  const row = new Map<string, string | number | null>([
    ["__time__", timestampMs],
    ["__source__", host],
  ]);
  for (const [name, index] of INDEXED_FIELDS) {
    const value = fields.get(name);
    row.set(name, value === undefined ? null : index === "long" ? Number(value) : value);
  }
  return row;
}

/** Where the analysis begins: the first bar that is neither in quotes nor one of two. */
function barOf(query: string): number | undefined {
  for (const match of query.matchAll(/"(?:[^"\\]|\\.)*"|\|\||\|/gs)) if (match[0] === "|") return match.index;
  return undefined;
}
