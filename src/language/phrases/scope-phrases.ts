import { senseOf } from "../text/token.ts";
import { hasVerb } from "./compare-phrases.ts";
import type { Element, ScopeCondition } from "./element.ts";
import { nameAtom } from "./name-phrases.ts";
import { type Atom, has, isStrict, type PhraseContext, type PhraseMatch, sense, skipConnector, skipLight } from "./phrase-context.ts";
import { placeAtom } from "./place-phrases.ts";
import { tagAtom } from "./tag-phrases.ts";

/** `in us-east-1 or eu-west-1`, `not running`, `except the prod environment`, `除了 us-east-1 以外`. */
export function scope(context: PhraseContext, at: number): PhraseMatch | undefined {
  const excepting = has(context, at, "except") || isAllBut(context, at);
  // "没有" denies what follows, but "没有 owner 标签" is a condition of its own.
  const negating = !excepting && has(context, at, "not") && atom(context, at) === undefined;
  const start = excepting ? skipOnes(context, at + 1) : negating ? skipGlue(context, at + 1) : at;
  const list = atomList(context, start, excepting || negating);
  if (list === undefined) return undefined;
  if (list.element.type !== "scope") return list;
  const ended = has(context, list.end, "exceptEnd");
  if (ended && negating) return undefined;
  const negated = excepting || negating || ended;
  const end = ended ? list.end + 1 : list.end;
  if (!negated) return { end, element: list.element };
  if (list.element.compared) return undefined;
  // "Not in prod and stopped": does the negation reach the second? Nobody can tell.
  const joined = has(context, end, "and", "or") ? end + 1 : end;
  if (joined > end && atom(context, skipGlue(context, joined))?.element.type === "scope") return undefined;
  const opposite = negate(list.element.condition);
  return opposite === undefined ? undefined : { end, element: { type: "scope", condition: opposite } };
}

/** "Everywhere but aws", "all but the stopped ones". */
function isAllBut(context: PhraseContext, at: number): boolean {
  return context.tokens[at]?.lower === "but" && has(context, at - 1, "all");
}

function negate(condition: ScopeCondition): ScopeCondition | undefined {
  if (condition.on === "name" && (condition.operator === "starts-with" || condition.operator === "ends-with")) return undefined;
  return condition.negated ? undefined : { ...condition, negated: true };
}

/** "Servers except the ones in Frankfurt". */
function skipOnes(context: PhraseContext, at: number): number {
  const ones = /^(?:the ones|those|ones)$/.test(context.tokens[at]?.lower ?? "");
  return skipGlue(context, ones ? at + 1 : at);
}

/** Prepositions and articles between a negation or a connector and what it is about. */
function skipGlue(context: PhraseContext, at: number): number {
  let next = at;
  for (let moved = true; moved; ) {
    const light = skipLight(context, next);
    const after = has(context, light, "glue") ? light + 1 : light;
    moved = after > next;
    next = after;
  }
  return next;
}

function atomList(context: PhraseContext, at: number, negated: boolean): PhraseMatch | undefined {
  const first = atom(context, at);
  if (first === undefined || first.element.type !== "scope") return first;
  let { end, element } = first;
  while (element.type === "scope") {
    const versus = isVersus(context, end, element.condition);
    const connected = versus ? end + 1 : skipConnector(context, end);
    if (connected === end || isStrict(context, end, connected)) break;
    // "除了阿里云,还有火山引擎" may mean both of them.
    if (negated && context.tokens.slice(end, connected).some((token) => senseOf(token, "and")?.listed)) break;
    const next = atom(context, skipGlue(context, connected)) ?? sameTag(context, connected, element.condition);
    if (next?.element.type === "error") return next;
    if (next?.element.type !== "scope") break;
    const either = context.tokens.slice(end, connected).some((token) => token.senses.some((sense) => sense.is === "or"));
    // "Compare aws or azure".
    if (either && element.condition.on === "provider" && hasVerb(context, at)) break;
    const merged = merge(element.condition, next.element.condition, either || negated);
    if (merged === undefined) break;
    const compared = versus || element.compared === true;
    element = { type: "scope", condition: merged, ...(compared ? { compared } : {}) } satisfies Element;
    end = next.end;
  }
  return element.type === "scope" ? { end: afterCount(context, end, element.condition), element } : { end, element };
}

/** "Azure vs aws", "aws 对比 azure", "compare aws with azure". */
function isVersus(context: PhraseContext, at: number, condition: ScopeCondition): boolean {
  const word = context.tokens[at]?.lower ?? "";
  if (condition.on !== "provider" || !has(context, at + 1, "provider", "providerUnknown")) return false;
  return (has(context, at, "versus") && !/^(?:than|since|比|较)/.test(word)) || (/^(?:with|to|跟|同)$/.test(word) && hasVerb(context, at));
}

/** "aws、azure、谷歌云三家": how many clouds were just named. */
function afterCount(context: PhraseContext, at: number, condition: ScopeCondition): number {
  return condition.on === "provider" && sense(context, at, "cloudsCounted")?.count === condition.values.length ? at + 1 : at;
}

/** `team=payments or search`: the second value has no key of its own. */
function sameTag(context: PhraseContext, at: number, condition: ScopeCondition): Atom | undefined {
  if (condition.on !== "tag" || !condition.explicit || has(context, at, "quoted")) return undefined;
  return tagAtom.bareValue(context, at, condition.key);
}

/** One condition out of two on the same thing, or nothing where they are two conditions. */
function merge(a: ScopeCondition, b: ScopeCondition, either: boolean): ScopeCondition | undefined {
  if (a.on === "tagPresence" || b.on === "tagPresence" || a.negated || b.negated) return undefined;
  if (a.on === "tag" && b.on === "tag") {
    // "env=prod and env=staging" holds for nothing; "prod and staging servers" means both kinds.
    if (a.key.toLowerCase() !== b.key.toLowerCase() || (a.explicit && b.explicit && !either)) return undefined;
    return { ...a, values: union(a.values, b.values) };
  }
  if (a.on === "name" && b.on === "name") {
    return a.operator === "is" && b.operator === "is" ? { ...a, values: union(a.values, b.values) } : undefined;
  }
  if (a.on === "tag" || b.on === "tag" || a.on === "name" || b.on === "name" || a.on !== b.on) return undefined;
  return { ...a, values: union(a.values, b.values) };
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

/** One condition, without what negates or joins it. */
function atom(context: PhraseContext, at: number): Atom | undefined {
  return [placeAtom, tagAtom.read, nameAtom]
    .map((read) => read(context, at))
    .reduce((best, found) => ((found?.end ?? 0) > (best?.end ?? 0) ? found : best), undefined);
}
