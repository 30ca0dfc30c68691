import type { Statistic, TimeWindow } from "../../contracts/index.ts";
import { type Reduction, reduceValues } from "../shared/reduce-values.ts";
import type { Reducer, Sampling } from "./metrics.ts";

/** The part of google.monitoring.v3.Aggregation that is used. */
interface Aggregation {
  readonly alignmentPeriod: { readonly seconds: number };
  readonly perSeriesAligner: Aligner;
  readonly crossSeriesReducer?: Reducer;
  readonly groupByFields?: string[];
}

type Aligner = "ALIGN_MEAN" | "ALIGN_MAX" | "ALIGN_MIN" | "ALIGN_SUM" | "ALIGN_RATE";

/** How a series is asked for, and how its points become the statistic over the window. */
export interface SeriesPlan {
  /** The whole minutes whose points count: those that begin within the window. */
  readonly window: TimeWindow;
  readonly periodMs: number;
  readonly aggregation: Aggregation;
  /** Over the sums or maxima of a resource's series, minute by minute. */
  readonly secondaryAggregation?: Aggregation;
  readonly reduce: Reduction;
}

const MINUTE_MS = 60_000;
/** Points of a series that is drawn. */
export const MOST_POINTS = 60;
/** Minutes over which percentiles are taken from single samples: a day of them is 1,440 points a series. */
const MOST_SAMPLES = 1_440;
const NICE_MINUTES = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1_440, 2_880, 7_200, 10_080, 43_200];

/**
 * Metrics of Compute Engine and the Ops Agent are sampled every minute (Google Cloud metrics list), so sums, extremes and means of equal
 * periods are exact over any number of points. Percentile aligners are for distributions only (common.proto): for numbers they are taken
 * here, from the samples themselves. Undefined for a percentile over more samples than may be asked for.
 */
export function seriesPlan(
  statistic: Statistic,
  { sampling, reducer }: { readonly sampling: Exclude<Sampling, "unknown">; readonly reducer?: Reducer | undefined },
  asked: TimeWindow,
  groupByField: string,
): SeriesPlan | undefined {
  const window = wholeMinutes(asked);
  const percentile = /^p(\d+)$/.exec(statistic)?.[1];
  if (percentile !== undefined && window.toMs - window.fromMs > MOST_SAMPLES * MINUTE_MS) return undefined;
  const periodMs = percentile === undefined ? pointPeriodMs(window) : MINUTE_MS;
  const perSeriesAligner = ALIGNERS[statistic] ?? "ALIGN_MEAN";
  const reduce = percentile === undefined ? (REDUCTIONS[statistic] ?? "mean") : Number(percentile);
  const common = { window, periodMs, reduce };
  const overWindow: Aggregation = { alignmentPeriod: { seconds: periodMs / 1_000 }, perSeriesAligner };
  if (reducer === undefined && sampling === "level") return { ...common, aggregation: overWindow };
  const aggregation: Aggregation = {
    alignmentPeriod: { seconds: MINUTE_MS / 1_000 },
    perSeriesAligner: sampling === "counter" ? "ALIGN_RATE" : "ALIGN_MEAN",
    ...(reducer === undefined ? {} : { crossSeriesReducer: reducer, groupByFields: [groupByField] }),
  };
  return { ...common, aggregation, ...(periodMs === MINUTE_MS ? {} : { secondaryAggregation: overWindow }) };
}

const ALIGNERS: Readonly<Partial<Record<Statistic, Aligner>>> = { maximum: "ALIGN_MAX", minimum: "ALIGN_MIN", sum: "ALIGN_SUM" };

const REDUCTIONS: Readonly<Partial<Record<Statistic, SeriesPlan["reduce"]>>> = {
  average: "mean",
  maximum: "maximum",
  minimum: "minimum",
  sum: "sum",
  last: "last",
};

function wholeMinutes({ fromMs, toMs }: TimeWindow): TimeWindow {
  return { fromMs: Math.ceil(fromMs / MINUTE_MS) * MINUTE_MS, toMs: Math.ceil(toMs / MINUTE_MS) * MINUTE_MS };
}

/**
 * The shortest period that gives few enough points. It always divides the window, because periods are counted back from its end, and
 * one that reached over its beginning would hold points from before it.
 */
function pointPeriodMs({ fromMs, toMs }: TimeWindow): number {
  const minutes = (toMs - fromMs) / MINUTE_MS;
  const fits = (period: number) => minutes % period === 0 && minutes / period <= MOST_POINTS;
  const fitting = NICE_MINUTES.filter(fits);
  const aligned = fitting.find((period) => fromMs % (period * MINUTE_MS) === 0);
  let period = aligned ?? fitting[0] ?? Math.max(1, Math.ceil(minutes / MOST_POINTS));
  while (minutes % period !== 0) period++;
  return period * MINUTE_MS;
}

/** The statistic over the window; null where there are no points. */
export function reducePoints(values: readonly number[], { reduce }: Pick<SeriesPlan, "reduce">): number | null {
  return reduceValues(values, reduce);
}
