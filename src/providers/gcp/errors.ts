import { ConfigurationError, OrchestratorError, ProviderError } from "../../errors/index.ts";
import { isNetworkCode } from "../shared/error-meanings.ts";
import { vendorErrors } from "../shared/vendor-errors.ts";
import { meaningOf, nameOfCode } from "./error-codes.ts";
import { type Refusal, readRefusal } from "./refusal.ts";

export const PROVIDER_ID = "gcp";

export const PROVIDER_NAME = { en: "Google Cloud", zh: "谷歌云" };

const { asProviderError, notReached, said, ...errors } = vendorErrors({
  id: PROVIDER_ID,
  name: PROVIDER_NAME,
  hints: {
    PROVIDER_UNAUTHENTICATED: {
      en: "Renew the credentials (for example `gcloud auth application-default login`) and see `nephoscope doctor`.",
      zh: "请更新凭证（例如 `gcloud auth application-default login`），并运行 `nephoscope doctor` 查看。",
    },
    PROVIDER_FORBIDDEN: {
      en: "Enable the API in the project and give the identity read access (roles/viewer, or the roles in the README), or leave this project out.",
      zh: "请在项目中启用该 API，并授予该身份只读权限（roles/viewer 或 README 中列出的角色），或排除该项目。",
    },
  },
});

export const { failure, replyInvalid, required } = errors;

/** The parts of the errors of google-auth-library, gaxios and google-gax that are looked at; all may be missing. */
interface SdkError extends Error {
  readonly code?: unknown;
  readonly status?: unknown;
  readonly response?: { readonly status?: unknown; readonly data?: unknown; readonly headers?: unknown };
}

/** Maps what Google's packages throw. Our own errors, also where a package wrapped them, pass through. */
export function toGcpError(error: unknown, operation = "the request"): OrchestratorError {
  const own = ownWithin(error);
  if (own !== undefined) return own;
  if (!(error instanceof Error)) return said("PROVIDER_FAILED", "", String(error), { cause: error });
  const sdkError = error as SdkError;
  if (/could not load the default credentials/i.test(error.message)) return credentialMissing(error);
  const network = networkCodeOf(error);
  if (network !== undefined || isTimeout(error)) return notReached(operation, network ?? null, error);
  const status = [sdkError.status, sdkError.response?.status].find((each) => typeof each === "number");
  if (status !== undefined) return refused({ ...readRefusal(sdkError.response?.data, undefined), status }, operation, error);
  const vendorCode = typeof sdkError.code === "number" ? (nameOfCode(sdkError.code) ?? "") : "";
  const details = { vendorCode, httpStatus: null };
  return said(meaningOf(vendorCode, [], undefined), vendorCode, firstLine(error.message), { details, cause: error });
}

/** As `toGcpError`, for places that can hold only a `ProviderError`. */
export function toProviderError(error: unknown): ProviderError {
  return asProviderError(toGcpError(error));
}

/** A reply that says no. */
export function refused(refusal: Refusal & { readonly status: number }, operation: string, cause?: unknown): ProviderError {
  const { status, vendorCode, reasons, message, retryAfterMs } = refusal;
  const code = meaningOf(vendorCode, reasons, status);
  const details = { vendorCode: vendorCode || null, reason: reasons[0] ?? null, httpStatus: status };
  return said(code, vendorCode || `HTTP ${status}`, message ?? operation, { details, retryAfterMs, cause });
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

function credentialMissing(cause: Error): ConfigurationError {
  return new ConfigurationError({
    code: "CREDENTIAL_MISSING",
    message: {
      en: "No Google Cloud credentials: there are no Application Default Credentials.",
      zh: "没有可用的谷歌云凭证：未找到应用默认凭证（ADC）。",
    },
    hint: {
      en: "Run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS to a key file; then `nephoscope doctor`.",
      zh: "请执行 `gcloud auth application-default login`，或将 GOOGLE_APPLICATION_CREDENTIALS 设为密钥文件路径；然后运行 `nephoscope doctor`。",
    },
    cause,
  });
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
