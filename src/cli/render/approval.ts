import { type Approval, formatTime, type Language, operationsOf } from "nephoscope";
import type { Style } from "./style.ts";
import { foldText, wrapText } from "./text-width.ts";
import { visibleText } from "./visible-text.ts";

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
  const { style, timezone, nowMs } = context;
  const width = context.width ?? Number.POSITIVE_INFINITY;
  const { language, subject, estimate, expiresMs } = approval;
  const { program, emulated } = subject;
  const zh = language === "zh";
  const title = (en: string, chinese: string) => style.bold(zh ? chinese : en);
  const wrapped = (lines: readonly string[], indent = 6) => lines.flatMap((line) => wrapText(line, width, indent));
  const origins = new Set(program.operations.map(({ origin }) => `${origin.source} (${origin.date})`));
  const cost = estimate.costUsd === null ? (zh ? "费用未知" : "cost not known") : `≈ $${estimate.costUsd}`;
  const expiry = formatTime(expiresMs, timezone);
  const left = expiresMs > nowMs ? `${zh ? "，" : ", "}${leftText(expiresMs - nowMs, language)}` : "";
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
    ...wrapped([`  ${zh ? "依据" : "written from"}  ${visibleText([...origins].join(zh ? "、" : ", "))}`]).map(style.dim),
    "",
    title("Where", "范围"),
    ...wrapped([...placeLines(approval, context)]),
    `  ${zh ? `至少 ${estimate.calls} 次 API 调用，${cost}` : `at least ${counted(estimate.calls, "API call")}, ${cost}`}`,
    "",
    `${title("Rehearsal", "预演")}  ${style.dim(zh ? "使用虚构的返回结果，未访问云" : "with made-up replies; no cloud was asked")}`,
    ...rehearsalLines(approval),
    "",
    style.dim(`  sha256 ${approval.digest}`),
    style.dim(zh ? `  有效期至 ${expiry}${left}` : `  until ${expiry}${left}`),
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
  if (status === "rejected") return style.red(zh ? `✖ 已由 ${who} 拒绝${said}` : `✖ Rejected by ${who}${said}`);
  if (expiresMs <= nowMs) return style.dim(zh ? "已过期" : "Expired");
  return style.yellow(style.bold(zh ? "需要批准" : "Approval needed"));
}

const CLASSES = { read: "只读", write: "写入", sensitive: "机密" } as const;

function operationLines(approval: Approval, style: Style): string[] {
  const zh = approval.language === "zh";
  return operationsOf(approval).flatMap(({ id, class: operationClass, permission, calls }) => {
    const name = zh ? CLASSES[operationClass] : operationClass;
    const mark = operationClass === "read" ? style.green(name) : style.red(name);
    const right = permission === null ? "" : style.dim(`  ${visibleText(permission)}`);
    return [`  ${visibleText(id)}  ${mark}${right}`, ...calls.map((call) => `    ${argumentsText(call, zh)}`)];
  });
}

function placeLines({ subject, language }: Approval, { accountNames }: ApprovalContext): string[] {
  const accounts = Map.groupBy(subject.scopes, ({ account }) => account);
  const whole = language === "zh" ? "整个账号" : "the whole account";
  return [...accounts].map(([account, scopes]) => {
    const name = accountNames[account] === undefined ? account : `${accountNames[account]} (${account})`;
    return `  ${visibleText(name)}: ${scopes.map(({ region }) => (region === "*" ? whole : region)).join(", ")}`;
  });
}

const SCENARIOS: Readonly<Record<string, string>> = {
  "typed samples": "典型结果",
  "several pages": "多页结果",
  "fields left out": "缺少可选字段",
  "nothing found": "空结果",
  throttled: "调用被限流",
};

function rehearsalLines({ rehearsal, language }: Approval): string[] {
  return rehearsal.scenarios.map(({ name, calls, rows }) =>
    language === "zh"
      ? `  ✔ ${SCENARIOS[name] ?? name}：${calls} 次调用，${rows} 行`
      : `  ✔ ${name}: ${counted(calls, "call")}, ${counted(rows, "row")}`,
  );
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

function argumentsText(
  call: { readonly literals: Readonly<Record<string, unknown>>; readonly varying: readonly string[]; readonly line: number },
  zh: boolean,
): string {
  const literals = Object.entries(call.literals).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const varying = call.varying.map((name) => (zh ? `${name} 可变` : `${name} varies`));
  const given = [...literals, ...varying];
  const place = zh ? `第 ${call.line} 行` : `line ${call.line}`;
  return `${place}${zh ? "：" : ": "}${given.length === 0 ? (zh ? "无参数" : "no arguments") : visibleText(given.join(", "))}`;
}

/** `23 h 59 min left`. */
function leftText(ms: number, language: Language): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (language === "zh")
    return `还剩 ${[hours > 0 ? `${hours} 小时` : "", rest > 0 || hours === 0 ? `${rest} 分钟` : ""].filter(Boolean).join(" ")}`;
  return `${[hours > 0 ? `${hours} h` : "", rest > 0 || hours === 0 ? `${rest} min` : ""].filter(Boolean).join(" ")} left`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
