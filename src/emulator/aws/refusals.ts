import type { SignatureVerdict } from "../cloud.ts";
import { parseBasicInstant } from "../hmac-signing.ts";
import { AwsError } from "./aws-error.ts";
import { type AwsProtocol, type AwsService, isXml } from "./service.ts";
import { MAX_SKEW_MS } from "./signature.ts";

/**
 * What AWS says to a request whose signature does not hold. Codes by protocol: EC2 has its own (EC2 API reference, "Client error codes"),
 * the others follow "Common errors" of their API references.
 */
export function signatureRefusal(verdict: Exclude<SignatureVerdict, "ok">, protocol: AwsProtocol, date: string): AwsError {
  const xml = isXml(protocol);
  const status = protocol === "json-1.0" || protocol === "json-1.1" ? 400 : 403;
  switch (verdict) {
    case "missing":
      return new AwsError(xml ? "MissingAuthenticationToken" : "MissingAuthenticationTokenException", "Missing Authentication Token", {
        status,
      });
    case "malformed":
      return new AwsError(
        xml ? "IncompleteSignature" : "IncompleteSignatureException",
        "Authorization header requires existence of 'Credential', 'SignedHeaders', 'Signature' and a matching 'X-Amz-Date'.",
        { status },
      );
    case "unknown-key":
      return protocol === "ec2-query"
        ? ec2AuthFailure()
        : new AwsError(
            xml ? "InvalidClientTokenId" : "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            { status },
          );
    case "wrong":
      return protocol === "ec2-query" ? ec2AuthFailure() : mismatch(protocol, status, WRONG_SIGNATURE);
    case "skewed":
      return protocol === "ec2-query"
        ? new AwsError("RequestExpired", "Request has expired.")
        : mismatch(protocol, status, skewMessage(date));
    case "expired":
      return expired(protocol);
  }
}

/** Session credentials that are past their end. */
export function expired(protocol: AwsProtocol): AwsError {
  if (protocol === "ec2-query") return new AwsError("RequestExpired", "Request has expired.");
  const message = "The security token included in the request is expired";
  return protocol === "query"
    ? new AwsError("ExpiredToken", message, { status: 403 })
    : new AwsError("ExpiredTokenException", message, { status: protocol === "rest-json" ? 403 : 400, queryCode: "ExpiredToken" });
}

/** A policy that does not allow the call. */
export function denied(service: AwsService, protocol: AwsProtocol, operation: string, arn: string): AwsError {
  if (protocol === "ec2-query")
    return new AwsError("UnauthorizedOperation", "You are not authorized to perform this operation.", { status: 403 });
  const message = `User: ${arn} is not authorized to perform: ${service.iamPrefix}:${operation} with an explicit deny in a service control policy`;
  return protocol === "query"
    ? new AwsError("AccessDenied", message, { status: 403 })
    : new AwsError("AccessDeniedException", message, { status: protocol === "rest-json" ? 403 : 400, queryCode: "AccessDenied" });
}

/** Too many calls. */
export function throttled(service: AwsService, protocol: AwsProtocol): AwsError {
  const own = service.throttled?.(protocol);
  if (own !== undefined) return own;
  switch (protocol) {
    case "ec2-query":
      return new AwsError("RequestLimitExceeded", "Request limit exceeded.", { status: 503 });
    case "query":
      return new AwsError("Throttling", "Rate exceeded");
    case "json-1.0":
    case "json-1.1":
      return new AwsError("ThrottlingException", "Rate exceeded", { queryCode: "Throttling" });
    case "rest-json":
      return new AwsError("ThrottledException", "Rate exceeded", { status: 429 });
  }
}

/** The cloud's own fault. */
export function internalError(protocol: AwsProtocol): AwsError {
  if (protocol === "ec2-query") return new AwsError("InternalError", "An internal error has occurred", { status: 500 });
  const code = protocol === "rest-json" ? "InternalServerException" : "InternalFailure";
  return new AwsError(code, "The request processing has failed because of an unknown error, exception or failure.", { status: 500 });
}

/** A page token that the service does not know. */
export function pageLost(service: AwsService): AwsError {
  return (
    service.pageToken?.refused?.() ??
    new AwsError("InvalidNextToken", "The specified NextToken is not valid.", { queryCode: "InvalidNextToken" })
  );
}

/** A region that is not enabled for the account: its endpoints do not know the keys. */
export function regionDisabled(protocol: AwsProtocol): AwsError {
  return signatureRefusal("unknown-key", protocol, "");
}

const WRONG_SIGNATURE =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

function ec2AuthFailure(): AwsError {
  return new AwsError("AuthFailure", "AWS was not able to validate the provided access credentials", { status: 401 });
}

function mismatch(protocol: AwsProtocol, status: number, message: string): AwsError {
  return new AwsError(protocol === "query" ? "SignatureDoesNotMatch" : "InvalidSignatureException", message, {
    status,
    queryCode: "SignatureDoesNotMatch",
  });
}

function skewMessage(date: string): string {
  const sentMs = parseBasicInstant(date) ?? 0;
  const nowMs = Date.now();
  return sentMs < nowMs
    ? `Signature expired: ${date} is now earlier than ${amzDate(nowMs - MAX_SKEW_MS)} (${amzDate(nowMs)} - 15 min.)`
    : `Signature not yet current: ${date} is still later than ${amzDate(nowMs + MAX_SKEW_MS)} (${amzDate(nowMs)} + 15 min.)`;
}

function amzDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}
