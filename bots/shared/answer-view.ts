import type { AnswerTable, Language, RunDocument, Usage } from "nephoscope";
import {
  accountTitles,
  type CellContext,
  cellText,
  chartData,
  chartPng,
  costText,
  csvText,
  headerText,
  receiptLines,
  receiptSummary,
  type Verdict,
  visibleLines,
  visibleText,
  windowText,
} from "nephoscope/presentation";
import type { AnswerView, ReceiptView, TableView } from "./run-view.ts";

export interface AnswerContext {
  readonly timezone: string;
  readonly accountNames: Readonly<Record<string, string>>;
}

export function answerView(document: RunDocument, context: AnswerContext): AnswerView | null {
  const { answer, window, language } = document;
  if (answer === null) return null;
  const lines = visibleLines(answer.text).split("\n");
  const warnings = answer.warnings.map(visibleText);
  const cells: CellContext = {
    language,
    timezone: window?.timezone ?? context.timezone,
    accountNames: answer.table === null ? context.accountNames : accountTitles(answer.table, context.accountNames),
  };
  return {
    text: lines
      .filter((line) => !warnings.includes(line))
      .join("\n")
      .trim(),
    warnings,
    window: window === null ? null : windowText(window, language),
    table: answer.table === null || answer.table.rows.length === 0 ? null : tableView(answer.table, cells),
    chart: chartData(document, cells) === undefined ? null : (scale) => chartPng(document, cells, scale),
  };
}

function tableView(table: AnswerTable, context: CellContext): TableView {
  return {
    columns: table.columns.map((column) => ({ ...column, title: headerText(column, context) })),
    rows: table.rows,
    text(row, index) {
      const column = table.columns[index];
      return column === undefined ? "" : cellText(table.rows[row]?.[index] ?? null, column, context);
    },
    link: (row) => webAddress(table.links[row]?.console ?? null),
    csv: () => forSpreadsheets(csvText(table)),
  };
}

/** Behind a name that is clicked, nothing but a page of the web. */
function webAddress(url: string | null): string | null {
  return url !== null && /^https:\/\/[\x21-\x7e]+$/.test(url) ? url : null;
}

/** Excel takes a file without a byte order mark for one in the code page of its system: https://stackoverflow.com/questions/155097 */
function forSpreadsheets(csv: string): string {
  return /\P{ASCII}/u.test(csv) ? `\ufeff${csv}` : csv;
}

export function receiptView(document: RunDocument, accountNames: Readonly<Record<string, string>>): ReceiptView | null {
  const { receipt, language, status } = document;
  if (receipt === null) return null;
  const verdict: Verdict = status === "waiting" ? "waiting" : receipt.complete && status !== "failed" ? "complete" : "incomplete";
  const context = { language, accountNames };
  const [, ...lines] = receiptLines(receipt, verdict, context);
  return { complete: verdict === "complete", summary: receiptSummary(receipt, verdict, context), lines: lines.map((line) => line.trim()) };
}

/** Null where nothing was asked of anybody. */
export function costView({ receipt, language }: RunDocument, spent: Usage | null): string | null {
  return spent === null || (receipt === null && spent.modelCalls === 0) ? null : costText(spent, language);
}

/** What two segments of a run took together. */
export function addUsage(left: Usage, right: Usage): Usage {
  const operations = [...Object.entries(left.apiCalls.byOperation), ...Object.entries(right.apiCalls.byOperation)];
  const byOperation: Record<string, number> = {};
  for (const [operation, count] of operations) byOperation[operation] = (byOperation[operation] ?? 0) + count;
  const costs = [left.estimatedCostUsd, right.estimatedCostUsd].filter((cost) => cost !== null);
  return {
    modelCalls: left.modelCalls + right.modelCalls,
    promptTokens: left.promptTokens + right.promptTokens,
    completionTokens: left.completionTokens + right.completionTokens,
    apiCalls: { total: left.apiCalls.total + right.apiCalls.total, byOperation },
    retries: left.retries + right.retries,
    wallMs: left.wallMs + right.wallMs,
    estimatedCostUsd: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
  };
}

/** What is told before everything else, where clouds are emulated. */
export function emulatedMark(language: Language): string {
  return language === "zh" ? "【模拟】" : "[emulated] ";
}
