import type { ProviderContext, Scope, TraceRequest, TraceService, TraceSummary, TracesCapability } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";
import { inCompletionOrder } from "../shared/completion-order.ts";
import type { Clients } from "./clients.ts";
import { required } from "./errors.ts";
import { column, type KqlResult, nullableText, numberOf, runOwnKql, timeOf } from "./run-kql.ts";
import { MOST_TRACES, searchQuery, searchWindow, servicesQuery } from "./trace-queries.ts";
import type { Workspaces } from "./workspaces.ts";

const OPERATION = "Query";

/** Application Insights, in the tables of its workspaces. A trace belongs to the service that took the request. */
export function applicationInsights(clients: Clients, workspaces: Workspaces): TracesCapability {
  async function* run<Row>(
    scope: Scope,
    query: string,
    window: TraceRequest["window"],
    context: ProviderContext,
    read: (result: KqlResult) => Row[],
  ): AsyncGenerator<Row[]> {
    const there = await workspaces.of(scope, context);
    const results = there.map((workspace) => runOwnKql(clients, workspace, query, window, context));
    for await (const result of inCompletionOrder(results)) {
      if (result === undefined) continue;
      if (result.partial !== undefined) context.note(result.partial);
      yield read(result);
    }
  }

  return {
    async *search(scope, request, context) {
      for await (const traces of run(scope, searchQuery(request), searchWindow(request.window), context, summariesOf)) {
        if (traces.length >= MOST_TRACES) context.note(CUT);
        yield traces;
      }
    },
    async *services(scope, { window }, context) {
      // Workspaces of one place may each hold a part of a service.
      const services = new Map<string, TraceService>();
      for await (const found of run(scope, servicesQuery(window), window, context, servicesOf))
        for (const service of found) services.set(service.service, merged(services.get(service.service), service));
      yield [...services.values()];
    },
  };
}

const CUT: Text = {
  en: `Only the newest ${MOST_TRACES} traces of a workspace were read.`,
  zh: `每个工作区只读取了最新的 ${MOST_TRACES} 条链路。`,
};

function summariesOf(result: KqlResult): TraceSummary[] {
  const [id, started, lasted, service, name, code, success, url] = [
    "OperationId",
    "Started",
    "LastedMs",
    "AppRoleName",
    "Name",
    "ResultCode",
    "Success",
    "Url",
  ].map((each) => column(result, each)) as [Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell];
  return result.rows.map((row) => {
    const address = nullableText(url(row));
    return {
      id: required(nullableText(id(row)), OPERATION, "OperationId"),
      timestampMs: timeOf(started(row), "Started"),
      durationMs: Math.max(0, numberOf(lasted(row), "LastedMs")),
      service: nullableText(service(row)),
      operation: nullableText(name(row)),
      status: statusOf(success(row), nullableText(code(row))),
      ...(address === null ? {} : { url: address }),
    };
  });
}

type Cell = ReturnType<typeof column>;

/** Whether it went well is told; what kind of failure it was follows from the HTTP status. */
function statusOf(success: unknown, code: string | null): TraceSummary["status"] {
  if (required(typeof success === "boolean" ? success : null, OPERATION, "Success")) return "ok";
  if (code === "429") return "throttle";
  return code !== null && /^4\d\d$/.test(code) ? "error" : "fault";
}

function servicesOf(result: KqlResult): TraceService[] {
  const service = column(result, "Service");
  const requests = column(result, "Requests");
  const errors = column(result, "Errors");
  const average = column(result, "AverageMs");
  const calls = column(result, "Calls");
  return result.rows.map((row) => ({
    service: nullableText(service(row)) ?? "unknown",
    requests: numberOf(requests(row), "Requests"),
    errors: numberOf(errors(row), "Errors"),
    averageLatencyMs: numberOf(average(row), "AverageMs"),
    calls: textsOf(calls(row)),
  }));
}

/** A dynamic list, or none; the SDK leaves it as text where it is not JSON. */
function textsOf(cell: unknown): string[] {
  return Array.isArray(cell) ? cell.map(String).sort() : [];
}

function merged(known: TraceService | undefined, more: TraceService): TraceService {
  if (known === undefined) return more;
  const requests = known.requests + more.requests;
  return {
    service: known.service,
    requests,
    errors: known.errors + more.errors,
    averageLatencyMs:
      requests === 0 ? null : ((known.averageLatencyMs ?? 0) * known.requests + (more.averageLatencyMs ?? 0) * more.requests) / requests,
    calls: [...new Set([...known.calls, ...more.calls])].sort(),
  };
}
