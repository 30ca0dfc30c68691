import { ConfigurationError, OrchestratorError, ProviderError, type Text } from "../../errors/index.ts";
import { isNetworkCode, meaningOf, nameOfCode } from "./error-codes.ts";
import { type Refusal, readRefusal } from "./refusal.ts";

export const PROVIDER_ID = "gcp";

/** The parts of the errors of google-auth-library, gaxios and google-gax that are looked at; all may be missing. */
interface SdkError extends Error {
  readonly code?: unknown;
  readonly status?: unknown;
  readonly response?: { readonly status?: unknown; readonly data?: unknown; readonly headers?: unknown };
}

const HINTS: Readonly<Partial<Record<ProviderError["code"], Text>>> = {
  PROVIDER_UNAUTHENTICATED: {
    en: "Renew the credentials (for example `gcloud auth application-default login`) and see `nephoscope doctor`.",
    zh: "请更新凭证（例如 `gcloud auth application-default login`），并运行 `nephoscope doctor` 查看。",
  },
  PROVIDER_FORBIDDEN: {
    en: "Enable the API in the project and give the identity read access (roles/viewer, or the roles in the README), or leave this project out.",
    zh: "请在项目中启用该 API，并授予该身份只读权限（roles/viewer 或 README 中列出的角色），或排除该项目。",
  },
  PROVIDER_RATE_LIMITED: { en: "Ask again in a minute, or narrow the question.", zh: "请一分钟后重试，或缩小范围。" },
  PROVIDER_UNAVAILABLE: { en: "Ask again in a minute; check the network if it stays so.", zh: "请一分钟后重试；若仍如此，请检查网络。" },
  PROVIDER_REPLY_INVALID: {
    en: "Ask again; if it stays so, something between here and Google Cloud changes replies.",
    zh: "请重试；若仍如此，说明中间设备改写了 Google Cloud 的响应。",
  },
};

/** Maps what Google's packages throw. Our own errors, also where a package wrapped them, pass through. */
export function toGcpError(error: unknown, operation = "the request"): ProviderError | ConfigurationError | OrchestratorError {
  const own = ownWithin(error);
  if (own !== undefined) return own;
  if (!(error instanceof Error)) return failure("PROVIDER_FAILED", "", String(error), error);
  const sdkError = error as SdkError;
  if (/could not load the default credentials/i.test(error.message)) return credentialMissing(error);
  const network = networkCodeOf(error);
  if (network !== undefined || isTimeout(error)) return notReached(error, network, operation);
  const status = [sdkError.status, sdkError.response?.status].find((each) => typeof each === "number");
  if (status !== undefined) return refused({ ...readRefusal(sdkError.response?.data, undefined), status }, operation, error);
  const vendorCode = typeof sdkError.code === "number" ? (nameOfCode(sdkError.code) ?? "") : "";
  return failure(meaningOf(vendorCode, [], undefined), vendorCode, firstLine(error.message), error, {
    details: { vendorCode, httpStatus: null },
  });
}

/** For places that can hold only a `ProviderError`: a missing credential there is one that the cloud would refuse. */
export function toProviderError(error: unknown): ProviderError {
  const mapped = toGcpError(error);
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

/** A reply that says no. */
export function refused(refusal: Refusal & { readonly status: number }, operation: string, cause?: unknown): ProviderError {
  const { status, vendorCode, reasons, message, retryAfterMs } = refusal;
  const code = meaningOf(vendorCode, reasons, status);
  return failure(code, vendorCode || `HTTP ${status}`, message ?? operation, cause, {
    details: { vendorCode: vendorCode || null, reason: reasons[0] ?? null, httpStatus: status },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** A part of a reply that cannot be missing; `PROVIDER_REPLY_INVALID` if it is, so that a cut reply never looks like an empty one. */
export function required<Value>(value: Value | null | undefined, operation: string, field: string): Value {
  if (value !== undefined && value !== null) return value;
  throw new ProviderError({
    code: "PROVIDER_REPLY_INVALID",
    providerId: PROVIDER_ID,
    message: { en: `Google Cloud answered ${operation} without ${field}.`, zh: `Google Cloud 对 ${operation} 的响应缺少 ${field}。` },
    ...hintOf("PROVIDER_REPLY_INVALID"),
  });
}

/** A reply that cannot be read at all. */
export function replyInvalid(operation: string, cause: unknown): ProviderError {
  return new ProviderError({
    code: "PROVIDER_REPLY_INVALID",
    providerId: PROVIDER_ID,
    message: { en: `The reply of Google Cloud to ${operation} cannot be read.`, zh: `无法解析 Google Cloud 对 ${operation} 的响应。` },
    ...hintOf("PROVIDER_REPLY_INVALID"),
    cause,
  });
}

/** Whether a call failed because its page token is not, or no longer, valid. */
export function refusesToken(error: unknown): boolean {
  return error instanceof ProviderError && error.details.httpStatus === 400 && /page.?token/i.test(error.message);
}

/** google-gax and gaxios wrap what a transport throws, the former of the newer version as `cause`. */
function ownWithin(error: unknown): OrchestratorError | undefined {
  for (let each = error, depth = 0; each !== undefined && depth < 5; depth++) {
    if (OrchestratorError.isInstance(each)) return each;
    each = each instanceof Error ? each.cause : undefined;
  }
  return undefined;
}

function networkCodeOf(error: Error): string | undefined {
  for (let each: unknown = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    const { code } = each as SdkError;
    if (isNetworkCode(code)) return code;
  }
  return undefined;
}

function isTimeout(error: Error): boolean {
  return ["TimeoutError", "AbortError"].some((name) => error.name === name || (error as SdkError).code === name);
}

/** The connection was not made, broke, or nothing came in time. */
function notReached(error: Error, networkCode: string | undefined, operation: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_UNAVAILABLE",
    providerId: PROVIDER_ID,
    message:
      networkCode === undefined || networkCode === "ETIMEDOUT"
        ? { en: `Google Cloud did not answer ${operation} in time.`, zh: `Google Cloud 没有及时响应 ${operation}。` }
        : {
            en: `The connection to Google Cloud broke during ${operation} (${networkCode}).`,
            zh: `执行 ${operation} 时与 Google Cloud 的连接中断（${networkCode}）。`,
          },
    ...hintOf("PROVIDER_UNAVAILABLE"),
    details: { vendorCode: error.name, networkCode: networkCode ?? null },
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
    message: { en: `Google Cloud:${label} ${message}`, zh: `Google Cloud 返回：${label} ${message}` },
    ...hintOf(code),
    ...(details === undefined ? {} : { details }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(cause === undefined ? {} : { cause }),
  });
}

function credentialMissing(cause: Error): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: {
      en: "No Google Cloud credentials: there are no Application Default Credentials.",
      zh: "没有可用的 Google Cloud 凭证：未找到应用默认凭证（ADC）。",
    },
    hint: {
      en: "Run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS to a key file; then `nephoscope doctor`.",
      zh: "请执行 `gcloud auth application-default login`，或将 GOOGLE_APPLICATION_CREDENTIALS 设为密钥文件路径；然后运行 `nephoscope doctor`。",
    },
    cause,
  });
}

function hintOf(code: ProviderError["code"]): { readonly hint?: Text } {
  const hint = HINTS[code];
  return hint === undefined ? {} : { hint };
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
