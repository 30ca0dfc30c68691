import { ConfigurationError, OrchestratorError, ProviderError, type Text } from "../../errors/index.ts";
import { isNetworkCode, meaningOf, meaningOfStatus } from "./error-codes.ts";

export const PROVIDER_ID = "aws";

/** The parts of an SDK error that are looked at; all may be missing. */
interface SdkError extends Error {
  readonly Code?: unknown;
  readonly code?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly clockSkewCorrected?: boolean };
  readonly $response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

const HINTS: Readonly<Partial<Record<ProviderError["code"], Text>>> = {
  PROVIDER_UNAUTHENTICATED: {
    en: "Renew the credentials (for example `aws sso login`) and see `nephoscope doctor`.",
    zh: "请更新凭证（例如 `aws sso login`），并运行 `nephoscope doctor` 查看。",
  },
  PROVIDER_FORBIDDEN: {
    en: "Give the identity read access (ReadOnlyAccess, or the policies in the README), or leave this region out.",
    zh: "请授予该身份只读权限（ReadOnlyAccess 或 README 中列出的策略），或排除该区域。",
  },
  PROVIDER_RATE_LIMITED: { en: "Ask again in a minute, or narrow the question.", zh: "请一分钟后重试，或缩小范围。" },
  PROVIDER_UNAVAILABLE: { en: "Ask again in a minute; check the network if it stays so.", zh: "请一分钟后重试；若仍如此，请检查网络。" },
  PROVIDER_REPLY_INVALID: {
    en: "Ask again; if it stays so, something between here and AWS changes replies.",
    zh: "请重试；若仍如此，说明中间设备改写了 AWS 的响应。",
  },
};

