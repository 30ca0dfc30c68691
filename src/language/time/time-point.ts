import { has, type PhraseContext, sense, skip } from "../phrases/phrase-context.ts";
import type { SenseOf } from "../text/sense.ts";
import type { WallTime } from "./zone.ts";

/** What a question says about a moment; what it leaves out comes from the other end of the range, or from today. */
export interface TimePoint {
  readonly end: number;
  readonly day?: Day;
  readonly part?: SenseOf<"part">;
  readonly clock?: { readonly hour: number; readonly minute: number; readonly meridiem: boolean };
  readonly instantMs?: number;
  /** The clock time is a bare number, an hour only if the rest says so. */
  readonly bare?: boolean;
}

type Day =
  | { readonly offset: number }
  | { readonly year: number | null; readonly month: number; readonly day: number }
  | { readonly weekday: number; readonly week: number | undefined };

/** `yesterday at 9am`, `昨天上午 9 点`, `9:30`, `2025-01-02 09:00`, `now`. `guess` lets a bare number be an hour. */
export function timePoint(context: PhraseContext, at: number, guess: boolean): TimePoint | undefined {
  let next = at;
  let point: Omit<TimePoint, "end"> = {};
  for (let moved = true; moved; ) {
    moved = false;
    const start = joint(context, next, next > at);
    const read = element(context, start, point, guess);
    if (read !== undefined) {
      point = { ...point, ...read.found };
      next = read.end;
      moved = true;
    }
  }
  return next === at ? undefined : { ...point, end: skipZone(context, next) };
}

/** Small words inside a moment: "yesterday at 9", "昨天的 9 点". */
function joint(context: PhraseContext, at: number, inside: boolean): number {
  return inside
    ? skipWords(context, at, ["at", "on", "in", "the", "of", "的", ","])
    : skipWords(context, at, ["at", "on", "the", "in the", "on the"]);
}

function skipWords(context: PhraseContext, at: number, words: readonly string[]): number {
  let next = at;
  while (words.includes(context.tokens[next]?.lower ?? "")) next += 1;
  return next;
}

function skipZone(context: PhraseContext, at: number): number {
  return skip(context, at, "zone");
}

interface Read {
  readonly end: number;
  readonly found: Omit<TimePoint, "end">;
}

function element(context: PhraseContext, given: number, point: Omit<TimePoint, "end">, guess: boolean): Read | undefined {
  const at = skipZone(context, given);
  const empty = point.instantMs === undefined;
  const instant = sense(context, at, "instant");
  if (instant !== undefined && empty && point.day === undefined && point.clock === undefined) {
    return { end: at + 1, found: instant.ms === null ? localFound(instant.local ?? []) : { instantMs: instant.ms } };
  }
  if (!empty) return undefined;
  const clock = sense(context, at, "clock");
  if (clock !== undefined && point.clock === undefined) return { end: at + 1, found: { clock } };
  const part = sense(context, at, "part");
  if (part !== undefined && point.part === undefined && (part.offset === undefined || point.day === undefined)) {
    return { end: at + 1, found: part.offset === undefined ? { part } : { part, day: { offset: part.offset } } };
  }
  const day = point.day === undefined && point.part?.offset === undefined ? dayAt(context, at) : undefined;
  if (day !== undefined) return { end: day.end, found: { day: day.day } };
  const bare = sense(context, at, "quantity");
  if (
    guess &&
    bare !== undefined &&
    bare.measure === undefined &&
    point.clock === undefined &&
    Number.isInteger(bare.value) &&
    bare.value <= 24
  ) {
    return {
      end: at + 1,
      found: { clock: { hour: bare.value, minute: 0, meridiem: false }, bare: true },
    };
  }
  return undefined;
}

function dayAt(context: PhraseContext, at: number): { readonly end: number; readonly day: Day } | undefined {
  const day = sense(context, at, "day");
  if (day !== undefined) return { end: at + 1, day };
  const date = sense(context, at, "date");
  if (date !== undefined) return { end: at + 1, day: date };
  const weekday = sense(context, at, "weekday");
  if (weekday !== undefined) return { end: at + 1, day: { weekday: weekday.weekday, week: weekday.week } };
  const quantity = sense(context, at, "quantity");
  if (quantity?.measure?.dimension !== "duration" || quantity.measure.factor !== 86_400_000 || !has(context, at + 1, "ago"))
    return undefined;
  return Number.isInteger(quantity.value) ? { end: at + 2, day: { offset: -quantity.value } } : undefined;
}

/** A date and time without a zone is a day and a clock time, so that "2025-03-10 9:00 to 11:00" ends on the same day. */
function localFound([year = 1970, month = 1, day = 1, hour = 0, minute = 0]: readonly number[]): Omit<TimePoint, "end"> {
  return { day: { year, month, day }, clock: { hour, minute, meridiem: true } };
}

export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
  /** True where the words name a stretch (a day, a morning) that may still be going on. */
  readonly stretch: boolean;
}

/** How long a moment is: what a question about "9 o'clock" looks at. */
const MOMENT_MS = 300_000;

/** The stretch of time the point names: a whole day, a part of one, or five minutes from a clock time. */
export function periodOf(point: Omit<TimePoint, "end">, context: PhraseContext): Period {
  const { clock } = context;
  if (point.instantMs !== undefined) return { fromMs: point.instantMs, toMs: point.instantMs + MOMENT_MS, stretch: false };
  const day = wallDay(point.day ?? { offset: 0 }, clock.wallOf(context.facts.nowMs));
  const at = (hour: number, minute = 0) => clock.instantOf({ ...day, hour, minute });
  if (point.clock !== undefined) {
    const fromMs = at(hourOf(point.clock, point.part), point.clock.minute);
    return { fromMs, toMs: fromMs + MOMENT_MS, stretch: false };
  }
  if (point.part !== undefined) return { fromMs: at(point.part.fromHour), toMs: at(point.part.toHour), stretch: true };
  return { fromMs: at(0), toMs: at(24), stretch: true };
}

/** 下午 3 点 is 15:00; 晚上 12 点 is midnight. */
function hourOf(clock: NonNullable<TimePoint["clock"]>, part: SenseOf<"part"> | undefined): number {
  if (part === undefined || clock.meridiem || clock.hour > 12) return clock.hour;
  if (part.fromHour >= 12 && clock.hour < 12) return part.toHour > 24 && clock.hour < 6 ? clock.hour + 24 : clock.hour + 12;
  if (part.fromHour >= 18 && clock.hour === 12) return 24;
  if (part.fromHour === 11 && clock.hour < 3) return clock.hour + 12;
  return clock.hour;
}

function wallDay(day: Day, now: WallTime): WallTime {
  const midnight = { ...now, hour: 0, minute: 0 };
  if ("offset" in day) return { ...midnight, day: now.day + day.offset };
  if ("month" in day) {
    const past = day.year === null && (day.month > now.month || (day.month === now.month && day.day > now.day));
    return { ...midnight, year: day.year ?? (past ? now.year - 1 : now.year), month: day.month, day: day.day };
  }
  const today = weekdayOf(now);
  if (day.week === undefined) return { ...midnight, day: now.day - (((today - day.weekday + 6) % 7) + 1) };
  const sinceMonday = (today + 6) % 7;
  return { ...midnight, day: now.day - sinceMonday + 7 * day.week + ((day.weekday + 6) % 7) };
}

export function weekdayOf(wall: WallTime): number {
  return new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay();
}
