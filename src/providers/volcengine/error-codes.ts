import type { CodeOf } from "../../errors/index.ts";

type ProviderCode = CodeOf<"ProviderError">;

/**
 * What the error codes of Volcengine mean, from its lists of common and of IAM error codes (volcengine.com/docs/6257/64992) and from
 * `error_code.go` of the log service's Go SDK.
 */
const CODES: Readonly<Record<Exclude<ProviderCode, "PROVIDER_FAILED" | "PROVIDER_PAGE_LOST" | "PROVIDER_REPLY_INVALID">, string>> = {
  PROVIDER_RATE_LIMITED: `
    FlowLimitExceeded AccountFlowLimitExceeded ServiceFlowLimitExceeded ApiFlowLimitExceeded RequestLimitExceeded RateLimitExceeded
    Throttling TooManyRequests ExceedQPSLimit ExceedRateLimit ExceedCountLimit`,
  PROVIDER_UNAUTHENTICATED: `
    SignatureDoesNotMatch InvalidCredential InvalidAccessKey InvalidAccessKeyId InvalidAccessKeyStatus AccessKeyNotExist AccessKeyIsExpire
    MissingAuthenticationToken MissingSignature InvalidAuthorization InvalidTimestamp InvalidToken ExpiredToken InvalidSecurityToken
    InvalidSecretToken SessionTokenInvalid SecurityTokenExpired RequestExpired RequestTimeTooSkewed AuthFailed Unauthorized
    AuthorizationQueryParametersError`,
  PROVIDER_FORBIDDEN: "AccessDenied AccessDeniedException Forbidden UnauthorizedOperation AccountNotVerified ServiceNotOpened",
  PROVIDER_NOT_FOUND: "NotFound ResourceNotFound ProjectNotExists TopicNotExist IndexNotExists TraceInstanceNotExist",
  PROVIDER_UNAVAILABLE: `
    InternalError InternalServiceError InternalServiceTimeout InternalServerError ErrInternalServerError ServiceFailure ServiceTimeout
    ServiceUnavailable ServiceUnavailableTemp GatewayTimeout RequestTimeout`,
};

const MEANINGS: ReadonlyMap<string, ProviderCode> = new Map(
  Object.entries(CODES).flatMap(([meaning, codes]) =>
    codes
      .trim()
      .split(/\s+/)
      .map((code) => [code, meaning as ProviderCode] as const),
  ),
);

/** Errors of Node's sockets and of name resolution. */
const NETWORK_CODES: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "HPE_INVALID_CONSTANT",
  "ERR_STREAM_PREMATURE_CLOSE",
]);

/** What a vendor code means, or undefined for an unknown one. Codes may have parts: `InvalidInstance.NotFound`. */
export function meaningOf(vendorCode: string): ProviderCode | undefined {
  const known =
    MEANINGS.get(vendorCode) ?? MEANINGS.get(vendorCode.split(".")[0] ?? "") ?? MEANINGS.get(vendorCode.split(".").at(-1) ?? "");
  // A request that is wrong stays wrong, whatever the status says: `InvalidActionOrVersion` comes as a 404.
  return known ?? (/^(Invalid|Missing)/.test(vendorCode) ? "PROVIDER_FAILED" : undefined);
}

/** What an HTTP status means where the code says nothing. */
export function meaningOfStatus(status: number): ProviderCode {
  if (status === 429) return "PROVIDER_RATE_LIMITED";
  if (status === 401) return "PROVIDER_UNAUTHENTICATED";
  if (status === 403) return "PROVIDER_FORBIDDEN";
  if (status === 404) return "PROVIDER_NOT_FOUND";
  return status >= 500 || status === 408 ? "PROVIDER_UNAVAILABLE" : "PROVIDER_FAILED";
}

export function isNetworkCode(code: unknown): code is string {
  return typeof code === "string" && NETWORK_CODES.has(code);
}
