import type { Language } from "nephoscope";

/** The language in which somebody is told that they may not ask, or must wait: before a run has looked at the question. */
export function languageOf(question: string): Language {
  return /\p{Script=Han}/u.test(question) ? "zh" : "en";
}
