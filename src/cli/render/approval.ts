import { type Approval, formatDuration, operationsOf } from "nephoscope";
import type { Style } from "./style.ts";
import { visibleText } from "./visible-text.ts";

export interface ApprovalContext {
  readonly style: Style;
  readonly accountNames: Readonly<Record<string, string>>;
  readonly nowMs: number;
}

/** All that somebody must know to decide: why, the code, what it calls and where, how the rehearsal went, what the consent is bound to. */
export function approvalLines(approval: Approval, { style, accountNames, nowMs }: ApprovalContext): string[] {
  const { language, subject, rehearsal, estimate } = approval;
  const zh = language === "zh";
  const { program, scopes, emulated } = subject;
  const title = (en: string, chinese: string) => style.bold(zh ? chinese : en);
  const accounts = Map.groupBy(scopes, ({ account }) => account);
  const places = [...accounts].map(([account, list]) => {
    const name = accountNames[account] === undefined ? account : `${accountNames[account]} (${account})`;
    return `  ${visibleText(name)}: ${list.map(({ region }) => (region === "*" ? (zh ? "整个账号" : "the whole account") : region)).join(", ")}`;
  });
  const operations = operationsOf(approval).flatMap(({ id, class: operationClass, permission, calls }) => {
    const mark = operationClass === "read" ? style.green(operationClass) : style.red(operationClass);
    const right = permission === null ? "" : style.dim(`  ${permission}`);
    return [`  ${visibleText(id)}  ${mark}${right}`, ...calls.map((call) => `    ${argumentsText(call, zh)}`)];
  });
  const origins = new Set(program.operations.map(({ origin }) => `${origin.source} (${origin.date})`));
  return [
    `${style.yellow(style.bold(zh ? "需要批准" : "Approval needed"))}  ${approval.id}${emulated ? style.yellow(zh ? "  【模拟】" : "  [emulated]") : ""}`,
    `  ${approval.why}`,
    `  ${title("Question", "问题")}  ${visibleText(approval.question)}`,
    ...(program.purpose === "" ? [] : [`  ${title("Program says", "程序自述")}  ${visibleText(program.purpose)}`]),
    "",
    title("Code", "代码"),
    ...numbered(program.code, style),
    "",
    title("Calls", "调用的接口"),
    ...operations,
    `  ${style.dim(`${zh ? "依据" : "written from"}  ${visibleText([...origins].join(", "))}`)}`,
    "",
    title("Where", "范围"),
    ...places,
    `  ${zh ? `预计至少 ${estimate.calls} 次 API 调用` : `at least ${estimate.calls} API calls`}${estimate.costUsd === null ? (zh ? "，费用未知" : ", cost not known") : ` ≈ $${estimate.costUsd}`}`,
    "",
    title("Rehearsal", "预演"),
    ...rehearsal.scenarios.map(({ name, calls, rows }) =>
      zh ? `  ✔ ${name}：${calls} 次调用，${rows} 行` : `  ✔ ${name}: ${calls} calls, ${rows} rows`,
    ),
    "",
    style.dim(`  sha256 ${approval.digest}`),
    style.dim(
      zh
        ? `  有效期至 ${approval.expiresAt}（还剩 ${formatDuration(approval.expiresMs - nowMs, "zh")}）`
        : `  until ${approval.expiresAt} (${formatDuration(approval.expiresMs - nowMs, "en")} left)`,
    ),
  ];
}

function numbered(code: string, style: Style): string[] {
  const lines = code.split("\n");
  const width = String(lines.length).length;
  return lines.map((line, index) => `  ${style.dim(String(index + 1).padStart(width))}  ${visibleText(line)}`);
}

function argumentsText(
  call: { readonly literals: Readonly<Record<string, unknown>>; readonly varying: readonly string[]; readonly line: number },
  zh: boolean,
): string {
  const literals = Object.entries(call.literals).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const varying = call.varying.map((name) => (zh ? `${name} 可变` : `${name} varies`));
  const given = [...literals, ...varying];
  const place = zh ? `第 ${call.line} 行` : `line ${call.line}`;
  return `${place}: ${given.length === 0 ? (zh ? "无参数" : "no arguments") : visibleText(given.join(", "))}`;
}

/** One line for a list of what is pending. */
export function approvalLine(approval: Approval, nowMs: number): string {
  const { id, language, askedBy, question, expiresMs } = approval;
  const left = formatDuration(Math.max(0, expiresMs - nowMs), language);
  return `${id}  ${askedBy.via}:${visibleText(askedBy.id)}  ${language === "zh" ? `还剩 ${left}` : `${left} left`}  ${visibleText(question)}`;
}
