import { isQuality } from "../lexicon/qualities.ts";
import { misspelt } from "../text/misspelt.ts";
import type { ScopeCondition } from "./element.ts";
import { type Atom, atomOf, freeWord, has, type PhraseContext, sense, skipLight } from "./phrase-context.ts";

/** Tags: `env=prod`, `tagged team:payments`, `payments team`, `production`, `without an owner tag`, `有 owner 标签`. */
export const tagAtom = {
  read(context: PhraseContext, at: number): Atom | undefined {
    if (context.domain !== "resources") return undefined;
    const found = [missing, present, paired, environment, keyThenValue, valueThenKey, bareService].map((read) => read(context, at));
    return found.reduce((best, each) => ((each?.end ?? 0) > (best?.end ?? 0) ? each : best), undefined);
  },
  /** A value whose key was said before. */
  bareValue(context: PhraseContext, at: number, key: string): Atom | undefined {
    const value = freeWord(context, at);
    return value === undefined ? undefined : atomOf(at + 1, taggedAs(key, [value], true));
  },
};

function taggedAs(key: string, values: readonly string[], explicit: boolean): ScopeCondition {
  return { on: "tag", key, values, negated: false, explicit };
}

function paired(context: PhraseContext, at: number): Atom | undefined {
  const start = has(context, at, "tagWord") ? skipLight(context, at + 1) : at;
  const pair = sense(context, start, "pair");
  if (pair === undefined || pair.key.startsWith(":")) return undefined;
  const end = has(context, start + 1, "tagWord") && start === at ? start + 2 : start + 1;
  return atomOf(end, { on: "tag", key: pair.key, values: pair.value.split(","), negated: pair.negated, explicit: true });
}

function environment(context: PhraseContext, at: number): Atom | undefined {
  const key = sense(context, at, "tagKey")?.key === "env";
  const start = key ? valueStart(context, at + 1) : at;
  const found = sense(context, start, "environment");
  if (found === undefined) return undefined;
  const end = !key && sense(context, start + 1, "tagKey")?.key === "env" ? start + 2 : start + 1;
  return atomOf(end, taggedAs("env", found.values, false));
}

/** After `is`, `为`, `=`, `tag is` and the like between a key and its value. */
function valueStart(context: PhraseContext, at: number): number {
  const tag = has(context, at, "tagWord") ? at + 1 : at;
  const light = skipLight(context, tag);
  return sense(context, light, "comparator")?.operator === "eq" ? skipLight(context, light + 1) : light;
}

/** A key, with the word tag before it or after it or not at all. */
function keyAt(context: PhraseContext, at: number): { readonly end: number; readonly key: string; readonly tagged: boolean } | undefined {
  const before = has(context, at, "tagWord");
  const start = before ? skipLight(context, at + 1) : at;
  const known = sense(context, start, "tagKey")?.key;
  const after = !before && has(context, start + 1, "tagWord");
  const key = known ?? (before || after ? freeWord(context, start) : undefined);
  if (key === undefined) return undefined;
  return { end: after ? start + 2 : start + 1, key, tagged: before || after };
}

function keyThenValue(context: PhraseContext, at: number): Atom | undefined {
  const key = keyAt(context, at);
  if (key === undefined) return undefined;
  const start = valueStart(context, key.end);
  const value = freeWord(context, start);
  if (value === undefined) return undefined;
  return !has(context, start + 1, "tagKey", "tagWord") ? atomOf(start + 1, taggedAs(key.key, [value], true)) : undefined;
}

/** `payments team`, `the checkout service`, `payments 团队`. */
function valueThenKey(context: PhraseContext, at: number): Atom | undefined {
  const value = freeWord(context, at);
  const key = sense(context, skipLight(context, at + 1), "tagKey");
  if (value === undefined || key === undefined || key.owned === true) return undefined;
  return atomOf(skipLight(context, at + 1) + 1, taggedAs(key.key, [value], true));
}

/**
 * `checkout servers`, `checkout 的服务器`: a single unknown word right before the resources is taken for a service. Not where a word of
 * the lists may be misspelt, nor for qualities and roles ("idle servers", "web servers"), which no tag is known for.
 */
function bareService(context: PhraseContext, at: number): Atom | undefined {
  const token = context.tokens[at];
  if (token === undefined || token.senses.length > 0 || freeWord(context, at) === undefined) return undefined;
  if (!/^[a-z][a-z0-9_-]{2,}$/.test(token.lower) || isQuality(token.lower)) return undefined;
  const next = context.tokens[at + 1]?.lower === "的" ? at + 2 : at + 1;
  if (!has(context, next, "subject") || has(context, at - 1, "and", "or", "comma")) return undefined;
  const place = context.tokens[at - 1]?.senses.some((each) => each.is === "glue" && each.place === true);
  if (place === true || context.tokens[at - 1]?.senses.length === 0 || misspelt(token.lower, context)) return undefined;
  return atomOf(at + 1, taggedAs("service", [token.text], true));
}

function present(context: PhraseContext, at: number): Atom | undefined {
  const having = has(context, at, "having");
  const key = keyAt(context, having ? skipLight(context, at + 1) : at);
  // "owner tag" alone says nothing; "tagged owner" and "with an owner tag" do.
  if (key === undefined || !(having || has(context, at, "tagWord"))) return undefined;
  if (having && !key.tagged && !(key.key === "owner" || key.key === "cost-center" || key.key === "project")) return undefined;
  return atomOf(key.end, { on: "tagPresence", key: key.key, values: [], negated: false });
}

function missing(context: PhraseContext, at: number): Atom | undefined {
  if (!has(context, at, "lacking")) return undefined;
  const key = keyAt(context, skipLight(context, at + 1));
  return key === undefined ? undefined : atomOf(key.end, { on: "tagPresence", key: key.key, values: [], negated: true });
}
