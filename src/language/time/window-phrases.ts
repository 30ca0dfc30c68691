import type { WindowSpec } from "../../contracts/index.ts";
import { windowInvalid } from "../failures.ts";
import type { Hour } from "../phrases/element.ts";
import { has, type PhraseContext, type PhraseMatch, sense, skip, skipLight } from "../phrases/phrase-context.ts";
import { periodOf, type TimePoint, timePoint, weekdayOf } from "./time-point.ts";

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 86_400_000;
/** CloudWatch keeps metrics for 455 days (Amazon CloudWatch User Guide, "Metrics retention"). */
const LONGEST_MS = 455 * 86_400_000;

/** Reads a window of time: relative, between two moments, a named stretch, or since a moment. */
export function window(context: PhraseContext, at: number): PhraseMatch | undefined {
  const found = [future, relative, calendar, since, between, stretch].map((read) => read(context, at));
  return found.reduce((best, each) => ((each?.end ?? 0) > (best?.end ?? 0) ? each : best), undefined);
}

function future(context: PhraseContext, at: number): PhraseMatch | undefined {
  if (!has(context, at, "future")) return undefined;
  return inFuture(at + 1);
}

function inFuture(end: number): PhraseMatch {
  return failed(end, "The window lies in the future; only what has happened can be looked at.", "时间范围在将来,只能查询已经发生的数据。");
}

function failed(end: number, en: string, zh: string): PhraseMatch {
  return { end, element: { type: "error", error: windowInvalid(en, zh) } };
}

const INTO = ["over", "in", "for", "during", "within", "the", "from", "over the", "within the", "in the", "for the", "from the", "on the"];

/** `over the last 5 minutes`, `过去一个半小时`, `last hour`, `5 分钟内`. */
function relative(context: PhraseContext, at: number): PhraseMatch | undefined {
  let start = at;
  while (INTO.includes(context.tokens[start]?.lower ?? "")) start += 1;
  const the = context.tokens[start - 1]?.lower.endsWith("the") === true && start > at;
  const past = has(context, start, "past");
  const length = durationAt(context, past ? start + 1 : start, past, the);
  if (length === undefined) return undefined;
  const within = has(context, length.end, "within");
  const light = context.tokens[at]?.lower.startsWith("within") === true;
  if (!past && !within && !light && !has(context, start, "calendar")) return undefined;
  const end = within ? length.end + 1 : length.end;
  const text = context.text.slice(context.tokens[at]?.start ?? 0, context.tokens[end - 1]?.end ?? 0);
  if (has(context, end, "ago")) return undefined;
  if (length.ms < MINUTE_MS)
    return failed(end, `"${text}" is shorter than a minute, the shortest window there is.`, `“${text}”不足一分钟,最短为一分钟。`);
  if (length.ms > LONGEST_MS)
    return failed(end, `"${text}" reaches further back than metrics are kept (455 days).`, `“${text}”超出了指标的保留时间(455 天)。`);
  return { end, element: { type: "window", window: { lastMs: Math.round(length.ms) } } };
}

function durationAt(
  context: PhraseContext,
  at: number,
  past: boolean,
  the: boolean,
): { readonly end: number; readonly ms: number } | undefined {
  // "Over the last week" is the last seven days.
  const named = sense(context, at, "calendar");
  if (named?.offset === -1 && the && !past) return { end: at + 1, ms: named.unit === "week" ? WEEK_MS : 30 * 86_400_000 };
  const quantity = sense(context, at, "quantity");
  if (quantity?.measure?.dimension === "duration") return { end: at + 1, ms: quantity.value * quantity.measure.factor };
  const article = /^an?$/.test(context.tokens[at]?.lower ?? "") ? at + 1 : at;
  const half = has(context, article, "half");
  const start = half ? skip(context, skipLight(context, article + 1), "measureWord") : article;
  const unit = sense(context, start, "duration");
  if (unit === undefined || !(past || half || article > at)) return undefined;
  // "Last week" is the calendar's, "the last week" the last seven days.
  if (unit.calendar !== undefined && !the && !half && !/\p{Script=Han}/u.test(context.tokens[start]?.text ?? "")) {
    if (context.tokens[at - 1]?.lower !== "past") return undefined;
  }
  return { end: start + 1, ms: half ? unit.ms / 2 : unit.ms };
}

