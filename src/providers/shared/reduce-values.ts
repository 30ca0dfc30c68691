import { percentileOf } from "./percentile.ts";

/** How the points of a window become one number; a number is a percentile. */
export type Reduction = "mean" | "maximum" | "minimum" | "sum" | "last" | number;

/** One number of the values of a window, oldest first; null where there are none. */
export function reduceValues(values: readonly number[], reduction: Reduction): number | null {
  const last = values.at(-1);
  if (last === undefined) return null;
  const sum = () => values.reduce((total, value) => total + value, 0);
  switch (reduction) {
    case "last":
      return last;
    case "sum":
      return sum();
    case "mean":
      return sum() / values.length;
    case "maximum":
      return values.reduce((most, value) => Math.max(most, value));
    case "minimum":
      return values.reduce((least, value) => Math.min(least, value));
    default:
      return percentileOf(values, reduction);
  }
}
