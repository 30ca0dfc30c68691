import type { ProviderError } from "../../errors/index.ts";
import { meaningsOf, type VendorCodes } from "../shared/error-meanings.ts";

/**
 * What the error codes of AWS mean, from the "Common errors" pages of the API references of EC2, CloudWatch, CloudWatch Logs, X-Ray,
 * RDS, Lambda, Elastic Load Balancing and STS. Compared without a trailing `Exception`, which services add or leave out at will.
 */
const CODES: VendorCodes = {
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

const MEANINGS = meaningsOf(CODES, withoutSuffix);

/** What a vendor code means, or undefined for an unknown one. */
export function meaningOf(vendorCode: string): ProviderError["code"] | undefined {
  return MEANINGS.get(withoutSuffix(vendorCode)) ?? (NOT_FOUND.test(withoutSuffix(vendorCode)) ? "PROVIDER_NOT_FOUND" : undefined);
}

/** Services of any kind say so: `InvalidVolume.NotFound`, `DBSnapshotNotFoundFault`, `NoSuchResource`. */
const NOT_FOUND = /NotFound(Fault)?$|^NoSuch/;

function withoutSuffix(code: string): string {
  return code.replace(/Exception$/, "");
}
