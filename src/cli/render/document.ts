import type { RunDocument } from "nephoscope";
import { costLine, receiptLines, type Verdict, visibleLines, visibleText, windowLine, wrapText } from "nephoscope/presentation";
import { shownRows, type TableContext, tableLines } from "./table.ts";

export interface DocumentContext extends TableContext {
  /** Console address and native query of every row below the table. */
  readonly rowLinks: boolean;
}

const RECEIPT_INDENT = 6;

/** A finished run as people read it: the warning first, then the sentence, the table, the receipt. */
export function documentLines(document: RunDocument, context: DocumentContext): string[] {
  const { style, language, width } = context;
  const zh = language === "zh";
  const lines: string[] = [];
  const { answer, receipt, error } = document;
  if (document.emulated) {
    lines.push(
      style.yellow(zh ? "【模拟】以下是模拟云的数据，不是真实的云。" : "EMULATED: this is data of emulated clouds, not of real ones."),
      "",
    );
  }
  if (answer !== null) {
    lines.push(...answerText(document, context));
    if (answer.table !== null && answer.table.rows.length > 0) {
      lines.push("", ...tableLines(answer.table, answer.series ?? [], context));
      const links = context.rowLinks ? rowLinkLines(answer.table, context) : [];
      if (links.length > 0) lines.push("", ...links);
    }
    lines.push("");
  }
  if (error !== null) lines.push(...errorLines(error, context), "");
  for (const approval of document.approvals) {
    lines.push(`${style.yellow(zh ? "等待批准" : "Waiting for approval")}  ${approval.id}`);
    lines.push(...wrapText(`  ${visibleText(approval.summary)}`, width ?? Number.POSITIVE_INFINITY, 2));
    lines.push(zh ? `  查看：nephoscope approvals ${approval.id}` : `  look:    nephoscope approvals ${approval.id}`);
    lines.push(zh ? `  决定：nephoscope approve ${approval.id}，或 reject` : `  decide:  nephoscope approve ${approval.id}, or reject`, "");
  }
  const facts = receipt === null ? [] : receiptLines(receipt, verdictOn(document), context);
  if (document.window !== null) facts.push(windowLine(document.window, context));
  if (receipt !== null) facts.push(costLine(document.usage, context));
  // Of a question that was refused there is nothing to go on with.
  if (receipt !== null || answer !== null) facts.push(style.dim(`  ${zh ? "运行" : "Run"}  ${document.runId}`));
  return [...lines, ...(width === null ? facts : facts.flatMap((line) => wrapText(line, width, RECEIPT_INDENT)))];
}

function verdictOn({ status, receipt }: RunDocument): Verdict {
  if (status === "waiting") return "waiting";
  return receipt?.complete && status !== "failed" ? "complete" : "incomplete";
}

export function errorLines(
  error: { readonly message: string; readonly hint: string | null },
  { style }: Pick<DocumentContext, "style">,
): string[] {
  const lines = visibleLines(error.message).split("\n");
  const [first = "", ...rest] = lines;
  return [
    style.red(`✖ ${first}`),
    ...rest.map((line) => `  ${line}`),
    ...(error.hint === null
      ? []
      : visibleLines(error.hint)
          .split("\n")
          .map((line) => `  ${line}`)),
  ];
}

function answerText(document: RunDocument, { style }: DocumentContext): string[] {
  const { text = "", warnings = [] } = document.answer ?? {};
  const lines = text.split("\n");
  const missing = warnings.filter((warning) => !text.includes(warning)).map((warning) => style.yellow(`⚠ ${visibleText(warning)}`));
  return [...missing, ...lines.map((line) => (warnings.includes(line) ? style.yellow(`⚠ ${visibleText(line)}`) : visibleText(line)))];
}

function rowLinkLines(
  table: NonNullable<NonNullable<RunDocument["answer"]>["table"]>,
  { style, language, width }: DocumentContext,
): string[] {
  const zh = language === "zh";
  const names = ["name", "id"].map((name) => table.columns.findIndex((column) => column.name === name)).filter((index) => index >= 0);
  return table.rows.slice(0, shownRows(width)).flatMap((row, index) => {
    const link = table.links[index];
    if (!link) return [];
    const title = names.map((column) => visibleText(String(row[column]))).join("  ");
    const lines = [style.bold(title === "" ? `${index + 1}` : title)];
    if (link.console !== null) lines.push(`  ${zh ? "控制台" : "console"}  ${visibleText(link.console)}`);
    if (link.query !== null)
      lines.push(
        ...visibleLines(link.query)
          .split("\n")
          .map((line, number) => (number === 0 ? `  ${zh ? "查询" : "query"}  ${line}` : `    ${line}`)),
      );
    return lines;
  });
}
