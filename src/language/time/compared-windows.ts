import type { WindowSpec } from "../../contracts/index.ts";
import type { Reference } from "../phrases/element.ts";
import type { ZoneClock } from "./zone.ts";

const GRID_MS = 300_000;
const DAY_MS = 86_400_000;
/** A day on which the clock is put back. */
const LONGEST_DAY_MS = 25 * 3_600_000;

export interface ComparedWindows {
  readonly later: WindowSpec;
  readonly earlier: WindowSpec;
  /** The question named the earlier one first. */
  readonly reversed: boolean;
}

/** The window of a question and the one it is compared with, in the order of time. Undefined where they are no two windows. */
export function comparedWindows(window: WindowSpec, reference: Reference, nowMs: number, clock: ZoneClock): ComparedWindows | undefined {
  const now = Math.floor(nowMs / GRID_MS) * GRID_MS;
  const base = "lastMs" in window ? { from: now - window.lastMs, to: now } : { from: Date.parse(window.from), to: Date.parse(window.to) };
  const other = otherSpan(base, reference, "lastMs" in window ? nowMs : base.from, nowMs, clock);
  if (other === undefined || other.to <= other.from || other.to > now + GRID_MS) return undefined;
  if (other.from === base.from && other.to === base.to) return undefined;
  const spec: WindowSpec = { from: new Date(other.from).toISOString(), to: new Date(other.to).toISOString() };
  const reversed = other.from > base.from;
  return reversed ? { later: spec, earlier: window, reversed } : { later: window, earlier: spec, reversed };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** `dayOfMs`: an instant on the day the base counts as. */
function otherSpan(base: Span, reference: Reference, dayOfMs: number, nowMs: number, clock: ZoneClock): Span | undefined {
  const daysBack = (ms: number, days: number) => {
    const wall = clock.wallOf(ms);
    return clock.instantOf({ ...wall, day: wall.day - days });
  };
  const moved = (back: (ms: number) => number) => ({ from: back(base.from), to: back(base.to) });
  if ("window" in reference) {
    const { window } = reference;
    return "lastMs" in window ? undefined : { from: Date.parse(window.from), to: Date.parse(window.to) };
  }
  if ("dayBefore" in reference) {
    const wall = clock.wallOf(base.from);
    const at = (hour: { hour: number; minute: number }) => clock.instantOf({ ...wall, ...hour, day: wall.day - 1 });
    return { from: at(reference.dayBefore.from), to: at(reference.dayBefore.to) };
  }
  if ("day" in reference) {
    const dayNumber = (ms: number) => {
      const { year, month, day } = clock.wallOf(ms);
      return Date.UTC(year, month - 1, day) / DAY_MS;
    };
    // Against "the day before yesterday", yesterday goes back one day and today two.
    const days = dayNumber(dayOfMs) - dayNumber(nowMs) - reference.day;
    return days === 0 || base.to - base.from > LONGEST_DAY_MS ? undefined : moved((ms) => daysBack(ms, days));
  }
  const { shift } = reference;
  if (shift === "previous") return { from: base.from - (base.to - base.from), to: base.from };
  return moved((ms) => ("ms" in shift ? ms - shift.ms : daysBack(ms, shift.days)));
}
