import type { CloudFault } from "../cloud.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcService } from "./rpc-service.ts";
import type { VerifiedSignature } from "./verified-signature.ts";

/**
 * What the gateway says to a request whose signature does not hold: codes and messages of the public errors
 * (api.alibabacloud.com, error centre, product "public"; the same codes stand in the services' lists of common errors).
 */
export function signatureRefusal({ verdict, replayed, stringToSign }: VerifiedSignature): RpcError {
  switch (verdict) {
    case "missing":
      return new RpcError(400, "MissingAccessKeyId", "AccessKeyId is mandatory for this action.");
    case "unknown-key":
      return new RpcError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
    case "skewed":
      return new RpcError(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
    case "expired":
      return tokenExpired();
    case "wrong":
      return replayed
        ? new RpcError(400, "SignatureNonceUsed", "Specified signature nonce was used already.")
        : new RpcError(
            400,
            "SignatureDoesNotMatch",
            `Specified signature is not matched with our calculation. server string to sign is:${stringToSign}`,
          );
    default:
      return new RpcError(400, "IncompleteSignature", "The request signature does not conform to Aliyun standards.");
  }
}

/** What a service says to a call that meets a fault. */
export function faultRefusal(service: RpcService, fault: CloudFault): RpcError {
  switch (fault) {
    case "throttle":
      return new RpcError(400, "Throttling.User", "Request was denied due to user flow control.");
    case "500":
      return new RpcError(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.");
    case "expired":
      return tokenExpired();
    case "lost-page":
      return service.pageLost();
  }
}

export function unknownAction(): RpcError {
  return new RpcError(404, "InvalidAction.NotFound", "Specified api is not found, please check your url and method.");
}

export function unknownVersion(): RpcError {
  return new RpcError(400, "InvalidVersion", "Specified parameter Version is not valid.");
}

/** ECS and those that share its words (ECS error codes, "Forbidden.RAM"). */
export function forbiddenByRam(): RpcError {
  return new RpcError(403, "Forbidden.RAM", "User not authorized to operate on the specified resource, or this API doesn't support RAM.");
}

function tokenExpired(): RpcError {
  return new RpcError(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
}