/** Maps what the AWS SDK throws. Our own errors, also those of other kinds, pass through. `operation` is told where the SDK's words would not help. */
export function toAwsError(error: unknown, operation = "the request"): ProviderError | ConfigurationError | OrchestratorError {
  if (OrchestratorError.isInstance(error)) return error;
  if (!(error instanceof Error)) return failure("PROVIDER_FAILED", "", String(error), error);
  const sdkError = error as SdkError;
  if (error.name === "CredentialsProviderError" || error.name === "TokenProviderError") return credentialMissing(error);
  const vendorCode = vendorCodeOf(sdkError);
  const retryAfterMs = retryAfterOf(sdkError);
  const status = sdkError.$metadata?.httpStatusCode;
  const details = { vendorCode, httpStatus: status ?? null, requestId: sdkError.$metadata?.requestId ?? null };
  const code = codeOf(sdkError, vendorCode, status);
  if (code === "PROVIDER_REPLY_INVALID") return replyInvalid(operation, error);
  if (isNetworkCode(sdkError.code) || error.name === "TimeoutError" || error.message === "aborted") return notReached(sdkError, operation);
  return failure(code, vendorCode, firstLine(error.message), error, { details, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

/** For places that can hold only a `ProviderError`: a missing credential there is one that the cloud would refuse. */
export function toProviderError(error: unknown): ProviderError {
  const mapped = toAwsError(error);
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
    message: { en: `AWS answered ${operation} without ${field}.`, zh: `AWS 对 ${operation} 的响应缺少 ${field}。` },
    ...hintOf("PROVIDER_REPLY_INVALID"),
  });
}

/** A reply that cannot be read at all. */
export function replyInvalid(operation: string, cause: unknown): ProviderError {
  return new ProviderError({
    code: "PROVIDER_REPLY_INVALID",
    providerId: PROVIDER_ID,
    message: { en: `The reply of AWS to ${operation} cannot be read.`, zh: `无法解析 AWS 对 ${operation} 的响应。` },
    ...hintOf("PROVIDER_REPLY_INVALID"),
    cause,
  });
}

/** The connection was not made, broke, or nothing came in time. */
function notReached(error: SdkError, operation: string): ProviderError {
  const networkCode = isNetworkCode(error.code) ? String(error.code) : (/\bE[A-Z]{4,}\b/.exec(error.message)?.[0] ?? null);
  const timedOut = networkCode === null || networkCode === "ETIMEDOUT";
  return new ProviderError({
    code: "PROVIDER_UNAVAILABLE",
    providerId: PROVIDER_ID,
    message: timedOut
      ? { en: `AWS did not answer ${operation} in time.`, zh: `AWS 没有及时响应 ${operation}。` }
      : {
          en: `The connection to AWS broke during ${operation} (${networkCode}).`,
          zh: `执行 ${operation} 时与 AWS 的连接中断（${networkCode}）。`,
        },
    ...hintOf("PROVIDER_UNAVAILABLE"),
    details: { vendorCode: error.name, networkCode },
    cause: error,
  });
}

/** Whether a call failed because its page token is not, or no longer, valid. */
export function refusesToken(error: unknown): boolean {
  if (!(error instanceof ProviderError)) return false;
  const vendorCode = String(error.details.vendorCode ?? "");
  if (/^Invalid(NextToken|PaginationToken|Marker|ContinuationToken)/.test(vendorCode)) return true;
  return /^(Invalid|Validation)/.test(vendorCode) && /token|marker|pagination/i.test(error.message);
}

function codeOf(error: SdkError, vendorCode: string, status: number | undefined): ProviderError["code"] {
  // The SDK has just learnt the server's time and signs the next attempt right.
  if (error.$metadata?.clockSkewCorrected === true) return "PROVIDER_UNAVAILABLE";
  if (isNetworkCode(error.code) || error.name === "TimeoutError" || error.message === "aborted") return "PROVIDER_UNAVAILABLE";
  if (error.$fault === undefined) {
    // No service exception: the reply could not be read. Behind a 5xx it is a proxy's page, else it was cut or changed.
    if (status === undefined) return "PROVIDER_FAILED";
    return status >= 300 ? meaningOfStatus(status) : "PROVIDER_REPLY_INVALID";
  }
  return meaningOf(vendorCode) ?? meaningOfStatus(status);
}

function vendorCodeOf(error: SdkError): string {
  if (error.name !== "Error" && error.name !== "Unknown") return error.name;
  const code = error.Code ?? error.code;
  return typeof code === "string" ? code : error.name;
}

/** Seconds in `retry-after`, milliseconds in `x-amz-retry-after`. */
function retryAfterOf(error: SdkError): number | undefined {
  const headers = error.$response?.headers;
  const milliseconds = Number(headers?.["x-amz-retry-after"]);
  if (milliseconds > 0) return milliseconds;
  const seconds = Number(headers?.["retry-after"]);
  return seconds > 0 ? seconds * 1000 : undefined;
}

function failure(
  code: ProviderError["code"],
  vendorCode: string,
  message: string,
  cause: unknown,
  more: Partial<Pick<ProviderError, "retryAfterMs" | "details">> = {},
): ProviderError {
  const label = vendorCode === "" || vendorCode === "Error" ? "" : ` ${vendorCode}:`;
  const { retryAfterMs, details } = more;
  return new ProviderError({
    code,
    providerId: PROVIDER_ID,
    message: { en: `AWS:${label} ${message}`, zh: `AWS 返回：${label} ${message}` },
    ...hintOf(code),
    ...(details === undefined ? {} : { details }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause,
  });
}

function credentialMissing(cause: Error): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: { en: `No AWS credentials: ${firstLine(cause.message)}`, zh: `没有可用的 AWS 凭证：${firstLine(cause.message)}` },
    hint: {
      en: "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws sso login`; then `nephoscope doctor`.",
      zh: "请设置 AWS_PROFILE，或 AWS_ACCESS_KEY_ID 与 AWS_SECRET_ACCESS_KEY，或执行 `aws sso login`；然后运行 `nephoscope doctor`。",
    },
    cause,
  });
}

function hintOf(code: ProviderError["code"]): { readonly hint?: Text } {
  const hint = HINTS[code];
  return hint === undefined ? {} : { hint };
}

/** The SDK appends advice for programmers to messages, on lines of their own. */
function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