/** `this week`, `last month`, `上周`. */
function calendar(context: PhraseContext, at: number): PhraseMatch | undefined {
  const start = has(context, at, "glue") ? at + 1 : at;
  const named = sense(context, start, "calendar");
  if (named === undefined) return undefined;
  if (context.tokens[start - 1]?.lower.endsWith("the") === true) return undefined;
  const { clock } = context;
  const now = clock.wallOf(context.facts.nowMs);
  const midnight = { ...now, hour: 0, minute: 0 };
  const startOf = (offset: number) =>
    named.unit === "week"
      ? clock.instantOf({ ...midnight, day: now.day - ((weekdayOf(now) + 6) % 7) + 7 * offset })
      : clock.instantOf({ ...midnight, month: now.month + offset, day: 1 });
  return windowOf(context, start + 1, startOf(named.offset), startOf(named.offset + 1), true);
}

/** `since 14:00`, `after 9am`, `从昨天开始`, `9 点以来`, `since 2 hours ago`. */
function since(context: PhraseContext, at: number): PhraseMatch | undefined {
  const word = has(context, at, "since", "from");
  const start = word ? at + 1 : at;
  const ago = sense(context, start, "quantity");
  if (ago?.measure?.dimension === "duration" && ago.measure.factor < 86_400_000 && has(context, start + 1, "ago")) {
    const end = has(context, start + 2, "sinceEnd") ? start + 3 : start + 2;
    return word || end > start + 2
      ? windowOf(context, end, nowOf(context) - ago.value * ago.measure.factor, nowOf(context), true)
      : undefined;
  }
  const point = timePoint(context, start, false);
  if (point === undefined) return undefined;
  const ended = has(context, point.end, "sinceEnd") || (has(context, point.end, "to") && has(context, point.end + 1, "now"));
  const end = ended ? point.end + (has(context, point.end, "sinceEnd") ? 1 : 2) : point.end;
  const lower = context.tokens[at]?.lower ?? "";
  if (!ended && !has(context, at, "since")) return undefined;
  if (!ended && lower === "from") return undefined;
  const { fromMs, stretch } = periodOf(point, context);
  // Whether "after Monday" takes Monday in is anybody's guess.
  if (stretch && (lower === "after" || /^(?:之后|以后)$/.test(context.tokens[point.end]?.lower ?? ""))) return undefined;
  return windowOf(context, end, fromMs, nowOf(context), true);
}

/** `from 9am to 11am yesterday`, `昨天 9 点到 11 点`, `between Monday and Wednesday`. */
function between(context: PhraseContext, at: number): PhraseMatch | undefined {
  let start = at;
  while (has(context, start, "glue") && !has(context, start, "from")) start += 1;
  const opening = timePoint(context, start, false);
  const lead = has(context, start, "between", "from") ? undefined : opening;
  // "yesterday from 9 to 11": the day stands before the range.
  const leading = lead?.day !== undefined && lead.clock === undefined && has(context, lead.end, "from", "between") ? lead : undefined;
  if (leading !== undefined) start = leading.end;
  const word = has(context, start, "between", "from");
  const dated = has(context, start + 1, "to") && has(context, start + 3, "day");
  const guess = word || leading !== undefined || opening?.day !== undefined || dated || has(context, start + 2, "clock");
  const first = timePoint(context, word ? start + 1 : start, guess);
  if (first === undefined) return undefined;
  const joined = has(context, first.end, "to") || (has(context, start, "between") && has(context, first.end, "and"));
  if (!joined) return undefined;
  const last = timePoint(context, first.end + 1, true);
  if (last === undefined) return undefined;
  const end = skip(context, last.end, "rangeEnd");
  return ranged(context, end, leading, first, last);
}

/** `from 9:00 to 11:00`, `9-11am`, `9 点到 11 点`, of a day that is named elsewhere. */
export function hourRange(
  context: PhraseContext,
  at: number,
): { readonly end: number; readonly from: Hour; readonly to: Hour } | undefined {
  const start = skip(context, at, "from", "between", "glue");
  const first = timePoint(context, start, true);
  const joined = first !== undefined && has(context, first.end, "to", "and") ? timePoint(context, first.end + 1, true) : undefined;
  if (first === undefined || joined === undefined) return undefined;
  const opening = meridiemOf(first, joined) ? withMeridiem(first, joined) : first;
  const timed = (point: Omit<TimePoint, "end">) => (point.day === undefined && point.part === undefined ? point.clock : undefined);
  const [from, to] = [timed(opening), timed(joined)];
  return from === undefined || to === undefined ? undefined : { end: skip(context, joined.end, "rangeEnd"), from, to };
}

