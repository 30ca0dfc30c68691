import type { ProviderContext, Scope, TimeWindow, TraceRequest, TraceSummary, TracesCapability } from "../../contracts/index.ts";
import type { Clients } from "./clients.ts";
import { projectRegions } from "./instances.ts";
import { pagesOf } from "./paging.ts";
import { GLOBAL } from "./places.ts";
import { ServiceTally } from "./trace-services.ts";
import { type NativeTrace, OPERATION, regionOf, type Span, serviceOf, spansOf, summaryOf } from "./trace-spans.ts";

const PAGE_SIZE = 1_000;
/** A project may read 300 times a minute ("Quotas and limits", Cloud Trace). */
const MOST_PAGES = 50;

/** Cloud Trace. A trace belongs to the service that took the request, and to the region that its root names, or `global`. */
export function cloudTrace(clients: Clients): TracesCapability {
  return {
    async *search(scope, request, context) {
      const isHere = await placeOf(clients, scope, context);
      for await (const page of searchProject(clients, scope.account, request, context)) {
        yield page.filter(({ root }) => isHere(root)).map(({ summary }) => summary);
      }
    },
    async *services(scope, { window }, context) {
      const isHere = await placeOf(clients, scope, context);
      const tally = new ServiceTally();
      for await (const traces of listTraces(clients, scope.account, window, "", context)) {
        for (const { spans } of traces) if (isHere(spans[0])) tally.add(spans);
      }
      yield tally.services();
    },
  };
}

interface FoundTrace {
  readonly root: Span;
  readonly summary: TraceSummary;
}

/**
 * Traces of a project, in all its regions. Labels are compared with regard to case, and not every exporter names the service alike: only
 * where nothing bears the name in the label of OpenTelemetry, all are looked through.
 */
async function* searchProject(
  clients: Clients,
  project: string,
  { service, errorsOnly, minDurationMs = 0, window }: TraceRequest,
  context: ProviderContext,
): AsyncGenerator<readonly FoundTrace[]> {
  const latency = minDurationMs >= 1 ? [`latency:${Math.floor(minDurationMs)}ms`] : [];
  const wanted = service?.toLowerCase();
  const exact = service !== undefined && /^[\w.-]+$/.test(service) ? [`+service.name:${service}`] : undefined;
  let found = false;
  for (const terms of wanted === undefined ? [[]] : exact === undefined ? [[]] : [exact, []]) {
    if (found) return;
    const filter = [...latency, ...terms].join(" ");
    for await (const traces of listTraces(clients, project, window, filter, context)) {
      const page = traces
        .map(({ trace, spans }) => ({ root: spans[0], summary: summaryOf(trace, spans) }))
        .filter(({ root }) => wanted === undefined || serviceOf(root)?.toLowerCase() === wanted);
      found ||= page.length > 0;
      yield page.filter(({ summary }) => (!errorsOnly || summary.status !== "ok") && summary.durationMs >= minDurationMs);
    }
  }
}

interface ListedTrace {
  readonly trace: NativeTrace;
  readonly spans: readonly [Span, ...Span[]];
}

interface Reply {
  readonly traces?: readonly NativeTrace[];
  readonly nextPageToken?: string;
}

/** Traces that began in the window, newest first, with all their spans: work may go on after the root has its answer. */
function listTraces(
  clients: Clients,
  project: string,
  window: TimeWindow,
  filter: string,
  context: ProviderContext,
): AsyncIterable<readonly ListedTrace[]> {
  return context.shared(`traces/${JSON.stringify([project, window, filter])}`, async function* () {
    const client = await clients.client("traces");
    let pages = 0;
    const list = pagesOf(OPERATION, (pageToken) =>
      clients.call(context, {
        operation: `cloudtrace.${OPERATION}`,
        scope: { account: project },
        send: () =>
          client.list({
            projectId: project,
            view: "COMPLETE",
            orderBy: "start desc",
            pageSize: PAGE_SIZE,
            // Both ends are inclusive (Cloud Trace API reference).
            startTime: new Date(window.fromMs).toISOString(),
            endTime: new Date(window.toMs).toISOString(),
            ...(filter === "" ? {} : { filter }),
            ...(pageToken === undefined ? {} : { pageToken }),
          }),
        read: ({ traces = [], nextPageToken }: Reply) => ({
          page: { more: Boolean(nextPageToken), traces: traces.map((trace) => ({ trace, spans: spansOf(trace) })) },
          next: nextPageToken,
        }),
      }),
    );
    for await (const { traces, more } of list) {
      yield traces.filter(({ spans: [{ startMs }] }) => startMs >= window.fromMs && startMs < window.toMs);
      if (++pages < MOST_PAGES || !more) continue;
      context.note(onlyNewest(project));
      return;
    }
  });
}

/** Whether a trace of this root belongs to the scope; `global` has those of no region, and of regions without a scope. */
async function placeOf(clients: Clients, { account, region }: Scope, context: ProviderContext): Promise<(root: Span) => boolean> {
  if (region !== GLOBAL) return (root) => regionOf(root) === region;
  const regions = await projectRegions(clients, account, context);
  return (root) => !regions.has(regionOf(root));
}

function onlyNewest(project: string) {
  const count = MOST_PAGES * PAGE_SIZE;
  return {
    en: `Only the newest traces of ${project} were read, at most ${count}.`,
    zh: `项目 ${project} 只读取了最新的调用链，最多 ${count} 条。`,
  };
}
