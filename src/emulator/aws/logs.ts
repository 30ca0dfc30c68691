import type { Fleet } from "../fleet.ts";
import { timeOfPosition } from "../log-data.ts";
import { pageToken } from "../page-token.ts";
import type { AwsChanges } from "./aws-changes.ts";
import { AwsError } from "./aws-error.ts";
import { compileFilterPattern } from "./logs-filter-pattern.ts";
import { logsFilterOperations } from "./logs-filters.ts";
import { findLogGroup, logGroupArn, logGroupName, logGroupShape, logGroupsOf, logStreamName, visibleLines } from "./logs-groups.ts";
import { bindingOf, invalidNextToken, positionOf } from "./logs-pages.ts";
import { logsQueryOperations } from "./logs-queries.ts";
import { boundedInteger, requiredString } from "./logs-validation.ts";
import type { AwsOperation, AwsServiceFactory } from "./service.ts";

const GROUPS_A_PAGE = 50;
const EVENTS_A_PAGE = 10_000;
const BYTES_A_PAGE = 1_048_576;
/** Pages may be partly full or empty while there is more (API reference, FilterLogEvents): here after so many searched lines. */
const SEARCHED_A_PAGE = 20_000;

/** API reference, PutRetentionPolicy. */
const RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288, 3_653,
];

/** Amazon CloudWatch Logs. */
export const logsService: AwsServiceFactory = (fleet, changes) => ({
  id: "logs",
  signingName: "logs",
  protocols: ["json-1.1"],
  iamPrefix: "logs",
  targetPrefix: "Logs_20140328",
  pageToken: { input: "nextToken", reply: "nextToken", refused: invalidNextToken },
  operations: {
    DescribeLogGroups: describeLogGroups(fleet, changes),
    FilterLogEvents: filterLogEvents(fleet),
    ...logsQueryOperations(fleet),
    ...logsFilterOperations(fleet),
    PutRetentionPolicy: putRetentionPolicy(fleet, changes),
  },
});

function describeLogGroups(fleet: Fleet, changes: AwsChanges): AwsOperation {
  return (request) => {
    const { logGroupNamePrefix: prefix, logGroupNamePattern: part } = request.input;
    if (prefix !== undefined && part !== undefined)
      throw new AwsError("InvalidParameterException", "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    const limit = boundedInteger(request, "limit", 1, GROUPS_A_PAGE) ?? GROUPS_A_PAGE;
    const groups = logGroupsOf(fleet, request).filter((source) => {
      const name = logGroupName(source);
      return name.startsWith(String(prefix ?? "")) && name.includes(String(part ?? ""));
    });
    const binding = bindingOf(request, ["logGroupNamePrefix", "logGroupNamePattern"]);
    const from = positionOf(request, binding);
    return {
      logGroups: groups.slice(from, from + limit).map((source) => logGroupShape(source, changes)),
      ...(from + limit < groups.length ? { nextToken: pageToken(from + limit, binding) } : {}),
    };
  };
}

const SEARCH_MEMBERS = [
  "logGroupName",
  "logGroupIdentifier",
  "filterPattern",
  "startTime",
  "endTime",
  "logStreamNames",
  "logStreamNamePrefix",
];

function filterLogEvents(fleet: Fleet): AwsOperation {
  return (request) => {
    const { nowMs, input } = request;
    const { logGroupName: name, logGroupIdentifier: identifier, logStreamNames: streams, logStreamNamePrefix: streamPrefix } = input;
    if ((name === undefined) === (identifier === undefined))
      throw new AwsError("InvalidParameterException", "Exactly one of logGroupName and logGroupIdentifier must be specified.");
    if (streams !== undefined && streamPrefix !== undefined)
      throw new AwsError("InvalidParameterException", "logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
    const source = findLogGroup(fleet, request, String(name ?? identifier));
    const limit = boundedInteger(request, "limit", 1, EVENTS_A_PAGE) ?? EVENTS_A_PAGE;
    const fromMs = boundedInteger(request, "startTime", 0, Number.MAX_SAFE_INTEGER) ?? 0;
    const toMs = boundedInteger(request, "endTime", 0, Number.MAX_SAFE_INTEGER) ?? nowMs;
    const matches = compileFilterPattern(String(input.filterPattern ?? ""));
    const binding = bindingOf(request, SEARCH_MEMBERS);
    const from = positionOf(request, binding);

    const events: Readonly<Record<string, unknown>>[] = [];
    let bytes = 0;
    let searched = 0;
    let next: number | undefined;
    for (const line of visibleLines(source, Math.max(fromMs, timeOfPosition(from)), toMs, nowMs)) {
      if (line.position < from) continue;
      const size = Buffer.byteLength(line.text);
      if (events.length >= limit || bytes + size > BYTES_A_PAGE || searched >= SEARCHED_A_PAGE) {
        next = line.position;
        break;
      }
      searched++;
      const logStream = logStreamName(source, line);
      if (Array.isArray(streams) && !streams.includes(logStream)) continue;
      if (streamPrefix !== undefined && !logStream.startsWith(String(streamPrefix))) continue;
      if (!matches(line.text)) continue;
      bytes += size;
      events.push({
        logStreamName: logStream,
        timestamp: line.timestampMs,
        message: line.text,
        ingestionTime: line.ingestedMs,
        eventId: line.id,
      });
    }
    return {
      events,
      searchedLogStreams: [],
      ...(next === undefined ? {} : { nextToken: pageToken(next, binding) }),
    };
  };
}

/** Lines that are too old now are still there: they go within 72 hours (API reference, PutRetentionPolicy). The reply has no body. */
function putRetentionPolicy(fleet: Fleet, { retentionDays }: AwsChanges): AwsOperation {
  return (request) => {
    const days = boundedInteger(request, "retentionInDays", 1, 3_653);
    const source = findLogGroup(fleet, request, requiredString(request, "logGroupName"));
    if (days === undefined || !RETENTION_DAYS.includes(days))
      throw new AwsError("InvalidParameterException", "The specified retention in days is not one of the valid values.");
    retentionDays.set(logGroupArn(source), days);
    return "";
  };
}
