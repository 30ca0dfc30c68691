import { z } from "zod";
import type { Fleet } from "../fleet.ts";
import { type TraceData, type TraceSegment, tracesBetween } from "../trace-data.ts";
import { invalidArgument } from "./refusals.ts";
import type { VolcengineHandler, VolcengineRequest } from "./service.ts";
import { named, pageOf, wireTime } from "./tls-topics.ts";
import { logProjectOf, TTL_DAYS, uuidOf } from "./tls-world.ts";

const MOST_TRACES = 100;
const HOUR_MS = 3_600_000;
const CREATED = wireTime(Date.UTC(2025, 2, 3, 4, 5, 6));

/** The id as the cloud has it, 32 hexadecimal digits: the second of the start, and the key. */
export function traceId(trace: TraceData): string {
  return (
    Math.floor(trace.startMs / 1_000)
      .toString(16)
      .padStart(8, "0") + trace.key
  );
}

/** One trace instance a project: where there are machines there is one. */
export function describeTraceInstances(fleet: Fleet): VolcengineHandler {
  return (request) => {
    const instance = instanceOf(fleet, request);
    const { input } = request;
    const found = [instance].filter(
      (candidate) =>
        candidate !== undefined &&
        named(request, "TraceInstance", candidate) &&
        named(request, "Project", candidate.project) &&
        (input.Status === undefined || input.Status === "CREATED"),
    );
    return { TraceInstances: pageOf(found, request).map((row) => (row === undefined ? {} : instanceShape(row))), Total: found.length };
  };
}

const querySchema = z.object({
  TraceId: z.string().optional(),
  ServiceName: z.string().optional(),
  OperationName: z.string().optional(),
  Kind: z.string().optional(),
  Attributes: z.record(z.string(), z.string()).optional(),
  StartTimeMin: z.int().min(0).optional(),
  StartTimeMax: z.int().min(0).optional(),
  DurationMin: z.int().min(0).optional(),
  DurationMax: z.int().min(0).optional(),
  StatusCode: z.enum(["UNSET", "OK", "ERROR"]).optional(),
  Offset: z.int().min(0).default(0),
  Limit: z.int().min(1).max(MOST_TRACES),
  Order: z.enum(["Kind", "Name", "ServiceName", "Start", "End", "Duration"]).default("Start"),
  Asc: z.boolean().default(false),
});
type TraceQuery = z.infer<typeof querySchema>;

/** SearchTraces: requests by their first span. Times and durations are microseconds. */
export function searchTraces(fleet: Fleet): VolcengineHandler {
  return (request) => {
    checkInstance(fleet, request);
    const parsed = querySchema.safeParse(request.input.Query);
    if (!parsed.success) throw invalidArgument(`Query is invalid: ${z.prettifyError(parsed.error)}`);
    const query = parsed.data;
    const { account, region, nowMs } = request;
    // Both ends count: the parameters are a least and a greatest start.
    const toMs = query.StartTimeMax === undefined ? nowMs : Math.floor(query.StartTimeMax / 1_000) + 1;
    const fromMs = query.StartTimeMin === undefined ? toMs - HOUR_MS : Math.ceil(query.StartTimeMin / 1_000);
    const found = tracesBetween(fleet, account, region, Math.max(fromMs, nowMs - TTL_DAYS * 24 * HOUR_MS), Math.min(toMs, nowMs))
      .filter((trace) => trace.ingestedMs <= nowMs)
      .map(traceShape)
      .filter((trace) => fits(trace, query))
      .sort((left, right) => compare(ORDERS[query.Order](left), ORDERS[query.Order](right)) * (query.Asc ? 1 : -1));
    return { Total: found.length, TraceInfos: found.slice(query.Offset, query.Offset + query.Limit) };
  };
}

/** DescribeTrace: every span of one request. */
export function describeTrace(fleet: Fleet): VolcengineHandler {
  return (request) => {
    checkInstance(fleet, request);
    const { account, region, nowMs, input } = request;
    const [, second = "", key] = /^([0-9a-f]{8})([0-9a-f]{24})$/.exec(String(input.TraceId)) ?? [];
    const fromMs = Number.parseInt(second, 16) * 1_000;
    const trace =
      key === undefined ? undefined : tracesBetween(fleet, account, region, fromMs, fromMs + 1_000).find((one) => one.key === key);
    if (trace === undefined || trace.ingestedMs > nowMs) return { Trace: { Spans: [] } };
    return { Trace: { Spans: trace.segments.map((segment) => spanShape(trace, segment)) } };
  };
}

type TraceInfo = ReturnType<typeof traceShape>;

