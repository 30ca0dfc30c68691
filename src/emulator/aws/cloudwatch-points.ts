import { noise } from "../hash.ts";
import { latencySamples, MINUTE_MS, metricsOf, type RawMinute, rawMinute } from "../series.ts";
import type { CloudWatchSeries } from "./cloudwatch-metrics.ts";

export interface PointQuery {
  /** Milliseconds since the epoch, at a whole minute. Inclusive. */
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  readonly periodMs: number;
  readonly statistic: CloudWatchStatistic;
  readonly nowMs: number;
}

export type CloudWatchStatistic = "Average" | "Sum" | "Minimum" | "Maximum" | "SampleCount" | { readonly percentile: number };

export interface CloudWatchPoint {
  /** Start of the period. */
  readonly timestampMs: number;
  readonly value: number;
}

const BASIC_PERIOD_MS = 5 * MINUTE_MS;
const DAY_MS = 86_400_000;

/** Reads `Average`, `p95`, …; undefined for statistics that are none, or that the emulator does not know. */
export function parseStatistic(text: string): CloudWatchStatistic | undefined {
  if (text === "Average" || text === "Sum" || text === "Minimum" || text === "Maximum" || text === "SampleCount") return text;
  const percentile = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(text)?.[1];
  return percentile === undefined ? undefined : { percentile: Number(percentile) };
}

/**
 * The points CloudWatch would hand out, oldest first. Stored are one-minute points, or five-minute ones stamped at their start; each is
 * visible 30 to 110 seconds after it ended. A period gathers what is stored in it, whether or not it is full.
 */
export function pointsOf(series: CloudWatchSeries, query: PointQuery): readonly CloudWatchPoint[] {
  const { metric, resource } = series;
  if (!metricsOf(resource).includes(metric.metric)) return [];
  const storedMs = metric.everyMinute || resource.monitoring === "detailed" ? MINUTE_MS : BASIC_PERIOD_MS;
  const points: CloudWatchPoint[] = [];
  const oldestMs = oldestKept(query.periodMs, query.nowMs);
  for (let bucketMs = query.startMs; bucketMs < query.endMs; bucketMs += query.periodMs) {
    if (bucketMs < oldestMs) continue;
    const untilMs = Math.min(bucketMs + query.periodMs, query.endMs);
    const minutes: number[] = [];
    for (let stampMs = Math.ceil(bucketMs / storedMs) * storedMs; stampMs < untilMs; stampMs += storedMs) {
      if (stampMs + storedMs + delayMs(resource.key, stampMs) > query.nowMs) break;
      for (let minuteMs = stampMs; minuteMs < stampMs + storedMs; minuteMs += MINUTE_MS) minutes.push(minuteMs / MINUTE_MS);
    }
    const value = minutes.length === 0 ? undefined : statisticOf(series, minutes, query.statistic);
    if (value !== undefined) points.push({ timestampMs: bucketMs, value });
  }
  return points;
}

/** How long after its end a stored point becomes visible. */
function delayMs(key: number, stampMs: number): number {
  return 30_000 + Math.floor(noise(key, stampMs / MINUTE_MS, 12) * 80_000);
}

/** One-minute points are kept 15 days, five-minute ones 63, hourly ones 455 (GetMetricData reference). */
function oldestKept(periodMs: number, nowMs: number): number {
  const days = periodMs < 300_000 ? 15 : periodMs < 3_600_000 ? 63 : 455;
  return nowMs - days * DAY_MS;
}

function statisticOf(
  { metric, resource }: CloudWatchSeries,
  minutes: readonly number[],
  statistic: CloudWatchStatistic,
): number | undefined {
  let count = 0;
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  const samples: number[] = [];
  for (const minute of minutes) {
    const raw = rawMinute(resource, metric.metric, minute);
    if (raw === undefined) continue;
    count += raw.count;
    sum += raw.sum;
    minimum = Math.min(minimum, raw.minimum);
    maximum = Math.max(maximum, raw.maximum);
    if (typeof statistic === "object") samples.push(...samplesOf({ metric, resource }, minute, raw));
  }
  if (count === 0) return undefined;
  if (typeof statistic === "object") return metric.native(percentileOf(samples, statistic.percentile));
  switch (statistic) {
    case "Average":
      return metric.native(sum) / count;
    case "Sum":
      return metric.native(sum);
    case "Minimum":
      return metric.native(minimum);
    case "Maximum":
      return metric.native(maximum);
    case "SampleCount":
      return count;
  }
}

function samplesOf({ metric, resource }: CloudWatchSeries, minute: number, raw: RawMinute): readonly number[] {
  if (metric.metric === "latency.duration") return latencySamples(resource, minute);
  if (raw.count === 1) return [raw.sum];
  // Requests and their errors: each sample is 1 or 0.
  return Array.from({ length: raw.count }, (_, index) => (index < raw.sum ? 1 : 0));
}

/** The least sample that at least so many percent of the samples do not exceed. */
function percentileOf(samples: number[], percentile: number): number {
  const sorted = samples.sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)] ?? 0;
}
