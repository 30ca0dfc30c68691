import type { cloudtrace_v1 } from "@googleapis/cloudtrace";
import type { TraceSummary } from "../../contracts/index.ts";
import { fieldOf } from "../shared/log-vocabulary.ts";
import { required } from "./errors.ts";
import { GLOBAL, regionOfZone } from "./places.ts";

export const OPERATION = "ListTraces";

export type NativeTrace = cloudtrace_v1.Schema$Trace;
type NativeSpan = cloudtrace_v1.Schema$TraceSpan;

/** A span as it is read: times in milliseconds since the epoch, with fractions. */
export interface Span {
  readonly id: string;
  readonly parent: string | undefined;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Labels by which exporters and Google's own services say who wrote a span; resource labels as OpenTelemetry's exporter writes them. */
const SERVICE_LABELS = [
  "service.name",
  "service",
  "g.co/r/cloud_run_revision/service_name",
  "g.co/r/k8s_container/container_name",
  "g.co/gae/app/module",
  "/component",
];
const PLACE_LABELS = [
  "g.co/r/gce_instance/zone",
  "g.co/r/k8s_container/location",
  "g.co/r/cloud_run_revision/location",
  "g.co/r/generic_node/location",
  "cloud.availability_zone",
  "cloud.region",
];
const STATUS_LABELS = ["/http/status_code", "http.response.status_code", "http.status_code"];
const METHOD_LABELS = ["/http/method", "http.request.method", "http.method"];
const URL_LABELS = ["/http/url", "url.full", "http.url"];
const PATH_LABELS = ["/http/path", "url.path", "http.target"];

/** Spans of a trace, the root first. Throws `PROVIDER_REPLY_INVALID` where something is missing. */
export function spansOf({ spans }: NativeTrace): readonly [Span, ...Span[]] {
  const all = required(spans, OPERATION, "spans").map(spanOf);
  const root = all.find(({ parent }) => parent === undefined) ?? all.toSorted((left, right) => left.startMs - right.startMs)[0];
  return [required(root, OPERATION, "a span"), ...all.filter((span) => span !== root)];
}

function spanOf({ spanId, parentSpanId, name, startTime, endTime, labels }: NativeSpan): Span {
  return {
    id: required(spanId, OPERATION, "spanId"),
    parent: parentSpanId && parentSpanId !== "0" ? parentSpanId : undefined,
    name: name ?? "",
    startMs: timeMs(required(startTime, OPERATION, "startTime")),
    endMs: timeMs(required(endTime, OPERATION, "endTime")),
    labels: labels ?? {},
  };
}

/** Nanoseconds, which `Date` does not keep. */
function timeMs(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) required(undefined, OPERATION, "a readable time");
  const beyond = /\.\d{3}(\d{1,6})/.exec(text)?.[1];
  return beyond === undefined ? ms : ms + Number(`0.${beyond}`);
}

export function serviceOf({ labels }: Span): string | null {
  return fieldOf(labels, SERVICE_LABELS) ?? null;
}

/** The region of who wrote a span; `global` where it does not say. */
export function regionOf({ labels }: Span): string {
  const place = fieldOf(labels, PLACE_LABELS);
  return place === undefined ? GLOBAL : regionOfZone(place);
}

/** What the request came to: the HTTP status, or an error that was noted. */
export function statusOf({ labels }: Span): TraceSummary["status"] {
  const status = Number(fieldOf(labels, STATUS_LABELS) ?? Number.NaN);
  if (status === 429) return "throttle";
  if (status >= 500) return "fault";
  if (status >= 400) return "error";
  return "/error/name" in labels || "/error/message" in labels ? "fault" : "ok";
}

/** Three decimals: what lies beyond is lost in times since the epoch. */
export function durationMs({ startMs, endMs }: Pick<Span, "startMs" | "endMs">): number {
  return Math.round((endMs - startMs) * 1_000) / 1_000;
}

/** A trace by its root; it lasts until its last span has ended. */
export function summaryOf(trace: NativeTrace, spans: readonly [Span, ...Span[]]): TraceSummary {
  const [root] = spans;
  const url = fieldOf(root.labels, URL_LABELS);
  const path = fieldOf(root.labels, PATH_LABELS) ?? (url !== undefined && URL.canParse(url) ? new URL(url).pathname : undefined);
  const called = [fieldOf(root.labels, METHOD_LABELS), path].filter((part) => part !== undefined).join(" ");
  return {
    id: required(trace.traceId, OPERATION, "traceId"),
    timestampMs: root.startMs,
    durationMs: durationMs({ startMs: root.startMs, endMs: spans.reduce((last, { endMs }) => Math.max(last, endMs), root.endMs) }),
    service: serviceOf(root),
    operation: path === undefined ? root.name || null : called,
    status: statusOf(root),
    ...(url === undefined ? {} : { url }),
  };
}
