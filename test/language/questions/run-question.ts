import type { AnswerTable, AnswerWindow, RunDocument } from "../../../src/contracts/index.ts";
import type { Language } from "../../../src/errors/index.ts";
import { groupProblems, messageProblems, shownProblems, singleProblems } from "./compare-cells.ts";
import { ALARM_KEY, compareRows, LOG_KEY, RESOURCE_KEY, TRACE_KEY } from "./compare-rows.ts";
import type { Expectation, Question, Range, WindowExpectation, World } from "./question.ts";

const END_MAY_LAG_MS = 10 * 60_000;

/** What is wrong with the answer; empty when it is right. */
export async function checkQuestion(entry: Question, document: RunDocument, world: World): Promise<string[]> {
  const { expect } = entry;
  if (expect.type === "refused") return refusalProblems(entry.language, document, expect.codes);
  if (document.status !== "answered" || document.answer === null) {
    return [`not answered: ${document.status} ${document.error?.code ?? ""} ${document.error?.message ?? ""}`.trimEnd()];
  }
  const { table } = document.answer;
  const cut = mayBeCut(expect) && document.receipt?.complete === false;
  return [
    ...languageProblems(entry.language, document.language, document.answer.text),
    ...windowProblems(entry, document.window, world.now),
    ...receiptProblems(expect, document),
    ...(entry.after !== undefined && document.usage.apiCalls.total > 0 ? ["a follow-up asked the cloud again"] : []),
    ...(table === null ? ["there is no table"] : await tableProblems(expect, table, cut, world)),
  ];
}

function refusalProblems(language: Language, document: RunDocument, codes: readonly string[]): string[] {
  if (document.status !== "failed" || document.error === null) return [`not refused: ${document.status}`];
  const problems = languageProblems(language, document.language, document.error.message);
  if (!codes.includes(document.error.code)) problems.push(`refused with ${document.error.code} instead of ${codes.join(" or ")}`);
  if (document.answer !== null) problems.push("refused, and answered all the same");
  return problems;
}

function languageProblems(expected: Language, language: Language, text: string): string[] {
  const problems = language === expected ? [] : [`the language is ${language} instead of ${expected}`];
  const script = expected === "zh" ? /\p{Script=Han}/u : /\p{Script=Latin}/u;
  if (!script.test(text)) problems.push(`the text is not in ${expected}: ${JSON.stringify(text)}`);
  return problems;
}

function windowProblems(entry: Question, window: AnswerWindow | null, now: number): string[] {
  const problems: string[] = [];
  if (entry.statistic !== undefined && window?.statistic !== entry.statistic) {
    problems.push(`the statistic is ${window?.statistic ?? "none"} instead of ${entry.statistic}`);
  }
  if (entry.window === undefined) return problems;
  if (entry.window === null || window === null) {
    if (entry.window !== window)
      problems.push(window === null ? "there is no window" : `there is a window: ${window.from} to ${window.to}`);
    return problems;
  }
  const wanted = boundsOf(entry.window, now);
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  const lengthIsWrong = "lastMs" in entry.window && to - from !== entry.window.lastMs;
  if (!isBetween(from, wanted.from) || !isBetween(to, wanted.to) || lengthIsWrong) {
    problems.push(`the window is ${window.from} to ${window.to} instead of ${JSON.stringify(entry.window)}`);
  }
  return problems;
}

function boundsOf(window: WindowExpectation, now: number): { readonly from: Range; readonly to: Range } {
  const lately: Range = [now - END_MAY_LAG_MS, now];
  if ("lastMs" in window) return { from: [lately[0] - window.lastMs, lately[1] - window.lastMs], to: lately };
  if ("from" in window) {
    const instant = (text: string): Range => [Date.parse(text), Date.parse(text)];
    return { from: instant(window.from), to: window.to === "now" ? lately : instant(window.to) };
  }
  const between = ([low, high]: readonly [string, string]): Range => [Date.parse(low), Date.parse(high)];
  return { from: between(window.fromBetween), to: between(window.toBetween) };
}

function isBetween(instant: number, [low, high]: Range): boolean {
  return instant >= low && instant <= high;
}

/** Log lines and requests may be cut where nobody said how many are wanted, and then the receipt says so. */
function receiptProblems(expect: Expectation, { receipt }: RunDocument): string[] {
  if (receipt === null) return ["there is no receipt"];
  if (receipt.complete) return [];
  const onlyCut = receipt.scopes.every((scope) => scope.listing === "complete" && scope.throttled + scope.denied + scope.failed === 0);
  return mayBeCut(expect) && onlyCut ? [] : ["the receipt is not complete"];
}

function mayBeCut(expect: Expectation): boolean {
  return (expect.type === "logs" || expect.type === "traces") && expect.order?.limit === undefined;
}

async function tableProblems(expect: Expectation, table: AnswerTable, cut: boolean, world: World): Promise<string[]> {
  switch (expect.type) {
    case "rows": {
      const { problems, items } = compareRows(table, RESOURCE_KEY, await expect.of(world), { order: expect.order });
      return [...problems, ...shownProblems(table, items, (await expect.shows?.(world)) ?? [])];
    }
    case "logs": {
      const { problems, items } = compareRows(table, LOG_KEY, await expect.of(world), {
        order: expect.order,
        ...(cut && { cutAt: expect.cutAt }),
      });
      return [...problems, ...messageProblems(table, items)];
    }
    case "traces":
      return compareRows(table, TRACE_KEY, await expect.of(world), { order: expect.order, ...(cut && { cutAt: expect.cutAt }) }).problems;
    case "alarms":
      return compareRows(table, ALARM_KEY, await expect.of(world), {}).problems;
    case "single":
      return singleProblems(table, await expect.of(world));
    case "groups":
      return groupProblems(table, expect.by, await expect.of(world), expect.top);
    case "refused":
      return [];
  }
}
