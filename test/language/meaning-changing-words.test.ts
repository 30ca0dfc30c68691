import { describe, expect, it } from "vitest";
import { grammarOf } from "../../src/language/plan-by-grammar.ts";
import { FACTS, FACTS_WITH_PREVIOUS } from "./facts.ts";
import { notationOf } from "./notation.ts";
import {
  CLOUDS,
  COMPARISONS,
  FACTS_OF_CLOUDS,
  FOLLOW_UPS,
  LISTS,
  METRIC_QUESTIONS,
  type PlanTable,
  SIGNALS,
  TIMES,
  WORDINGS,
} from "./plans/index.ts";

const ENGLISH = "not no except excluding without unless only either or before after until almost versus never non- un-";
const CHINESE = "不 非 没有 未 除了 以外 之外 只 仅 或 之前 之后 几乎 大约 不是 除非";

/** Insertions that leave the meaning as it was, and so may leave the plan: each is another way to say the same. */
const SAME_MEANING: readonly RegExp[] = [
  /有没有/, // "is there" for "there is"
  /除了?\s*\S+?\s*(?:以外|之外|外)/, // 除了 X 以外 for 除了 X
  /或以上|大于或等于/, // "or more" after a number that is included anyway
  /\bor (?:more|above)\b/,
  /(?:开始|以来)\s*(?:之后|以后)|(?:之后|以后)\s*以来/,
  /, {1,2}or /, // "a, or b" for "a, b"
  /\b(?:but|and)(?: the)? +(?:not|except|excluding|non-|un-) *(?:the +)?(?:aws|azure|stopped)/, // "everywhere but not aws" for "everywhere but aws"
  /(?:alice|search|prod|running|m5\.large|region=eu-west-1|stopped|checkout|staging) (?:servers|instances) only\b/, // "prod servers only" for "prod servers"
];

function boundaries(question: string): number[] {
  const segments = [...new Intl.Segmenter("zh", { granularity: "word" }).segment(question)];
  const between = segments.map((segment) => segment.index);
  // A Han word that the segmenter takes for one may be two to us.
  const han = [...question.matchAll(/(?<=\p{Script=Han})(?=\p{Script=Han})/gu)].map((match) => match.index);
  return [...new Set([...between, ...han, question.length])];
}

function inserted(question: string, at: number, word: string): string {
  const before = question.slice(0, at);
  const after = question.slice(at);
  if (/\p{Script=Han}/u.test(word)) return before + word + after;
  return `${before} ${word}${word.endsWith("-") ? "" : " "}${after.trimStart()}`;
}

const TABLES: Readonly<Record<string, PlanTable>> = { LISTS, METRIC_QUESTIONS, TIMES, SIGNALS, WORDINGS, COMPARISONS, FOLLOW_UPS, CLOUDS };

describe.each(Object.entries(TABLES))("a word that changes the meaning, put anywhere into a question of %s", (name, table) => {
  const planned = grammarOf(name === "FOLLOW_UPS" ? FACTS_WITH_PREVIOUS : name === "CLOUDS" ? FACTS_OF_CLOUDS : FACTS);
  // "Only" says of a follow-up what it does anyway: it keeps some rows of the last answer.
  const words = (list: string) => list.split(" ").filter((word) => name !== "FOLLOW_UPS" || !["only", "只", "仅"].includes(word));

  it.each([
    ["en", ENGLISH],
    ["zh", `${CHINESE} not except without only`],
  ] as const)("changes the plan or is refused (%s)", { timeout: 120_000 }, (language, list) => {
    const silent: string[] = [];
    for (const [question, plan] of table[language]) {
      if (/^[?!]/.test(plan)) continue;
      for (const word of words(list)) {
        for (const at of boundaries(question)) {
          const changed = inserted(question, at, word);
          if (SAME_MEANING.some((same) => same.test(changed))) continue;
          if (notationOf(planned(changed)) === plan) silent.push(changed);
        }
      }
    }
    expect(silent).toEqual([]);
  });
});

describe("words that no list knows", () => {
  const planned = grammarOf(FACTS);
  it.each(["unencrypted", "untagged", "unhealthy", "expensive", "public", "idle", "new", "encrypted", "frobnicated"])(
    "are never passed over: %s",
    (word) => {
      for (const [question, plan] of [...LISTS.en, ...METRIC_QUESTIONS.en, ...TIMES.en]) {
        if (/^[?!]/.test(plan)) continue;
        for (const at of boundaries(question).filter((index) => question[index] === " " || index === 0)) {
          const result = planned(inserted(question, at, word));
          // Where a name is asked for, any word may be one; then the plan says so.
          if (result.status === "planned") expect(notationOf(result), inserted(question, at, word)).toContain(word);
        }
      }
    },
  );
});
