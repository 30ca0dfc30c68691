import type { CodeOf } from "../../errors/index.ts";

type ProviderCode = CodeOf<"ProviderError">;

/**
 * What the error codes of Alibaba Cloud mean, from the error centre of the OpenAPI portal (common errors, ECS, CMS, RDS, STS) and from
 * "Common error codes" of the Simple Log Service API reference. A code also covers what is appended to it after a dot, as in
 * `Throttling.User`, unless the longer one is here too.
 */
const CODES: Readonly<Record<Exclude<ProviderCode, "PROVIDER_FAILED" | "PROVIDER_PAGE_LOST" | "PROVIDER_REPLY_INVALID">, string>> = {
  PROVIDER_RATE_LIMITED: `
    Throttling FlowControl RequestLimitExceeded TooManyRequests
    ReadQuotaExceed ShardReadQuotaExceed ExceedQuota QuotaExceed SQLQuotaExceed`,
  PROVIDER_UNAUTHENTICATED: `
    InvalidAccessKeyId InvalidAccessKeySecret SignatureDoesNotMatch SignatureNonceUsed IncompleteSignature InvalidSignature
    InvalidSecurityToken SecurityTokenExpired MissingSecurityToken InvalidTimeStamp IllegalTimestamp MissingAccessKeyId
    InvalidCredentials SignatureNotMatch Unauthorized MissAccessKeyId RequestTimeExpired InvalidRequestTime RequestTimeTooSkewed`,
  PROVIDER_FORBIDDEN: `
    Forbidden NoPermission AccessDenied UnauthorizedOperation Unauthorized.EmptyRegion EntityNotExist.Role ProjectForbidden
    InvalidAccessKeyId.Inactive InvalidRegionId.Forbidden OperationDenied RegionUnauthorized AccessForbidden`,
  PROVIDER_NOT_FOUND: `
    ResourceNotFound ProjectNotExist LogStoreNotExist IndexConfigNotExist InvalidInstanceId.NotFound InvalidDBInstanceId.NotFound
    InvalidRegionId InvalidParameter.RegionId`,
  PROVIDER_UNAVAILABLE: `
    InternalError InternalServerError ServiceUnavailable ServerBusy ServiceUnavailableTemporary ServiceTimeout LastTokenProcessing
    UnknownError RequestTimeout ServiceBusy`,
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
]);

/** What a vendor code means, or undefined for an unknown one. */
export function meaningOf(vendorCode: string): ProviderCode | undefined {
  for (let code = vendorCode; code !== ""; code = code.slice(0, Math.max(0, code.lastIndexOf(".")))) {
    const meaning = MEANINGS.get(code);
    if (meaning !== undefined) return meaning;
  }
  return undefined;
}

/** What an HTTP status means where the code says nothing. */
export function meaningOfStatus(status: number | undefined): ProviderCode {
  if (status === undefined) return "PROVIDER_FAILED";
  if (status === 429) return "PROVIDER_RATE_LIMITED";
  if (status === 401) return "PROVIDER_UNAUTHENTICATED";
  if (status === 403) return "PROVIDER_FORBIDDEN";
  if (status === 404) return "PROVIDER_NOT_FOUND";
  return status >= 500 || status === 408 ? "PROVIDER_UNAVAILABLE" : "PROVIDER_FAILED";
}

export function isNetworkCode(code: unknown): boolean {
  return typeof code === "string" && NETWORK_CODES.has(code);
}
