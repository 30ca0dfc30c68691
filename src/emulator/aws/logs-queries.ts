import type { Fleet } from "../fleet.ts";
import { hash, hexDigits } from "../hash.ts";
import type { LogLine, LogSourceData } from "../log-data.ts";
import { AwsError } from "./aws-error.ts";
import { findLogGroup, logGroupName, logStreamName, visibleLines } from "./logs-groups.ts";
import { parseInsightsQuery } from "./logs-insights-parser.ts";
import { type InsightsRecord, type InsightsResult, insightsTime, runInsightsQuery } from "./logs-insights-run.ts";
import { boundedInteger, requiredString, requiredTime } from "./logs-validation.ts";
import type { AwsOperation, AwsRequest } from "./service.ts";

const MOST_GROUPS = 50;
const MOST_RESULTS = 10_000;
const MOST_CONCURRENT = 30;
/** Polls that see a query `Scheduled` and `Running`; the next one sees it `Complete`. */
const POLLS_BEFORE_COMPLETE = 2;
/** A query that nobody polls ends too. */
const LONGEST_RUN_MS = 60_000;

interface Query {
  readonly account: string;
  readonly region: string;
  readonly startedMs: number;
  readonly result: InsightsResult;
  readonly scanned: { readonly records: number; readonly bytes: number; readonly groups: number };
  polls: number;
  cancelled: boolean;
}

/** StartQuery, GetQueryResults and StopQuery over one set of queries. */
export function logsQueryOperations(fleet: Fleet): Readonly<Record<"StartQuery" | "GetQueryResults" | "StopQuery", AwsOperation>> {
  const queries = new Map<string, Query>();
  const find = ({ account, region, input }: AwsRequest): Query => {
    const query = queries.get(String(input.queryId));
    if (query === undefined || query.account !== account || query.region !== region)
      throw new AwsError("ResourceNotFoundException", `Query ${String(input.queryId)} does not exist.`);
    return query;
  };
  const ended = (query: Query, nowMs: number): boolean =>
    query.cancelled || query.polls > POLLS_BEFORE_COMPLETE || nowMs - query.startedMs > LONGEST_RUN_MS;

  return {
    StartQuery: (request) => {
      const { account, region, nowMs } = request;
      const commands = parseInsightsQuery(requiredString(request, "queryString"));
      const limit = boundedInteger(request, "limit", 1, MOST_RESULTS) ?? MOST_RESULTS;
      const groups = groupsOf(fleet, request);
      // Epoch seconds; both ends belong to the range (API reference, StartQuery).
      const [fromMs, toMs] = [requiredTime(request, "startTime") * 1_000, requiredTime(request, "endTime") * 1_000];
      if (fromMs > toMs)
        throw new AwsError("InvalidParameterException", "Query's end date and time should be after its start date and time.");
      const running = [...queries.values()].filter((query) => query.account === account && query.region === region && !ended(query, nowMs));
      if (running.length >= MOST_CONCURRENT)
        throw new AwsError("LimitExceededException", `Account maximum query concurrency limit of [${MOST_CONCURRENT}] reached.`);
      const records: InsightsRecord[] = [];
      let bytes = 0;
      for (const group of groups) {
        for (const line of visibleLines(group, fromMs, toMs, nowMs)) {
          records.push(recordOf(group, line));
          bytes += Buffer.byteLength(line.text);
        }
      }
      const result = runInsightsQuery(commands, records, limit);
      const id = queryId(queries.size, request);
      const scanned = { records: records.length, bytes, groups: groups.length };
      queries.set(id, { account, region, startedMs: nowMs, result, scanned, polls: 0, cancelled: false });
      return { queryId: id };
    },
    GetQueryResults: (request) => {
      const query = find(request);
      query.polls++;
      const status = query.cancelled ? "Cancelled" : ended(query, request.nowMs) ? "Complete" : query.polls === 1 ? "Scheduled" : "Running";
      const { rows, matched } = query.result;
      // Half of everything while it runs: such results are partial, and a client has to wait.
      const share = status === "Complete" ? 1 : status === "Scheduled" ? 0 : 0.5;
      const part = (count: number) => Math.floor(count * share);
      return {
        queryLanguage: "CWLI",
        results: rows
          .slice(0, part(rows.length))
          .map((row) => [...row].filter(([, value]) => value !== undefined).map(([field, value]) => ({ field, value: String(value) }))),
        statistics: {
          recordsMatched: part(matched),
          recordsScanned: part(query.scanned.records),
          estimatedRecordsSkipped: 0,
          bytesScanned: part(query.scanned.bytes),
          estimatedBytesSkipped: 0,
          logGroupsScanned: query.scanned.groups,
        },
        status,
      };
    },
    StopQuery: (request) => {
      const query = find(request);
      if (ended(query, request.nowMs))
        throw new AwsError("InvalidParameterException", `Query ${String(request.input.queryId)} is not in a running state.`);
      query.cancelled = true;
      return { success: true };
    },
  };
}

function groupsOf(fleet: Fleet, request: AwsRequest): readonly LogSourceData[] {
  const { logGroupName: one, logGroupNames: names, logGroupIdentifiers: identifiers } = request.input;
  const given = [one === undefined ? undefined : [one], names, identifiers].filter((list) => Array.isArray(list));
  const [list = []] = given;
  if (given.length !== 1 || list.length === 0)
    throw new AwsError("InvalidParameterException", "Exactly one of logGroupName, logGroupNames or logGroupIdentifiers must be specified.");
  if (list.length > MOST_GROUPS)
    throw new AwsError("InvalidParameterException", `Number of log groups exceeds the maximum of ${MOST_GROUPS}.`);
  return [...new Set(list.map(String))].map((identifier) => findLogGroup(fleet, request, identifier));
}

function recordOf(group: LogSourceData, line: LogLine): InsightsRecord {
  const log = `${group.account}:${logGroupName(group)}`;
  const fields = new Map<string, string | number | boolean>([
    ["@timestamp", insightsTime(line.timestampMs)],
    ["@message", line.text],
    ["@logStream", logStreamName(group, line)],
    ["@log", log],
    ["@ingestionTime", insightsTime(line.ingestedMs)],
    ["@ptr", Buffer.from(`${log}/${line.id}`).toString("base64")],
  ]);
  for (const [name, value] of Object.entries(JSON.parse(line.text) as Record<string, string | number>)) fields.set(name, value);
  return { timestampMs: line.timestampMs, fields };
}

function queryId(count: number, { requestId }: AwsRequest): string {
  const digits = hexDigits(32, hash(requestId), count);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}
