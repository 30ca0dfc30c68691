import type { Statistic, TimeWindow } from "../../contracts/index.ts";
import { percentileOf } from "../shared/percentile.ts";
import type { AzureSeries, Sampling } from "./metrics.ts";

/** How series are asked for. One for all metrics of a request. */
export interface SeriesPlan {
  readonly periodMs: number;
  /** As `interval` of the API: `PT5M`. */
  readonly interval: string;
}

/** Aggregations of Azure Monitor, by their names in requests. */
export type Aggregation = "average" | "maximum" | "minimum" | "total";

const MINUTE_MS = 60_000;
/** Points of a series: enough for a sparkline. */
export const MOST_POINTS = 60;
/** Percentiles are made of one-minute points, of which a day has these. */
const LONGEST_PERCENTILE_MS = 1_440 * MINUTE_MS;

/** The grains of platform metrics (Azure Monitor, "Supported metrics", Time Grains). Points of all grains last 93 days ("Metrics overview"). */
const GRAINS: readonly (readonly [minutes: number, interval: string])[] = [
  [1, "PT1M"],
  [5, "PT5M"],
  [15, "PT15M"],
  [30, "PT30M"],
  [60, "PT1H"],
  [360, "PT6H"],
  [720, "PT12H"],
  [1_440, "P1D"],
];

function isPercentile(statistic: Statistic): boolean {
  return /^p\d/.test(statistic);
}

/** Whether the statistic can be told: percentiles need samples, and Azure keeps a value a minute, nothing of single requests. */
export function isPossible(statistic: Statistic, sampling: Sampling, { fromMs, toMs }: TimeWindow): boolean {
  return !isPercentile(statistic) || ((sampling === "level" || sampling === "amount") && toMs - fromMs <= LONGEST_PERCENTILE_MS);
}

/** The shortest grain that gives few enough points, preferably one that the window is made of. */
export function seriesPlan(statistic: Statistic, { fromMs, toMs }: TimeWindow): SeriesPlan {
  const windowMs = toMs - fromMs;
  const most = isPercentile(statistic) ? LONGEST_PERCENTILE_MS / MINUTE_MS : MOST_POINTS;
  const fitting = GRAINS.filter(([minutes]) => Math.ceil(windowMs / (minutes * MINUTE_MS)) <= most);
  const [minutes, interval] = fitting.find(([length]) => windowMs % (length * MINUTE_MS) === 0) ?? fitting[0] ?? ([1_440, "P1D"] as const);
  return { periodMs: minutes * MINUTE_MS, interval };
}

/** What has to be asked for. A series that falls when the canonical one rises has its least where the other has its greatest. */
export function aggregationOf(statistic: Statistic, sampling: Sampling, { scale }: Pick<AzureSeries, "scale">): Aggregation {
  if (sampling === "amount" || sampling === "events") return "total";
  if (statistic === "maximum") return scale < 0 ? "minimum" : "maximum";
  if (statistic === "minimum") return scale < 0 ? "maximum" : "minimum";
  return statistic === "sum" ? "total" : "average";
}

/** A point as Azure has it: the beginning of its period, and the samples behind it. */
export interface NativePoint {
  readonly timeMs: number;
  readonly value: number;
  readonly count: number;
}

/** A point of a series in canonical units. */
export interface CanonicalPoint {
  readonly timeMs: number;
  readonly value: number;
  /** Samples behind it. */
  readonly count: number;
  readonly lengthMs: number;
}

/** Canonical points in order. The last period ends with the window. */
export function canonicalPoints(
  points: readonly NativePoint[],
  sampling: Sampling,
  { scale, offset }: AzureSeries,
  { periodMs }: SeriesPlan,
  { toMs }: TimeWindow,
): CanonicalPoint[] {
  return points
    .map(({ timeMs, value, count }) => {
      const lengthMs = Math.min(periodMs, toMs - timeMs);
      const native = sampling === "amount" ? value / (lengthMs / 1_000) : value;
      return { timeMs, value: offset + scale * native, count, lengthMs };
    })
    .sort((left, right) => left.timeMs - right.timeMs);
}

/** The statistic over the window; null where there are no points. Of events all but the sum is per minute: periods differ in length. */
export function reducePoints(points: readonly CanonicalPoint[], statistic: Statistic, sampling: Sampling): number | null {
  const perMinute = sampling === "events" && statistic !== "sum";
  const values = points.map(({ value, lengthMs }) => (perMinute ? value / (lengthMs / MINUTE_MS) : value));
  const last = values.at(-1);
  if (last === undefined) return null;
  switch (statistic) {
    case "last":
      return last;
    case "maximum":
      return values.reduce((most, value) => Math.max(most, value));
    case "minimum":
      return values.reduce((least, value) => Math.min(least, value));
    case "sum":
      return values.reduce((total, value) => total + value, 0);
    case "average":
      return averageOf(points, sampling);
    default:
      return percentileOf(values, Number(statistic.slice(1)));
  }
}

/** Of amounts over time, of events per minute, of everything else over the samples. */
function averageOf(points: readonly CanonicalPoint[], sampling: Sampling): number {
  const weighed = (weightOf: (point: CanonicalPoint) => number) => {
    let sum = 0;
    let weight = 0;
    for (const point of points) {
      sum += point.value * weightOf(point);
      weight += weightOf(point);
    }
    return sum / weight;
  };
  if (sampling === "amount") return weighed(({ lengthMs }) => lengthMs);
  if (sampling !== "events") return weighed(({ count }) => count);
  const minutes = points.reduce((total, { lengthMs }) => total + lengthMs / MINUTE_MS, 0);
  return points.reduce((total, { value }) => total + value, 0) / minutes;
}
