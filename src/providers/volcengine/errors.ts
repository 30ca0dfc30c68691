import { OrchestratorError, ProviderError } from "../../errors/index.ts";
import { isNetworkCode, meaningOfStatus } from "../shared/error-meanings.ts";
import { vendorErrors } from "../shared/vendor-errors.ts";
import { meaningOf } from "./error-codes.ts";

export const PROVIDER_ID = "volcengine";
export const PROVIDER_NAME = { en: "Volcengine", zh: "火山引擎" };

const { asProviderError, notReached, said, ...errors } = vendorErrors({
  id: PROVIDER_ID,
  name: PROVIDER_NAME,
  hints: {
    PROVIDER_UNAUTHENTICATED: {
      en: "Check VOLCENGINE_ACCESS_KEY and VOLCENGINE_SECRET_KEY (or ~/.volc/config) and the clock of this machine; see `nephoscope doctor`.",
      zh: "请检查 VOLCENGINE_ACCESS_KEY 与 VOLCENGINE_SECRET_KEY（或 ~/.volc/config）以及本机时钟，并运行 `nephoscope doctor` 查看。",
    },
    PROVIDER_FORBIDDEN: {
      en: "Give the identity read access (ReadOnlyAccess, or the policies in the README), or leave this region out.",
      zh: "请授予该身份只读权限（ReadOnlyAccess 或 README 中列出的策略），或排除该区域。",
    },
  },
});

export const { failure, hostLabel, replyInvalid, required } = errors;

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
  const details = { vendorCode, httpStatus: status, requestId };
  return said(code, vendorCode || `HTTP ${status}`, message || operation, { details, retryAfterMs });
}

/** Maps what a request throws. Our own errors, also those of other kinds, pass through. */
export function toVolcengineError(error: unknown, operation = "the request"): OrchestratorError {
  if (OrchestratorError.isInstance(error)) return error;
  if (!(error instanceof Error)) return said("PROVIDER_FAILED", "", String(error), { cause: error });
  const { name, code } = error as Error & { readonly code?: unknown };
  if (isNetworkCode(code)) return notReached(operation, code, error);
  if (name === "TimeoutError") return notReached(operation, null, error);
  return said("PROVIDER_FAILED", "", error.message, { cause: error });
}

/** As `toVolcengineError`, for places that can hold only a `ProviderError`. */
export function toProviderError(error: unknown): ProviderError {
  return asProviderError(toVolcengineError(error));
}

/** A list of a reply, checked to be one. */
export function requiredList<Item>(value: readonly Item[] | null | undefined, operation: string, field: string): readonly Item[] {
  return required(Array.isArray(value) ? value : undefined, operation, field);
}

/** Whether a call failed because its page token is not, or no longer, valid. */
export function refusesToken(error: unknown): boolean {
  if (!(error instanceof ProviderError)) return false;
  const vendorCode = String(error.details.vendorCode ?? "");
  return /^Invalid/.test(vendorCode) && /token|context|page/i.test(`${vendorCode} ${error.message}`);
}
