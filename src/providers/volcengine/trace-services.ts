import type { ProviderContext, TraceService, TraceSummary } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";
import type { Connection, DeepPartial } from "./clients.ts";
import { required, requiredList } from "./errors.ts";
import type { TlsService } from "./sdk.ts";

const OPERATION = "DescribeTrace";
/** Traces that are looked into for calls, in all and of one service. */
const MOST_SAMPLES = 20;
const SAMPLES_OF_A_SERVICE = 3;

interface Totals {
  requests: number;
  errors: number;
  durationMs: number;
  readonly calls: Set<string>;
}

interface Sample {
  readonly instanceId: string;
  readonly traceId: string;
}

type Span = NonNullable<NonNullable<NonNullable<DeepPartial<Awaited<ReturnType<TlsService["DescribeTrace"]>>>["Trace"]>["Spans"]>[number]>;

/**
 * Services by the traces that begin at them, and whom they call by a few of those traces: the log service has no operation for its
 * service graph.
 */
export async function traceServices(
  connection: Connection,
  traces: AsyncIterable<{ readonly instanceId: string; readonly page: readonly TraceSummary[] }>,
  context: ProviderContext,
): Promise<TraceService[]> {
  const services = new Map<string, Totals>();
  const samples: Sample[] = [];
  for await (const { instanceId, page } of traces) {
    for (const { id, service, status, durationMs } of page) {
      if (service === null) continue;
      const totals = services.get(service) ?? { requests: 0, errors: 0, durationMs: 0, calls: new Set() };
      services.set(service, totals);
      if (totals.requests < SAMPLES_OF_A_SERVICE && samples.length < MOST_SAMPLES) samples.push({ instanceId, traceId: id });
      totals.requests += 1;
      totals.errors += status === "ok" ? 0 : 1;
      totals.durationMs += durationMs;
    }
  }
  const edges = await Promise.all(samples.map((sample) => callsOf(connection, sample)));
  for (const [caller, callee] of edges.flat()) services.get(caller)?.calls.add(callee);
  if (services.size > 0) context.note(SAMPLED);
  return [...services].map(([service, { requests, errors, durationMs, calls }]) => ({
    service,
    requests,
    errors,
    averageLatencyMs: requests === 0 ? null : durationMs / requests,
    calls: [...calls].sort(),
  }));
}

/** Which service called which within a trace. */
async function callsOf(connection: Connection, { instanceId, traceId }: Sample): Promise<readonly (readonly [string, string])[]> {
  return connection.tls(OPERATION, { TraceInstanceId: instanceId, TraceId: traceId }, ({ Trace }) => {
    const spans = requiredList(required(Trace, OPERATION, "Trace").Spans, OPERATION, "Spans");
    const serviceOfSpan = new Map(spans.map((span) => [required(span.SpanId, OPERATION, "SpanId"), serviceOf(span)] as const));
    return spans.flatMap((span) => {
      const caller = serviceOfSpan.get(span.ParentSpanId ?? "");
      const callee = serviceOf(span);
      return caller === undefined || caller === "" || callee === "" || caller === callee ? [] : [[caller, callee] as const];
    });
  });
}

/** OpenTelemetry keeps it with the resource. */
function serviceOf({ Resource }: Span): string {
  return Resource?.Attributes?.find(({ Key }) => Key === "service.name")?.Value ?? "";
}

const SAMPLED: Text = {
  en: "Volcengine services: requests are those at which traces begin; whom they call is read from a sample of traces.",
  zh: "火山引擎的服务：请求数为链路入口处的请求数，调用关系来自部分链路的抽样。",
};
