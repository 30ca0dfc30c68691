import { ConfigurationError, OrchestratorError, ProviderError } from "../../errors/index.ts";
import { isNetworkCode, meaningOfStatus } from "../shared/error-meanings.ts";
import { vendorErrors } from "../shared/vendor-errors.ts";
import { meaningOf } from "./error-codes.ts";

export const PROVIDER_ID = "alicloud";
export const PROVIDER_NAME = { en: "Alibaba Cloud", zh: "阿里云" };

const { asProviderError, notReached, said, ...errors } = vendorErrors({
  id: PROVIDER_ID,
  name: PROVIDER_NAME,
  hints: {
    PROVIDER_UNAUTHENTICATED: {
      en: "Renew the credentials (for example `aliyun configure`) and see `nephoscope doctor`.",
      zh: "请更新凭证（例如 `aliyun configure`），并运行 `nephoscope doctor` 查看。",
    },
    PROVIDER_FORBIDDEN: {
      en: "Give the identity read access (ReadOnlyAccess, or the policies in the README), or leave this region out.",
      zh: "请授予该身份只读权限（ReadOnlyAccess 或 README 中列出的策略），或排除该区域。",
    },
  },
});

export const { failure, hostLabel, replyInvalid, required } = errors;

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

/** Maps what requests throw. Our own errors, also those of other kinds, pass through. */
export function toAlicloudError(error: unknown, operation = "the request"): OrchestratorError {
  if (OrchestratorError.isInstance(error)) return error;
  if (!(error instanceof Error)) return said("PROVIDER_FAILED", "", String(error), { cause: error });
  if (error instanceof RefusedReply) return refused(error, operation);
  const { code, name } = error as NodeJS.ErrnoException;
  if (isNetworkCode(code)) return notReached(operation, code, error);
  if (name === "TimeoutError") return notReached(operation, null, error);
  if (error.message === "aborted") return notReached(operation, "ECONNRESET", error);
  // What the SDK says of replies whose body is no JSON, has fields of other types, or cannot be unpacked.
  const unreadable =
    error instanceof SyntaxError ||
    /^(type of .* is mismatch|expect: |can not cast|Failed to decompress|unexpected uncompressed)/.test(error.message);
  return unreadable ? replyInvalid(operation, error) : said("PROVIDER_FAILED", "", error.message, { cause: error });
}

/** As `toAlicloudError`, for places that can hold only a `ProviderError`. */
export function toProviderError(error: unknown): ProviderError {
  return asProviderError(toAlicloudError(error));
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
  const { vendorCode, status, requestId, retryAfterMs } = reply;
  const code = reply.denied ? "PROVIDER_FORBIDDEN" : (meaningOf(vendorCode) ?? meaningOfStatus(status));
  const details = { vendorCode, httpStatus: status, requestId };
  return said(code, vendorCode || `HTTP ${status}`, reply.message || operation, { details, retryAfterMs, cause: reply });
}
