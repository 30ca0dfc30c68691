import type { Fleet } from "../fleet.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { type TraceData, type TraceSegment, tracesBetween } from "../trace-data.ts";
import { AwsError } from "./aws-error.ts";
import type { AwsOperation, AwsRequest, AwsServiceFactory } from "./service.ts";
import { compileTraceFilter, segmentUrl } from "./xray-filter.ts";
import { serviceGraphShapes } from "./xray-graph.ts";

/** The vendor does not tell how many summaries or services a page holds. */
const SUMMARIES_A_PAGE = 100;
const SERVICES_A_PAGE = 4;
const TRACES_A_BATCH = 5;
const LONGEST_RANGE_MS = 6 * 3_600_000;
const RETENTION_MS = 30 * 86_400_000;
/** A trace that ended in the asked range may have begun this long before it. */
const LONGEST_TRACE_MS = 60_000;

const ROUTES: Readonly<Record<string, string>> = {
  "/TraceSummaries": "GetTraceSummaries",
  "/Traces": "BatchGetTraces",
  "/ServiceGraph": "GetServiceGraph",
};

/** AWS X-Ray. */
export const xrayService: AwsServiceFactory = (fleet) => ({
  id: "xray",
  signingName: "xray",
  protocols: ["rest-json"],
  iamPrefix: "xray",
  pageToken: { input: "NextToken", reply: "NextToken", refused: invalidNextToken },
  route: (method, path) => {
    const operation = method === "POST" ? ROUTES[path] : undefined;
    return operation === undefined ? undefined : { operation, input: {} };
  },
  operations: {
    GetTraceSummaries: getTraceSummaries(fleet),
    BatchGetTraces: batchGetTraces(fleet),
    GetServiceGraph: getServiceGraph(fleet),
  },
});

/** The id as the cloud has it: version, second of the start, key. */
export function traceId(trace: TraceData): string {
  return `1-${Math.floor(trace.startMs / 1_000)
    .toString(16)
    .padStart(8, "0")}-${trace.key}`;
}

function getTraceSummaries(fleet: Fleet): AwsOperation {
  return (request) => {
    const { account, region, nowMs, input } = request;
    const { fromMs, toMs } = rangeOf(request);
    const timeOf = TIME_RANGES[String(input.TimeRangeType ?? "TraceId")];
    if (timeOf === undefined) throw new AwsError("InvalidRequestException", "Invalid time range type");
    const matches = input.FilterExpression === undefined ? () => true : compileTraceFilter(String(input.FilterExpression));
    const traces = tracesBetween(fleet, account, region, Math.max(fromMs - LONGEST_TRACE_MS, nowMs - RETENTION_MS), toMs + 1).filter(
      (trace) => trace.ingestedMs <= nowMs && timeOf(trace) >= fromMs && timeOf(trace) <= toMs,
    );
    // The first page holds the newest ones (API reference, GetTraceSummaries).
    const found = traces.filter(matches).reverse();
    const page = pageOf(found, SUMMARIES_A_PAGE, request, ["StartTime", "EndTime", "TimeRangeType", "FilterExpression"]);
    return {
      TraceSummaries: page.items.map(summaryShape),
      ApproximateTime: (page.items.at(-1)?.startMs ?? fromMs) / 1_000,
      TracesProcessedCount: traces.length,
      ...(page.token === undefined ? {} : { NextToken: page.token }),
    };
  };
}

const TIME_RANGES: Readonly<Record<string, (trace: TraceData) => number>> = {
  TraceId: (trace) => trace.startMs,
  Event: (trace) => trace.endMs,
  Service: (trace) => trace.endMs,
};

function batchGetTraces(fleet: Fleet): AwsOperation {
  return ({ account, region, nowMs, input }) => {
    const ids = Array.isArray(input.TraceIds) ? input.TraceIds.map(String) : [];
    if (ids.length === 0) throw new AwsError("InvalidRequestException", "TraceIds is required");
    if (ids.length > TRACES_A_BATCH) throw new AwsError("InvalidRequestException", `Cannot get more than ${TRACES_A_BATCH} traces at once`);
    const found: TraceData[] = [];
    for (const id of ids) {
      const [, second, key] = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/.exec(id) ?? [];
      if (second === undefined) throw new AwsError("InvalidRequestException", `Invalid trace id: ${id}`);
      const fromMs = Number.parseInt(second, 16) * 1_000;
      const trace = tracesBetween(fleet, account, region, fromMs, fromMs + 1_000).find((candidate) => candidate.key === key);
      if (trace !== undefined && trace.ingestedMs <= nowMs) found.push(trace);
    }
    return {
      Traces: found.map((trace) => ({
        Id: traceId(trace),
        Duration: (trace.endMs - trace.startMs) / 1_000,
        LimitExceeded: false,
        Segments: trace.segments.map((segment) => ({ Id: segment.id, Document: JSON.stringify(segmentDocument(trace, segment)) })),
      })),
      UnprocessedTraceIds: ids.filter((id) => !found.some((trace) => traceId(trace) === id)),
    };
  };
}

