import type { SignatureVerdict } from "../cloud.ts";
import { VolcengineError } from "./volcengine-error.ts";

/**
 * What the gateway says to a request whose signature does not hold. Codes, numbers and statuses: "Common error codes" of the Open API
 * (docs.byteplus.com/byteplus-platform/reference/common-error-codes); of the log service: the error codes in volc-sdk-golang `service/tls`.
 */
export function signatureRefusal(verdict: Exclude<SignatureVerdict, "ok">, accessKeyId: string): VolcengineError {
  switch (verdict) {
    case "missing":
      return new VolcengineError("MissingAuthenticationToken", "Request is missing Authentication Token.", {
        status: 401,
        number: 100_003,
      });
    case "malformed":
      return new VolcengineError("InvalidAuthorization", "Invalid 'Authorization' header, Pls check your authorization header.", {
        number: 100_024,
      });
    case "unknown-key":
      return new VolcengineError("InvalidAccessKey", `The accesskey [${accessKeyId}] included in the request is invalid.`, {
        status: 401,
        number: 100_009,
      });
    case "wrong":
      return new VolcengineError(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your Secret Access Key and signing method. Consult the service documentation for details.",
        { status: 401, number: 100_010 },
      );
    case "skewed":
      return new VolcengineError("InvalidTimestamp", "The signature of the request is expired.", { number: 100_006 });
    case "expired":
      return sessionExpired();
  }
}

/** Session credentials that are past their end. */
export function sessionExpired(): VolcengineError {
  return new VolcengineError("InvalidSecretToken", "The security token included in the request is expired.", {
    status: 401,
    number: 100_026,
  });
}

export function accessDenied(action: string, resource: string): VolcengineError {
  return new VolcengineError("AccessDenied", `User is not authorized to perform: ${action} on resource: ${resource}`, {
    status: 403,
    number: 100_013,
  });
}

export function flowLimitExceeded(): VolcengineError {
  return new VolcengineError(
    "FlowLimitExceeded",
    "Request was rejected because the request speed of this openAPI is beyond the current flow control limit.",
    { status: 429, number: 100_018 },
  );
}

export function internalError(): VolcengineError {
  return new VolcengineError("InternalError", "An internal error has occurred.", { status: 500, number: 100_023 });
}

export function serviceNotFound(service: string): VolcengineError {
  return new VolcengineError("ServiceNotFound", `This service[${service}] not found.`, { status: 404, number: 100_007 });
}

export function missingParameter(name: string): VolcengineError {
  return new VolcengineError("MissingParameter", `The request is missing ${name} parameter.`, { number: 100_002 });
}

export function invalidActionOrVersion(action: string, version: string): VolcengineError {
  return new VolcengineError("InvalidActionOrVersion", `Could not find operation ${action} for version ${version}.`, {
    status: 404,
    number: 100_008,
  });
}

/** An argument that a service does not take: "InvalidArgument" of ECS and the log service. */
export function invalidArgument(message = "The specified argument is invalid."): VolcengineError {
  return new VolcengineError("InvalidArgument", message);
}

const TLS_CODES: Readonly<Record<string, string>> = {
  MissingAuthenticationToken: "AuthFailed",
  InvalidAuthorization: "AuthorizationQueryParametersError",
  InvalidAccessKey: "InvalidAccessKeyId",
  InvalidTimestamp: "RequestTimeTooSkewed",
  InvalidSecretToken: "InvalidSecurityToken",
  FlowLimitExceeded: "ExceedQPSLimit",
  InternalError: "ErrInternalServerError",
  InvalidActionOrVersion: "MethodNotSupport",
  MissingParameter: "InvalidArgument",
  ServiceNotFound: "InvalidArgument",
};

/** The log service's own code for a refusal of the gateway. */
export function tlsCode(code: string): string {
  return TLS_CODES[code] ?? code;
}
