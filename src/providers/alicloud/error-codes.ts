import type { ProviderError } from "../../errors/index.ts";
import { meaningsOf, type VendorCodes } from "../shared/error-meanings.ts";

/**
 * What the error codes of Alibaba Cloud mean, from the error centre of the OpenAPI portal (common errors, ECS, CMS, RDS, STS) and from
 * "Common error codes" of the Simple Log Service API reference. A code also covers what is appended to it after a dot, as in
 * `Throttling.User`, unless the longer one is here too.
 */
const CODES: VendorCodes = {
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

const MEANINGS = meaningsOf(CODES);

/** What a vendor code means, or undefined for an unknown one. */
export function meaningOf(vendorCode: string): ProviderError["code"] | undefined {
  for (let code = vendorCode; code !== ""; code = code.slice(0, Math.max(0, code.lastIndexOf(".")))) {
    const meaning = MEANINGS.get(code);
    if (meaning !== undefined) return meaning;
  }
  return undefined;
}
