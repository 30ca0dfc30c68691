/** Units of metric columns. Bytes are decimal in text (1 MB = 10⁶ bytes, 1 MiB = 2²⁰). Ratios are given as percentages from 0 to 100. */
export const UNITS = ["percent", "bytes", "bytes/second", "count", "count/second", "seconds", "milliseconds"] as const;
export type Unit = (typeof UNITS)[number];

/** A unit a person may write, and how many of the canonical unit it stands for: `{ unit: "bytes", factor: 1e9 }` for GB. */
export interface UnitScale {
  readonly unit: Unit;
  readonly factor: number;
}
