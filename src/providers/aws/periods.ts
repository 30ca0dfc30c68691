import type { Statistic, TimeWindow } from "../../contracts/index.ts";
import { reduceValues } from "../shared/reduce-values.ts";
import type { Sampling } from "./metrics.ts";

/** How a series is asked for, and how its points become the statistic over the window. */
export interface SeriesPlan {
  /** CloudWatch's name: `Average`, `p95`, … */
  readonly stat: string;
  readonly periodMs: number;
  readonly reduce: "mean" | "maximum" | "minimum" | "sum" | "last";
  /** Whether points are amounts of a period, told per minute: periods of other lengths would not compare. */
  readonly perMinute: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Points of a series: enough for a sparkline, and 500 such series stay below the 100,800 points of a call. */
const MOST_POINTS = 60;
const NICE_MINUTES = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1_440, 2_880, 7_200, 10_080, 43_200];

/** What one minute or five are kept for: points of one minute last 15 days, of five 63 (CloudWatch user guide, "Metrics retention"). */
export function basePeriodMs(window: TimeWindow, monitoring: "basic" | "detailed", nowMs: number): number {
  const ageMs = nowMs - window.fromMs;
  if (ageMs > 63 * DAY_MS) return 60 * MINUTE_MS;
  return ageMs > 15 * DAY_MS || monitoring === "basic" ? 5 * MINUTE_MS : MINUTE_MS;
}

/**
 * Exact wherever CloudWatch can be: sums, extremes and means of equal periods add up over any number of points. Percentiles, and means
 * of metrics with a sample per request, do not; for them one period covers the window.
 */
export function seriesPlan(statistic: Statistic, sampling: Sampling, window: TimeWindow, baseMs: number): SeriesPlan {
  const periodMs = pointPeriodMs(window, baseMs);
  const windowMs = Math.ceil((window.toMs - window.fromMs) / baseMs) * baseMs;
  if (sampling === "events") {
    // Amounts: whatever is asked for is made of what was added up in each period.
    return { stat: "Sum", periodMs, reduce: REDUCTIONS[statistic] ?? "sum", perMinute: statistic !== "sum" };
  }
  const stat = STATS[statistic] ?? statistic;
  const whole = stat.startsWith("p") || (sampling === "per-request" && statistic === "average");
  return { stat, periodMs: whole ? windowMs : periodMs, reduce: REDUCTIONS[statistic] ?? "mean", perMinute: false };
}

const STATS: Readonly<Partial<Record<Statistic, string>>> = {
  average: "Average",
  maximum: "Maximum",
  minimum: "Minimum",
  sum: "Sum",
  last: "Average",
};

const REDUCTIONS: Readonly<Partial<Record<Statistic, SeriesPlan["reduce"]>>> = {
  average: "mean",
  maximum: "maximum",
  minimum: "minimum",
  sum: "sum",
  last: "last",
};

/** The shortest period that gives few enough points, preferably one that begins and ends where the window does. */
function pointPeriodMs(window: TimeWindow, baseMs: number): number {
  const windowMs = window.toMs - window.fromMs;
  const fitting = NICE_MINUTES.map((minutes) => minutes * MINUTE_MS).filter(
    (periodMs) => periodMs % baseMs === 0 && Math.ceil(windowMs / periodMs) <= MOST_POINTS,
  );
  const aligned = fitting.find((periodMs) => window.fromMs % periodMs === 0 && window.toMs % periodMs === 0);
  const dividing = fitting.find((periodMs) => windowMs % periodMs === 0);
  return aligned ?? dividing ?? fitting[0] ?? Math.ceil(windowMs / MOST_POINTS / baseMs) * baseMs;
}

/** The statistic over the window; null where there are no points. */
export function reducePoints(values: readonly number[], plan: SeriesPlan): number | null {
  const value = reduceValues(values, plan.reduce);
  return value === null || !plan.perMinute ? value : value / (plan.periodMs / MINUTE_MS);
}
