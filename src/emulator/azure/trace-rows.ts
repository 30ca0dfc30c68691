import { hexDigits } from "../hash.ts";
import { type TraceData, type TraceSegment, tracesBetween } from "../trace-data.ts";
import { componentOf, type LogRow, type RowRequest } from "./log-row.ts";
import { operationId } from "./trace-names.ts";

/** No request takes longer, counting what goes on after the response: a row may lie so much after the beginning of its trace. */
const LONGEST_TRACE_MS = 60_000;

/** One row for each service that took part in a request. */
export function* requestRows(request: RowRequest): Generator<LogRow> {
  for (const { trace, segment } of segmentsOf(request)) {
    if (segment.startMs < request.fromMs || segment.startMs >= request.toMs) continue;
    yield {
      ...telemetry(request, trace, segment),
      Id: segment.id,
      // The first one has no parent; the others were called through a dependency.
      ParentId: segment.parent === null ? "" : dependencyId(segment),
      Name: `${segment.method} ${segment.path}`,
      Url: `https://${segment.service}.nimbus.example${segment.path}`,
      Source: "",
    };
  }
}

/** One row for each call from one service to another, written by the caller. */
export function* dependencyRows(request: RowRequest): Generator<LogRow> {
  for (const { trace, segment } of segmentsOf(request)) {
    if (segment.parent === null || segment.startMs < request.fromMs || segment.startMs >= request.toMs) continue;
    const caller = trace.segments[segment.parent];
    if (caller === undefined) continue;
    yield {
      ...telemetry(request, trace, segment),
      ...componentOf(request.workspace, caller.service),
      Id: dependencyId(segment),
      ParentId: caller.id,
      Name: `${segment.method} ${segment.path}`,
      Target: `${segment.service}.nimbus.example`,
      DependencyType: "HTTP",
      Data: `https://${segment.service}.nimbus.example${segment.path}`,
    };
  }
}

function* segmentsOf({ fleet, workspace, fromMs, toMs, nowMs }: RowRequest): Generator<{ trace: TraceData; segment: TraceSegment }> {
  for (const trace of tracesBetween(fleet, workspace.account, workspace.region, fromMs - LONGEST_TRACE_MS, toMs)) {
    if (trace.ingestedMs > nowMs) continue;
    for (const segment of trace.segments) yield { trace, segment };
  }
}

function telemetry({ workspace }: RowRequest, trace: TraceData, segment: TraceSegment): LogRow {
  const [root] = trace.segments;
  const durationMs = segment.endMs - segment.startMs;
  return {
    ...componentOf(workspace, segment.service),
    TimeGenerated: segment.startMs,
    OperationId: operationId(trace),
    OperationName: `${root.method} ${root.path}`,
    AppRoleInstance: `${segment.service}-0`,
    ItemCount: 1,
    Properties: {},
    // Requests with a status of 400 or more have failed, unless the application says otherwise (Application Insights data model).
    Success: segment.httpStatus < 400,
    ResultCode: String(segment.httpStatus),
    DurationMs: durationMs,
    PerformanceBucket: durationMs < 250 ? "<250ms" : durationMs < 1_000 ? "500ms-1sec" : "1sec-3sec",
    ClientIP: trace.clientIp,
  };
}

function dependencyId(callee: TraceSegment): string {
  return hexDigits(16, callee.id, "dependency");
}
