import type { Shift } from "../text/sense.ts";
import { has, type PhraseContext, type PhraseMatch, sense, skip, skipLight } from "./phrase-context.ts";

const DAY_MS = 86_400_000;

/** `versus yesterday`, `compared with the same time last week`, `和昨天相比`, `比昨天高`, `环比`. */
export function compare(context: PhraseContext, at: number): PhraseMatch | undefined {
  const named = sense(context, at, "shift");
  if (named !== undefined && !has(context, at, "ago")) return compareOf(context, at + 1, named.shift);
  const higher = higherThan(context, at);
  if (higher !== undefined) return higher;
  const changed = sense(context, at, "change")?.direction;
  const start = changed === undefined ? at : skipLight(context, at + 1);
  const joined = has(context, start, "and", "to") && !has(context, start, "versus");
  if (!joined && !has(context, start, "versus")) return undefined;
  const reference = shiftAt(context, start + 1);
  if (reference === undefined) return undefined;
  const ended = has(context, reference.end, "versusEnd");
  // "和昨天" alone joins two days; it compares only with 相比 after it.
  if (joined && !ended) return undefined;
  return compareOf(context, ended ? reference.end + 1 : reference.end, reference.shift, changed);
}

/** `higher than yesterday`, `高于上周`. */
function higherThan(context: PhraseContext, at: number): PhraseMatch | undefined {
  const operator = sense(context, at, "comparator")?.operator;
  const reference = operator === "gt" || operator === "lt" ? shiftAt(context, at + 1) : undefined;
  if (reference === undefined) return undefined;
  return { end: reference.end, element: { type: "compare", shift: reference.shift, change: operator === "gt" ? "up" : "down" } };
}

function compareOf(context: PhraseContext, end: number, shift: Shift, before?: "up" | "down"): PhraseMatch {
  const light = skipLight(context, end);
  const after = before === undefined ? sense(context, light, "change")?.direction : undefined;
  // "比昨天高多少" asks for the change itself.
  if (after !== undefined && has(context, light + 1, "howMuch"))
    return { end: light + 2, element: { type: "compare", shift, change: undefined } };
  return { end: after === undefined ? end : light + 1, element: { type: "compare", shift, change: before ?? after } };
}

function shiftAt(context: PhraseContext, at: number): { readonly end: number; readonly shift: Shift } | undefined {
  let start = skip(context, skipLight(context, at), "sameTime");
  start = skipLight(context, start);
  const found = referenceAt(context, start);
  if (found === undefined) return undefined;
  return { ...found, end: skip(context, found.end, "sameTime") };
}

function referenceAt(context: PhraseContext, at: number): { readonly end: number; readonly shift: Shift } | undefined {
  const named = sense(context, at, "shift");
  if (named !== undefined) return { end: at + 1, shift: named.shift };
  const day = sense(context, at, "day");
  if (day !== undefined) return day.offset < 0 ? { end: at + 1, shift: { days: -day.offset } } : undefined;
  const calendar = sense(context, at, "calendar");
  if (calendar !== undefined) return calendar.unit === "week" && calendar.offset === -1 ? { end: at + 1, shift: { days: 7 } } : undefined;
  const quantity = sense(context, at, "quantity");
  if (quantity?.measure?.dimension !== "duration" || !has(context, at + 1, "ago")) return undefined;
  const ms = quantity.value * quantity.measure.factor;
  if (ms < 60_000) return undefined;
  return { end: at + 2, shift: ms % DAY_MS === 0 ? { days: ms / DAY_MS } : { ms } };
}
