import {
  METRICS,
  type MetricName,
  type MetricReading,
  type MetricRequest,
  type MetricsCapability,
  type MetricTarget,
  type NativeMetric,
  type Point,
  type Statistic,
  type TimeWindow,
} from "../../contracts/index.ts";
import type { MemoryData } from "./memory-options.ts";

const PERIOD_MS = 60_000;
const PREFIX = "memory:";

const CATALOGUE: readonly NativeMetric[] = Object.entries(METRICS).flatMap(([metric, { of }]) =>
  of.map((kind): NativeMetric => ({ metric: metric as MetricName, kind, native: `${PREFIX}${metric}`, scale: 1 })),
);

export function memoryMetrics(data: MemoryData): MetricsCapability {
  const byId = new Map(
    data.resources.map((resource) => [`${resource.account}/${resource.region}/${resource.kind}/${resource.id}`, resource]),
  );

  function readingOf(target: MetricTarget, { window, statistic }: MetricRequest): MetricReading {
    const { account, region, kind, id } = target.resource;
    const metric = target.metric.native.slice(PREFIX.length) as MetricName;
    const values = byId.get(`${account}/${region}/${kind}/${id}`)?.metrics[metric];
    const points = pointsIn(values, window);
    return { target, value: statisticOf(points, statistic), points: points.slice(-60), periodMs: PERIOD_MS };
  }

  return {
    lagMs: data.lagMs,
    batchSize: data.batchSize,
    catalogue: CATALOGUE,
    parseNative: (native, kind) => CATALOGUE.find((metric) => metric.native === native && metric.kind === kind),
    async *read(scope, request, context) {
      yield await context.call(`${data.id}.metrics.Read`, scope, async () => {
        await data.intercept?.(`${data.id}.metrics.Read`, scope);
        return request.targets.map((target) => readingOf(target, request));
      });
    },
    nativeQuery: ({ resource, metric }, { statistic }) => `${statistic} ${metric.native} of ${resource.id}`,
  };
}

function pointsIn(values: number | readonly Point[] | undefined, { fromMs, toMs }: TimeWindow): readonly Point[] {
  if (values === undefined) return [];
  if (typeof values !== "number") return values.filter(([timeMs]) => timeMs >= fromMs && timeMs < toMs);
  const count = Math.max(0, Math.ceil((toMs - fromMs) / PERIOD_MS));
  return Array.from({ length: count }, (_, index): Point => [fromMs + index * PERIOD_MS, values]);
}

function statisticOf(points: readonly Point[], statistic: Statistic): number | null {
  const values = points.map(([, value]) => value);
  if (values.length === 0) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  switch (statistic) {
    case "average":
      return sum / values.length;
    case "sum":
      return sum;
    case "maximum":
      return Math.max(...values);
    case "minimum":
      return Math.min(...values);
    case "last":
      return values.at(-1) ?? null;
    default: {
      const rank = Math.ceil((Number(statistic.slice(1)) / 100) * values.length);
      return values.toSorted((a, b) => a - b)[Math.max(0, rank - 1)] ?? null;
    }
  }
}
