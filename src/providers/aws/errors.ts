import { ConfigurationError, OrchestratorError, ProviderError } from "../../errors/index.ts";
import { isNetworkCode, meaningOfStatus } from "../shared/error-meanings.ts";
import { vendorErrors } from "../shared/vendor-errors.ts";
import { meaningOf } from "./error-codes.ts";

export const PROVIDER_ID = "aws";
export const PROVIDER_NAME = { en: "AWS", zh: "AWS" };

const { asProviderError, notReached, said, ...errors } = vendorErrors({
  id: PROVIDER_ID,
  name: PROVIDER_NAME,
  hints: {
    PROVIDER_UNAUTHENTICATED: {
      en: "Renew the credentials (for example `aws sso login`) and see `nephoscope doctor`.",
      zh: "请更新凭证（例如 `aws sso login`），并运行 `nephoscope doctor` 查看。",
    },
    PROVIDER_FORBIDDEN: {
      en: "Give the identity read access (ReadOnlyAccess, or the policies in the README), or leave this region out.",
      zh: "请授予该身份只读权限（ReadOnlyAccess 或 README 中列出的策略），或排除该区域。",
    },
  },
});

export const { failure, replyInvalid, required } = errors;

/** The parts of an SDK error that are looked at; all may be missing. */
interface SdkError extends Error {
  readonly Code?: unknown;
  readonly code?: unknown;
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string; readonly clockSkewCorrected?: boolean };
  readonly $response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

/** Maps what the AWS SDK throws. Our own errors, also those of other kinds, pass through. `operation` is told where the SDK's words would not help. */
export function toAwsError(error: unknown, operation = "the request"): OrchestratorError {
  if (OrchestratorError.isInstance(error)) return error;
  if (!(error instanceof Error)) return said("PROVIDER_FAILED", "", String(error), { cause: error });
  const sdkError = error as SdkError;
  if (error.name === "CredentialsProviderError" || error.name === "TokenProviderError") return credentialMissing(error);
  const vendorCode = vendorCodeOf(sdkError);
  const retryAfterMs = retryAfterOf(sdkError);
  const status = sdkError.$metadata?.httpStatusCode;
  const details = { vendorCode, httpStatus: status ?? null, requestId: sdkError.$metadata?.requestId ?? null };
  const code = codeOf(sdkError, vendorCode, status);
  if (code === "PROVIDER_REPLY_INVALID") return replyInvalid(operation, error);
  if (isNotReached(sdkError)) return notReached(operation, networkCodeOf(sdkError), error);
  return said(code, vendorCode === "Error" ? "" : vendorCode, firstLine(error.message), { details, retryAfterMs, cause: error });
}

/** As `toAwsError`, for places that can hold only a `ProviderError`. */
export function toProviderError(error: unknown): ProviderError {
  return asProviderError(toAwsError(error));
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
  if (isNotReached(error)) return "PROVIDER_UNAVAILABLE";
  if (error.$fault === undefined) {
    // No service exception: the reply could not be read. Behind a 5xx it is a proxy's page, else it was cut or changed.
    if (status === undefined) return "PROVIDER_FAILED";
    return status >= 300 ? meaningOfStatus(status) : "PROVIDER_REPLY_INVALID";
  }
  return meaningOf(vendorCode) ?? meaningOfStatus(status);
}

function isNotReached({ code, name, message }: SdkError): boolean {
  return isNetworkCode(code) || name === "TimeoutError" || message === "aborted";
}

function networkCodeOf({ code, message }: SdkError): string | null {
  return isNetworkCode(code) ? code : (/\bE[A-Z]{4,}\b/.exec(message)?.[0] ?? null);
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

/** The SDK appends advice for programmers to messages, on lines of their own. */
function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
