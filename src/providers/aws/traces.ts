import type { TraceSummary as NativeSummary } from "@aws-sdk/client-xray";
import type { ProviderContext, Scope, TimeWindow, TraceRequest, TraceSummary, TracesCapability } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { required } from "./errors.ts";
import { pagesOf } from "./paging.ts";
import { readGraphs, traceServices } from "./service-graph.ts";
import { partsOf } from "./trace-windows.ts";

/** AWS X-Ray. A trace belongs to the service that took the request. */
export function xray(accounts: Accounts): TracesCapability {
  return {
    search: (scope, request, context) => searchTraces(accounts, scope, request, context),
    services: async function* (scope, { window }, context) {
      yield await traceServices(await accounts.connect("xray", scope, context), window);
    },
  };
}

async function* searchTraces(
  accounts: Accounts,
  scope: Scope,
  request: TraceRequest,
  context: ProviderContext,
): AsyncGenerator<TraceSummary[]> {
  const connection = await accounts.connect("xray", scope, context);
  const { service, window } = request;
  let found = false;
  for await (const page of readSummaries(connection, request, service === undefined ? [] : [service])) {
    found ||= page.length > 0;
    yield page;
  }
  if (service === undefined || found) return;
  // X-Ray compares names with regard to case, which people do not: only where nothing was found is it worth asking how the name is spelt.
  const spellings = await spellingsOf(connection, service, window);
  if (spellings.length > 0) yield* readSummaries(connection, request, spellings);
}

/** How the services are spelt that differ from a name in case only. */
async function spellingsOf(connection: Connection<"xray">, service: string, window: TimeWindow): Promise<string[]> {
  const names = new Set<string>();
  for await (const nodes of readGraphs(connection, window)) for (const { Name: name } of nodes) if (name !== undefined) names.add(name);
  return [...names].filter((name) => name !== service && name.toLowerCase() === service.toLowerCase());
}

/** Traces that fulfil the request and were taken by a service of one of the spellings; of any service without them. */
async function* readSummaries(
  { sdk, call }: Connection<"xray">,
  request: TraceRequest,
  spellings: readonly string[],
): AsyncGenerator<TraceSummary[]> {
  const operation = "GetTraceSummaries";
  const filter = filterExpression(request, spellings);
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

function filterExpression({ errorsOnly, minDurationMs }: TraceRequest, spellings: readonly string[]): string {
  const parts: string[] = [];
  if (spellings.length > 0) parts.push(`(${spellings.map((name) => `service("${name.replace(/["\\]/g, "\\$&")}")`).join(" OR ")})`);
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
