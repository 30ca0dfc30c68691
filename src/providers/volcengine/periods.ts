import type { Point, Statistic, TimeWindow } from "../../contracts/index.ts";
import type { ProviderError } from "../../errors/index.ts";
import { percentileOf } from "../shared/percentile.ts";
import { failure } from "./errors.ts";

/** Instances in one request (API reference of GetMetricData). */
export const MOST_INSTANCES = 50;
/** Points of all instances of one request (API reference of GetMetricData, read strictly). */
const MOST_POINTS = 1_440;
/** Points of a series that go into a chart. */
const MOST_CHART_POINTS = 60;

const MINUTE_MS = 60_000;
const NICE_MINUTES = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1_440, 2_880, 7_200, 10_080];

/** How series are asked for, and how their points become the statistic over the window. */
export interface SeriesPlan {
  readonly periodMs: number;
  /** Instances in one request, so that their points fit. */
  readonly batchSize: number;
  reduce(points: readonly Point[]): number;
}

/**
 * Cloud Monitor gives averages only. The mean of averages is exact where each counts by its length, so averages are asked for in periods
 * long enough for 50 instances a request. Extremes and the last value are read from minutes as long as a chart has room for them (an
 * hour), and beyond that from the shortest period that has: those are extremes of averages, and the period tells so. A percentile of
 * averages would be none: beyond an hour it is refused.
 */
export function seriesPlan(statistic: Statistic, window: TimeWindow): SeriesPlan {
  const exact = statistic === "average" || statistic === "sum";
  // A window that begins within a period has one point more.
  const periodMs = pointPeriodMs(window, exact ? Math.floor(MOST_POINTS / MOST_INSTANCES) - 1 : MOST_CHART_POINTS);
  const percentile = /^p(\d+)$/.exec(statistic)?.[1];
  if (percentile !== undefined && periodMs > MINUTE_MS) throw noPercentile();
  const points = Math.ceil((window.toMs - window.fromMs) / periodMs) + 1;
  const batchSize = Math.max(1, Math.min(MOST_INSTANCES, Math.floor(MOST_POINTS / points)));
  const values = (all: readonly Point[]) => all.map(([, value]) => value);
  const plan = { periodMs, batchSize };
  if (percentile !== undefined) return { ...plan, reduce: (all) => percentileOf(values(all), Number(percentile)) };
  switch (statistic) {
    case "maximum":
      return { ...plan, reduce: (all) => values(all).reduce((most, value) => Math.max(most, value)) };
    case "minimum":
      return { ...plan, reduce: (all) => values(all).reduce((least, value) => Math.min(least, value)) };
    case "last":
      return { ...plan, reduce: (all) => all.at(-1)?.[1] ?? Number.NaN };
    case "sum":
      return { ...plan, reduce: (all) => weigh(all, periodMs, window).total };
    default:
      return {
        ...plan,
        reduce: (all) => {
          const { total, minutes } = weigh(all, periodMs, window);
          return total / minutes;
        },
      };
  }
}

/**
 * Averages times the minutes that they stand for: those of a whole period, or fewer where the window begins or ends within it. A first
 * point that was moved to the begin of the window is told by the next one.
 */
function weigh(points: readonly Point[], periodMs: number, { toMs }: TimeWindow): { readonly total: number; readonly minutes: number } {
  let total = 0;
  let minutes = 0;
  for (const [index, [timeMs, value]] of points.entries()) {
    const endMs = Math.min(points[index + 1]?.[0] ?? toMs, timeMs + periodMs);
    const weight = (endMs - timeMs) / MINUTE_MS;
    total += value * weight;
    minutes += weight;
  }
  return { total, minutes };
}

/** The shortest period that gives few enough points, preferably one whose periods begin and end where the window does. */
function pointPeriodMs({ fromMs, toMs }: TimeWindow, mostPoints: number): number {
  const fitting = NICE_MINUTES.map((minutes) => minutes * MINUTE_MS).filter(
    (periodMs) => Math.ceil((toMs - fromMs) / periodMs) <= mostPoints,
  );
  const aligned = fitting.find((periodMs) => fromMs % periodMs === 0 && toMs % periodMs === 0);
  return aligned ?? fitting[0] ?? Math.ceil((toMs - fromMs) / mostPoints / MINUTE_MS) * MINUTE_MS;
}

/** `5m`: GetMetricData takes seconds, minutes, hours, days and weeks. */
export function nativePeriod(periodMs: number): string {
  return `${periodMs / MINUTE_MS}m`;
}

function noPercentile(): ProviderError {
  const message = {
    en: "Volcengine Cloud Monitor gives averages only, so a percentile can be computed over one hour at most.",
    zh: "火山引擎云监控只提供平均值，因此最多只能计算一小时内的百分位数。",
  };
  const hint = {
    en: "Ask for at most one hour, or for the average or the maximum.",
    zh: "请把时间范围缩短到一小时以内，或改问平均值、最大值。",
  };
  return failure("PROVIDER_FAILED", message, { hint });
}
