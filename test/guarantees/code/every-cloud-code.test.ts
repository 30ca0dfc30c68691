import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { exitStatusOf } from "../../../src/cli/exit-status.ts";
import type { Language } from "../../../src/index.ts";
import { scripted } from "../../../src/models/scripted/index.ts";
import { approved, askedFor, type CodeWorld, columnOf, startCodeWorld, walked } from "./code-world.ts";
import { before, CODE_CASES, type CodeCase, written } from "./every-cloud-code.ts";

const LANGUAGES: readonly Language[] = ["en", "zh"];

// Index, compiler and sandbox are the real ones, and made by the first question.
vi.setConfig({ testTimeout: 60_000 });

let world: CodeWorld;
beforeAll(async () => {
  world = await startCodeWorld({ instances: 300 });
  return () => world[Symbol.asyncDispose]();
}, 60_000);
afterEach(() => world.rules({}));

/** Asks, consents, and gives the answer. */
async function answerTo(code: CodeCase, language: Language, programs: readonly string[] = [code.program]) {
  const model = scripted([...before(code, language), ...programs.map(written)]);
  await using orchestrator = world.orchestrator(model);
  const { approval, events } = await askedFor(orchestrator, code.question[language]);
  const document = await approved(orchestrator, approval);
  model.done();
  return { approval, events, document };
}

async function expectedIds(code: CodeCase): Promise<readonly string[]> {
  const records = await world.records(code.id, code.type);
  return records
    .filter((record) => code.belongs(record))
    .map(({ id }) => id)
    .toSorted();
}

describe.each(CODE_CASES)("code for a question about $id", (code) => {
  it.each(LANGUAGES)("that is right at once gives what is so, of all accounts, regions and pages (%s)", async (language) => {
    const { approval, document } = await answerTo(code, language);
    expect(document.error).toBeNull();
    const expected = await expectedIds(code);
    expect(expected.length).toBeGreaterThan(0);
    expect(columnOf(document, "id").toSorted()).toEqual(expected);
    expect(document.receipt?.complete).toBe(true);
    expect(exitStatusOf(document)).toBe(0);
    const { scopes } = approval.subject;
    expect(new Set(scopes.map(({ account }) => account)).size).toBeGreaterThan(1);
    expect(document.receipt?.scopes.map(({ account, region }) => `${account}/${region}`)).toEqual(
      scopes.map(({ account, region }) => `${account}/${region}`),
    );
    // More requests than places: there were pages.
    expect(document.usage.apiCalls.byOperation[`${code.operations[0]}`]).toBeGreaterThan(scopes.length);
    expect(document.emulated).toBe(true);
  });

  it.each(LANGUAGES)("shows who decides what would run, in words of their own language (%s)", async (language) => {
    const { approval, document } = await answerTo(code, language);
    const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
    expect([approval.language, document.language]).toEqual([language, language]);
    for (const text of [approval.summary, approval.why, document.answer?.text ?? "", ...(document.receipt?.notes ?? [])])
      expect([text, isChinese(text)]).toEqual([text, language === "zh"]);
    for (const operation of code.operations) expect(approval.summary).toContain(`${operation} (${language === "zh" ? "只读" : "read"})`);
    expect(approval.kind).toBe("code");
    expect(approval.subject.program.code).toBe(code.program.trim());
    expect(approval.rehearsal.scenarios.map(({ name }) => name)).toContain("several pages");
  });

  it("is corrected after an operation that there is not", async () => {
    const [wrong, problem] = code.wrongOperation;
    const { document, events } = await answerTo(code, "en", [wrong, code.program]);
    const [first, second] = problemsOf(events);
    expect(first).toContainEqual(expect.objectContaining({ message: expect.stringMatching(problem), line: expect.any(Number) }));
    expect(second).toEqual([]);
    expect(columnOf(document, "id").toSorted()).toEqual(await expectedIds(code));
  });

  it("is corrected after a slip of syntax and one of types", async () => {
    const [syntax, syntaxProblem] = code.syntaxError;
    const [types, typeProblem] = code.typeError;
    const { document, events } = await answerTo(code, "en", [syntax, types, code.program]);
    const [first, second, third] = problemsOf(events);
    expect(first).toContainEqual(expect.objectContaining({ stage: "syntax", message: expect.stringMatching(syntaxProblem) }));
    expect(second).toContainEqual(expect.objectContaining({ stage: "types", message: expect.stringMatching(typeProblem) }));
    expect(third).toEqual([]);
    expect(columnOf(document, "id").toSorted()).toEqual(await expectedIds(code));
  });

  it.each(LANGUAGES)("that never works ends with all three attempts, their problems and where they are (%s)", async (language) => {
    const attempts = [code.syntaxError, code.wrongOperation, code.typeError];
    const model = scripted([...before(code, language), ...attempts.map(([program]) => written(program))]);
    await using orchestrator = world.orchestrator(model);
    const { document, events } = await walked(orchestrator.stream(code.question[language]));
    expect(document).toMatchObject({ status: "failed", error: { code: "CODE_NOT_WRITTEN" }, answer: null, approvals: [] });
    expect(exitStatusOf(document)).toBe(1);
    const message = document.error?.message ?? "";
    for (const [at, [program, problem]] of attempts.entries()) {
      expect(message).toContain(language === "zh" ? `第 ${at + 1} 次` : `Attempt ${at + 1}`);
      expect(message).toMatch(problem);
      for (const line of program.trim().split("\n")) expect(message).toContain(line.trimEnd());
    }
    const problems = problemsOf(events).flat();
    expect(problems.every(({ line, column }) => line !== null && column !== null)).toBe(true);
    for (const { line, column } of problems) expect(message).toContain(` ${line}:${column}: `);
    expect(/\p{Script=Han}/u.test(`${message.split("\n", 1)}${document.error?.hint}`)).toBe(language === "zh");
    expect(document.usage.apiCalls.byOperation[`${code.operations[0]}`]).toBeUndefined();
    model.done();
  });
});

/** What was wrong with each attempt. */
function problemsOf(events: Awaited<ReturnType<typeof walked>>["events"]) {
  return events.flatMap((event) => (event.type === "code-end" ? [event.problems] : []));
}
