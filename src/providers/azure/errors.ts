import { ConfigurationError, OrchestratorError, ProviderError, type Text } from "../../errors/index.ts";
import { isNetworkCode, meaningOf, meaningOfStatus } from "./error-codes.ts";
import type { Exchange } from "./transport.ts";
import { replyError, type VendorError } from "./vendor-error.ts";

export const PROVIDER_ID = "azure";

const HINTS: Readonly<Partial<Record<ProviderError["code"], Text>>> = {
  PROVIDER_UNAUTHENTICATED: {
    en: "Sign in again (for example `az login`), or renew the client secret, and see `nephoscope doctor`.",
    zh: "请重新登录（例如 `az login`）或更新客户端密钥，并运行 `nephoscope doctor` 查看。",
  },
  PROVIDER_FORBIDDEN: {
    en: "Give the identity read access to the subscription (Reader, Monitoring Reader, Log Analytics Reader), or leave it out.",
    zh: "请在订阅上授予该身份只读权限（Reader、Monitoring Reader、Log Analytics Reader），或排除该订阅。",
  },
  PROVIDER_RATE_LIMITED: { en: "Ask again in a minute, or narrow the question.", zh: "请一分钟后重试，或缩小范围。" },
  PROVIDER_UNAVAILABLE: { en: "Ask again in a minute; check the network if it stays so.", zh: "请一分钟后重试；若仍如此，请检查网络。" },
  PROVIDER_REPLY_INVALID: {
    en: "Ask again; if it stays so, something between here and Azure changes replies.",
    zh: "请重试；若仍如此，说明中间设备改写了 Azure 的响应。",
  },
};

/**
 * Maps what the Azure SDK throws. Our own errors pass through. `exchange` is what came over the wire: of several replies the SDK drops
 * the status, and of sign-in all but a sentence.
 */
export function toAzureError(error: unknown, operation = "the request", exchange?: Exchange): OrchestratorError {
  if (OrchestratorError.isInstance(error)) return error;
  if (exchange?.status !== undefined) {
    if (exchange.status >= 400) return refused(exchange.status, exchange, error);
    // The reply was there, and could not be read.
    return replyInvalid(operation, error);
  }
  if (exchange?.failure !== undefined) return notReached(exchange.failure, exchange.timedOut === true, operation);
  if (!(error instanceof Error)) return failure("PROVIDER_FAILED", "", String(error), error);
  if (CREDENTIAL_ERRORS.has(error.name)) return credentialMissing(error);
  if (networkCodeOf(error) !== null) return notReached(error, false, operation);
  const status = (error as { readonly statusCode?: unknown }).statusCode;
  if (typeof status === "number" && status >= 400) return refused(status, {}, error);
  return failure("PROVIDER_FAILED", "", firstLine(error.message), error);
}

/** No link of the credential chain had anything to offer (@azure/identity). */
const CREDENTIAL_ERRORS: ReadonlySet<string> = new Set(["CredentialUnavailableError", "AggregateAuthenticationError"]);

/** For places that can hold only a `ProviderError`: a missing credential there is one that the cloud would refuse. */
export function toProviderError(error: unknown): ProviderError {
  const mapped = toAzureError(error);
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
    message: { en: `Azure answered ${operation} without ${field}.`, zh: `Azure 对 ${operation} 的响应缺少 ${field}。` },
    ...hintOf("PROVIDER_REPLY_INVALID"),
  });
}

/** A reply that cannot be read at all. */
export function replyInvalid(operation: string, cause: unknown): ProviderError {
  return new ProviderError({
    code: "PROVIDER_REPLY_INVALID",
    providerId: PROVIDER_ID,
    message: { en: `The reply of Azure to ${operation} cannot be read.`, zh: `无法解析 Azure 对 ${operation} 的响应。` },
    ...hintOf("PROVIDER_REPLY_INVALID"),
    cause,
  });
}

/** Something that Azure cannot do, or did not do, told in both languages. */
export function azureFailure(code: ProviderError["code"], message: Text, hint?: Text): ProviderError {
  return new ProviderError({ code, providerId: PROVIDER_ID, message, ...(hint === undefined ? hintOf(code) : { hint }) });
}

/** Whether a call failed because its page token is not, or no longer, valid. */
export function refusesToken(error: unknown): boolean {
  return error instanceof ProviderError && /skip ?token/i.test(`${error.details.vendorCode ?? ""} ${error.message}`);
}

function refused(status: number, { body, retryAfterMs }: Pick<Exchange, "body" | "retryAfterMs">, cause: unknown): ProviderError {
  const vendor = replyError(body);
  const known = vendor.codes.map(meaningOf).find((meaning) => meaning !== undefined);
  const code = known ?? meaningOfStatus(status);
  const details = { vendorCode: vendor.codes.join(" ") || null, httpStatus: status };
  return failure(code, vendor.codes.at(-1) ?? "", wordsOf(vendor, status, cause), cause, {
    details,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function wordsOf({ messages }: VendorError, status: number, cause: unknown): string {
  if (messages.length > 0) return messages.map(firstLine).join(" ");
  return cause instanceof Error && cause.message !== "" ? firstLine(cause.message).slice(0, 300) : `HTTP ${status}`;
}

/** The connection was not made, broke, or nothing came in time. */
function notReached(error: Error, timedOut: boolean, operation: string): ProviderError {
  const networkCode = networkCodeOf(error);
  const late = timedOut || networkCode === "ETIMEDOUT";
  return new ProviderError({
    code: "PROVIDER_UNAVAILABLE",
    providerId: PROVIDER_ID,
    message: late
      ? { en: `Azure did not answer ${operation} in time.`, zh: `Azure 没有及时响应 ${operation}。` }
      : {
          en: `The connection to Azure broke during ${operation} (${networkCode ?? firstLine(error.message)}).`,
          zh: `执行 ${operation} 时与 Azure 的连接中断（${networkCode ?? firstLine(error.message)}）。`,
        },
    ...hintOf("PROVIDER_UNAVAILABLE"),
    details: { networkCode },
    cause: error,
  });
}

function networkCodeOf(error: Error): string | null {
  const { code } = error as { readonly code?: unknown };
  if (isNetworkCode(code)) return String(code);
  const named = /\bE[A-Z]{4,}\b/.exec(error.message)?.[0];
  return isNetworkCode(named) ? String(named) : null;
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
    message: { en: `Azure:${label} ${message}`, zh: `Azure 返回：${label} ${message}` },
    ...hintOf(code),
    ...(details === undefined ? {} : { details }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause,
  });
}

function credentialMissing(cause: Error): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: {
      en: `No Azure credentials: ${firstLine(cause.message)}`,
      zh: `没有可用的 Azure 凭证：${firstLine(cause.message)}`,
    },
    hint: {
      en: "Run `az login`, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET; then `nephoscope doctor`.",
      zh: "请执行 `az login`，或设置 AZURE_TENANT_ID、AZURE_CLIENT_ID 与 AZURE_CLIENT_SECRET；然后运行 `nephoscope doctor`。",
    },
    cause,
  });
}

function hintOf(code: ProviderError["code"]): { readonly hint?: Text } {
  const hint = HINTS[code];
  return hint === undefined ? {} : { hint };
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]?.trim() ?? message;
}
