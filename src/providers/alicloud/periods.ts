import type { Point, Statistic, TimeWindow } from "../../contracts/index.ts";
import type { ProviderError } from "../../errors/index.ts";
import { type Reduction, reduceValues } from "../shared/reduce-values.ts";
import { failure } from "./errors.ts";
import type { AlicloudMetric } from "./metrics.ts";

/** How a series is asked for, and how its points become the statistic over the window. */
export interface SeriesPlan {
  /** The field of a datapoint that is read. */
  readonly field: "Average" | "Maximum" | "Minimum" | "Sum";
  readonly periodMs: number;
  readonly reduce: Reduction;
}

const DAY_MS = 86_400_000;
/** Points of one minute are kept for 31 days, longer ones for 91 (CMS API reference, DescribeMetricList). */
const MINUTES_KEPT_MS = 31 * DAY_MS;
/** The longest stretch of one request (ibid.). */
export const LONGEST_SLICE_MS = 31 * DAY_MS;
/** Points of a series with which those of 50 instances still come in one reply of 1,440. */
const FEW_POINTS = 28;
/** Points handed on for charts. */
const MOST_POINTS = 60;

const FIELDS: Readonly<Record<Exclude<Statistic, `p${number}`>, Pick<SeriesPlan, "field" | "reduce">>> = {
  average: { field: "Average", reduce: "mean" },
  maximum: { field: "Maximum", reduce: "maximum" },
  minimum: { field: "Minimum", reduce: "minimum" },
  sum: { field: "Sum", reduce: "sum" },
  last: { field: "Average", reduce: "last" },
};

/**
 * Means, extremes and sums of equal periods add up to the window's. A percentile does not, and CloudMonitor has none: it is taken over the
 * samples, where the points of a minute are that. Throws `PROVIDER_FAILED` where they are not, or no longer there.
 */
export function seriesPlan(statistic: Statistic, metric: AlicloudMetric, window: TimeWindow, nowMs: number): SeriesPlan {
  const kept = metric.periodsMs.filter((periodMs) => periodMs >= 300_000 || nowMs - window.fromMs <= MINUTES_KEPT_MS);
  const [shortest] = metric.periodsMs;
  if (isPercentile(statistic)) {
    if (!metric.sampled || shortest === undefined || kept[0] !== shortest) throw noPercentile(statistic, metric);
    return { field: "Average", periodMs: shortest, reduce: Number(statistic.slice(1)) };
  }
  return { ...FIELDS[statistic], periodMs: pointPeriodMs(kept.length > 0 ? kept : metric.periodsMs, window) };
}

/** The shortest period of few points that begins and ends where the window does; else the longest one that does. */
function pointPeriodMs(periodsMs: readonly number[], { fromMs, toMs }: TimeWindow): number {
  const aligned = periodsMs.filter((periodMs) => fromMs % periodMs === 0 && toMs % periodMs === 0);
  const few = aligned.find((periodMs) => (toMs - fromMs) / periodMs <= FEW_POINTS);
  return few ?? aligned.at(-1) ?? periodsMs[0] ?? 60_000;
}

/** The statistic over the window; null where there are no points. */
export function reducePoints(points: readonly Point[], { reduce }: Pick<SeriesPlan, "reduce">): number | null {
  return reduceValues(
    points.map(([, value]) => value),
    reduce,
  );
}

/** Few enough points for a chart: neighbours become one. Of percentiles, whose points are samples, they become their mean. */
export function chartPoints(points: readonly Point[], plan: SeriesPlan): { readonly points: readonly Point[]; readonly periodMs: number } {
  const together = Math.ceil(points.length / MOST_POINTS);
  if (together <= 1) return { points, periodMs: plan.periodMs };
  const reduce = typeof plan.reduce === "number" || plan.reduce === "last" ? "mean" : plan.reduce;
  const periodMs = plan.periodMs * together;
  const groups = Map.groupBy(points, ([timeMs]) => Math.floor((timeMs - (points[0]?.[0] ?? 0)) / periodMs));
  return { points: Array.from(groups.values(), (group): Point => [group[0]?.[0] ?? 0, reducePoints(group, { reduce }) ?? 0]), periodMs };
}

export function isPercentile(statistic: Statistic): statistic is Extract<Statistic, `p${number}`> {
  return /^p\d/.test(statistic);
}

function noPercentile(statistic: Statistic, { native, sampled }: AlicloudMetric): ProviderError {
  const why = sampled ? { en: "of more than 31 days ago", zh: "（超过 31 天）" } : { en: "", zh: "" };
  const message = {
    en: `CloudMonitor cannot tell ${statistic} of ${native} ${why.en}`.trimEnd().concat("."),
    zh: `云监控无法给出 ${native} 的 ${statistic}${why.zh}。`,
  };
  return failure("PROVIDER_FAILED", message, {
    hint: { en: "Ask for the average, maximum or minimum.", zh: "请改问平均值、最大值或最小值。" },
  });
}
