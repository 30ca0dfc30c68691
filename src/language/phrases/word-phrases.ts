import { hasSense, senseOf, type Token } from "../text/token.ts";
import type { Element } from "./element.ts";
import { has, type PhraseContext, type PhraseMatch, sense, skip, skipLight } from "./phrase-context.ts";

/** Words that are a phrase by themselves, in order of precedence. */
export function word(context: PhraseContext, at: number): PhraseMatch | undefined {
  const element = elementOf(context, at);
  return element === undefined ? undefined : { end: at + 1, element };
}

function elementOf(context: PhraseContext, at: number): Element | undefined {
  const subject = sense(context, at, "subject");
  if (subject !== undefined) return { type: "subject", kind: subject.kind, one: subject.one, vendors: subject.vendors ?? [] };
  const signal = signalOf(context, at);
  if (signal !== undefined) return signal;
  const superlative = sense(context, at, "superlative");
  if (superlative !== undefined) {
    return { type: "superlative", direction: superlative.direction, metric: superlative.metric, slow: superlative.slow ?? false };
  }
  const statistic = sense(context, at, "statistic");
  if (statistic !== undefined) return { type: "statistic", statistic: statistic.statistic };
  // "Prod servers sorted by their CPU" points at nothing earlier.
  const pronoun = has(context, at, "filler") && context.tokens.some((token) => hasSense(token, "subject"));
  if (has(context, at, "previous") && !pronoun) return { type: "previous" };
  if (has(context, at, "only")) return { type: "only" };
  if (has(context, at, "single")) return { type: "single" };
  const change = sense(context, at, "change");
  if (change !== undefined) return comparative(context, at, change.direction) ?? { type: "change", direction: change.direction };
  if (has(context, at, "now")) return { type: "now" };
  if (has(context, at, "recent")) return { type: "recent" };
  if (has(context, at, "zone")) return { type: "zone" };
  if (has(context, at, "or")) return { type: "connector", word: "or" };
  const and = sense(context, at, "and");
  if (and !== undefined && and.listed !== true) return { type: "connector", word: "and" };
  if (has(context, at, "comma")) return { type: "connector", word: "comma" };
  const all = sense(context, at, "all");
  if (all !== undefined) return { type: "all", places: all.places ?? false };
  return smallWord(context, at);
}

function smallWord(context: PhraseContext, at: number): Element | undefined {
  // "Sending 5 MB/s over the network": said twice.
  if (has(context, at, "overNetwork") && context.tokens.some((token) => mentionsNetwork(token))) return { type: "filler", list: false };
  if (has(context, at, "apart")) return { type: "apart", compares: false };
  if (isRest(context, at)) return { type: "filler", list: false };
  const filler = sense(context, at, "filler");
  // "有没有多少台" asks nothing.
  if (context.tokens[at]?.lower === "有没有" && (has(context, at + 1, "count") || context.tokens[at + 1]?.lower === "哪些"))
    return undefined;
  if (filler !== undefined) return { type: "filler", list: filler.list ?? false };
  if (sense(context, at, "which")?.cloud === undefined && has(context, at, "which")) return { type: "filler", list: false };
  if (has(context, at, "glue", "having")) {
    return { type: "glue", place: context.tokens[at]?.senses.some((each) => each.is === "glue" && each.place === true) ?? false };
  }
  // 统计 and the like ask for a figure that other words name.
  if (has(context, at, "groupEnd", "measureWord")) return { type: "filler", list: false };
  return undefined;
}

/** "哪家多", "哪个云的 CPU 更高": of those it asks for, the one with the most. */
function comparative(context: PhraseContext, at: number, change: "up" | "down"): Element | undefined {
  if (!/^更?[多少高低]$/.test(context.tokens[at]?.lower ?? "")) return undefined;
  const asked = context.tokens.slice(0, at).some((token, index) => senseOf(token, "which")?.cloud || isWhichColumn(context, index));
  return asked
    ? { type: "superlative", direction: change === "up" ? "descending" : "ascending", metric: undefined, slow: false }
    : undefined;
}

function isWhichColumn(context: PhraseContext, at: number): boolean {
  return has(context, at, "which") && has(context, at + 1, "column", "tagKey");
}

/** "除了阿里云,其他云上的机器", "除了 aws,还有哪些": said twice. What else is asked for without an exception, nobody can tell. */
function isRest(context: PhraseContext, at: number): boolean {
  const rest = sense(context, at, "rest");
  if (rest === undefined) return false;
  const excepted = context.tokens.some((token, index) => {
    if (!hasSense(token, "except")) return false;
    return rest.clouds !== true || has(context, index + 1, "provider", "providerUnknown");
  });
  // "除了阿里云,还有火山引擎的机器" may mean both.
  return excepted && (context.tokens[at]?.lower !== "还有" || has(context, at + 1, "which", "count"));
}

function mentionsNetwork(token: Token): boolean {
  return token.senses.some(
    (each) => (each.is === "metric" || each.is === "compared") && each.metrics.some((name) => name.startsWith("network.")),
  );
}

function signalOf(context: PhraseContext, at: number): Element | undefined {
  const { domain } = context;
  if (domain === "logs") {
    if (has(context, at, "logs")) return { type: "logs" };
    const severity = sense(context, at, "severity");
    if (severity !== undefined) return { type: "severity", severities: severity.severities, counted: severity.counted ?? false };
  }
  if (domain === "traces" || domain === "services") {
    if (has(context, at, "traces") || (domain === "traces" && has(context, at, "requests"))) return { type: "traces" };
    if (has(context, at, "serviceMap")) return { type: "serviceMap" };
    if (has(context, at, "failed") || (domain === "traces" && has(context, at, "severity"))) return { type: "failed" };
    if (domain === "services" && has(context, at, "services")) return { type: "services" };
  }
  if (domain === "alarms") {
    if (has(context, at, "alarming")) return { type: "alarming" };
    if (has(context, at, "alarms")) return { type: "alarms" };
    const states = sense(context, at, "alarmState");
    if (states !== undefined) return { type: "alarmState", states: states.states };
  }
  return undefined;
}

/** `how many`, `多少台`, `the total number of`. */
export function count(context: PhraseContext, at: number): PhraseMatch | undefined {
  const start = sense(context, at, "statistic")?.statistic === "sum" ? skipLight(context, at + 1) : at;
  if (!has(context, start, "count")) return undefined;
  return { end: skip(context, start + 1, "measureWord", "count"), element: { type: "count" } };
}

export function howMuch(context: PhraseContext, at: number): PhraseMatch | undefined {
  if (!has(context, at, "howMuch") || has(context, at, "count")) return undefined;
  return { end: at + 1, element: { type: "howMuch" } };
}
