import type { ScopeCondition } from "./element.ts";
import { type Atom, atomOf, freeText, freeWord, has, type PhraseContext, sense, skipLight } from "./phrase-context.ts";

type Operator = Extract<ScopeCondition, { on: "name" }>["operator"];

/** Names and ids: `checkout-web-003`, `named web-01`, `name starts with checkout`, `名字以 web 开头`, `i-0abc…`. */
export function nameAtom(context: PhraseContext, at: number): Atom | undefined {
  const found = [bare, called, affixed, containing, withInName].map((read) => read(context, at));
  return found.reduce((best, each) => ((each?.end ?? 0) > (best?.end ?? 0) ? each : best), undefined);
}

function nameOf(end: number, operator: Operator, value: string, negated = false): Atom {
  return atomOf(end, { on: "name", operator, values: [value], negated });
}

/** Words of the lists that can be part of a name: "name contains db". */
const NAMING: ReadonlySet<string> = new Set([
  "instanceType",
  "subject",
  "metric",
  "environment",
  "tagKey",
  "services",
  "column",
  "providerUnknown",
  "provider",
]);

/** Anything that can be a name once the question says that one follows. */
function nameValue(context: PhraseContext, at: number): string | undefined {
  const token = context.tokens[at];
  const known =
    token !== undefined && /^[\w.-]+$/.test(token.text) && token.senses.length > 0 && token.senses.every((each) => NAMING.has(each.is));
  return known ? token.text : freeText(context, at);
}

function bare(context: PhraseContext, at: number): Atom | undefined {
  const token = context.tokens[at];
  if (token === undefined || context.domain === "logs" || context.domain === "traces" || context.domain === "services") return undefined;
  if (has(context, at, "id")) return atomOf(at + 1, { on: "id", values: [token.text], negated: false });
  if (has(context, at, "instanceType")) return atomOf(at + 1, { on: "type", values: [token.text], negated: false });
  return has(context, at, "name") ? nameOf(at + 1, "is", token.text) : undefined;
}

function called(context: PhraseContext, at: number): Atom | undefined {
  if (!has(context, at, "called", "nameWord")) return undefined;
  const equals = skipLight(context, at + 1);
  const start = sense(context, equals, "comparator")?.operator === "eq" ? skipLight(context, equals + 1) : equals;
  const value = nameValue(context, start);
  return value === undefined ? undefined : nameOf(start + 1, "is", value);
}

/** `name starts with web`, `名字以 web 开头`, `以 web 结尾`. */
function affixed(context: PhraseContext, at: number): Atom | undefined {
  const start = has(context, at, "nameWord") ? skipLight(context, at + 1) : at;
  const before = sense(context, start, "affix");
  if (before !== undefined && !before.after) {
    const value = nameValue(context, skipLight(context, start + 1));
    return value === undefined ? undefined : nameOf(skipLight(context, start + 1) + 1, before.operator, value);
  }
  if (context.tokens[start]?.lower !== "以") return undefined;
  const value = nameValue(context, start + 1);
  const after = sense(context, start + 2, "affix");
  return value === undefined || after?.after !== true ? undefined : nameOf(start + 3, after.operator, value);
}

function containing(context: PhraseContext, at: number): Atom | undefined {
  if (!has(context, at, "nameWord")) return undefined;
  const start = skipLight(context, at + 1);
  const contains = sense(context, start, "contains");
  const value = contains === undefined ? undefined : nameValue(context, skipLight(context, start + 1));
  return contains === undefined || value === undefined
    ? undefined
    : nameOf(skipLight(context, start + 1) + 1, "contains", value, contains.negated);
}

/** `with "web" in the name`. */
function withInName(context: PhraseContext, at: number): Atom | undefined {
  if (!has(context, at, "having", "contains")) return undefined;
  const value = freeWord(context, at + 1);
  const named = /^in (?:the|their|its) names?$/.test(context.tokens[at + 2]?.lower ?? "");
  return value !== undefined && named ? nameOf(at + 3, "contains", value, sense(context, at, "contains")?.negated ?? false) : undefined;
}
