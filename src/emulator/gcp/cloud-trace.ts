import type { Fleet } from "../fleet.ts";
import { pick } from "../hash.ts";
import { type TraceData, type TraceSegment, tracesBetween } from "../trace-data.ts";
import { ApplicationMachines } from "./application-machines.ts";
import { compileTraceFilter, type FilteredTrace } from "./cloud-trace-filter.ts";
import { enumValue } from "./enumerations.ts";
import { GoogleError, invalidArgument } from "./google-error.ts";
import { zoneOf } from "./native-names.ts";
import { pageToken, readPageToken } from "./page-token.ts";
import { formatTimestamp, QueryFields } from "./query-fields.ts";
import { CLOUD_PLATFORM_SCOPE, type GoogleReply, type GoogleRequest, type GoogleServiceFactory } from "./service.ts";

const VIEW_TYPES = { VIEW_TYPE_UNSPECIFIED: 0, MINIMAL: 1, ROOTSPAN: 2, COMPLETE: 3 } as const;
const SPAN_KINDS = { SPAN_KIND_UNSPECIFIED: 0, RPC_SERVER: 1, RPC_CLIENT: 2 } as const;
/** The vendor tells neither: a page without a size, and the largest one it returns. */
const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1_000;
/** Spans are kept 30 days (Cloud Trace, "Quotas and limits"). */
const RETENTION_MS = 30 * 86_400_000;
const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

/** A trace as filters and replies look at it. Its spans are made when somebody asks: most of a long list is never told. */
class CloudTrace implements FilteredTrace {
  readonly data: TraceData;
  readonly id: string;
  readonly latencyMs: number;
  readonly #machines: ApplicationMachines;
  #spans: readonly Span[] | undefined;

  constructor(data: TraceData, machines: ApplicationMachines) {
    this.data = data;
    this.id = traceId(data);
    this.latencyMs = data.endMs - data.startMs;
    this.#machines = machines;
  }

  get spans(): readonly Span[] {
    this.#spans ??= this.data.segments.map((segment) => ({
      name: `${segment.method} ${segment.path}`,
      root: segment.parent === null,
      labels: labelsOf(this.#machines, this.data, segment),
      segment,
    }));
    return this.#spans;
  }
}

interface Span {
  readonly name: string;
  readonly root: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly segment: TraceSegment;
}

/** Cloud Trace, version 1: the one that reads. */
export const cloudTraceService: GoogleServiceFactory = (fleet) => {
  const machines = new ApplicationMachines(fleet);
  return {
    id: "cloudtrace",
    host: "cloudtrace.googleapis.com",
    scopes: [CLOUD_PLATFORM_SCOPE, "https://www.googleapis.com/auth/trace.readonly"],
    quota: { metric: "read_requests", limit: "ReadRequestsPerMinutePerProject", title: "Read requests" },
    legacyErrors: false,
    methods: [
      {
        name: "ListTraces",
        rpc: "google.devtools.cloudtrace.v1.TraceService.ListTraces",
        verb: "GET",
        path: /^\/v1\/projects\/(?<project>[^/]+)\/traces$/,
        permission: "cloudtrace.traces.list",
        answer: (request) => listTraces(fleet, machines, request),
      },
      {
        name: "GetTrace",
        rpc: "google.devtools.cloudtrace.v1.TraceService.GetTrace",
        verb: "GET",
        path: /^\/v1\/projects\/(?<project>[^/]+)\/traces\/(?<traceId>[^/]+)$/,
        permission: "cloudtrace.traces.get",
        answer: (request) => getTrace(fleet, machines, request),
      },
    ],
  };
};

/** 32 hexadecimal digits: the second of the start, then the key. */
export function traceId(trace: TraceData): string {
  return `${Math.floor(trace.startMs / SECOND_MS)
    .toString(16)
    .padStart(8, "0")}${trace.key}`;
}

/** Traces that began in `[startTime, endTime]`; without one, those of the last day before the end. */
function listTraces(fleet: Fleet, machines: ApplicationMachines, request: GoogleRequest): GoogleReply {
  const fields = new QueryFields(request.query);
  const view = fields.enumeration(VIEW_TYPES, "view", "type.googleapis.com/google.devtools.cloudtrace.v1.ListTracesRequest.ViewType");
  const matches = compileTraceFilter(fields.text("filter"));
  const order = orderOf(fields.text("orderBy"));
  const size = fields.integer("pageSize");
  const limit = size <= 0 ? DEFAULT_PAGE : Math.min(size, LARGEST_PAGE);
  const binding = [request.method.name, request.project, ...BINDING.map((name) => fields.text(name))];
  const page = readPageToken(fields.text("pageToken"), binding, request.nowMs);
  if (page === undefined) throw invalidArgument("Invalid page token.");
  const { snapshotMs, position } = page;
  const endMs = fields.time("endTime") ?? snapshotMs;
  const startMs = fields.time("startTime") ?? endMs - DAY_MS;
  if (startMs > endMs) throw invalidArgument("Start time must not be after end time.");

  const found = tracesOf(fleet, machines, request.project, {
    fromMs: Math.max(startMs, snapshotMs - RETENTION_MS),
    toMs: endMs + 1,
    nowMs: snapshotMs,
  })
    .filter(matches)
    .sort(order);
  const end = position + limit;
  const traces = found.slice(position, end).map((trace) => traceShape(trace, view, request.numericEnums));
  return {
    ...(traces.length > 0 ? { traces } : {}),
    ...(end < found.length ? { nextPageToken: pageToken({ position: end, snapshotMs }, binding) } : {}),
  };
}

