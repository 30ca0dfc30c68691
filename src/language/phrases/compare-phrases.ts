import { hasSense } from "../text/token.ts";
import { hourRange, window } from "../time/window-phrases.ts";
import type { Reference } from "./element.ts";
import { has, type PhraseContext, type PhraseMatch, sense, skip, skipLight } from "./phrase-context.ts";

const DAY_MS = 86_400_000;

/** `compare … today with yesterday`: here "with" begins no window of its own. */
export function comparedWith(context: PhraseContext, at: number): PhraseMatch | undefined {
  const found = isJoined(context, at) && hasVerb(context, at) ? referenceAt(context, at + 1) : undefined;
  return found === undefined ? undefined : compareOf(context, found.end, found.reference);
}

/** Two times, or the clouds that a question names. */
export function compare(context: PhraseContext, at: number): PhraseMatch | undefined {
  return times(context, at) ?? clouds(context, at);
}

/** `versus yesterday`, `compared with the same time last week`, `和昨天相比`, `比昨天高`, `环比`, `than yesterday 9-11`. */
function times(context: PhraseContext, at: number): PhraseMatch | undefined {
  const leading = verb(context, at);
  if (leading !== undefined) return leading;
  const named = sense(context, at, "shift");
  if (named !== undefined && !has(context, at, "ago")) return compareOf(context, at + 1, { shift: named.shift });
  const higher = higherThan(context, at);
  if (higher !== undefined) return higher;
  const changed = sense(context, at, "change")?.direction;
  const start = changed === undefined ? at : skipLight(context, at + 1);
  const joined = isJoined(context, start);
  if (!joined && !has(context, start, "versus")) return undefined;
  const found = referenceAt(context, start + 1);
  // "Compare … with versus yesterday" joins twice.
  if (found === undefined || (hasVerb(context, at) && isJoined(context, start - 1))) return undefined;
  const ended = has(context, found.end, "versusEnd");
  // "和昨天" alone joins two days; it compares only with 相比 after it.
  if (joined && !ended) return undefined;
  return compareOf(context, ended ? found.end + 1 : found.end, found.reference, changed);
}

function isJoined(context: PhraseContext, at: number): boolean {
  const joins = has(context, at, "and") || ["to", "到", "with", "to the", "with the", "跟", "同"].includes(context.tokens[at]?.lower ?? "");
  return joins && !has(context, at, "versus");
}

const VERBS: ReadonlySet<string> = new Set([
  "compare",
  "comparing",
  "对比",
  "比较",
  "对照",
  "比一比",
  "对比一下",
  "比较一下",
  "的对比",
  "做对比",
  "做比较",
]);

/** Whether the question says "compare" before that place. */
export function hasVerb(context: PhraseContext, before: number): boolean {
  return context.tokens.slice(0, before).some((token) => VERBS.has(token.lower));
}

/** "Compare" says nothing by itself once the two times are joined further on, or it is said by what to group. */
function verb(context: PhraseContext, at: number): PhraseMatch | undefined {
  if (!VERBS.has(context.tokens[at]?.lower ?? "") || hasVerb(context, at)) return undefined;
  if (context.tokens.some((_, index) => has(context, index, "by", "per"))) return { end: at + 1, element: { type: "filler", list: false } };
  for (let next = at + 1; next < context.tokens.length; next += 1) {
    if ((isJoined(context, next) || has(context, next, "versus")) && referenceAt(context, next + 1) !== undefined)
      return { end: at + 1, element: { type: "filler", list: false } };
  }
  return undefined;
}

/** `compare the average CPU of aws and azure`, `阿里云和 aws 的平均 CPU 对比`. */
function clouds(context: PhraseContext, at: number): PhraseMatch | undefined {
  const says = VERBS.has(context.tokens[at]?.lower ?? "") && !hasVerb(context, at);
  const named = context.tokens.filter((token) => hasSense(token, "provider", "providerUnknown")).length;
  return says && named > 1 ? { end: at + 1, element: { type: "apart", compares: true } } : undefined;
}

/** `higher than yesterday`, `高于上周`. */
function higherThan(context: PhraseContext, at: number): PhraseMatch | undefined {
  const operator = sense(context, at, "comparator")?.operator;
  const found = operator === "gt" || operator === "lt" ? referenceAt(context, at + 1) : undefined;
  if (found === undefined) return undefined;
  return { end: found.end, element: { type: "compare", reference: found.reference, change: operator === "gt" ? "up" : "down" } };
}

function compareOf(context: PhraseContext, end: number, reference: Reference, before?: "up" | "down"): PhraseMatch {
  const light = skipLight(context, end);
  const after = before === undefined ? sense(context, light, "change")?.direction : undefined;
  // "比昨天高多少" asks for the change itself.
  if (after !== undefined && has(context, light + 1, "howMuch"))
    return { end: light + 2, element: { type: "compare", reference, change: undefined } };
  return { end: after === undefined ? end : light + 1, element: { type: "compare", reference, change: before ?? after } };
}

interface Found {
  readonly end: number;
  readonly reference: Reference;
}

function referenceAt(context: PhraseContext, at: number): Found | undefined {
  const start = skipLight(context, skip(context, skipLight(context, at), "sameTime"));
  const found = distanceAt(context, start);
  const named = found === undefined ? undefined : { ...found, end: skip(context, found.end, "sameTime") };
  const stretch = windowAt(context, start);
  return stretch !== undefined && stretch.end > (named?.end ?? 0) ? stretch : named;
}

/** Another window: `昨天 9 点到 11 点`, `last Monday`. */
function windowAt(context: PhraseContext, at: number): Found | undefined {
  if (context.tokens[at - 1]?.lower === "since") return undefined;
  const match = window(context, at);
  if (match?.element.type !== "window" || !("from" in match.element.window)) return undefined;
  return { end: match.end, reference: { window: match.element.window } };
}

function distanceAt(context: PhraseContext, at: number): Found | undefined {
  const named = sense(context, at, "shift");
  if (named !== undefined) {
    const day = typeof named.shift === "object" && "days" in named.shift && named.shift.days === 1;
    const hours = day ? hourRange(context, at + 1) : undefined;
    if (hours !== undefined) return { end: hours.end, reference: { dayBefore: { from: hours.from, to: hours.to } } };
    return { end: at + 1, reference: { shift: named.shift } };
  }
  const day = sense(context, at, "day");
  if (day !== undefined) return day.offset < 0 ? { end: at + 1, reference: { day: day.offset } } : undefined;
  const calendar = sense(context, at, "calendar");
  if (calendar !== undefined)
    return calendar.unit === "week" && calendar.offset === -1 ? { end: at + 1, reference: { shift: { days: 7 } } } : undefined;
  const quantity = sense(context, at, "quantity");
  if (quantity?.measure?.dimension !== "duration" || !has(context, at + 1, "ago")) return undefined;
  const ms = quantity.value * quantity.measure.factor;
  if (ms < 60_000) return undefined;
  return { end: at + 2, reference: { shift: ms % DAY_MS === 0 ? { days: ms / DAY_MS } : { ms } } };
}
