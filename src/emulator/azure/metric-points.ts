import type { FleetResource } from "../fleet.ts";
import { noise } from "../hash.ts";
import { MINUTE_MS, metricsOf, type RawMinute, rawMinute } from "../series.ts";
import type { Aggregation, MetricDefinition } from "./metric-definitions.ts";

export interface PointQuery {
  /** Milliseconds since the epoch, at a whole minute. Inclusive. */
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  readonly intervalMs: number;
  readonly aggregations: readonly Aggregation[];
  readonly nowMs: number;
}

export type MetricValue = { readonly timeStamp: string } & Partial<Readonly<Record<Aggregation, number>>>;

const DAY_MS = 86_400_000;
/** Platform metrics are kept this long ("Azure Monitor Metrics overview", Retention of metrics). */
const RETENTION_DAYS = 93;

/**
 * The points of one time series, oldest first, stamped with the start of their bucket; empty where there is no data at all in the time asked
 * for. A bucket without data has a time stamp and no values.
 */
export function pointsOf(resource: FleetResource, { series }: MetricDefinition, query: PointQuery): readonly MetricValue[] {
  if (series === undefined || !metricsOf(resource).includes(series.metric)) return [];
  const { startMs, endMs, intervalMs, aggregations } = query;
  const points: MetricValue[] = [];
  let filled = false;
  for (let bucketMs = startMs; bucketMs < endMs; bucketMs += intervalMs) {
    const raw = gathered(resource, series, bucketMs, Math.min(bucketMs + intervalMs, endMs), query.nowMs);
    const timeStamp = new Date(bucketMs).toISOString().replace(/\.000Z$/, "Z");
    if (raw === undefined) points.push({ timeStamp });
    else {
      filled = true;
      points.push({ timeStamp, ...valuesOf(raw, aggregations) });
    }
  }
  return filled ? points : [];
}

function gathered(
  resource: FleetResource,
  series: NonNullable<MetricDefinition["series"]>,
  fromMs: number,
  toMs: number,
  nowMs: number,
): RawMinute | undefined {
  let [count, sum, minimum, maximum] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let minuteMs = fromMs; minuteMs < toMs; minuteMs += MINUTE_MS) {
    const minute = minuteMs / MINUTE_MS;
    if (minuteMs + MINUTE_MS + delayMs(resource.key, minute) > nowMs || minuteMs < nowMs - RETENTION_DAYS * DAY_MS) continue;
    const raw = rawMinute(resource, series.metric, minute);
    if (raw === undefined) continue;
    const native = series.native(raw);
    count += native.count;
    sum += native.sum;
    minimum = Math.min(minimum, native.minimum);
    maximum = Math.max(maximum, native.maximum);
  }
  return count === 0 ? undefined : { count, sum, minimum, maximum };
}

/** How long after its end a minute becomes visible: 30 to 110 seconds. */
function delayMs(key: number, minute: number): number {
  return 30_000 + Math.floor(noise(key, minute, 12) * 80_000);
}

function valuesOf({ count, sum, minimum, maximum }: RawMinute, aggregations: readonly Aggregation[]) {
  const values = { average: sum / count, minimum, maximum, total: sum, count };
  return Object.fromEntries(aggregations.map((aggregation) => [aggregation, values[aggregation]]));
}
