import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectLanguage, planByGrammar } from "../../src/language/index.ts";
import { FACTS, FACTS_WITH_PREVIOUS } from "./facts.ts";
import { notationOf } from "./notation.ts";
import { LISTS, METRIC_QUESTIONS, SIGNALS, TIMES } from "./plans/index.ts";

const QUESTIONS = [LISTS, METRIC_QUESTIONS, SIGNALS, TIMES].flatMap((table) => [...table.en, ...table.zh]).map(([question]) => question);
const PIECES = [...new Set(QUESTIONS.flatMap((question) => question.split(/(?<=\s)|(?=\p{Script=Han})/u)))];

describe("any text", () => {
  it("is planned or turned down, never thrown at", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        for (const facts of [FACTS, FACTS_WITH_PREVIOUS])
          expect(["planned", "unknown", "refused"]).toContain(planByGrammar(text, facts).status);
      }),
    );
  });

  it("made of the words of questions is planned or turned down too", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }), (pieces) => {
        for (const facts of [FACTS, FACTS_WITH_PREVIOUS])
          expect(["planned", "unknown", "refused"]).toContain(planByGrammar(pieces.join(""), facts).status);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(["a", "-", '"', "“", "的", "一", "1", " ", "服务器 ", "cpu > 80% and ", "(".repeat(9)])(
    "of a hundred thousand %j comes back at once",
    (piece) => {
      expect(planByGrammar(piece.repeat(100_000), FACTS).status).not.toBe("planned");
    },
  );

  it("gives the same result every time", () => {
    for (const question of QUESTIONS.slice(0, 40)) expect(planByGrammar(question, FACTS)).toEqual(planByGrammar(question, FACTS));
  });
});

describe("spelling", () => {
  it("does not depend on case, width, spaces or a full stop", () => {
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replaceAll(" ", "\u3000");
    for (const question of ["cpu > 80% of prod servers in eu-west-1", "列出 CPU > 80% 的服务器", "top 10 servers by memory"]) {
      const plan = notationOf(planByGrammar(question, FACTS));
      expect(plan).not.toMatch(/^[?!]/);
      for (const spelled of [question.toUpperCase(), wide(question), `  ${question}  `, `${question}。`, `${question} ?`, `${question}!`]) {
        expect(notationOf(planByGrammar(spelled, FACTS)), spelled).toBe(plan);
      }
    }
  });
});

describe("the language of a question", () => {
  it.each([
    ["列出 CPU > 80% 的服务器", "zh"],
    ["which servers are in prod", "en"],
    ["servers named 订单-服务-012", "en"],
    ['logs containing "支付失败"', "en"],
    ["订单-服务-012 的 CPU", "zh"],
    ["服务器", "zh"],
    ["", "en"],
  ] as const)("of %j is %s", (question, language) => {
    expect(detectLanguage(question)).toBe(language);
  });
});