const ORDERS: Readonly<Record<TraceQuery["Order"], (trace: TraceInfo) => string | number>> = {
  Kind: () => "server",
  Name: (trace) => trace.OperationName,
  ServiceName: (trace) => trace.ServiceName,
  Start: (trace) => trace.StartTime,
  End: (trace) => trace.EndTime,
  Duration: (trace) => trace.Duration,
};

function compare(left: string | number, right: string | number): number {
  return left < right ? -1 : Number(left > right);
}

function fits(trace: TraceInfo, query: TraceQuery): boolean {
  const attributes: Readonly<Record<string, string>> = trace.Attributes;
  return (
    (query.TraceId ?? trace.TraceId) === trace.TraceId &&
    (query.ServiceName ?? trace.ServiceName) === trace.ServiceName &&
    (query.OperationName ?? trace.OperationName) === trace.OperationName &&
    (query.StatusCode ?? trace.StatusCode) === trace.StatusCode &&
    (query.Kind ?? "server").toLowerCase() === "server" &&
    trace.Duration >= (query.DurationMin ?? 0) &&
    trace.Duration <= (query.DurationMax ?? Number.POSITIVE_INFINITY) &&
    Object.entries(query.Attributes ?? {}).every(([name, value]) => attributes[name] === value)
  );
}

/** A request as the SDK's ITraceInfo has it. */
function traceShape(trace: TraceData) {
  const [root] = trace.segments;
  return {
    TraceId: traceId(trace),
    ServiceName: root.service,
    OperationName: operationOf(root),
    Attributes: attributesOf(root),
    StartTime: trace.startMs * 1_000,
    EndTime: trace.endMs * 1_000,
    Duration: (trace.endMs - trace.startMs) * 1_000,
    StatusCode: statusOf(root),
  };
}

/** A span as the SDK's ITraceSpan has it. */
function spanShape(trace: TraceData, segment: TraceSegment): Readonly<Record<string, unknown>> {
  const caller = segment.parent === null ? undefined : trace.segments[segment.parent];
  const resource = { "service.name": segment.service, "cloud.provider": "volcengine", "cloud.region": trace.region };
  return {
    TraceId: traceId(trace),
    SpanId: segment.id,
    ParentSpanId: caller?.id ?? "",
    TraceState: "",
    Name: operationOf(segment),
    Kind: "server",
    StartTime: segment.startMs * 1_000,
    EndTime: segment.endMs * 1_000,
    Attributes: keyValues(attributesOf(segment)),
    Events: [],
    Links: [],
    Status: { Code: statusOf(segment), Message: "" },
    Resource: { Attributes: keyValues(resource) },
    InstrumentationLibrary: { Name: "http", Version: "1.0.0" },
  };
}

function operationOf({ method, path }: TraceSegment): string {
  return `${method} ${path}`;
}

/** Refused requests count as failed ones, throttled ones too. */
function statusOf({ status }: TraceSegment): "OK" | "ERROR" {
  return status === "ok" ? "OK" : "ERROR";
}

function attributesOf({ method, path, httpStatus }: TraceSegment) {
  return { "http.method": method, "http.target": path, "http.status_code": String(httpStatus) };
}

function keyValues(attributes: Readonly<Record<string, string>>): readonly { readonly Key: string; readonly Value: string }[] {
  return Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
}

interface TraceInstance {
  readonly id: string;
  readonly name: string;
  readonly project: { readonly id: string; readonly name: string };
}

function instanceOf(fleet: Fleet, { account, region }: VolcengineRequest): TraceInstance | undefined {
  const project = logProjectOf(fleet, account, region);
  return project && { id: uuidOf(account, region, "trace-instance"), name: "shop", project };
}

function checkInstance(fleet: Fleet, request: VolcengineRequest): void {
  const id = String(request.input.TraceInstanceId);
  if (instanceOf(fleet, request)?.id !== id) throw invalidArgument(`Trace instance ${id} does not exist.`);
}

function instanceShape({ id, name, project }: TraceInstance): Readonly<Record<string, unknown>> {
  return {
    TraceInstanceId: id,
    TraceInstanceName: name,
    TraceInstanceStatus: "CREATED",
    TraceTopicId: uuidOf(id, "trace-topic"),
    TraceTopicName: `${name}-trace`,
    DependencyTopicId: uuidOf(id, "dependency-topic"),
    DependencyTopicTopicName: `${name}-dependency`,
    ProjectId: project.id,
    ProjectName: project.name,
    Description: "",
    CreateTime: CREATED,
    ModifyTime: CREATED,
    BackendConfig: { Ttl: TTL_DAYS, EnableHotTtl: false, AutoSplit: true, MaxSplitPartitions: 256 },
  };
}
