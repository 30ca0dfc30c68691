import {
  type AnswerWindow,
  formatDuration,
  formatWindow,
  type Language,
  type Receipt,
  type ScopeReceipt,
  statisticTitle,
  type Usage,
} from "nephoscope";
import { nameOf } from "./cell-text.ts";
import { type Marks, PLAIN } from "./marks.ts";
import { visibleText } from "./visible-text.ts";

export interface ReceiptContext {
  readonly language: Language;
  /** @defaultValue plain text */
  readonly style?: Marks;
  /** What people call accounts, by id. */
  readonly accountNames?: Readonly<Record<string, string>>;
}

/** What the receipt comes to; `waiting` where a person must decide first. */
export type Verdict = "complete" | "incomplete" | "waiting";

const OUTCOMES = [
  { key: "answered", en: "answered", zh: "有结果" },
  { key: "noData", en: "no data", zh: "无数据" },
  { key: "throttled", en: "throttled", zh: "限流" },
  { key: "denied", en: "denied", zh: "拒绝" },
  { key: "failed", en: "failed", zh: "失败" },
] as const;
const SHOWN_REGIONS = 6;
const SHOWN_OPERATIONS = 6;

/** One line: the verdict and the counts over all scopes. */
export function receiptSummary(receipt: Receipt, verdict: Verdict, context: ReceiptContext): string {
  const { language } = context;
  const accounts = new Set(receipt.scopes.map(({ provider, account }) => JSON.stringify([provider, account]))).size;
  const regions = new Set(receipt.scopes.map(({ provider, region }) => `${provider} ${region}`)).size;
  const facts = [
    verdictText(verdict, context),
    ...(receipt.scopes.length === 0 ? [] : [placesText(accounts, regions, language), countsText(receipt.scopes, language)]),
  ];
  return facts.join(" · ");
}

function placesText(accounts: number, regions: number, language: Language): string {
  if (language === "zh") return `${accounts} 个账号，${regions} 个区域`;
  return `${accounts} account${accounts === 1 ? "" : "s"}, ${regions} region${regions === 1 ? "" : "s"}`;
}

/** What was looked at and what was not: problems first, one line per account where all went well, then totals, notes, window and cost. */
export function receiptLines(receipt: Receipt, verdict: Verdict, context: ReceiptContext): string[] {
  const { language, style = PLAIN } = context;
  const zh = language === "zh";
  const lines = [`${style.bold(zh ? "收据" : "Receipt")}  ${verdictText(verdict, context)}`];
  const bad = receipt.scopes.filter(hasProblem);
  for (const group of groupBy(bad, problemKey)) lines.push(problemLine(group, context));
  for (const group of groupBy(
    receipt.scopes.filter((scope) => !hasProblem(scope)),
    accountKey,
  )) {
    lines.push(accountLine(group, context));
  }
  if (receipt.scopes.length > 1) lines.push(`  ${zh ? "合计" : "Total"}  ${countsText(receipt.scopes, language)}`);
  for (const note of receipt.notes) lines.push(style.dim(`  ${zh ? "备注" : "Note"}  ${visibleText(note)}`));
  return lines;
}

function verdictText(verdict: Verdict, { language, style = PLAIN }: ReceiptContext): string {
  const zh = language === "zh";
  switch (verdict) {
    case "complete":
      return style.green(zh ? "✔ 完整" : "✔ complete");
    case "incomplete":
      return style.yellow(zh ? "⚠ 不完整" : "⚠ incomplete");
    case "waiting":
      return style.yellow(zh ? "● 尚无结果：等待批准" : "● nothing yet: waiting for approval");
  }
}

/** The window the answer is about. */
export function windowLine(window: AnswerWindow, { language, style = PLAIN }: ReceiptContext): string {
  return style.dim(`  ${language === "zh" ? "时间窗" : "Window"}  ${windowText(window, language)}`);
}

/** `2026-11-20 16:30–16:35 (Asia/Shanghai) · average · points of 5 minutes`. */
export function windowText(window: AnswerWindow, language: Language): string {
  const zh = language === "zh";
  const facts = [formatWindow(Date.parse(window.from), Date.parse(window.to), window.timezone)];
  if (window.statistic !== null) facts.push(statisticTitle(window.statistic, language));
  if (window.periodMs !== null) {
    const period = formatDuration(window.periodMs, language);
    facts.push(zh ? `数据点间隔 ${period}` : `points of ${period}`);
  }
  return facts.join(" · ");
}

/** What the answer took. */
export function costLine(usage: Usage, { language, style = PLAIN }: ReceiptContext): string {
  return style.dim(`  ${language === "zh" ? "用量" : "Cost"}  ${costText(usage, language)}`);
}

