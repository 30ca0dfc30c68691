import type { Language } from "../errors/index.ts";
import { HAN } from "./text/normalise.ts";

/** Chinese where there is any Han character outside a quotation or a name, else English. */
export function detectLanguage(question: string): Language {
  const prose = question.replace(/"[^"]*"|“[^”]*”|「[^」]*」/g, "").replace(/\p{Script=Han}+(?=-)|(?<=-)\p{Script=Han}+/gu, "");
  return HAN.test(prose) || (HAN.test(question) && !/[a-z]/i.test(question)) ? "zh" : "en";
}
