import type { CodeOf } from "../../errors/index.ts";

type ProviderCode = CodeOf<"ProviderError">;

/**
 * What the error codes of AWS mean, from the "Common errors" pages of the API references of EC2, CloudWatch, CloudWatch Logs, X-Ray,
 * RDS, Lambda, Elastic Load Balancing and STS. Compared without a trailing `Exception`, which services add or leave out at will.
 */
const CODES: Readonly<Record<Exclude<ProviderCode, "PROVIDER_FAILED" | "PROVIDER_PAGE_LOST" | "PROVIDER_REPLY_INVALID">, string>> = {
  PROVIDER_RATE_LIMITED: `
    Throttling Throttled ThrottledException EC2Throttled RequestThrottled RequestLimitExceeded TooManyRequests BandwidthLimitExceeded
    SlowDown PriorRequestNotComplete ProvisionedThroughputExceeded LimitExceeded RateExceeded RequestThrottling
    ConcurrentInvocationLimitExceeded`,
  PROVIDER_UNAUTHENTICATED: `
    ExpiredToken InvalidClientTokenId UnrecognizedClient SignatureDoesNotMatch AuthFailure InvalidSignature IncompleteSignature
    MissingAuthenticationToken InvalidAccessKeyId NotAuthorized RequestExpired RequestTimeTooSkewed
    RequestInTheFuture InvalidToken TokenRefreshRequired`,
  PROVIDER_FORBIDDEN: `
    AccessDenied AccessDeniedError UnauthorizedOperation Unauthorized OptInRequired Forbidden Blocked PendingVerification
    SubscriptionRequired UnsupportedOperationForRegion RegionDisabled`,
  PROVIDER_NOT_FOUND: `
    ResourceNotFound DBInstanceNotFound DBInstanceNotFoundFault LoadBalancerNotFound TargetGroupNotFound InvalidInstanceID.NotFound
    NotFound NoSuchEntity`,
  PROVIDER_UNAVAILABLE: `
    InternalError InternalFailure InternalServerError InternalServer InternalServiceError InternalServiceFault ServiceUnavailable Service
    Unavailable RequestTimeout Timeout TimeoutError ServerUnavailable InsufficientInstanceCapacity EC2Unexpected`,
};

const MEANINGS: ReadonlyMap<string, ProviderCode> = new Map(
  Object.entries(CODES).flatMap(([meaning, codes]) =>
    codes
      .trim()
      .split(/\s+/)
      .map((code) => [withoutSuffix(code), meaning as ProviderCode] as const),
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
  "ERR_STREAM_PREMATURE_CLOSE",
]);

/** What a vendor code means, or undefined for an unknown one. */
export function meaningOf(vendorCode: string): ProviderCode | undefined {
  return MEANINGS.get(withoutSuffix(vendorCode));
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

function withoutSuffix(code: string): string {
  return code.replace(/Exception$/, "");
}
