import type { CodeOf } from "../../errors/index.ts";

type ProviderCode = CodeOf<"ProviderError">;

/**
 * What the error codes of Azure mean: Azure Resource Manager ("Common Azure deployment errors", "Throttling requests"), Azure Resource
 * Graph ("Troubleshoot errors", "Guidance for throttled requests"), Azure Monitor (metrics:getBatch, "Errors and timeouts" of the Log
 * Analytics API) and the OAuth errors of Microsoft Entra ID ("Error codes for authentication"). Compared without regard to case.
 */
const CODES: Readonly<Record<Exclude<ProviderCode, "PROVIDER_FAILED" | "PROVIDER_PAGE_LOST" | "PROVIDER_REPLY_INVALID">, string>> = {
  PROVIDER_RATE_LIMITED: `
    TooManyRequests RateLimiting RateLimited ThrottledError Throttled SubscriptionRequestsThrottled TenantRequestsThrottled
    OperationNotAllowedThrottled ResourceRequestsThrottled temporarily_unavailable`,
  PROVIDER_UNAUTHENTICATED: `
    InvalidAuthenticationToken ExpiredAuthenticationToken InvalidAuthenticationTokenTenant InvalidAuthenticationInfo AuthenticationFailed
    AuthenticationFailedMissingToken AuthorizationRequiredError InvalidTokenError TokenExpired Unauthorized invalid_client
    unauthorized_client invalid_grant invalid_resource`,
  PROVIDER_FORBIDDEN: `
    AuthorizationFailed LinkedAuthorizationFailed Forbidden InsufficientAccessError AccessDenied RequestDisallowedByPolicy
    DisallowedByConditionalAccess DisallowedOperation ReadOnlyDisabledSubscription`,
  PROVIDER_NOT_FOUND: `
    ResourceNotFound ResourceGroupNotFound SubscriptionNotFound InvalidSubscriptionId NotFound WorkspaceNotFoundError PathNotFoundError
    WorkspaceNotFound`,
  PROVIDER_UNAVAILABLE: `
    InternalServerError InternalError ServerTimeout GatewayTimeout ServiceUnavailable ServerBusy RequestTimeout OperationTimedOut
    server_error`,
};

const MEANINGS: ReadonlyMap<string, ProviderCode> = new Map(
  Object.entries(CODES).flatMap(([meaning, codes]) =>
    codes
      .trim()
      .split(/\s+/)
      .map((code) => [code.toLowerCase(), meaning as ProviderCode] as const),
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
  return MEANINGS.get(vendorCode.toLowerCase());
}

/** What an HTTP status means where the code says nothing. 529 is the metrics back end's own word for throttling. */
export function meaningOfStatus(status: number): ProviderCode {
  if (status === 429 || status === 529) return "PROVIDER_RATE_LIMITED";
  if (status === 401) return "PROVIDER_UNAUTHENTICATED";
  if (status === 403) return "PROVIDER_FORBIDDEN";
  if (status === 404) return "PROVIDER_NOT_FOUND";
  return status >= 500 || status === 408 ? "PROVIDER_UNAVAILABLE" : "PROVIDER_FAILED";
}

export function isNetworkCode(code: unknown): boolean {
  return typeof code === "string" && NETWORK_CODES.has(code);
}
