import { ConfigurationError, OrchestratorError, ProviderError } from "../../errors/index.ts";
import { isNetworkCode } from "../shared/error-meanings.ts";
import { vendorErrors } from "../shared/vendor-errors.ts";
import { meaningOf } from "./error-codes.ts";
import type { Exchange } from "./transport.ts";
import { replyError, type VendorError } from "./vendor-error.ts";

export const PROVIDER_ID = "azure";
export const PROVIDER_NAME = { en: "Azure", zh: "Azure" };

const { asProviderError, notReached, replyInvalid, said, ...errors } = vendorErrors({
  id: PROVIDER_ID,
  name: PROVIDER_NAME,
  hints: {
    PROVIDER_UNAUTHENTICATED: {
      en: "Sign in again (for example `az login`), or renew the client secret, and see `nephoscope doctor`.",
      zh: "请重新登录（例如 `az login`）或更新客户端密钥，并运行 `nephoscope doctor` 查看。",
    },
    PROVIDER_FORBIDDEN: {
      en: "Give the identity read access to the subscription (Reader, Monitoring Reader, Log Analytics Reader), or leave it out.",
      zh: "请在订阅上授予该身份只读权限（Reader、Monitoring Reader、Log Analytics Reader），或排除该订阅。",
    },
  },
});

export const { failure, hostLabel, required } = errors;

/** No link of the credential chain had anything to offer (@azure/identity). */
const CREDENTIAL_ERRORS: ReadonlySet<string> = new Set(["CredentialUnavailableError", "AggregateAuthenticationError"]);

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
  if (exchange?.failure !== undefined) {
    const { failure: broken, timedOut = false } = exchange;
    return notReached(operation, timedOut ? null : (networkCodeOf(broken) ?? firstLine(broken.message)), broken);
  }
  if (!(error instanceof Error)) return said("PROVIDER_FAILED", "", String(error), { cause: error });
  if (CREDENTIAL_ERRORS.has(error.name)) return credentialMissing(error);
  const networkCode = networkCodeOf(error);
  if (networkCode !== null) return notReached(operation, networkCode, error);
  const status = (error as { readonly statusCode?: unknown }).statusCode;
  if (typeof status === "number" && status >= 400) return refused(status, {}, error);
  return said("PROVIDER_FAILED", "", firstLine(error.message), { cause: error });
}

/** As `toAzureError`, for places that can hold only a `ProviderError`. */
export function toProviderError(error: unknown): ProviderError {
  return asProviderError(toAzureError(error));
}

/** Whether a call failed because its page token is not, or no longer, valid. */
export function refusesToken(error: unknown): boolean {
  return error instanceof ProviderError && /skip ?token/i.test(`${error.details.vendorCode ?? ""} ${error.message}`);
}

function refused(status: number, { body, retryAfterMs }: Pick<Exchange, "body" | "retryAfterMs">, cause: unknown): ProviderError {
  const vendor = replyError(body);
  const details = { vendorCode: vendor.codes.join(" ") || null, httpStatus: status };
  const words = wordsOf(vendor, status, cause);
  return said(meaningOf(vendor.codes, status), vendor.codes.at(-1) ?? "", words, { details, retryAfterMs, cause });
}

function wordsOf({ messages }: VendorError, status: number, cause: unknown): string {
  if (messages.length > 0) return messages.map(firstLine).join(" ");
  return cause instanceof Error && cause.message !== "" ? firstLine(cause.message).slice(0, 300) : `HTTP ${status}`;
}

function networkCodeOf(error: Error): string | null {
  const { code } = error as { readonly code?: unknown };
  if (isNetworkCode(code)) return code;
  const named = /\bE[A-Z]{4,}\b/.exec(error.message)?.[0];
  return isNetworkCode(named) ? named : null;
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

function firstLine(message: string): string {
  return message.split("\n", 1)[0]?.trim() ?? message;
}