const BINDING = ["filter", "startTime", "endTime", "orderBy", "view"] as const;

function getTrace(fleet: Fleet, machines: ApplicationMachines, { project, path, nowMs, numericEnums }: GoogleRequest): GoogleReply {
  const { traceId: id = "" } = path;
  if (!/^[0-9a-f]{32}$/i.test(id) || /^0+$/.test(id)) throw invalidArgument(`Invalid trace id: "${id}".`);
  const startMs = Number.parseInt(id.slice(0, 8), 16) * SECOND_MS;
  const trace = tracesOf(fleet, machines, project, { fromMs: startMs, toMs: startMs + SECOND_MS, nowMs }).find(
    (candidate) => candidate.id === id.toLowerCase(),
  );
  if (trace === undefined) throw new GoogleError("NOT_FOUND", `Requested entity was not found: trace ${id}.`);
  return traceShape(trace, "COMPLETE", numericEnums);
}

interface TraceRange {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** What was taken in later is not there yet. */
  readonly nowMs: number;
}

function tracesOf(
  fleet: Fleet,
  machines: ApplicationMachines,
  project: string,
  { fromMs, toMs, nowMs }: TraceRange,
): readonly CloudTrace[] {
  return fleet.regions
    .flatMap((region) => tracesBetween(fleet, project, region.id, fromMs, Math.min(toMs, nowMs)))
    .filter((trace) => trace.ingestedMs <= nowMs)
    .map((data) => new CloudTrace(data, machines));
}

function traceShape({ data, id, spans }: CloudTrace, view: keyof typeof VIEW_TYPES, numeric: boolean): Readonly<Record<string, unknown>> {
  const identity = { projectId: data.account, traceId: id };
  if (view === "MINIMAL" || view === "VIEW_TYPE_UNSPECIFIED") return identity;
  const told = view === "ROOTSPAN" ? spans.filter((span) => span.root) : spans;
  return {
    ...identity,
    spans: told.map(({ name, labels, segment }) => {
      const caller = segment.parent === null ? undefined : data.segments[segment.parent];
      return {
        spanId: spanId(segment),
        kind: enumValue(SPAN_KINDS, "RPC_SERVER", numeric),
        name,
        startTime: formatTimestamp(segment.startMs),
        endTime: formatTimestamp(segment.endMs),
        ...(caller === undefined ? {} : { parentSpanId: spanId(caller) }),
        labels,
      };
    }),
  };
}

/** Labels as the OpenTelemetry exporter for Google Cloud writes them: HTTP ones translated, those of the resource under `g.co/r/`. */
function labelsOf(
  machines: ApplicationMachines,
  { account, region, clientIp }: TraceData,
  segment: TraceSegment,
): Readonly<Record<string, string>> {
  // A service without machines in the place is called over the net: its spans are written by nobody's machine.
  const [first, ...others] = machines.of(account, region, segment.service);
  const machine = first && pick([first, ...others], segment.id);
  const host = `${segment.service}.shop.example.com`;
  return {
    "/http/method": segment.method,
    "/http/status_code": String(segment.httpStatus),
    "/http/host": host,
    "/http/path": segment.path,
    "/http/url": `https://${host}${segment.path}`,
    ...(segment.parent === null ? { "net.peer.ip": clientIp } : {}),
    "service.name": segment.service,
    "g.co/agent": "opentelemetry-js 2.0.0; google-cloud-trace-exporter 3.0.0",
    ...(machine === undefined
      ? {}
      : {
          "g.co/r/gce_instance/project_id": account,
          "g.co/r/gce_instance/zone": zoneOf(machine),
          "g.co/r/gce_instance/instance_id": machine.id,
        }),
  };
}

/** An unsigned 64-bit number in decimal digits. */
function spanId(segment: TraceSegment): string {
  return String(BigInt(`0x${segment.id}`));
}

type Order = (left: CloudTrace, right: CloudTrace) => number;

/** `trace_id`, `name`, `duration` or `start`, perhaps with `desc` (`ListTracesRequest`). The vendor tells no other order: the newest first. */
function orderOf(text: string): Order {
  if (text === "") return (left, right) => right.data.startMs - left.data.startMs || compare(left.id, right.id);
  const [, field = "", descending] = /^(trace_id|name|duration|start)( desc)?$/.exec(text.trim()) ?? [];
  const by = ORDERS[field];
  if (by === undefined) throw invalidArgument(`Invalid order_by: "${text}".`);
  const sign = descending === undefined ? 1 : -1;
  return (left, right) => sign * by(left, right) || compare(left.id, right.id);
}

const ORDERS: Readonly<Record<string, Order>> = {
  trace_id: (left, right) => compare(left.id, right.id),
  name: (left, right) => compare(left.spans[0]?.name ?? "", right.spans[0]?.name ?? ""),
  duration: (left, right) => rootMs(left) - rootMs(right),
  start: (left, right) => left.data.startMs - right.data.startMs,
};

/** How long the root span took: work may go on after it. */
function rootMs({ data: { segments } }: CloudTrace): number {
  return segments[0].endMs - segments[0].startMs;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
