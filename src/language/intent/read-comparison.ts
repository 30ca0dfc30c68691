import type { PlanningFacts, WindowSpec } from "../../contracts/index.ts";
import { ambiguous, notUnderstood } from "../failures.ts";
import type { PhraseContext } from "../phrases/phrase-context.ts";
import { giveUp } from "../stop.ts";
import { comparedWindows } from "../time/compared-windows.ts";
import type { ElementReader } from "./element-reader.ts";
import type { ResourceIntent } from "./resource-intent.ts";

export interface ReadWindows {
  readonly window: WindowSpec;
  readonly compare: ResourceIntent["compare"];
}

/** The window of a question and the one it is compared with. What was said to be higher is so in the window that was named first. */
export function readComparison(context: PhraseContext, reader: ElementReader, window: WindowSpec, metrics: readonly string[]): ReadWindows {
  const compare = reader.only("compare");
  const change = reader.only("change");
  if (change !== undefined && (compare === undefined || compare.change !== undefined)) {
    giveUp(notUnderstood([reader.wordsOf(change)]), [reader.wordsOf(change)]);
  }
  if (compare === undefined) return { window, compare: undefined };
  const windows = comparedWindows(window, compare.reference, context.facts.nowMs, context.clock);
  if (windows === undefined) giveUp(notTwoWindows(), [reader.wordsOf(compare)]);
  const { later, earlier, reversed } = windows;
  if (sums(metrics, context.facts) && lengthOf(later) !== lengthOf(earlier)) giveUp(unequal(), [reader.wordsOf(compare)]);
  const direction = compare.change ?? change?.direction;
  const opposite = direction === "up" ? "down" : direction === "down" ? "up" : undefined;
  return { window: later, compare: { window: earlier, change: reversed ? opposite : direction } };
}

function sums(metrics: readonly string[], facts: PlanningFacts): boolean {
  return metrics.some((metric) => facts.metrics[metric]?.kind === "total");
}

function lengthOf(window: WindowSpec): number {
  return "lastMs" in window ? window.lastMs : Date.parse(window.to) - Date.parse(window.from);
}

function notTwoWindows() {
  return ambiguous(
    'It is not clear which two times are compared; write for example "yesterday from 9:00 to 11:00 versus the day before yesterday from 9:00 to 11:00".',
    "看不出是哪两段时间对比,可以写成“昨天 9 点到 11 点和前天 9 点到 11 点对比”。",
  );
}

function unequal() {
  return ambiguous("Totals of two windows of different lengths cannot be compared.", "两段时间长短不同,总量无法对比。");
}
