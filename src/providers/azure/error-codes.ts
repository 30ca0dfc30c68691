import type { ProviderError } from "../../errors/index.ts";
import { meaningOfStatus, meaningsOf, type VendorCodes } from "../shared/error-meanings.ts";

/**
 * What the error codes of Azure mean: Azure Resource Manager ("Common Azure deployment errors", "Throttling requests"), Azure Resource
 * Graph ("Troubleshoot errors", "Guidance for throttled requests"), Azure Monitor (metrics:getBatch, "Errors and timeouts" of the Log
 * Analytics API) and the OAuth errors of Microsoft Entra ID ("Error codes for authentication"). Compared without regard to case.
 */
const CODES: VendorCodes = {
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

const MEANINGS = meaningsOf(CODES, (code) => code.toLowerCase());

/** What a refusal means, by the first of its codes that is known, else by its status. 529 is the metrics back end's own word for throttling. */
export function meaningOf(vendorCodes: readonly string[], status: number): ProviderError["code"] {
  const known = vendorCodes.map((code) => MEANINGS.get(code.toLowerCase())).find((meaning) => meaning !== undefined);
  return known ?? (status === 529 ? "PROVIDER_RATE_LIMITED" : meaningOfStatus(status));
}
