import type { GrammarResult, PlanningFacts, TypedStep } from "../contracts/index.ts";
import { checkWords } from "./check-words.ts";
import { detectLanguage } from "./detect-language.ts";
import { domainOf } from "./domain.ts";
import { questionEmpty, questionTooLong } from "./failures.ts";
import { elementReader } from "./intent/element-reader.ts";
import { readResources } from "./intent/read-resources.ts";
import { parsePhrases } from "./phrases/parse-phrases.ts";
import type { PhraseContext } from "./phrases/phrase-context.ts";
import { withNatives, withVendors } from "./phrases/vendor-words.ts";
import { alarmSteps } from "./steps/alarm-steps.ts";
import { logSteps } from "./steps/log-steps.ts";
import { resourceSteps } from "./steps/resource-steps.ts";
import { serviceSteps, traceSteps } from "./steps/trace-steps.ts";
import { giveUp, refuse, Stop } from "./stop.ts";
import type { Dictionary } from "./text/dictionary.ts";
import { factsDictionary } from "./text/facts-dictionary.ts";
import { normalise } from "./text/normalise.ts";
import { senseOf } from "./text/token.ts";
import { tokenise } from "./text/tokenise.ts";
import { type ZoneClock, zoneClock } from "./time/zone.ts";

/** Longest question read without a model, in characters. */
const MAX_LENGTH = 600;

/**
 * Plans a question without a model, if every word of it is accounted for. Pure and synchronous; never throws.
 * `unknown`: some words were not understood, or what they mean together; `refused`: the question itself is at fault.
 */
export function planByGrammar(question: string, facts: PlanningFacts): GrammarResult {
  return grammarOf(facts)(question);
}

/** The same for many questions with the same facts. */
export function grammarOf(facts: PlanningFacts): (question: string) => GrammarResult {
  const known: Known = { facts, words: factsDictionary(facts), clock: zoneClock(facts.timezone) };
  return (question) => planWith(known, question);
}

interface Known {
  readonly facts: PlanningFacts;
  readonly words: Dictionary;
  readonly clock: ZoneClock;
}

function planWith(known: Known, question: string): GrammarResult {
  const language = detectLanguage(question.slice(0, MAX_LENGTH));
  try {
    const text = normalise(question.slice(0, MAX_LENGTH * 2));
    if (/^[\s\p{P}\p{S}]*$/u.test(text)) refuse(questionEmpty());
    if (question.length > MAX_LENGTH) giveUp(questionTooLong(question.length, MAX_LENGTH), []);
    return { status: "planned", planned: { language, steps: stepsOf(text, language, known) } };
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    if (stop.status === "refused") return { status: "refused", language, error: stop.error };
    return { status: "unknown", language, words: stop.words, error: stop.error };
  }
}

function stepsOf(text: string, language: PhraseContext["language"], { facts, words, clock: local }: Known): TypedStep[] {
  const tokens = tokenise(text, facts, words);
  const zone = tokens.map((token) => senseOf(token, "zone")?.zone).find((each) => each !== undefined) ?? facts.timezone;
  const clock = zone === facts.timezone ? local : zoneClock(zone);
  const context: PhraseContext = { text, tokens, facts, language, domain: domainOf(tokens), clock };
  const elements = withNatives(context, withVendors(context, parsePhrases(context)));
  checkWords(context, elements);
  const reader = elementReader(context, elements);
  switch (context.domain) {
    case "logs":
      return logSteps(reader);
    case "traces":
      return traceSteps(reader);
    case "services":
      return serviceSteps(reader);
    case "alarms":
      return alarmSteps(reader);
    default:
      return resourceSteps(readResources(context, reader), facts);
  }
}
