import type { Receipt, ReceiptEntry } from "../contracts/index.ts";
import {
  type CodeOf,
  ERROR_CODES,
  type OrchestratorError,
  ProviderError,
  QuestionError,
  type Text,
  TimeLimitError,
} from "../errors/index.ts";

type ProviderCode = CodeOf<"ProviderError">;

const RIGHTS: Text = { en: "Check credentials and permissions: nephoscope doctor", zh: "请检查凭证和权限：nephoscope doctor" };
const LATER: Text = { en: "Ask again in a minute, or narrow the question.", zh: "请一分钟后重试，或缩小查询范围。" };

const HINTS: Readonly<Record<ProviderCode, Text>> = {
  PROVIDER_UNAUTHENTICATED: RIGHTS,
  PROVIDER_FORBIDDEN: RIGHTS,
  PROVIDER_NOT_FOUND: RIGHTS,
  PROVIDER_RATE_LIMITED: LATER,
  PROVIDER_UNAVAILABLE: LATER,
  PROVIDER_REPLY_INVALID: LATER,
  PROVIDER_PAGE_LOST: LATER,
  PROVIDER_FAILED: LATER,
};

/** When every scope failed to be listed there is no answer, not even a partial one: the error that says why, with the receipt beside it. */
export function nothingAnswered(receipt: Receipt, entries: readonly ReceiptEntry[], timeoutMs: number): OrchestratorError | undefined {
  const [first] = receipt.scopes;
  if (first === undefined || receipt.scopes.some((scope) => scope.listing !== "failed")) return undefined;
  const reasons = receipt.scopes.flatMap((scope) => scope.reasons);
  if (reasons.some(({ code }) => code === "RUN_TIMEOUT")) return timeLimit(timeoutMs);
  const messages = sentences([...new Set(reasons.map(({ message }) => message))], 3);
  // A failure without a region is the account's: it was asked for and is not there.
  if (receipt.scopes.every((scope) => scope.region === "*" && scope.reasons.every(({ code }) => code === "PROVIDER_NOT_FOUND"))) {
    return unknownAccount(
      receipt.scopes.map(({ account }) => account),
      messages,
    );
  }
  const code = reasons.map((reason) => reason.code).find(isProviderCode) ?? "PROVIDER_FAILED";
  return new ProviderError({
    code,
    providerId: first.provider,
    message: { en: `No cloud answered. ${messages}`, zh: `没有任何云返回结果。${messages}` },
    hint: hintAmong(entries) ?? HINTS[code],
  });
}

/** The first ones in a row; Chinese sentences need no blank between them. How many more there are is told. */
function sentences(messages: readonly string[], most: number): string {
  const shown = messages
    .slice(0, most)
    .reduce((text, message) => (text === "" || text.endsWith("。") ? text + message : `${text} ${message}`), "");
  return messages.length > most ? `${shown} (+${messages.length - most})` : shown;
}

/** The provider's own advice, if all failures share it. */
function hintAmong(entries: readonly ReceiptEntry[]): Text | undefined {
  const hints = entries.flatMap((entry) => (entry.type === "listing" && entry.state !== "complete" ? [entry.reason.hint] : []));
  const [first, ...others] = hints;
  return others.every((hint) => hint?.en === first?.en) ? first : undefined;
}

function unknownAccount(accounts: readonly string[], messages: string): QuestionError {
  return new QuestionError({
    code: "ACCOUNT_UNKNOWN",
    message: { en: messages, zh: messages },
    hint: {
      en: `Configure ${accounts.join(", ")}, or see \`nephoscope doctor\` for the accounts that are.`,
      zh: `请配置账号 ${accounts.join("、")}，或运行 \`nephoscope doctor\` 查看已配置的账号。`,
    },
  });
}

/** Our own limit, in words that say what to do. */
export function timeLimit(timeoutMs: number): TimeLimitError {
  return new TimeLimitError({
    code: "RUN_TIMEOUT",
    timeoutMs,
    message: { en: `The time limit of ${timeoutMs / 1000} s was reached.`, zh: `已达到 ${timeoutMs / 1000} 秒的时间限制。` },
    hint: { en: "Ask for less, or give more time with --timeout.", zh: "请缩小范围，或用 --timeout 延长时间。" },
  });
}

function isProviderCode(code: string): code is ProviderCode {
  return (ERROR_CODES.ProviderError as readonly string[]).includes(code);
}
