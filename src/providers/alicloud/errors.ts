import { ConfigurationError, OrchestratorError, ProviderError, type Text } from "../../errors/index.ts";
import { isNetworkCode, meaningOf, meaningOfStatus } from "./error-codes.ts";

export const PROVIDER_ID = "alicloud";

/** A reply that says no, as it came. */
export class RefusedReply extends Error {
  override readonly name = "RefusedReply";
  readonly vendorCode: string;
  readonly status: number;
  readonly requestId: string | null;
  /** Why a permission is missing, where the cloud tells. */
  readonly denied: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(parts: {
    readonly vendorCode: string;
    readonly message: string;
    readonly status: number;
    readonly requestId?: string | null;
    readonly retryAfterMs?: number | undefined;
  }) {
    super(parts.message);
    this.vendorCode = parts.vendorCode;
    this.status = parts.status;
    this.requestId = parts.requestId ?? null;
    // SLS says `Unauthorized` both of unknown keys and of missing permissions; only the latter are "denied by sts or ram".
    this.denied = parts.vendorCode === "Unauthorized" && /denied by|no permission/i.test(parts.message);
    this.retryAfterMs = parts.retryAfterMs;
  }
}

const HINTS: Readonly<Partial<Record<ProviderError["code"], Text>>> = {
  PROVIDER_UNAUTHENTICATED: {
    en: "Renew the credentials (for example `aliyun configure`) and see `nephoscope doctor`.",
    zh: "请更新凭证（例如 `aliyun configure`），并运行 `nephoscope doctor` 查看。",
  },
  PROVIDER_FORBIDDEN: {
    en: "Give the identity read access (ReadOnlyAccess, or the policies in the README), or leave this region out.",
    zh: "请授予该身份只读权限（ReadOnlyAccess 或 README 中列出的策略），或排除该区域。",
  },
  PROVIDER_RATE_LIMITED: { en: "Ask again in a minute, or narrow the question.", zh: "请一分钟后重试，或缩小范围。" },
  PROVIDER_UNAVAILABLE: { en: "Ask again in a minute; check the network if it stays so.", zh: "请一分钟后重试；若仍如此，请检查网络。" },
  PROVIDER_REPLY_INVALID: {
    en: "Ask again; if it stays so, something between here and Alibaba Cloud changes replies.",
    zh: "请重试；若仍如此，说明中间设备改写了阿里云的响应。",
  },
};

/** Maps what requests throw. Our own errors, also those of other kinds, pass through. */
export function toAlicloudError(error: unknown, operation = "the request"): ProviderError | ConfigurationError | OrchestratorError {
  if (OrchestratorError.isInstance(error)) return error;
  if (!(error instanceof Error)) return failure("PROVIDER_FAILED", "", String(error), error);
  if (error instanceof RefusedReply) return refused(error, operation);
  const { code, name } = error as NodeJS.ErrnoException;
  if (isNetworkCode(code) || name === "TimeoutError" || error.message === "aborted") return notReached(error, operation);
  // What the SDK says of replies whose body is no JSON, has fields of other types, or cannot be unpacked.
  const unreadable =
    error instanceof SyntaxError ||
    /^(type of .* is mismatch|expect: |can not cast|Failed to decompress|unexpected uncompressed)/.test(error.message);
  return unreadable ? replyInvalid(operation, error) : failure("PROVIDER_FAILED", "", error.message, error);
}

/** For places that can hold only a `ProviderError`: a missing credential there is one that the cloud would refuse. */
export function toProviderError(error: unknown): ProviderError {
  const mapped = toAlicloudError(error);
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
    message: { en: `Alibaba Cloud answered ${operation} without ${field}.`, zh: `阿里云对 ${operation} 的响应缺少 ${field}。` },
    ...hintOf("PROVIDER_REPLY_INVALID"),
  });
}

/** A reply that cannot be read at all. */
export function replyInvalid(operation: string, cause: unknown): ProviderError {
  return new ProviderError({
    code: "PROVIDER_REPLY_INVALID",
    providerId: PROVIDER_ID,
    message: { en: `The reply of Alibaba Cloud to ${operation} cannot be read.`, zh: `无法解析阿里云对 ${operation} 的响应。` },
    ...hintOf("PROVIDER_REPLY_INVALID"),
    cause,
  });
}

/** Whether a call failed because its page token is not, or no longer, valid. */
export function refusesToken(error: unknown): boolean {
  if (!(error instanceof ProviderError) || error.code === "PROVIDER_UNAUTHENTICATED") return false;
  const vendorCode = String(error.details.vendorCode ?? "");
  if (/NextToken|PageToken|TokenNotExist/i.test(vendorCode)) return true;
  return /^(Invalid|Parameter)/.test(vendorCode) && /\bnext ?token|page token|pagination/i.test(error.message);
}

export function credentialMissing(cause: Error): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: { en: `No Alibaba Cloud credentials: ${cause.message}`, zh: `没有可用的阿里云凭证：${cause.message}` },
    hint: {
      en: "Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run `aliyun configure`; then `nephoscope doctor`.",
      zh: "请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 与 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或执行 `aliyun configure`；然后运行 `nephoscope doctor`。",
    },
    cause,
  });
}

function refused(reply: RefusedReply, operation: string): ProviderError {
  const details = { vendorCode: reply.vendorCode, httpStatus: reply.status, requestId: reply.requestId };
  const code = reply.denied ? "PROVIDER_FORBIDDEN" : (meaningOf(reply.vendorCode) ?? meaningOfStatus(reply.status));
  const message = reply.message || `HTTP ${reply.status} to ${operation}`;
  const { retryAfterMs } = reply;
  return failure(code, reply.vendorCode, message, reply, { details, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

/** The connection was not made, broke, or nothing came in time. */
function notReached(error: NodeJS.ErrnoException, operation: string): ProviderError {
  const networkCode = isNetworkCode(error.code) ? String(error.code) : error.name === "TimeoutError" ? null : "ECONNRESET";
  const timedOut = networkCode === null || networkCode === "ETIMEDOUT";
  return new ProviderError({
    code: "PROVIDER_UNAVAILABLE",
    providerId: PROVIDER_ID,
    message: timedOut
      ? { en: `Alibaba Cloud did not answer ${operation} in time.`, zh: `阿里云没有及时响应 ${operation}。` }
      : {
          en: `The connection to Alibaba Cloud broke during ${operation} (${networkCode}).`,
          zh: `执行 ${operation} 时与阿里云的连接中断（${networkCode}）。`,
        },
    ...hintOf("PROVIDER_UNAVAILABLE"),
    details: { vendorCode: error.name, networkCode },
    cause: error,
  });
}

function failure(
  code: ProviderError["code"],
  vendorCode: string,
  message: string,
  cause: unknown,
  more: Partial<Pick<ProviderError, "retryAfterMs" | "details">> = {},
): ProviderError {
  const label = vendorCode === "" ? "" : ` ${vendorCode}:`;
  const { retryAfterMs, details } = more;
  return new ProviderError({
    code,
    providerId: PROVIDER_ID,
    message: { en: `Alibaba Cloud:${label} ${message}`, zh: `阿里云返回：${label} ${message}` },
    ...hintOf(code),
    ...(details === undefined ? {} : { details }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause,
  });
}

function hintOf(code: ProviderError["code"]): { readonly hint?: Text } {
  const hint = HINTS[code];
  return hint === undefined ? {} : { hint };
}
