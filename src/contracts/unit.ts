/** Units of metric columns. Bytes are decimal in text (1 MB = 10⁶ bytes, 1 MiB = 2²⁰). Ratios are given as percentages from 0 to 100. */
export const UNITS = ["percent", "bytes", "bytes/second", "count", "count/second", "seconds", "milliseconds"] as const;
export type Unit = (typeof UNITS)[number];
