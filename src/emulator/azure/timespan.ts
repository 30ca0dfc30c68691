import type { TimeBounds } from "./kql/time-bounds.ts";
import { badArgument } from "./log-wording.ts";

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNITS_MS = [365 * 86_400_000, 30 * 86_400_000, 7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000] as const;

/** The time of a query besides what it says itself: an ISO 8601 interval, or a duration before now. Undefined: no bounds. */
export function readTimespan(text: string | undefined, nowMs: number): TimeBounds {
  if (text === undefined || text === "") return { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
  const [first = "", second, ...rest] = text.split("/");
  if (rest.length === 0) {
    const [lengthMs, from] = [durationMs(first), instantMs(first)];
    if (second === undefined && lengthMs !== undefined) return { fromMs: nowMs - lengthMs, toMs: nowMs };
    const [endLengthMs, to] = [durationMs(second ?? ""), instantMs(second ?? "")];
    if (from !== undefined && to !== undefined) return { fromMs: from, toMs: to };
    if (from !== undefined && endLengthMs !== undefined) return { fromMs: from, toMs: from + endLengthMs };
    if (lengthMs !== undefined && to !== undefined) return { fromMs: to - lengthMs, toMs: to };
  }
  throw badArgument({ code: "ValidationError", message: `The timespan '${text}' is not a valid ISO 8601 time interval.` });
}

function durationMs(text: string): number | undefined {
  const match = text.length > 1 ? DURATION.exec(text) : null;
  return match?.slice(1).reduce((sum, amount, index) => sum + Number(amount ?? 0) * (UNITS_MS[index] ?? 0), 0);
}

function instantMs(text: string): number | undefined {
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
