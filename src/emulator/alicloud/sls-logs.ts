import type { Fleet } from "../fleet.ts";
import { SlsError } from "./sls-error.ts";
import { readQuery, type SlsFound, type SlsQuery, SlsSearches, wholeNumber } from "./sls-query.ts";
import type { SlsRecord } from "./sls-record.ts";
import type { Search } from "./sls-search-parser.ts";
import type { SlsOperation, SlsRequest } from "./sls-service.ts";
import { DEFAULT_LIMIT, runSql, type SqlResult } from "./sls-sql-run.ts";

interface Answer {
  readonly query: SlsQuery;
  readonly found: SlsFound;
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly sql: SqlResult | undefined;
}

const MOST_LINES = 100;
const MINUTE_MS = 60_000;
/** GetHistograms cuts a range into intervals of its own choice: the shortest of these that makes at most sixty. */
const INTERVALS = [1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400];
const MOST_INTERVALS = 60;

/** GetLogs, GetLogsV2 and GetHistograms over one memory of searches. */
export function slsLogOperations(fleet: Fleet): Readonly<Record<"GetLogs" | "GetLogsV2" | "GetHistograms", SlsOperation>> {
  const searches = new SlsSearches();
  const answer = (request: SlsRequest): Answer => {
    const query = readQuery(fleet, request);
    const found = searches.run(query, request);
    const sql = query.sql === undefined ? undefined : runSql(query.sql, found.records);
    return { query, found, sql, rows: sql === undefined ? linesOf(found.records, request) : sqlRows(sql, query) };
  };
  return {
    GetLogs: (request) => {
      const { found, rows } = answer(request);
      return {
        body: rows,
        headers: {
          "x-log-progress": progressOf(found),
          "x-log-count": String(rows.length),
          "x-log-processed-rows": String(found.processedRows),
          "x-log-elapsed-millisecond": String(elapsedMs(found)),
        },
      };
    },
    GetLogsV2: (request) => {
      const { query, found, rows, sql } = answer(request);
      return { body: { meta: metaOf(request, query, found, rows.length, sql), data: rows }, compresses: true };
    },
    GetHistograms: (request) => {
      const query = readQuery(fleet, request);
      if (query.sql !== undefined) throw new SlsError(400, "ParameterInvalid", "query must not contain an analytic statement");
      const found = searches.run(query, request);
      return { body: histogram(query, found), headers: { "x-log-progress": progressOf(found) } };
    },
  };
}

/** A page of logs. `reverse` puts the newest minute first; within a minute no order is promised (GetLogs reference, `reverse`). */
function linesOf(records: readonly SlsRecord[], request: SlsRequest): Answer["rows"] {
  const { input } = request;
  const line = wholeNumber(input.line, "line", MOST_LINES);
  if (line > MOST_LINES) throw new SlsError(400, "ParameterInvalid", `parameter line must be at most ${MOST_LINES}`);
  const offset = wholeNumber(input.offset, "offset", 0);
  const minuteOf = ({ timestampMs }: SlsRecord) => Math.floor(timestampMs / MINUTE_MS);
  const ordered = isReversed(request) ? records.toSorted((left, right) => minuteOf(right) - minuteOf(left)) : records;
  return ordered.slice(offset, offset + line).map((record) => record.fields);
}

function isReversed({ input }: SlsRequest): boolean {
  return String(input.reverse ?? "false") === "true";
}

/** Rows of an analysis carry the two reserved fields as well, and text in every column. */
function sqlRows({ columns, rows }: SqlResult, { from }: SlsQuery): Answer["rows"] {
  return rows.map((row) => ({
    ...Object.fromEntries(columns.map((column, index) => [column, String(row[index] ?? null)])),
    __source__: "",
    __time__: String(from),
  }));
}

function metaOf(
  request: SlsRequest,
  query: SlsQuery,
  found: SlsFound,
  count: number,
  sql: SqlResult | undefined,
): Readonly<Record<string, unknown>> {
  const phrase = hasPhrase(query.search);
  return {
    progress: progressOf(found),
    aggQuery: query.sqlText,
    whereQuery: query.searchText,
    hasSQL: sql !== undefined,
    processedRows: found.processedRows,
    processedBytes: found.processedBytes,
    elapsedMillisecond: elapsedMs(found),
    cpuSec: 0,
    cpuCores: 0,
    keys: sql?.columns ?? [],
    terms: termsOf(query.search),
    ...(sql !== undefined && query.sql?.limit === undefined ? { limited: DEFAULT_LIMIT } : {}),
    ...(sql === undefined ? {} : { columnTypes: sql.types }),
    mode: phrase ? 1 : 0,
    ...(phrase ? { phraseQueryInfo: { scanAll: true, beginOffset: 0, endOffset: found.processedRows, endTime: query.to } } : {}),
    scanBytes: 0,
    count,
    // Whether the order holds within a minute (GetLogsV2 reference: accurate to the second).
    isAccurate: sql !== undefined || !isReversed(request),
    telementryType: "None",
  };
}

function progressOf({ complete }: SlsFound): "Complete" | "Incomplete" {
  return complete ? "Complete" : "Incomplete";
}

function elapsedMs({ processedRows }: SlsFound): number {
  return 3 + Math.floor(processedRows / 1_000);
}

function hasPhrase(search: Search): boolean {
  if (search.type === "and" || search.type === "or") return hasPhrase(search.left) || hasPhrase(search.right);
  return search.type === "not" ? hasPhrase(search.operand) : search.type === "term" && search.phrase;
}

function termsOf(search: Search): readonly { readonly key: string; readonly term: string }[] {
  if (search.type === "and" || search.type === "or") return [...termsOf(search.left), ...termsOf(search.right)];
  return search.type === "term" ? [{ key: search.field ?? "", term: search.text }] : [];
}

function histogram({ from, to }: SlsQuery, found: SlsFound): readonly Readonly<Record<string, unknown>>[] {
  const step = INTERVALS.find((seconds) => (to - from) / seconds <= MOST_INTERVALS) ?? Math.ceil((to - from) / MOST_INTERVALS);
  const intervals: { readonly from: number; readonly to: number; readonly count: number; readonly progress: string }[] = [];
  let index = 0;
  for (let start = from; start < to; ) {
    const end = Math.min(to, (Math.floor(start / step) + 1) * step);
    let count = 0;
    for (; (found.records[index]?.timestampMs ?? Number.POSITIVE_INFINITY) < end * 1_000; index++) count++;
    intervals.push({ from: start, to: end, count, progress: progressOf(found) });
    start = end;
  }
  return intervals;
}
