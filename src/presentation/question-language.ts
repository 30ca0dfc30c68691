import type { Language } from "nephoscope";

/** The language of a question; where there is none, that of the terminal. */
export function languageOf(question: string, env: Readonly<Record<string, string | undefined>>): Language {
  if (/\p{Script=Han}/u.test(question)) return "zh";
  if (/\p{L}/u.test(question)) return "en";
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return /^zh/i.test(locale) ? "zh" : "en";
}
