import type { SignatureVerdict } from "../cloud.ts";
import { errorInfo, GoogleError, invalidArgument } from "./google-error.ts";
import { projectNumber } from "./native-names.ts";
import type { GoogleMethod, GoogleService } from "./service.ts";

const EXPECTED =
  "Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.";
const REALM = 'Bearer realm="https://accounts.google.com/"';

/** What a call is answered whose token does not hold. Reasons: google/api/error_reason.proto. */
export function tokenRefusal(
  verdict: Exclude<SignatureVerdict, "ok">,
  service: GoogleService,
  method: GoogleMethod | undefined,
): GoogleError {
  const metadata = { service: service.host, ...(method === undefined ? {} : { method: method.rpc }) };
  if (verdict === "missing") {
    return new GoogleError("UNAUTHENTICATED", `Request is missing required authentication credential. ${EXPECTED}`, {
      details: [errorInfo("CREDENTIALS_MISSING", "googleapis.com", metadata)],
      reason: "required",
      headers: { "www-authenticate": REALM },
    });
  }
  const reason = verdict === "expired" ? "ACCESS_TOKEN_EXPIRED" : "ACCESS_TOKEN_TYPE_UNSUPPORTED";
  return new GoogleError("UNAUTHENTICATED", `Request had invalid authentication credentials. ${EXPECTED}`, {
    details: [errorInfo(reason, "googleapis.com", metadata)],
    reason: "authError",
    headers: { "www-authenticate": `${REALM}, error="invalid_token"` },
  });
}

/** A token whose scopes do not cover the service. */
export function scopeInsufficient(service: GoogleService, method: GoogleMethod): GoogleError {
  return new GoogleError("PERMISSION_DENIED", "Request had insufficient authentication scopes.", {
    details: [errorInfo("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "googleapis.com", { service: service.host, method: method.rpc })],
    reason: "insufficientPermissions",
    headers: { "www-authenticate": `${REALM}, error="insufficient_scope", scope="${service.scopes.join(" ")}"` },
  });
}

/** A project that is not among the emulated ones: services do not tell whether it exists. */
export function projectDenied(service: GoogleService, { permission }: GoogleMethod, project: string): GoogleError {
  const resource = `projects/${project}`;
  if (service.id === "compute") return new GoogleError("NOT_FOUND", `The resource '${resource}' was not found`, { reason: "notFound" });
  return new GoogleError(
    "PERMISSION_DENIED",
    `Permission '${permission}' denied on resource '//${service.host}/${resource}' (or it may not exist).`,
    {
      details: [errorInfo("IAM_PERMISSION_DENIED", "iam.googleapis.com", { permission, resource })],
      reason: "forbidden",
    },
  );
}

/**
 * Too many calls. Compute Engine answers 403 with `rateLimitExceeded` (Compute Engine guide, "API rate quotas"), the others 429; those tell
 * how long to wait where they know it (google/rpc/error_details.proto, `RetryInfo`).
 */
export function throttled(service: GoogleService, project: string | null): GoogleError {
  const { metric, limit, title } = service.quota;
  const consumer = `project_number:${projectNumber(project ?? "")}`;
  const message = `Quota exceeded for quota metric '${title}' and limit '${title} per minute' of service '${service.host}' for consumer '${consumer}'.`;
  const info = errorInfo("RATE_LIMIT_EXCEEDED", "googleapis.com", {
    service: service.host,
    consumer: `projects/${projectNumber(project ?? "")}`,
    quota_metric: `${service.host}/${metric}`,
    quota_limit: limit,
    quota_limit_value: "60",
    quota_location: "global",
  });
  if (service.id === "compute") return new GoogleError("PERMISSION_DENIED", message, { details: [info], reason: "rateLimitExceeded" });
  return new GoogleError("RESOURCE_EXHAUSTED", message, {
    details: [info, { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "0.500s" }],
    reason: "rateLimitExceeded",
  });
}

/** The cloud's own fault. */
export function unavailable(): GoogleError {
  return new GoogleError("UNAVAILABLE", "The service is currently unavailable.", { reason: "backendError" });
}

/** A page token that the service does not know. */
export function pageLost(service: GoogleService, token: string): GoogleError {
  if (service.id !== "compute") return invalidArgument("The page token is invalid.");
  return new GoogleError("INVALID_ARGUMENT", `Invalid value for field 'pageToken': '${token}'.`, { reason: "invalid" });
}

/** A path that no service has. */
export function notFound(): GoogleError {
  return new GoogleError("NOT_FOUND", "Method not found.", { reason: "notFound" });
}
