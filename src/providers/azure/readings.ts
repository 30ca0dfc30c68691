import type { MetricReading, MetricRequest, MetricTarget, Point } from "../../contracts/index.ts";
import type { AzureSeries, Sampling } from "./metrics.ts";
import { type CanonicalPoint, canonicalPoints, MOST_POINTS, type NativePoint, reducePoints, type SeriesPlan } from "./periods.ts";

export interface ReadPoints {
  readonly points: readonly NativePoint[];
  readonly sampling: Sampling;
  readonly series: AzureSeries;
}

/** The statistic and the points of one target. */
export function readingOf(
  target: MetricTarget,
  { points, sampling, series }: ReadPoints,
  plan: SeriesPlan,
  { statistic, window }: Omit<MetricRequest, "targets">,
): MetricReading {
  const canonical = canonicalPoints(points, sampling, series, plan, window);
  return { target, value: reducePoints(canonical, statistic, sampling), ...thinned(canonical, plan.periodMs) };
}

/** Percentiles are made of more points than anybody can see: those that are shown are means of several. */
function thinned(points: readonly CanonicalPoint[], periodMs: number): { points: Point[]; periodMs: number } {
  const step = Math.ceil(points.length / (2 * MOST_POINTS));
  if (step <= 1) return { points: points.map(({ timeMs, value }): Point => [timeMs, value]), periodMs };
  const shown: Point[] = [];
  for (let start = 0; start < points.length; start += step) {
    const part = points.slice(start, start + step);
    shown.push([part[0]?.timeMs ?? 0, part.reduce((sum, { value }) => sum + value, 0) / part.length]);
  }
  return { points: shown, periodMs: periodMs * step };
}
