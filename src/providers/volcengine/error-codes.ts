import type { ProviderError } from "../../errors/index.ts";
import { meaningsOf, type VendorCodes } from "../shared/error-meanings.ts";

/**
 * What the error codes of Volcengine mean, from its lists of common and of IAM error codes (volcengine.com/docs/6257/64992) and from
 * `error_code.go` of the log service's Go SDK.
 */
const CODES: VendorCodes = {
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

const MEANINGS = meaningsOf(CODES);

/** What a vendor code means, or undefined for an unknown one. Codes may have parts: `InvalidInstance.NotFound`. */
export function meaningOf(vendorCode: string): ProviderError["code"] | undefined {
  const known =
    MEANINGS.get(vendorCode) ?? MEANINGS.get(vendorCode.split(".")[0] ?? "") ?? MEANINGS.get(vendorCode.split(".").at(-1) ?? "");
  // A request that is wrong stays wrong, whatever the status says: `InvalidActionOrVersion` comes as a 404.
  return known ?? (/^(Invalid|Missing)/.test(vendorCode) ? "PROVIDER_FAILED" : undefined);
}
