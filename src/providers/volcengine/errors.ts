import { type ConfigurationError, OrchestratorError, ProviderError, type Text } from "../../errors/index.ts";
import { isNetworkCode, meaningOf, meaningOfStatus } from "./error-codes.ts";

export const PROVIDER_ID = "volcengine";

const NAME: Text = { en: "Volcengine", zh: "火山引擎" };

const HINTS: Readonly<Partial<Record<ProviderError["code"], Text>>> = {
  PROVIDER_UNAUTHENTICATED: {
    en: "Check VOLCENGINE_ACCESS_KEY and VOLCENGINE_SECRET_KEY (or ~/.volc/config) and the clock of this machine; see `nephoscope doctor`.",
    zh: "请检查 VOLCENGINE_ACCESS_KEY 与 VOLCENGINE_SECRET_KEY（或 ~/.volc/config）以及本机时钟，并运行 `nephoscope doctor` 查看。",
  },
  PROVIDER_FORBIDDEN: {
    en: "Give the identity read access (ReadOnlyAccess, or the policies in the README), or leave this region out.",
    zh: "请授予该身份只读权限（ReadOnlyAccess 或 README 中列出的策略），或排除该区域。",
  },
  PROVIDER_RATE_LIMITED: { en: "Ask again in a minute, or narrow the question.", zh: "请一分钟后重试，或缩小范围。" },
  PROVIDER_UNAVAILABLE: { en: "Ask again in a minute; check the network if it stays so.", zh: "请一分钟后重试；若仍如此，请检查网络。" },
  PROVIDER_REPLY_INVALID: {
    en: "Ask again; if it stays so, something between here and Volcengine changes replies.",
    zh: "请重试；若仍如此，说明中间设备改写了火山引擎的响应。",
  },
};

/** An error as a reply tells it. */
export interface VendorFailure {
  readonly operation: string;
  readonly status: number;
  /** Empty where the reply names none. */
  readonly vendorCode: string;
  readonly message: string;
  readonly requestId: string | null;
  readonly retryAfterMs: number | undefined;
}

/** The error of a reply that says no, by its code, else by its status. */
export function refused({ operation, status, vendorCode, message, requestId, retryAfterMs }: VendorFailure): ProviderError {
  const code = meaningOf(vendorCode) ?? meaningOfStatus(status);
  const label = vendorCode === "" ? `HTTP ${status}` : vendorCode;
  const said = message === "" ? label : `${label}: ${message}`;
  return new ProviderError({
    code,
    providerId: PROVIDER_ID,
    message: { en: `${NAME.en} refused ${operation}. ${said}`, zh: `${NAME.zh}拒绝了 ${operation}：${said}` },
    ...hintOf(code),
    details: { vendorCode, httpStatus: status, requestId },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** Maps what a request throws. Our own errors, also those of other kinds, pass through. */
export function toVolcengineError(error: unknown, operation = "the request"): ProviderError | ConfigurationError | OrchestratorError {
  if (OrchestratorError.isInstance(error)) return error;
  const { name, code } = error instanceof Error ? (error as Error & { readonly code?: unknown }) : { name: "", code: undefined };
  if (isNetworkCode(code) || name === "TimeoutError") return notReached(isNetworkCode(code) ? code : null, operation, error);
  const message = error instanceof Error ? error.message : String(error);
  return new ProviderError({
    code: "PROVIDER_FAILED",
    providerId: PROVIDER_ID,
    message: { en: `${NAME.en}: ${operation} failed: ${message}`, zh: `${NAME.zh}：${operation} 失败：${message}` },
    cause: error,
  });
}

/** For places that can hold only a `ProviderError`: a missing credential there is one that the cloud would refuse. */
export function toProviderError(error: unknown): ProviderError {
  const mapped = toVolcengineError(error);
  if (mapped instanceof ProviderError) return mapped;
  return new ProviderError({
    code: mapped.code === "CREDENTIAL_MISSING" ? "PROVIDER_UNAUTHENTICATED" : "PROVIDER_FAILED",
    providerId: PROVIDER_ID,
    message: mapped.text,
    ...(mapped.hint === undefined ? {} : { hint: mapped.hint }),
    details: mapped.details,
    cause: error,
  });
}

/** A part of a reply that cannot be missing; `PROVIDER_REPLY_INVALID` if it is, so that a cut reply never looks like an empty one. */
export function required<Value>(value: Value | null | undefined, operation: string, field: string): Value {
  if (value !== undefined && value !== null) return value;
  throw new ProviderError({
    code: "PROVIDER_REPLY_INVALID",
    providerId: PROVIDER_ID,
    message: { en: `${NAME.en} answered ${operation} without ${field}.`, zh: `${NAME.zh}对 ${operation} 的响应缺少 ${field}。` },
    ...hintOf("PROVIDER_REPLY_INVALID"),
  });
}

/** A list of a reply, checked to be one. */
export function requiredList<Item>(value: readonly Item[] | null | undefined, operation: string, field: string): readonly Item[] {
  return required(Array.isArray(value) ? value : undefined, operation, field);
}

/** A reply that cannot be read at all. */
export function replyInvalid(operation: string, cause: unknown): ProviderError {
  return new ProviderError({
    code: "PROVIDER_REPLY_INVALID",
    providerId: PROVIDER_ID,
    message: { en: `The reply of ${NAME.en} to ${operation} cannot be read.`, zh: `无法解析${NAME.zh}对 ${operation} 的响应。` },
    ...hintOf("PROVIDER_REPLY_INVALID"),
    cause,
  });
}

/** Something the cloud has no way to answer. */
export function cannot(message: Text, hint: Text): ProviderError {
  return new ProviderError({ code: "PROVIDER_FAILED", providerId: PROVIDER_ID, message, hint });
}

/** Whether a call failed because its page token is not, or no longer, valid. */
export function refusesToken(error: unknown): boolean {
  if (!(error instanceof ProviderError)) return false;
  const vendorCode = String(error.details.vendorCode ?? "");
  return /^Invalid/.test(vendorCode) && /token|context|page/i.test(`${vendorCode} ${error.message}`);
}

/** The connection was not made, broke, or nothing came in time. */
function notReached(networkCode: string | null, operation: string, cause: unknown): ProviderError {
  const timedOut = networkCode === null || networkCode === "ETIMEDOUT";
  return new ProviderError({
    code: "PROVIDER_UNAVAILABLE",
    providerId: PROVIDER_ID,
    message: timedOut
      ? { en: `${NAME.en} did not answer ${operation} in time.`, zh: `${NAME.zh}没有及时响应 ${operation}。` }
      : {
          en: `The connection to ${NAME.en} broke during ${operation} (${networkCode}).`,
          zh: `执行 ${operation} 时与${NAME.zh}的连接中断（${networkCode}）。`,
        },
    ...hintOf("PROVIDER_UNAVAILABLE"),
    details: { networkCode },
    cause,
  });
}

function hintOf(code: ProviderError["code"]): { readonly hint?: Text } {
  const hint = HINTS[code];
  return hint === undefined ? {} : { hint };
}
