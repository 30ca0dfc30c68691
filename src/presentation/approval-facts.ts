import { type Approval, type ApprovalSubject, formatTime, type Language, operationsOf } from "nephoscope";
import { nameOf } from "./cell-text.ts";
import { visibleText } from "./visible-text.ts";

/** One operation that the consent covers; texts are for people. */
export interface OperationFacts {
  readonly id: string;
  readonly class: string;
  readonly isRead: boolean;
  /** What the cloud's administrators call the right to it. */
  readonly permission: string | null;
  /** A line for each place in the program that calls it: its arguments. */
  readonly calls: readonly string[];
}

const CLASSES = { read: "只读", write: "写入", sensitive: "机密" } as const;

export function operationFacts(approval: Approval): OperationFacts[] {
  const zh = approval.language === "zh";
  return operationsOf(approval).map(({ id, class: operationClass, permission, calls }) => ({
    id: visibleText(id),
    class: zh ? CLASSES[operationClass] : operationClass,
    isRead: operationClass === "read",
    permission: permission === null ? null : visibleText(permission),
    calls: calls.map((call) => argumentsText(call, zh)),
  }));
}

/** An account a line, with its regions. */
export function placeLines(subject: ApprovalSubject, language: Language, accountNames: Readonly<Record<string, string>>): string[] {
  const accounts = Map.groupBy(subject.scopes, ({ account }) => account);
  const whole = language === "zh" ? "整个账号" : "the whole account";
  return [...accounts].map(([account, scopes]) => {
    const called = nameOf(account, accountNames);
    const name = called === account ? account : `${called} (${account})`;
    return visibleText(`${name}: ${scopes.map(({ region }) => (region === "*" ? whole : region)).join(", ")}`);
  });
}

const SCENARIOS: Readonly<Record<string, string>> = {
  "typed samples": "典型结果",
  "several pages": "多页结果",
  "fields left out": "缺少可选字段",
  "nothing found": "空结果",
  throttled: "调用被限流",
};

export function rehearsalLines({ rehearsal, language }: Pick<Approval, "rehearsal" | "language">): string[] {
  return rehearsal.scenarios.map(({ name, calls, rows }) =>
    language === "zh"
      ? `✔ ${SCENARIOS[name] ?? name}：${calls} 次调用，${rows} 行`
      : `✔ ${name}: ${counted(calls, "call")}, ${counted(rows, "row")}`,
  );
}

/** `at least 12 API calls, cost not known`. */
export function estimateText({ estimate: { calls, costUsd }, language }: Pick<Approval, "estimate" | "language">): string {
  const zh = language === "zh";
  const cost = costUsd === null ? (zh ? "费用未知" : "cost not known") : `≈ $${costUsd}`;
  return zh ? `至少 ${calls} 次 API 调用，${cost}` : `at least ${counted(calls, "API call")}, ${cost}`;
}

/** Where the descriptions of the operations come from. */
export function originsText({ subject, language }: Pick<Approval, "subject" | "language">): string {
  const origins = new Set(subject.program.operations.map(({ origin }) => `${origin.source} (${origin.date})`));
  return visibleText([...origins].join(language === "zh" ? "、" : ", "));
}

/** `2026-11-22 10:00 UTC, 23 h 59 min left`. */
export function expiryText(
  { expiresMs, language }: Pick<Approval, "expiresMs" | "language">,
  { nowMs, timezone }: { readonly nowMs: number; readonly timezone: string },
): string {
  const left = expiresMs > nowMs ? `${language === "zh" ? "，" : ", "}${leftText(expiresMs - nowMs, language)}` : "";
  return `${formatTime(expiresMs, timezone)}${left}`;
}

/** `23 h 59 min left`. */
export function leftText(ms: number, language: Language): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (language === "zh")
    return `还剩 ${[hours > 0 ? `${hours} 小时` : "", rest > 0 || hours === 0 ? `${rest} 分钟` : ""].filter(Boolean).join(" ")}`;
  return `${[hours > 0 ? `${hours} h` : "", rest > 0 || hours === 0 ? `${rest} min` : ""].filter(Boolean).join(" ")} left`;
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

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
