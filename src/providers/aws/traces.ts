import type { Edge, TraceSummary as NativeSummary, Service } from "@aws-sdk/client-xray";
import type {
  ProviderContext,
  Scope,
  TimeWindow,
  TraceRequest,
  TraceService,
  TraceSummary,
  TracesCapability,
} from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { required } from "./errors.ts";
import { pagesOf } from "./paging.ts";

/** The longest window of GetTraceSummaries and GetServiceGraph (X-Ray API reference). */
const LONGEST_WINDOW_MS = 6 * 3_600_000;

/** AWS X-Ray. A trace belongs to the service that took the request. */
export function xray(accounts: Accounts): TracesCapability {
  return {
    search: (scope, request, context) => searchTraces(accounts, scope, request, context),
    services: (scope, { window }, context) => traceServices(accounts, scope, window, context),
  };
}

async function* searchTraces(
  accounts: Accounts,
  scope: Scope,
  request: TraceRequest,
  context: ProviderContext,
): AsyncGenerator<TraceSummary[]> {
  const { sdk, call } = await accounts.connect("xray", scope, context);
  const operation = "GetTraceSummaries";
  const filter = filterExpression(request);
  const service = request.service?.toLowerCase();
  for (const part of partsOf(request.window)) {
    const list = pagesOf(operation, (token) =>
      call(
        operation,
        (client, send) =>
          client.send(
            new sdk.GetTraceSummariesCommand({
              StartTime: new Date(part.fromMs),
              EndTime: new Date(part.toMs),
              ...(filter === "" ? {} : { FilterExpression: filter }),
              ...(token === undefined ? {} : { NextToken: token }),
            }),
            send,
          ),
        (reply) => ({ page: required(reply.TraceSummaries, operation, "TraceSummaries").map(summaryOf), next: reply.NextToken }),
      ),
    );
    for await (const page of list) {
      // Both ends are inclusive, so a trace on the seam of two parts would come twice; and the filter also finds services further in.
      yield page.filter(
        (trace) =>
          trace.timestampMs >= part.fromMs &&
          trace.timestampMs < part.toMs &&
          (service === undefined || trace.service?.toLowerCase() === service),
      );
    }
  }
}

async function* traceServices(
  accounts: Accounts,
  scope: Scope,
  window: TimeWindow,
  context: ProviderContext,
): AsyncGenerator<TraceService[]> {
  const { sdk, call } = await accounts.connect("xray", scope, context);
  const operation = "GetServiceGraph";
  const totals = new Map<string, ServiceTotals>();
  for (const part of partsOf(window)) {
    // References between services hold within one graph, over all its pages.
    const names = new Map<number, string>();
    const edges: { readonly caller: string; readonly edge: Edge }[] = [];
    const list = pagesOf(operation, (token) =>
      call(
        operation,
        (client, send) =>
          client.send(
            new sdk.GetServiceGraphCommand({
              StartTime: new Date(part.fromMs),
              EndTime: new Date(part.toMs - 1),
              ...(token === undefined ? {} : { NextToken: token }),
            }),
            send,
          ),
        (reply) => ({ page: required(reply.Services, operation, "Services"), next: reply.NextToken }),
      ),
    );
    for await (const page of list) for (const service of page) addService(service, names, edges, totals);
    for (const { caller, edge } of edges) {
      const callee = names.get(required(edge.ReferenceId, operation, "Edges.ReferenceId"));
      if (callee !== undefined) totals.get(caller)?.calls.add(callee);
    }
  }
  yield [...totals].map(([service, { requests, errors, seconds, calls }]) => ({
    service,
    requests,
    errors,
    averageLatencyMs: requests === 0 ? null : (seconds / requests) * 1_000,
    calls: [...calls].sort(),
  }));
}

interface ServiceTotals {
  requests: number;
  errors: number;
  seconds: number;
  readonly calls: Set<string>;
}

function addService(
  service: Service,
  names: Map<number, string>,
  edges: { caller: string; edge: Edge }[],
  totals: Map<string, ServiceTotals>,
): void {
  const operation = "GetServiceGraph";
  // The users in front of the first service are a node of the graph too, but none of the services.
  if (service.Type === "client") return;
  const name = required(service.Name, operation, "Name");
  names.set(required(service.ReferenceId, operation, "ReferenceId"), name);
  const total = totals.get(name) ?? { requests: 0, errors: 0, seconds: 0, calls: new Set<string>() };
  totals.set(name, total);
  const statistics = service.SummaryStatistics;
  total.requests += statistics?.TotalCount ?? 0;
  total.errors += (statistics?.ErrorStatistics?.TotalCount ?? 0) + (statistics?.FaultStatistics?.TotalCount ?? 0);
  total.seconds += statistics?.TotalResponseTime ?? 0;
  for (const edge of required(service.Edges, operation, "Edges")) edges.push({ caller: name, edge });
}

/** Newest part first, as X-Ray's own pages are. */
function partsOf(window: TimeWindow): TimeWindow[] {
  const parts: TimeWindow[] = [];
  for (let toMs = window.toMs; toMs > window.fromMs; toMs -= LONGEST_WINDOW_MS)
    parts.push({ fromMs: Math.max(window.fromMs, toMs - LONGEST_WINDOW_MS), toMs });
  return parts;
}

function filterExpression({ service, errorsOnly, minDurationMs }: TraceRequest): string {
  const parts: string[] = [];
  if (service !== undefined) parts.push(`service("${service.replace(/["\\]/g, "\\$&")}")`);
  if (errorsOnly) parts.push("(error = true OR fault = true OR throttle = true)");
  if (minDurationMs !== undefined && minDurationMs > 0) parts.push(`duration >= ${minDurationMs / 1_000}`);
  return parts.join(" AND ");
}

function summaryOf(summary: NativeSummary): TraceSummary {
  const operation = "GetTraceSummaries";
  const id = required(summary.Id, operation, "Id");
  const { HttpMethod: method, HttpURL: url } = summary.Http ?? {};
  const path = url !== undefined && URL.canParse(url) ? new URL(url).pathname : url;
  const started = summary.StartTime?.getTime() ?? Number.parseInt(id.split("-")[1] ?? "", 16) * 1_000;
  return {
    id,
    timestampMs: Number.isNaN(started) ? required<number>(undefined, operation, "a start time") : started,
    durationMs: Math.round(required(summary.Duration, operation, "Duration") * 1_000_000) / 1_000,
    service: summary.EntryPoint?.Name ?? summary.ServiceIds?.[0]?.Name ?? null,
    operation: path === undefined ? null : [method, path].filter(Boolean).join(" "),
    status: statusOf(summary),
    ...(url === undefined ? {} : { url }),
  };
}

/** X-Ray sets `HasError` for throttled requests too: a 429 is a client error. */
function statusOf(summary: NativeSummary): TraceSummary["status"] {
  const operation = "GetTraceSummaries";
  if (required(summary.HasFault, operation, "HasFault")) return "fault";
  if (required(summary.HasThrottle, operation, "HasThrottle")) return "throttle";
  return required(summary.HasError, operation, "HasError") ? "error" : "ok";
}
