import { describe, expect, it } from "vitest";
import { TOOL_INPUTS } from "../../src/contracts/index.ts";
import { planByGrammar } from "../../src/language/index.ts";
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
  REFUSALS,
  SIGNALS,
  TIMES,
  WORDINGS,
} from "./plans/index.ts";

const TABLES: Readonly<Record<string, PlanTable>> = {
  LISTS,
  METRIC_QUESTIONS,
  TIMES,
  SIGNALS,
  WORDINGS,
  COMPARISONS,
  REFUSALS,
  FOLLOW_UPS,
  CLOUDS,
};

describe.each(Object.entries(TABLES))("questions of %s", (name, table) => {
  const facts = name === "FOLLOW_UPS" ? FACTS_WITH_PREVIOUS : name === "CLOUDS" ? FACTS_OF_CLOUDS : FACTS;

  it.each([...table.en, ...table.zh])("%s → %s", (question, plan) => {
    expect(notationOf(planByGrammar(question, facts))).toBe(plan);
  });

  it.each(["en", "zh"] as const)("answers in the language of the question: %s", (language) => {
    for (const [question] of table[language]) {
      const result = planByGrammar(question, facts);
      expect(result.status === "planned" ? result.planned.language : result.language, question).toBe(language);
    }
  });

  it("gives inputs that fit their tools, and steps that use only earlier ones", () => {
    for (const [question] of [...table.en, ...table.zh]) {
      const result = planByGrammar(question, facts);
      if (result.status !== "planned") continue;
      const known = new Set<string>();
      for (const step of result.planned.steps) {
        const parsed = TOOL_INPUTS[step.tool].safeParse(step.input);
        expect(parsed.error?.message, `${question}: ${step.id}`).toBeUndefined();
        for (const value of Object.values(step.input)) {
          if (typeof value === "object" && "from" in value && !("to" in value)) expect(known, question).toContain(value.from);
        }
        expect(known).not.toContain(step.id);
        known.add(step.id);
      }
    }
  });
});

it("has at least 75 questions in each language that are planned", () => {
  for (const language of ["en", "zh"] as const) {
    const planned = Object.values(TABLES)
      .flatMap((table) => table[language])
      .filter(([, plan]) => !/^[?!]/.test(plan));
    expect(planned.length).toBeGreaterThanOrEqual(75);
  }
});

describe("what cannot be planned", () => {
  it("says in both languages what is wrong and what would work", () => {
    for (const [question] of [...REFUSALS.en, ...REFUSALS.zh]) {
      const result = planByGrammar(question, FACTS);
      if (result.status === "planned") throw new Error(`planned: ${question}`);
      expect(result.error.text.en, question).toMatch(/[a-z]/);
      expect(result.error.text.zh, question).toMatch(/\p{Script=Han}/u);
      expect(result.error.hint?.en, question).toMatch(/[a-z]/);
      expect(result.error.hint?.zh, question).toMatch(/\p{Script=Han}/u);
    }
  });

  it("names the words that were not understood, as they were written", () => {
    const result = planByGrammar("list the Unencrypted servers in prod with frobs", FACTS);
    expect(result).toMatchObject({ status: "unknown", words: ["Unencrypted", "frobs"] });
  });

  it.each(["", "   ", "?!…", "。", "\u200b\n"])("refuses a question without words: %j", (question) => {
    expect(notationOf(planByGrammar(question, FACTS))).toBe("!QUESTION_EMPTY");
  });

  it("names the nearest known region, metric and account", () => {
    const hintOf = (question: string) => {
      const result = planByGrammar(question, FACTS);
      return result.status === "planned" ? "" : (result.error.hint?.en ?? "");
    };
    expect(hintOf("servers in eu-west-9")).toContain("eu-west-1");
    expect(hintOf("servers in region frankfrt")).toContain("eu-central-1");
    expect(hintOf("gpu memory over 80%")).toContain("memory.utilization");
    expect(hintOf("servers in account nowhere")).toContain("payments (444455556666)");
    expect(hintOf("list azure servers")).toContain("AWS");
  });
});
