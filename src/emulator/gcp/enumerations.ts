/** Names and numbers of the vendor's enumerations, by their `.proto` files. */
export const ALIGNERS = {
  ALIGN_NONE: 0,
  ALIGN_DELTA: 1,
  ALIGN_RATE: 2,
  ALIGN_INTERPOLATE: 3,
  ALIGN_NEXT_OLDER: 4,
  ALIGN_MIN: 10,
  ALIGN_MAX: 11,
  ALIGN_MEAN: 12,
  ALIGN_COUNT: 13,
  ALIGN_SUM: 14,
  ALIGN_STDDEV: 15,
  ALIGN_COUNT_TRUE: 16,
  ALIGN_FRACTION_TRUE: 17,
  ALIGN_PERCENTILE_99: 18,
  ALIGN_PERCENTILE_95: 19,
  ALIGN_PERCENTILE_50: 20,
  ALIGN_PERCENTILE_05: 21,
  ALIGN_PERCENT_CHANGE: 23,
  ALIGN_COUNT_FALSE: 24,
} as const;
export type Aligner = keyof typeof ALIGNERS;

export const REDUCERS = {
  REDUCE_NONE: 0,
  REDUCE_MEAN: 1,
  REDUCE_MIN: 2,
  REDUCE_MAX: 3,
  REDUCE_SUM: 4,
  REDUCE_STDDEV: 5,
  REDUCE_COUNT: 6,
  REDUCE_COUNT_TRUE: 7,
  REDUCE_FRACTION_TRUE: 8,
  REDUCE_PERCENTILE_99: 9,
  REDUCE_PERCENTILE_95: 10,
  REDUCE_PERCENTILE_50: 11,
  REDUCE_PERCENTILE_05: 12,
  REDUCE_COUNT_FALSE: 15,
} as const;
export type Reducer = keyof typeof REDUCERS;

export const TIME_SERIES_VIEWS = { FULL: 0, HEADERS: 1 } as const;
export const METRIC_KINDS = { GAUGE: 1, DELTA: 2 } as const;
export type MetricKind = keyof typeof METRIC_KINDS;
export const VALUE_TYPES = { INT64: 2, DOUBLE: 3 } as const;
export type ValueType = keyof typeof VALUE_TYPES;

/** The name behind a name or a number as requests have it; undefined for what is neither. */
export function enumName<Table extends Readonly<Record<string, number>>>(table: Table, text: string): (keyof Table & string) | undefined {
  if (Object.hasOwn(table, text)) return text;
  return /^\d+$/.test(text) ? Object.keys(table).find((name) => table[name] === Number(text)) : undefined;
}

/** A value as a reply has it: the name, or the number for clients that want numbers. */
export function enumValue<Table extends Readonly<Record<string, number>>>(
  table: Table,
  name: keyof Table & string,
  numeric: boolean,
): string | number {
  return numeric ? (table[name] ?? 0) : name;
}
