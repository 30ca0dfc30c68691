import { metricUnknown, notUnderstood, offTopic, regionUnknown, whoseResources, withoutContext, writeRequest } from "./failures.ts";
import type { Placed } from "./phrases/element.ts";
import { freeText, has, type PhraseContext } from "./phrases/phrase-context.ts";
import { giveUp, refuse } from "./stop.ts";
import type { SenseName } from "./text/sense.ts";
import { hasSense, type Token } from "./text/token.ts";

/** Stops at what cannot be planned: requests to change something, questions about other things, words nobody knows, names that do not exist. */
export function checkWords(context: PhraseContext, elements: readonly Placed[]): void {
  const unknown = elements.filter((element) => element.type === "unknown");
  for (const element of unknown) {
    const token = context.tokens[element.from];
    if (token !== undefined && hasSense(token, "write") && commands(context, element.from)) refuse(writeRequest(token.text));
  }
  const subject = elements.some((element) => element.type === "subject");
  const followUp = elements.find((element) => element.type === "previous" || (element.type === "only" && !subject));
  const onTopic =
    context.tokens.some((token) => hasSense(token, ...CLOUD_SENSES)) || (followUp !== undefined && context.facts.previous !== null);
  const said = elements.some(
    (element) => element.type !== "filler" && element.type !== "glue" && element.type !== "unknown" && element.type !== "connector",
  );
  if (!onTopic && followUp === undefined && (unknown.length > 0 || !said)) refuse(offTopic());
  for (const element of elements) if (element.type === "error") refuse(element.error);
  if (unknown.length > 0) stopAt(context, elements, unknown);
  checkBut(context, elements);
  if (followUp !== undefined && context.facts.previous === null) refuse(withoutContext(textOf(context, followUp)));
}

/** Words that only a question about clouds has. */
const CLOUD_SENSES: readonly SenseName[] = [
  ...([
    "subject",
    "metric",
    "metricUnknown",
    "logs",
    "traces",
    "requests",
    "severity",
    "serviceMap",
    "alarms",
    "alarming",
    "cloud",
    "id",
  ] as const),
  ...([
    "name",
    "account",
    "provider",
    "providerUnknown",
    "instanceType",
    "logGroup",
    "regionLike",
    "pair",
    "tagWord",
    "statistic",
    "environment",
    "comparator",
  ] as const),
];

/** Whether the verb stands where a request begins: "which servers did you restart" is a question. */
function commands(context: PhraseContext, at: number): boolean {
  const token = context.tokens[at];
  if (token !== undefined && /\p{Script=Han}/u.test(token.text))
    return !/^(?:次数|时间|记录|过|失败|日志|中|前|后)/.test(context.text.slice(token.end).trimStart());
  for (let before = at - 1; before >= 0; before -= 1) {
    if (has(context, before, "and", "or", "comma", "to")) return true;
    if (!has(context, before, "filler", "all", "previous") && !["then", "now", "go", "just"].includes(context.tokens[before]?.lower ?? ""))
      return false;
  }
  return true;
}

function stopAt(context: PhraseContext, elements: readonly Placed[], unknown: readonly Placed[]): never {
  const words = wordsOf(context, unknown);
  const [only, another] = unknown;
  if (only !== undefined && another === undefined && freeText(context, only.from) !== undefined) {
    const word = words[0] ?? "";
    const index = elements.indexOf(only);
    const before = elements[index - 1];
    if (context.domain === "resources" && elements[index + 1]?.type === "subject") giveUp(whoseResources(word), words);
    if (before?.type === "glue" && before.place) giveUp(regionUnknown(word, context.facts), words);
    if (context.domain === "resources" && elements[index + 1]?.type === "threshold" && before?.type !== "metric")
      giveUp(metricUnknown(word, context.facts), words);
  }
  giveUp(notUnderstood(words), words);
}

/** "All servers but the stopped ones", "servers but aws": whether "but" excepts or adds a condition, nobody can tell. */
function checkBut(context: PhraseContext, elements: readonly Placed[]): void {
  elements.forEach((element, index) => {
    if (element.type !== "connector" || context.tokens[element.from]?.lower !== "but") return;
    const next = elements.slice(index + 1).find(({ type }) => type !== "glue" && type !== "filler");
    if (next?.type !== "scope" || next.condition.negated) return;
    const place = next.from === element.to && ["provider", "region", "account"].includes(next.condition.on);
    if (place || elements.slice(0, index).some(({ type }) => type === "all")) giveUp(notUnderstood(["but"]), ["but"]);
  });
}

/** Neighbouring unknown tokens are shown as the person wrote them, in one piece. */
function wordsOf(context: PhraseContext, unknown: readonly Placed[]): string[] {
  const words: { start: number; end: number; to: number }[] = [];
  for (const element of unknown) {
    const first: Token | undefined = context.tokens[element.from];
    const last: Token | undefined = context.tokens[element.to - 1];
    if (first === undefined || last === undefined) continue;
    const previous = words.at(-1);
    if (previous !== undefined && previous.to === element.from) Object.assign(previous, { end: last.end, to: element.to });
    else words.push({ start: first.start, end: last.end, to: element.to });
  }
  return words.map(({ start, end }) => context.text.slice(start, end));
}

function textOf(context: PhraseContext, element: Placed): string {
  return context.text.slice(context.tokens[element.from]?.start ?? 0, context.tokens[element.to - 1]?.end ?? 0);
}