/** `cloud API calls 12 (ListMetrics 2, GetMetricData 10) · no model · 1.2 s`. */
export function costText(usage: Usage, language: Language): string {
  const zh = language === "zh";
  const operations = callsByPart(usage).sort(([, left], [, right]) => right - left);
  const named = operations.slice(0, SHOWN_OPERATIONS).map(([name, count]) => `${visibleText(name)} ${count}`);
  if (operations.length > SHOWN_OPERATIONS) named.push("…");
  const calls = `${usage.apiCalls.total}${named.length === 0 ? "" : zh ? `（${named.join("、")}）` : ` (${named.join(", ")})`}`;
  const tokens = (usage.promptTokens + usage.completionTokens).toLocaleString("en-US");
  const facts = [zh ? `云 API 调用 ${calls}` : `cloud API calls ${calls}`];
  if (usage.retries > 0) facts.push(zh ? `重试 ${usage.retries}` : `retries ${usage.retries}`);
  if (usage.modelCalls === 0) facts.push(zh ? "未用模型" : "no model");
  else facts.push(zh ? `模型调用 ${usage.modelCalls}（${tokens} 词元）` : `model calls ${usage.modelCalls} (${tokens} tokens)`);
  facts.push(zh ? `${(usage.wallMs / 1000).toFixed(1)} 秒` : `${(usage.wallMs / 1000).toFixed(1)} s`);
  if (usage.estimatedCostUsd !== null) facts.push(`≈ $${usage.estimatedCostUsd.toFixed(usage.estimatedCostUsd < 0.01 ? 5 : 2)}`);
  return facts.join(" · ");
}

/** Calls by operation of the one cloud that was asked; by cloud where there were several. */
function callsByPart({ apiCalls }: Usage): [string, number][] {
  const operations = Object.entries(apiCalls.byOperation);
  const clouds = new Set(operations.map(([name]) => name.split(".")[0]));
  const parts = new Map<string, number>();
  for (const [name, count] of operations) {
    const part = (clouds.size > 1 ? name.split(".")[0] : name.split(".").at(-1)) ?? name;
    parts.set(part, (parts.get(part) ?? 0) + count);
  }
  return [...parts];
}

function hasProblem(scope: ScopeReceipt): boolean {
  return scope.listing !== "complete" || scope.throttled + scope.denied + scope.failed + scope.truncated > 0;
}

function accountKey(scope: ScopeReceipt): string {
  return JSON.stringify([scope.provider, scope.account, scope.service]);
}

/** Scopes of an account that failed alike share a line. */
function problemKey(scope: ScopeReceipt): string {
  const outcomes = OUTCOMES.filter(({ key }) => key !== "answered" && key !== "noData" && scope[key] > 0).map(({ key }) => key);
  const reasons = scope.reasons.map(({ message }) => message).sort();
  return JSON.stringify([accountKey(scope), scope.listing, outcomes, scope.truncated > 0, reasons]);
}

function problemLine(scopes: readonly ScopeReceipt[], { language, style = PLAIN, accountNames }: ReceiptContext): string {
  const zh = language === "zh";
  const listing = scopes[0]?.listing;
  const facts: string[] = [];
  if (listing === "failed") facts.push(zh ? "未能列出" : "could not be listed");
  if (listing === "partial") facts.push(zh ? "只列出一部分" : "listed only in part");
  if (listing !== "failed") facts.push(countsText(scopes, language));
  const place = placeText(scopes, accountNames);
  const mark = listing === "failed" ? style.red(`✖ ${place}`) : style.yellow(`▲ ${place}`);
  return `  ${mark}  ${facts.join(" · ")}${reasonsText(scopes, language)}`;
}

function accountLine(scopes: readonly ScopeReceipt[], { language, style = PLAIN, accountNames }: ReceiptContext): string {
  return `  ${style.green("✔")} ${placeText(scopes, accountNames)}  ${countsText(scopes, language)}${reasonsText(scopes, language)}`;
}

function placeText(scopes: readonly ScopeReceipt[], accountNames: ReceiptContext["accountNames"]): string {
  const [first] = scopes;
  const id = first?.account ?? "";
  const name = nameOf(id, accountNames);
  const account = name === id ? id : `${name} (${id})`;
  const regions = [...new Set(scopes.map((scope) => scope.region))];
  const shown = regions.slice(0, SHOWN_REGIONS).join(", ");
  const rest = regions.length > SHOWN_REGIONS ? ` +${regions.length - SHOWN_REGIONS}` : "";
  return visibleText(`${first?.provider} ${account} ${first?.service} · ${shown}${rest}`);
}

function countsText(scopes: readonly ScopeReceipt[], language: Language): string {
  const sum = (key: "listed" | "queried" | "truncated" | (typeof OUTCOMES)[number]["key"]) =>
    scopes.reduce((total, scope) => total + scope[key], 0);
  const facts =
    language === "zh" ? [`列出 ${sum("listed")}`, `查询 ${sum("queried")}`] : [`${sum("listed")} listed`, `${sum("queried")} queried`];
  for (const outcome of OUTCOMES) {
    const count = sum(outcome.key);
    if (count > 0) facts.push(language === "zh" ? `${outcome.zh} ${count}` : `${count} ${outcome.en}`);
  }
  const truncated = sum("truncated");
  if (truncated > 0) facts.push(language === "zh" ? `截断 ${truncated}` : `${truncated} cut off`);
  return facts.join(" · ");
}

function reasonsText(scopes: readonly ScopeReceipt[], language: Language): string {
  const counts = new Map<string, number>();
  for (const reason of scopes.flatMap((scope) => scope.reasons))
    counts.set(reason.message, (counts.get(reason.message) ?? 0) + reason.count);
  if (counts.size === 0) return "";
  const texts = [...counts].map(([message, count]) => `${visibleText(message)}${count > 1 ? ` ×${count}` : ""}`);
  return language === "zh" ? `（${texts.join("；")}）` : ` (${texts.join("; ")})`;
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}
