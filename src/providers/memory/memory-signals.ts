import type {
  AlarmsCapability,
  LogEntry,
  LogRequest,
  LogsCapability,
  PartialScope,
  TimeWindow,
  TraceService,
  TraceSummary,
  TracesCapability,
} from "../../contracts/index.ts";
import type { MemoryData } from "./memory-options.ts";

export function memoryLogs(data: MemoryData): LogsCapability {
  const entriesOf = (scope: PartialScope) => data.logs.filter((log) => isAt(log, scope)).map(({ entry }) => entry);
  return {
    batchSize: 10,
    async *sources(scope, service, context) {
      const operation = `${data.id}.logs.ListSources`;
      yield await context.call(operation, scope, async () => {
        await data.intercept?.(operation, scope);
        const meant = entriesOf(scope).filter(
          (entry) => service === undefined || entry.service === service || entry.source.includes(service),
        );
        return [...new Set(meant.map(({ source }) => source))].map((name) => ({
          name,
          storedBytes: entriesOf(scope).reduce((bytes, entry) => bytes + (entry.source === name ? entry.message.length : 0), 0),
        }));
      });
    },
    async *read(scope, request, context) {
      const operation = `${data.id}.logs.Read`;
      yield await context.call(operation, scope, async () => {
        await data.intercept?.(operation, scope);
        const entries = entriesOf(scope).filter((entry) => isMeant(entry, request));
        if (request.countBy !== undefined) return { counts: countBy(entries, request.countBy) };
        return { entries: entries.toSorted((a, b) => b.timestampMs - a.timestampMs).slice(0, request.limit) };
      });
    },
  };
}

function isMeant(entry: LogEntry, request: LogRequest): boolean {
  const message = entry.message.toLowerCase();
  return (
    isIn(entry.timestampMs, request.window) &&
    request.sources.some(({ name }) => name === entry.source) &&
    (request.severities === undefined || (entry.severity !== null && request.severities.includes(entry.severity))) &&
    (request.contains ?? []).every((text) => message.includes(text.toLowerCase())) &&
    !(request.excludes ?? []).some((text) => message.includes(text.toLowerCase()))
  );
}

function countBy(entries: readonly LogEntry[], field: string): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const value = String((entry as unknown as Record<string, unknown>)[field] ?? "");
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count }));
}

export function memoryTraces(data: MemoryData): TracesCapability {
  const tracesOf = (scope: PartialScope, window: TimeWindow) =>
    data.traces.filter((trace) => isAt(trace, scope) && isIn(trace.trace.timestampMs, window)).map(({ trace }) => trace);
  return {
    async *search(scope, request, context) {
      const operation = `${data.id}.traces.Search`;
      yield await context.call(operation, scope, async () => {
        await data.intercept?.(operation, scope);
        return tracesOf(scope, request.window).filter(
          (trace) =>
            (request.service === undefined || trace.service === request.service) &&
            (!request.errorsOnly || trace.status !== "ok") &&
            trace.durationMs >= (request.minDurationMs ?? 0),
        );
      });
    },
    async *services(scope, { window }, context) {
      const operation = `${data.id}.traces.Services`;
      yield await context.call(operation, scope, async () => {
        await data.intercept?.(operation, scope);
        return [...Map.groupBy(tracesOf(scope, window), ({ service }) => service ?? "unknown")].map(serviceOf);
      });
    },
  };
}

function serviceOf([service, traces]: [string, readonly TraceSummary[]]): TraceService {
  const totalMs = traces.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return {
    service,
    requests: traces.length,
    errors: traces.filter(({ status }) => status !== "ok").length,
    averageLatencyMs: totalMs / traces.length,
    calls: [],
  };
}

export function memoryAlarms(data: MemoryData): AlarmsCapability {
  return {
    async *list(scope, states, context) {
      const operation = `${data.id}.alarms.List`;
      yield await context.call(operation, scope, async () => {
        await data.intercept?.(operation, scope);
        return data.alarms.filter((one) => isAt(one, scope) && states.includes(one.alarm.state)).map(({ alarm }) => alarm);
      });
    },
  };
}

function isAt(item: { readonly account: string; readonly region: string }, scope: PartialScope): boolean {
  return item.account === scope.account && item.region === scope.region;
}

function isIn(timeMs: number, { fromMs, toMs }: TimeWindow): boolean {
  return timeMs >= fromMs && timeMs < toMs;
}
