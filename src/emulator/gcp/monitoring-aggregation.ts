import type { Aligner, MetricKind, Reducer, ValueType } from "./enumerations.ts";
import { invalidArgument } from "./google-error.ts";
import type { SeriesLabels, SeriesPoint, SeriesSet } from "./monitored-series.ts";
import { isLabels } from "./monitoring-filter.ts";

export interface Aggregation {
  readonly aligner: Aligner;
  readonly periodMs: number;
  readonly reducer: Reducer;
  readonly groupBy: readonly string[];
}

export interface Interval {
  /** Exclusive. */
  readonly startMs: number;
  /** Inclusive. */
  readonly endMs: number;
}

type Series = SeriesSet["series"][number];

/** Aligns series, then reduces them (common.proto, `Aggregation`). `field` names the aggregation in errors. */
export function aggregate(set: SeriesSet, aggregation: Aggregation, interval: Interval, field: string): SeriesSet {
  if (aggregation.aligner === "ALIGN_NONE") return set;
  const aligned = align(set, aggregation, interval, field);
  return aggregation.reducer === "REDUCE_NONE" ? aligned : reduce(aligned, aggregation);
}

/** Periods are counted back from the end; the earliest one may begin before the start. Start of the earliest one. */
export function alignedStart({ startMs, endMs }: Interval, periodMs: number): number {
  return endMs - Math.ceil((endMs - startMs) / periodMs) * periodMs;
}

function align(set: SeriesSet, { aligner, periodMs }: Aggregation, interval: Interval, field: string): SeriesSet {
  const rule = Object.hasOwn(ALIGNMENTS, aligner) ? ALIGNMENTS[aligner] : undefined;
  if (rule === undefined || !rule.kinds.includes(set.kind)) {
    throw invalidArgument(
      `Field ${field}.perSeriesAligner had an invalid value of "${aligner}": The aligner cannot be applied to metrics with kind ${set.kind} and value type ${set.valueType}.`,
    );
  }
  const fromMs = alignedStart(interval, periodMs);
  const count = Math.round((interval.endMs - fromMs) / periodMs);
  const valueType = rule.valueType ?? set.valueType;
  const kind = aligner === "ALIGN_DELTA" ? "DELTA" : "GAUGE";
  const series = set.series.map(({ labels, points }): Series => {
    const buckets: SeriesPoint[][] = Array.from({ length: count }, () => []);
    for (const point of points) {
      // A delta that reaches over the beginning of a period counts there in proportion.
      const first =
        set.kind === "DELTA" ? Math.floor((point.startMs - fromMs) / periodMs) : Math.ceil((point.endMs - fromMs) / periodMs) - 1;
      const last = Math.ceil((point.endMs - fromMs) / periodMs) - 1;
      for (let index = Math.max(0, first); index <= Math.min(last, count - 1); index++) buckets[index]?.push(point);
    }
    const aligned = buckets.flatMap((bucket, index): SeriesPoint[] => {
      if (bucket.length === 0) return [];
      const startMs = fromMs + index * periodMs;
      const endMs = startMs + periodMs;
      const value = rule.value(bucket, startMs, endMs);
      return [{ startMs: kind === "DELTA" ? startMs : endMs, endMs, value: valueType === "INT64" ? Math.round(value) : value }];
    });
    return { labels, points: aligned };
  });
  return {
    kind,
    valueType,
    unit: rule.unit?.(set.unit) ?? set.unit,
    reduced: set.reduced === true,
    series: series.filter(({ points }) => points.length > 0),
  };
}

interface Alignment {
  readonly kinds: readonly MetricKind[];
  readonly valueType?: ValueType;
  unit?(unit: string): string;
  value(points: readonly SeriesPoint[], startMs: number, endMs: number): number;
}

const BOTH: readonly MetricKind[] = ["GAUGE", "DELTA"];

// Percentile aligners take distributions only, and counts of TRUE booleans only: no metric here has such values.
const ALIGNMENTS: Readonly<Partial<Record<Aligner, Alignment>>> = {
  ALIGN_DELTA: { kinds: ["DELTA"], value: (points, startMs, endMs) => portion(points, startMs, endMs).value },
  ALIGN_RATE: {
    kinds: ["DELTA"],
    valueType: "DOUBLE",
    unit: (unit) => `${unit}/s`,
    value: (points, startMs, endMs) => {
      const { value, lengthMs } = portion(points, startMs, endMs);
      return value / (lengthMs / 1_000);
    },
  },
  ALIGN_NEXT_OLDER: { kinds: ["GAUGE"], value: (points) => points.at(-1)?.value ?? 0 },
  ALIGN_MIN: { kinds: BOTH, value: (points) => least(valuesOf(points)) },
  ALIGN_MAX: { kinds: BOTH, value: (points) => greatest(valuesOf(points)) },
  ALIGN_MEAN: { kinds: BOTH, valueType: "DOUBLE", value: (points) => mean(valuesOf(points)) },
  ALIGN_SUM: { kinds: BOTH, value: (points) => total(valuesOf(points)) },
  ALIGN_COUNT: { kinds: BOTH, valueType: "INT64", unit: () => "1", value: (points) => points.length },
  ALIGN_STDDEV: { kinds: BOTH, valueType: "DOUBLE", value: (points) => deviation(valuesOf(points)) },
};

