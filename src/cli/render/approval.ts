import type { Approval, Language } from "nephoscope";
import {
  estimateText,
  expiryText,
  foldText,
  leftText,
  operationFacts,
  originsText,
  placeLines,
  rehearsalLines,
  visibleText,
  wrapText,
} from "nephoscope/presentation";
import type { Style } from "./style.ts";

export interface ApprovalContext {
  readonly style: Style;
  readonly accountNames: Readonly<Record<string, string>>;
  readonly timezone: string;
  readonly nowMs: number;
  /** Columns of the terminal; null where there is none. */
  readonly width: number | null;
}

/** All that somebody must know to decide: why, the code, what it calls and where, how the rehearsal went, what the consent is bound to. */
export function approvalLines(approval: Approval, context: ApprovalContext): string[] {
  const { style, accountNames } = context;
  const width = context.width ?? Number.POSITIVE_INFINITY;
  const { language, subject } = approval;
  const { program, emulated } = subject;
  const zh = language === "zh";
  const title = (en: string, chinese: string) => style.bold(zh ? chinese : en);
  const wrapped = (lines: readonly string[], indent = 6) => lines.flatMap((line) => wrapText(line, width, indent));
  const expiry = expiryText(approval, context);
  return [
    `${statusText(approval, context)}  ${approval.id}${emulated ? style.yellow(zh ? "  【模拟】" : "  [emulated]") : ""}`,
    ...wrapped([`  ${approval.why}`, `  ${title("Question", "问题")}  ${visibleText(approval.question)}`], 2),
    ...(program.purpose === "" ? [] : wrapped([`  ${title("Program says", "程序自述")}  ${visibleText(program.purpose)}`], 2)),
    "",
    title("Code", "代码"),
    ...numbered(program.code, style, width),
    "",
    title("Calls", "调用的接口"),
    ...wrapped(operationLines(approval, style)),
    ...wrapped([`  ${zh ? "依据" : "written from"}  ${originsText(approval)}`]).map(style.dim),
    "",
    title("Where", "范围"),
    ...wrapped(placeLines(subject, language, accountNames).map((line) => `  ${line}`)),
    `  ${estimateText(approval)}`,
    "",
    `${title("Rehearsal", "预演")}  ${style.dim(zh ? "使用虚构的返回结果，未访问云" : "with made-up replies; no cloud was asked")}`,
    ...rehearsalLines(approval).map((line) => `  ${line}`),
    "",
    style.dim(`  sha256 ${approval.digest}`),
    style.dim(zh ? `  有效期至 ${expiry}` : `  until ${expiry}`),
  ];
}

/** What waits, in a list: what is asked, by whom, and for how long it stands. */
export function pendingLines(approval: Approval, { language, nowMs }: { readonly language: Language; readonly nowMs: number }): string[] {
  const { id, askedBy, question, expiresMs, subject } = approval;
  const asker = `${visibleText(askedBy.id)} (${askedBy.via})`;
  const operations = subject.program.operations.map(({ operation }) => visibleText(operation.id));
  const facts = [
    language === "zh" ? `提问者 ${asker}` : `asked by ${asker}`,
    leftText(expiresMs - nowMs, language),
    ...(subject.emulated ? [language === "zh" ? "模拟" : "emulated"] : []),
    operations.join(language === "zh" ? "、" : ", "),
  ];
  return [id, `  ${visibleText(question)}`, `  ${facts.join(" · ")}`];
}

function statusText({ language, status, decidedBy, comment, expiresMs }: Approval, { style, nowMs }: ApprovalContext): string {
  const zh = language === "zh";
  const who = visibleText(decidedBy?.id ?? "?");
  const said = comment === null ? "" : zh ? `（${visibleText(comment)}）` : ` (${visibleText(comment)})`;
  if (status === "approved") return style.green(zh ? `✔ 已由 ${who} 批准` : `✔ Approved by ${who}`);
  if (status === "revised") return style.yellow(zh ? `↻ ${who} 要求修改${said}` : `↻ Changes asked for by ${who}${said}`);
  if (status === "rejected") return style.red(zh ? `✖ 已由 ${who} 拒绝${said}` : `✖ Rejected by ${who}${said}`);
  if (expiresMs <= nowMs) return style.dim(zh ? "已过期" : "Expired");
  return style.yellow(style.bold(zh ? "需要批准" : "Approval needed"));
}

function operationLines(approval: Approval, style: Style): string[] {
  return operationFacts(approval).flatMap(({ id, class: name, isRead, permission, calls }) => {
    const right = permission === null ? "" : style.dim(`  ${permission}`);
    return [`  ${id}  ${isRead ? style.green(name) : style.red(name)}${right}`, ...calls.map((call) => `    ${call}`)];
  });
}

/** Whole lines with their numbers; one that does not fit goes on below, without a number. */
function numbered(code: string, style: Style, width: number): string[] {
  const lines = code.split("\n");
  const digits = String(lines.length).length;
  return lines.flatMap((line, index) =>
    foldText(visibleText(line), width - digits - 4).map(
      (part, fold) => `  ${style.dim((fold === 0 ? String(index + 1) : "").padStart(digits))}  ${part}`,
    ),
  );
}