function getServiceGraph(fleet: Fleet): AwsOperation {
  return (request) => {
    const { account, region, nowMs } = request;
    const { fromMs, toMs } = rangeOf(request);
    const traces = tracesBetween(fleet, account, region, Math.max(fromMs, nowMs - RETENTION_MS), toMs + 1);
    const services = serviceGraphShapes(
      traces.filter((trace) => trace.ingestedMs <= nowMs),
      account,
    );
    const page = pageOf(services, SERVICES_A_PAGE, request, ["StartTime", "EndTime"]);
    return {
      StartTime: fromMs / 1_000,
      EndTime: toMs / 1_000,
      Services: page.items,
      ContainsOldGroupVersions: false,
      ...(page.token === undefined ? {} : { NextToken: page.token }),
    };
  };
}

/** The asked range; clients send epoch seconds. */
function rangeOf({ input }: AwsRequest): { readonly fromMs: number; readonly toMs: number } {
  const { StartTime: from, EndTime: to } = input;
  if (typeof from !== "number" || typeof to !== "number")
    throw new AwsError("InvalidRequestException", "StartTime and EndTime are required");
  const [fromMs, toMs] = [Math.round(from * 1_000), Math.round(to * 1_000)];
  if (fromMs > toMs) throw new AwsError("InvalidRequestException", "Start time must be before end time");
  if (toMs - fromMs > LONGEST_RANGE_MS) throw new AwsError("InvalidRequestException", "Time range cannot be longer than 6 hours");
  return { fromMs, toMs };
}

function pageOf<Item>(all: readonly Item[], size: number, { account, region, operation, input }: AwsRequest, members: readonly string[]) {
  const binding = [account, region, operation, members.map((member) => input[member] ?? null)];
  const from = pagePosition(typeof input.NextToken === "string" ? input.NextToken : undefined, binding);
  if (from === undefined) throw invalidNextToken();
  return { items: all.slice(from, from + size), token: from + size < all.length ? pageToken(from + size, binding) : undefined };
}

function invalidNextToken(): AwsError {
  return new AwsError("InvalidRequestException", "Invalid NextToken");
}

function summaryShape(trace: TraceData): Readonly<Record<string, unknown>> {
  const [root] = trace.segments;
  const services = [...new Set(trace.segments.map((segment) => segment.service))].map((name) => serviceId(trace, name));
  return {
    Id: traceId(trace),
    StartTime: trace.startMs / 1_000,
    Duration: (trace.endMs - trace.startMs) / 1_000,
    ResponseTime: (root.endMs - root.startMs) / 1_000,
    HasFault: root.httpStatus >= 500,
    // A throttled request (429) is a client error (4xx) too.
    HasError: root.httpStatus >= 400 && root.httpStatus < 500,
    HasThrottle: root.httpStatus === 429,
    IsPartial: false,
    Http: {
      HttpURL: segmentUrl(root),
      HttpStatus: root.httpStatus,
      HttpMethod: root.method,
      UserAgent: "shop-app/4.2",
      ClientIp: trace.clientIp,
    },
    Annotations: {},
    Users: [],
    ServiceIds: services,
    EntryPoint: serviceId(trace, root.service),
    Revision: trace.segments.length,
    MatchedEventTime: trace.endMs / 1_000,
  };
}

function serviceId(trace: TraceData, name: string): Readonly<Record<string, unknown>> {
  return { Name: name, Names: [name], AccountId: trace.account, Type: "AWS::EC2::Instance" };
}

/** A segment document (AWS X-Ray developer guide, "X-Ray segment documents"). */
function segmentDocument(trace: TraceData, segment: TraceSegment): Readonly<Record<string, unknown>> {
  const caller = segment.parent === null ? undefined : trace.segments[segment.parent];
  return {
    id: segment.id,
    trace_id: traceId(trace),
    name: segment.service,
    start_time: segment.startMs / 1_000,
    end_time: segment.endMs / 1_000,
    ...(caller === undefined ? {} : { parent_id: caller.id }),
    http: { request: { method: segment.method, url: segmentUrl(segment) }, response: { status: segment.httpStatus } },
    ...(segment.httpStatus >= 500 ? { fault: true } : {}),
    ...(segment.httpStatus >= 400 && segment.httpStatus < 500 ? { error: true } : {}),
    ...(segment.httpStatus === 429 ? { throttle: true } : {}),
    origin: "AWS::EC2::Instance",
  };
}
