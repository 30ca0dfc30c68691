import type { AnswerFacts } from "./answer-facts.ts";
import { formatCount, formatList } from "./format.ts";

/** Codes of reasons why a resource has no data; those of errors are in upper case and stand in warnings. */
const NO_DATA_CODE = /[a-z]/;

/** How many resources have no value, and why: a machine without an agent must not pass for one that is well. Empty where all have one. */
export function withoutValue({ plan, receipt }: AnswerFacts): string {
  if (!plan.steps.some(({ tool }) => tool === "metrics.query")) return "";
  const count = receipt.scopes.reduce((sum, scope) => sum + scope.noData, 0);
  if (count === 0) return "";
  const byMessage = new Map<string, number>();
  for (const { code, message, count: affected } of receipt.scopes.flatMap(({ reasons }) => reasons)) {
    if (NO_DATA_CODE.test(code)) byMessage.set(message, (byMessage.get(message) ?? 0) + affected);
  }
  const zh = plan.language === "zh";
  const sorted = [...byMessage].sort(([, left], [, right]) => right - left);
  const reasons = formatList(
    sorted.map(([message, affected]) => (zh ? `${message}（${formatCount(affected)}）` : `${message} (${formatCount(affected)})`)),
    plan.language,
    3,
  );
  const why = reasons === "" ? "" : zh ? `：${reasons}` : `: ${reasons}`;
  if (zh) return `${formatCount(count)} 个没有数据${why}。`;
  return `${formatCount(count)} ${count === 1 ? "has" : "have"} no value${why}.`;
}