/** How much of some deltas falls into a period, and how much of the period they cover. */
function portion(points: readonly SeriesPoint[], startMs: number, endMs: number): { value: number; lengthMs: number } {
  let value = 0;
  let lengthMs = 0;
  for (const point of points) {
    const overlapMs = Math.min(point.endMs, endMs) - Math.max(point.startMs, startMs);
    value += point.value * (overlapMs / (point.endMs - point.startMs));
    lengthMs += overlapMs;
  }
  return { value, lengthMs };
}

function reduce(set: SeriesSet, { reducer, groupBy }: Aggregation): SeriesSet {
  const reduction = REDUCTIONS[reducer];
  if (reduction === undefined) {
    throw invalidArgument(
      `Field aggregation.crossSeriesReducer had an invalid value of "${reducer}": The reducer cannot be applied to value type ${set.valueType}.`,
    );
  }
  const groups = new Map<string, Series[]>();
  for (const series of set.series) {
    const key = JSON.stringify(groupBy.map((name) => labelOf(series.labels, name) ?? null));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [series]);
    else group.push(series);
  }
  const valueType = reduction.valueType ?? set.valueType;
  const series = [...groups.values()].map((group): Series => {
    const moments = new Map<number, { point: SeriesPoint; values: number[] }>();
    for (const point of group.flatMap(({ points }) => points)) {
      const moment = moments.get(point.endMs);
      if (moment === undefined) moments.set(point.endMs, { point, values: [point.value] });
      else moment.values.push(point.value);
    }
    const points = [...moments.values()]
      .map(({ point, values }) => ({ ...point, value: reduction.value(values) }))
      .sort((left, right) => left.endMs - right.endMs);
    return { labels: groupLabels(group[0]?.labels ?? NO_LABELS, groupBy), points };
  });
  return { kind: set.kind, valueType, unit: reducer === "REDUCE_COUNT" ? "1" : set.unit, reduced: true, series };
}

const NO_LABELS: SeriesLabels = { metric: {}, resource: {}, user: {}, system: {} };

interface Reduction {
  readonly valueType?: ValueType;
  value(values: readonly number[]): number;
}

const REDUCTIONS: Readonly<Partial<Record<Reducer, Reduction>>> = {
  REDUCE_MEAN: { valueType: "DOUBLE", value: mean },
  REDUCE_MIN: { value: least },
  REDUCE_MAX: { value: greatest },
  REDUCE_SUM: { value: total },
  REDUCE_STDDEV: { valueType: "DOUBLE", value: deviation },
  REDUCE_COUNT: { valueType: "INT64", value: (values) => values.length },
  REDUCE_PERCENTILE_99: { valueType: "DOUBLE", value: (values) => percentile(values, 99) },
  REDUCE_PERCENTILE_95: { valueType: "DOUBLE", value: (values) => percentile(values, 95) },
  REDUCE_PERCENTILE_50: { valueType: "DOUBLE", value: (values) => percentile(values, 50) },
  REDUCE_PERCENTILE_05: { valueType: "DOUBLE", value: (values) => percentile(values, 5) },
};

function labelOf(labels: SeriesLabels, field: string): string | undefined {
  const [root, branch = "", ...names] = fieldPath(field);
  const key = names.join(".");
  if (root === "metric" && isLabels(branch)) return labels.metric[key];
  if (root === "resource" && isLabels(branch)) return labels.resource[key];
  if (root === "metadata" && branch === "user_labels") return labels.user[key];
  if (root === "metadata" && branch === "system_labels") return labels.system[key];
  if (root === "project") return labels.resource.project_id;
  return undefined;
}

/** Of a reduced series: the labels it was grouped by, and the project. */
function groupLabels(labels: SeriesLabels, groupBy: readonly string[]): SeriesLabels {
  const grouped = { metric: {}, resource: { project_id: labels.resource.project_id ?? "" }, user: {}, system: {} };
  const targets: Readonly<Record<string, Record<string, string>>> = grouped;
  for (const field of groupBy) {
    const [root = "", branch = "", ...names] = fieldPath(field);
    const value = labelOf(labels, field);
    const target =
      root === "metadata" ? targets[branch === "user_labels" ? "user" : "system"] : isLabels(branch) ? targets[root] : undefined;
    if (value !== undefined && target !== undefined) target[names.join(".")] = value;
  }
  return grouped;
}

function fieldPath(field: string): readonly string[] {
  return field.replaceAll('"', "").split(".");
}

function valuesOf(points: readonly SeriesPoint[]): readonly number[] {
  return points.map((point) => point.value);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function mean(values: readonly number[]): number {
  return total(values) / values.length;
}

function least(values: readonly number[]): number {
  return values.reduce((found, value) => Math.min(found, value), Number.POSITIVE_INFINITY);
}

function greatest(values: readonly number[]): number {
  return values.reduce((found, value) => Math.max(found, value), Number.NEGATIVE_INFINITY);
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** Between the two nearest values, as far as the rank lies between them. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const rank = (percent / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] ?? 0;
  return below + ((sorted[Math.ceil(rank)] ?? below) - below) * (rank % 1);
}
