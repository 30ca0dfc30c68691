import { window } from "../time/window-phrases.ts";
import { compare, comparedWith } from "./compare-phrases.ts";
import type { Element, Placed } from "./element.ts";
import { metric } from "./metric-phrases.ts";
import { byCount, group, limit, order, top, whichGroup } from "./order-phrases.ts";
import type { PhraseContext, Rule } from "./phrase-context.ts";
import { scope } from "./scope-phrases.ts";
import { bySeverity, messageText, service } from "./signal-phrases.ts";
import { threshold } from "./threshold-phrases.ts";
import { count, howMuch, word } from "./word-phrases.ts";

/** In order of precedence where two read equally far. */
const RULES: readonly Rule[] = [
  comparedWith,
  window,
  compare,
  threshold,
  messageText,
  bySeverity,
  service,
  metric,
  scope,
  order,
  group,
  byCount,
  whichGroup,
  top,
  limit,
  count,
  howMuch,
  word,
];

/** Cuts the tokens into phrases, the longest at each place. Every token ends up in exactly one element; what no rule reads is `unknown`. */
export function parsePhrases(context: PhraseContext): Placed[] {
  const elements: Placed[] = [];
  for (let at = 0; at < context.tokens.length; ) {
    let end = at + 1;
    let element: Element = { type: "unknown" };
    for (const rule of RULES) {
      const match = rule(context, at);
      if (match !== undefined && (element.type === "unknown" || match.end > end)) ({ end, element } = match);
    }
    elements.push({ ...element, from: at, to: end });
    at = end;
  }
  return elements.map((element, index) => (element.type === "glue" && dangles(context, elements, index) ? unknownAt(element) : element));
}

function unknownAt({ from, to }: Placed): Placed {
  return { type: "unknown", from, to };
}

/** A preposition binds what follows it (in Chinese also what precedes it); one that binds nothing was meant to say something. */
function dangles(context: PhraseContext, elements: readonly Placed[], index: number): boolean {
  const binds = (element: Placed | undefined) => element !== undefined && element.type !== "connector" && element.type !== "filler";
  const following = elements
    .slice(index + 1)
    .find((element) => element.type !== "filler" && element.type !== "glue" && !(element.type === "all" && !element.places));
  if (binds(following)) return false;
  return !(/\p{Script=Han}/u.test(context.tokens[elements[index]?.from ?? 0]?.text ?? "") && binds(elements[index - 1]));
}
