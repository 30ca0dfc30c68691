import type { FleetResource } from "../fleet.ts";
import { noise } from "../hash.ts";
import { MINUTE_MS, rawMinute } from "../series.ts";
import type { CmsMetric } from "./cms-metrics.ts";

export interface CmsPoint {
  /** Start of the period, in milliseconds since the epoch. */
  readonly timestampMs: number;
  readonly average: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface PointRange {
  /** Exclusive: CloudMonitor's ranges are open on the left and closed on the right (DescribeMetricList reference, `StartTime`). */
  readonly afterMs: number;
  /** Inclusive. */
  readonly untilMs: number;
  readonly periodSeconds: number;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;

/** What a resource reported in a range, oldest first. A period is told once all its minutes came in, each 30 to 110 seconds after its end. */
export function pointsOf(metric: CmsMetric, resource: FleetResource, range: PointRange): readonly CmsPoint[] {
  const { periodSeconds, nowMs } = range;
  const periodMs = periodSeconds * 1_000;
  const oldestMs = nowMs - keptDays(periodSeconds) * DAY_MS;
  const points: CmsPoint[] = [];
  for (let stampMs = Math.floor(range.afterMs / periodMs) * periodMs + periodMs; stampMs <= range.untilMs; stampMs += periodMs) {
    if (stampMs < oldestMs) continue;
    if (stampMs + periodMs > nowMs) break;
    const point = pointAt(metric, resource, stampMs, periodMs, nowMs);
    if (point !== undefined) points.push(point);
  }
  return points;
}

function pointAt(metric: CmsMetric, resource: FleetResource, stampMs: number, periodMs: number, nowMs: number): CmsPoint | undefined {
  const first = Math.floor(stampMs / MINUTE_MS);
  const last = Math.max(first, Math.ceil((stampMs + periodMs) / MINUTE_MS) - 1);
  // Of a period under a minute, its own end counts: the agent sends every fifteen seconds.
  if (stampMs + periodMs + delayMs(resource.key, last) > nowMs) return undefined;
  let count = 0;
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let minute = first; minute <= last; minute++) {
    const raw = rawMinute(resource, metric.metric, minute);
    if (raw === undefined) continue;
    count += raw.count;
    sum += raw.sum;
    minimum = Math.min(minimum, raw.minimum);
    maximum = Math.max(maximum, raw.maximum);
  }
  if (count === 0) return undefined;
  const [one, other] = [metric.native(minimum), metric.native(maximum)];
  return { timestampMs: stampMs, average: metric.native(sum / count), minimum: Math.min(one, other), maximum: Math.max(one, other) };
}

/** How long after its end a minute comes in. */
function delayMs(key: number, minute: number): number {
  return 30_000 + Math.floor(noise(key, minute, 12) * 80_000);
}

/** DescribeMetricList reference, "Usage notes": the shorter the period, the sooner its points are gone. */
function keptDays(periodSeconds: number): number {
  return periodSeconds < 60 ? 7 : periodSeconds < 300 ? 31 : 91;
}
