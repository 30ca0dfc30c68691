import type { Point, Unit } from "nephoscope";

const BARS = "▁▂▃▄▅▆▇█";

/** `▂▅█`: the points in time order, at most `width` characters; percentages from 0 to 100, everything else from 0 to `maximum`. */
export function sparkline(points: readonly Point[], options: { width: number; unit: Unit | null; maximum: number }): string {
  const top = options.unit === "percent" ? 100 : options.maximum;
  return condense(points, options.width)
    .map((value) => {
      const level = top <= 0 ? 0 : Math.floor((Math.min(Math.max(value, 0), top) / top) * BARS.length);
      return BARS[Math.min(level, BARS.length - 1)];
    })
    .join("");
}

/** Means of as many neighbours as it takes. */
function condense(points: readonly Point[], width: number): number[] {
  const count = Math.min(width, points.length);
  return Array.from({ length: count }, (_, index) => {
    const bucket = points.slice(Math.floor((index * points.length) / count), Math.floor(((index + 1) * points.length) / count));
    return bucket.reduce((sum, [, value]) => sum + value, 0) / bucket.length;
  });
}
