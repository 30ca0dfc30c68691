import type { MetricReading, MetricRequest, MetricsCapability, MetricTarget, Point, TimeWindow } from "../../contracts/index.ts";
import { shellQuote } from "../shared/shell-quote.ts";
import { smoothedExtremes } from "../shared/smoothed-extremes.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { PROVIDER_NAME, required, requiredList } from "./errors.ts";
import { RESOURCE_DIMENSION, type VolcengineMetric, volcengineMetric } from "./metrics.ts";
import { getMetricData, type MetricDataInput, type MetricDataResult } from "./operations.ts";
import { nativePeriod, type SeriesPlan, seriesPlan } from "./periods.ts";

const OPERATION = getMetricData.name;

/** GetMetricData in calls of up to 50 instances, one metric at a time. */
export function readMetrics(accounts: Accounts): MetricsCapability["read"] {
  return async function* (scope, request, context) {
    const connection = await accounts.connect(scope, context);
    const plan = seriesPlan(request.statistic, request.window);
    const smoothed = smoothedExtremes(PROVIDER_NAME, request.statistic, plan.periodMs);
    if (smoothed !== undefined) context.note(smoothed);
    // Series come back by resource: a resource that is asked for twice is asked for once, and answered twice.
    for (const targets of Map.groupBy(request.targets, ({ metric }) => metric.native).values()) {
      const ids = [...new Set(targets.map(({ resource }) => resource.id))];
      for (let start = 0; start < ids.length; start += plan.batchSize) {
        const batch = new Set(ids.slice(start, start + plan.batchSize));
        yield await readBatch(
          connection,
          targets.filter(({ resource }) => batch.has(resource.id)),
          plan,
          request.window,
        );
      }
    }
  };
}

async function readBatch(
  connection: Connection,
  targets: readonly MetricTarget[],
  plan: SeriesPlan,
  window: TimeWindow,
): Promise<MetricReading[]> {
  const metric = metricOf(required(targets[0], OPERATION, "a target"));
  const ids = [...new Set(targets.map(({ resource }) => resource.id))];
  const series = await connection.call(getMetricData, inputOf(metric, ids, plan, window), (result) =>
    seriesOf(requiredList(required(result.Data, OPERATION, "Data").MetricDataResults, OPERATION, "MetricDataResults"), new Set(ids)),
  );
  return targets.map((target) => {
    const points = mergedPoints(series.get(target.resource.id) ?? [], metric.scale, plan.periodMs, window);
    const value = points.length === 0 ? null : plan.reduce(points);
    return { target, value, points, periodMs: plan.periodMs };
  });
}

function inputOf(metric: VolcengineMetric, ids: readonly string[], plan: SeriesPlan, window: TimeWindow): MetricDataInput {
  return {
    Namespace: metric.namespace,
    SubNamespace: metric.subNamespace,
    MetricName: metric.name,
    Period: nativePeriod(plan.periodMs),
    StartTime: Math.floor(window.fromMs / 1_000),
    EndTime: Math.ceil(window.toMs / 1_000),
    Instances: ids.map((id) => ({ Dimensions: [{ Name: RESOURCE_DIMENSION, Value: id }] })),
  };
}

/** The series of each resource: one, or one for each of its parts. */
function seriesOf(results: readonly MetricDataResult[], asked: ReadonlySet<string>): ReadonlyMap<string, readonly (readonly Point[])[]> {
  const series = new Map<string, Point[][]>();
  for (const { Dimensions, DataPoints } of results) {
    const dimensions = requiredList(Dimensions, OPERATION, "Dimensions");
    const id = required(
      dimensions.find(({ Name }) => Name === RESOURCE_DIMENSION)?.Value,
      OPERATION,
      `the dimension ${RESOURCE_DIMENSION}`,
    );
    required(asked.has(id) || undefined, OPERATION, `a resource that was asked for instead of ${id}`);
    // Go writes a list without items as null.
    const points = (DataPoints === null ? [] : requiredList(DataPoints, OPERATION, "DataPoints")).map(
      ({ Timestamp, Value }): Point => [numberOf(Timestamp, "Timestamp") * 1_000, numberOf(Value, "Value")],
    );
    series.set(id, [...(series.get(id) ?? []), points]);
  }
  return series;
}

/** Canonical points within the window, in order; of several parts the largest value counts. */
function mergedPoints(parts: readonly (readonly Point[])[], scale: number, periodMs: number, { fromMs, toMs }: TimeWindow): Point[] {
  const merged = new Map<number, number>();
  for (const points of parts) {
    for (const [timeMs, native] of points) {
      // A period that began before the window holds only what lies within it, because nothing earlier was asked for.
      if (timeMs <= fromMs - periodMs || timeMs >= toMs) continue;
      const stamp = Math.max(timeMs, fromMs);
      const value = native * scale;
      merged.set(stamp, Math.max(merged.get(stamp) ?? value, value));
    }
  }
  return [...merged].sort(([left], [right]) => left - right);
}

function numberOf(value: unknown, field: string): number {
  return required(typeof value === "number" && Number.isFinite(value) ? value : undefined, OPERATION, field);
}

function metricOf({ metric }: MetricTarget): VolcengineMetric {
  return required(volcengineMetric(metric), OPERATION, `the metric ${metric.native}`);
}

/** The query behind one value, as a command of the Volcengine CLI (`ve`). */
export function nativeMetricQuery(target: MetricTarget, { statistic, window }: Pick<MetricRequest, "statistic" | "window">): string {
  // A percentile is made of the same points as the extremes, which any window has.
  const plan = seriesPlan(/^p\d/.test(statistic) ? "maximum" : statistic, window);
  const input = inputOf(metricOf(target), [target.resource.id], plan, window);
  return `ve volc_observe GetMetricData --region ${shellQuote(target.resource.region)} --body ${shellQuote(JSON.stringify(input))}`;
}
