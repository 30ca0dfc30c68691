import type { GrammarResult, PlanningFacts, TypedStep } from "../contracts/index.ts";
import { checkWords } from "./check-words.ts";
import { detectLanguage } from "./detect-language.ts";
import { domainOf } from "./domain.ts";
import { questionEmpty, questionTooLong } from "./failures.ts";
import { elementReader } from "./intent/element-reader.ts";
import { readResources } from "./intent/read-resources.ts";
import { parsePhrases } from "./phrases/parse-phrases.ts";
import type { PhraseContext } from "./phrases/phrase-context.ts";
import { alarmSteps } from "./steps/alarm-steps.ts";
import { logSteps } from "./steps/log-steps.ts";
import { resourceSteps } from "./steps/resource-steps.ts";
import { serviceSteps, traceSteps } from "./steps/trace-steps.ts";
import { giveUp, refuse, Stop } from "./stop.ts";
import { normalise } from "./text/normalise.ts";
import { senseOf } from "./text/token.ts";
import { tokenise } from "./text/tokenise.ts";

/** Longest question read without a model, in characters. */
const MAX_LENGTH = 600;

/**
 * Plans a question without a model, if every word of it is accounted for. Pure and synchronous; never throws.
 * `unknown`: some words were not understood, or what they mean together; `refused`: the question itself is at fault.
 */
export function planByGrammar(question: string, facts: PlanningFacts): GrammarResult {
  const language = detectLanguage(question.slice(0, MAX_LENGTH));
  try {
    const text = normalise(question.slice(0, MAX_LENGTH * 2));
    if (/^[\s\p{P}\p{S}]*$/u.test(text)) refuse(questionEmpty());
    if (question.length > MAX_LENGTH) giveUp(questionTooLong(question.length, MAX_LENGTH), []);
    return { status: "planned", planned: { language, steps: stepsOf(text, language, facts) } };
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    if (stop.status === "refused") return { status: "refused", language, error: stop.error };
    return { status: "unknown", language, words: stop.words, error: stop.error };
  }
}

function stepsOf(text: string, language: PhraseContext["language"], facts: PlanningFacts): TypedStep[] {
  const tokens = tokenise(text, facts);
  const zone = tokens.map((token) => senseOf(token, "zone")?.zone).find((each) => each !== undefined) ?? facts.timezone;
  const context: PhraseContext = { text, tokens, facts, language, domain: domainOf(tokens), zone };
  const elements = parsePhrases(context);
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