function ranged(
  context: PhraseContext,
  end: number,
  leading: TimePoint | undefined,
  first: TimePoint,
  last: TimePoint,
): PhraseMatch | undefined {
  const known = leading ?? (first.day === undefined ? last : first);
  const borrowed = known.day === undefined ? {} : { day: known.day };
  const part = leading?.part ?? first.part;
  const from = { ...(part === undefined ? {} : { part }), ...borrowed, ...first };
  const inherits =
    part !== undefined &&
    last.part === undefined &&
    last.clock !== undefined &&
    !(part.fromHour < 12 && last.clock.hour < (first.clock?.hour ?? 0));
  const to = { ...(inherits ? { part } : {}), ...(known.day === undefined ? {} : { day: known.day }), ...last };
  const dayless = known.day === undefined && part === undefined;
  if ((first.bare === true || last.bare === true) && dayless && !meridiemOf(first, last)) return undefined;
  // "2025-03-10T09:00Z to 11:00" leaves open in which zone 11:00 is.
  if ((first.instantMs === undefined) !== (last.instantMs === undefined) && last.day === undefined) return undefined;
  const start = meridiemOf(first, last) ? withMeridiem(from, last) : from;
  const { fromMs } = periodOf(start, context);
  let period = periodOf(to, context);
  // "Monday to Wednesday" ends with the Wednesday after that Monday.
  if (last.day !== undefined && "weekday" in last.day && period.toMs <= fromMs) {
    period = { ...period, fromMs: period.fromMs + WEEK_MS, toMs: period.toMs + WEEK_MS };
  }
  return windowOf(context, end, fromMs, period.stretch ? period.toMs : period.fromMs, period.stretch);
}

/** Whether one end says am or pm and the other is a bare hour: "3-5pm". */
function meridiemOf(first: TimePoint, last: TimePoint): boolean {
  return last.clock?.meridiem === true && first.bare === true;
}

function withMeridiem(from: Omit<TimePoint, "end">, last: TimePoint): Omit<TimePoint, "end"> {
  const hour = from.clock?.hour ?? 0;
  const later = hour < 12 && (last.clock?.hour ?? 0) >= 12 && hour + 12 < (last.clock?.hour ?? 0) + (last.clock?.hour === 12 ? 12 : 0);
  return { ...from, clock: { hour: later ? hour + 12 : hour, minute: from.clock?.minute ?? 0, meridiem: true } };
}

/** `yesterday`, `last night`, `this morning`, `on Monday`, `at 14:00`. */
function stretch(context: PhraseContext, at: number): PhraseMatch | undefined {
  const start = skip(context, has(context, at, "glue") ? at + 1 : at, "wholeDay");
  const point = timePoint(context, start, false);
  if (point === undefined) return undefined;
  const whole = has(context, start - 1, "wholeDay") || has(context, point.end, "wholeDay");
  if (whole && (point.day === undefined || point.clock !== undefined || point.part !== undefined)) return undefined;
  if (has(context, point.end, "to") && timePoint(context, point.end + 1, true) !== undefined) return undefined;
  const period = periodOf(point, context);
  const inside = skip(context, point.end, "within", "wholeDay");
  return windowOf(context, inside, period.fromMs, period.toMs, period.stretch);
}

function nowOf(context: PhraseContext): number {
  return Math.floor(context.facts.nowMs / MINUTE_MS) * MINUTE_MS;
}

/** An absolute window, checked. A named stretch that is still going on ends now. */
function windowOf(context: PhraseContext, end: number, fromMs: number, toMs: number, stretches: boolean): PhraseMatch {
  const now = nowOf(context);
  if (toMs <= fromMs) return failed(end, "The window ends before it begins.", "时间范围的结束早于开始。");
  if (fromMs >= now) return inFuture(end);
  if (toMs > now && !stretches) {
    return failed(end, 'The window is not over yet; say "since" instead.', "这段时间还没有结束,可以改说“……以来”。");
  }
  if (now - fromMs > LONGEST_MS)
    return failed(end, "The window reaches further back than metrics are kept (455 days).", "时间范围超出了指标的保留时间(455 天)。");
  const spec: WindowSpec = { from: iso(fromMs), to: iso(Math.min(toMs, now)) };
  return { end, element: { type: "window", window: spec } };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
