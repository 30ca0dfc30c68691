import type { Measure, Operator, SenseOf } from "../text/sense.ts";
import type { Threshold } from "./element.ts";
import { has, type PhraseContext, type PhraseMatch, sense } from "./phrase-context.ts";

const OPPOSITE: Readonly<Record<Threshold["operator"], Threshold["operator"]>> = {
  gt: "lte",
  gte: "lt",
  lt: "gte",
  lte: "gt",
  eq: "ne",
  ne: "eq",
  between: "outside",
  outside: "between",
};

/** `> 80%`, `over half`, `not above 20`, `80% 以上`, `between 20 and 40 percent`, `在 20% 到 40% 之间`. */
export function threshold(context: PhraseContext, at: number): PhraseMatch | undefined {
  const negated = has(context, at, "not");
  const start = negated ? at + 1 : at;
  const found = comparison(context, start) ?? range(context, start) ?? bounded(context, start);
  if (found === undefined) return undefined;
  // "Not above 90% or below 10%": nobody can tell what "not" reaches.
  const denied = negated || /^(?:not |不)/.test(context.tokens[start]?.lower ?? "");
  if (denied && has(context, found.end, "or") && has(context, found.end + 1, "comparator", "quantity")) return undefined;
  const operator = negated ? OPPOSITE[found.threshold.operator] : found.threshold.operator;
  const { measure } = found.threshold;
  // "70% full", "5 times".
  const full =
    measure?.dimension === "percent"
      ? has(context, found.end, "fullness")
      : measure === undefined && context.tokens[found.end]?.lower === "times";
  return { end: full ? found.end + 1 : found.end, element: { type: "threshold", threshold: { ...found.threshold, operator } } };
}

interface Found {
  readonly end: number;
  readonly threshold: Threshold;
}

type Quantity = SenseOf<"quantity">;

function comparison(context: PhraseContext, at: number): Found | undefined {
  const comparator = sense(context, at, "comparator");
  if (comparator === undefined) return undefined;
  const start = context.tokens[at + 1]?.lower === "了" ? at + 2 : at + 1;
  const value = quantityAt(context, start);
  if (value === undefined || has(context, start + 1, "comparatorAfter")) return undefined;
  return { end: start + 1, threshold: one(context, comparator.operator, value, start, comparator.metric) };
}

function bounded(context: PhraseContext, at: number): Found | undefined {
  const value = quantityAt(context, at);
  const after = sense(context, at + 1, "comparatorAfter");
  if (value === undefined || after === undefined) return undefined;
  // "5 分钟以内" is a time unless the number is what the question compares with.
  return { end: at + 2, threshold: one(context, after.operator, value, at, undefined) };
}

function range(context: PhraseContext, at: number): Found | undefined {
  const between = has(context, at, "between");
  const from = between || has(context, at, "from", "glue") ? at + 1 : at;
  const low = quantityAt(context, from);
  const high = quantityAt(context, from + 2);
  if (low === undefined || high === undefined) return undefined;
  if (!has(context, from + 1, "to") && !(between && has(context, from + 1, "and"))) return undefined;
  const ended = has(context, from + 3, "rangeEnd");
  // A bare "9 to 11" may be hours; only a unit, a word of range or both make it a threshold.
  const measured = high.measure !== undefined && high.measure.dimension !== "duration";
  if (!between && !ended && !measured) return undefined;
  const measure = high.measure ?? low.measure;
  const scale = (quantity: Quantity) =>
    quantity.measure !== undefined && measure !== undefined ? (quantity.value * quantity.measure.factor) / measure.factor : quantity.value;
  if (low.measure !== undefined && high.measure !== undefined && low.measure.dimension !== high.measure.dimension) return undefined;
  const end = from + 3 + (ended ? 1 : 0);
  return {
    end,
    threshold: {
      operator: "between",
      values: [scale(low), scale(high)],
      measure,
      text: spanText(context, from, from + 3),
      implies: undefined,
    },
  };
}

function one(context: PhraseContext, operator: Operator, value: Quantity, at: number, implies: string | undefined): Threshold {
  return { operator, values: [value.value], measure: value.measure, text: spanText(context, at, at + 1), implies };
}

const HALF: Quantity = { is: "quantity", value: 50, measure: { dimension: "percent", factor: 1 } satisfies Measure, unit: "%" };

function quantityAt(context: PhraseContext, at: number): Quantity | undefined {
  const lower = context.tokens[at]?.lower;
  if (lower === "half" || lower === "一半" || lower === "半数") return has(context, at + 1, "duration") ? undefined : HALF;
  return sense(context, at, "quantity");
}

function spanText(context: PhraseContext, from: number, to: number): string {
  return context.text.slice(context.tokens[from]?.start ?? 0, context.tokens[to - 1]?.end ?? 0);
}
