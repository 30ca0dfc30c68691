import type { Receipt, ScopeReceipt } from "../../contracts/index.ts";
import type { Language } from "../../errors/index.ts";
import { formatCount, formatList } from "./format.ts";

/** What an incomplete receipt means for the answer, worst first; empty when it is complete. */
export function warningsOf(receipt: Receipt, language: Language): string[] {
  if (receipt.complete) return [];
  const zh = language === "zh";
  if (receipt.scopes.length === 0) {
    // Then the notes say why: that the cloud has no such thing, for one.
    const nothing = zh ? "不完整：没有查询任何账号或区域。" : "Incomplete: no account or region was looked at.";
    return [[nothing, ...receipt.notes].join(zh ? "" : " ")];
  }
  const warnings: string[] = [];
  const unlisted = (outcome: "denied" | "throttled" | "failed") =>
    receipt.scopes.filter((scope) => scope.listing === "failed" && scope[outcome] > 0);
  const say = (scopes: readonly ScopeReceipt[], en: string, zhText: string) => {
    if (scopes.length === 0) return;
    const names = scopeNames(scopes, language);
    const messages = scopes.flatMap((scope) => scope.reasons.map(({ message }) => clause(message)));
    const reasons = formatList([...new Set(messages)], language, 2);
    warnings.push(zh ? `不完整：${names} ${zhText}（${reasons}）。` : `Incomplete: ${names} ${en} (${reasons}).`);
  };
  say(unlisted("denied"), "refused to be listed", "拒绝访问");
  say(unlisted("throttled"), "could not be listed because of throttling", "因限流未能列出");
  say(unlisted("failed"), "could not be listed", "未能列出");
  say(
    receipt.scopes.filter((scope) => scope.listing === "partial"),
    "were listed only in part",
    "只列出了一部分",
  );
  for (const [outcome, en, zhText] of [
    ["denied", "were refused", "被拒绝访问"],
    ["throttled", "got no answer because of throttling", "因限流没有结果"],
    ["failed", "failed", "查询失败"],
  ] as const) {
    const scopes = receipt.scopes.filter((scope) => scope.listing !== "failed" && scope[outcome] > 0);
    const count = scopes.reduce((sum, scope) => sum + scope[outcome], 0);
    if (count === 0) continue;
    const names = scopeNames(scopes, language);
    const why = reasonsOf(scopes, outcome, language);
    const reasons = why === "" ? "" : zh ? `（${why}）` : ` (${why})`;
    warnings.push(
      zh
        ? `不完整：${names} 中有 ${formatCount(count)} 个对象${zhText}${reasons}。`
        : `Incomplete: ${formatCount(count)} in ${names} ${en}${reasons}.`,
    );
  }
  say(
    receipt.scopes.filter((scope) => scope.truncated > 0),
    "were cut off by a limit",
    "因限制被截断",
  );
  return warnings;
}

const OUTCOME_CODES: Readonly<Record<"denied" | "throttled", readonly string[]>> = {
  denied: ["PROVIDER_FORBIDDEN", "PROVIDER_UNAUTHENTICATED"],
  throttled: ["PROVIDER_RATE_LIMITED"],
};
/** Codes of resources that have no data are in lower case: `stopped`. */
const ERROR_CODE = /^[A-Z_]+$/;

/** Why resources ended so; the reasons of a scope are told together, so they are told apart by code. */
function reasonsOf(scopes: readonly ScopeReceipt[], outcome: "denied" | "throttled" | "failed", language: Language): string {
  const belongs = (code: string) => {
    const known = Object.values(OUTCOME_CODES).flat();
    return outcome === "failed" ? ERROR_CODE.test(code) && !known.includes(code) : OUTCOME_CODES[outcome].includes(code);
  };
  const messages = scopes.flatMap(({ reasons }) => reasons.filter(({ code }) => belongs(code)).map(({ message }) => clause(message)));
  return formatList([...new Set(messages)], language, 2);
}

/** A sentence within another one. */
function clause(message: string): string {
  return message.replace(/[.。]$/, "");
}

/** Per account, with its regions: a fleet has many scopes, and a warning must stay one line. */
function scopeNames(scopes: readonly ScopeReceipt[], language: Language): string {
  const regions = Map.groupBy(scopes, ({ provider, account }) => `${provider} ${account}`);
  const names = [...regions].map(([name, members]) => {
    const [first] = members;
    if (members.length === 1 && first !== undefined) return first.region === "*" ? name : `${name} ${first.region}`;
    const listed = formatList(
      members.map(({ region }) => region),
      language,
      3,
    );
    return language === "zh" ? `${name}（${listed}）` : `${name} (${listed})`;
  });
  return formatList(names, language, 4);
}
