import { randomUUID } from "node:crypto";
import { RETRY_AFTER_SECONDS } from "./arm-wording.ts";
import { AzureError } from "./azure-error.ts";

/** The kinds of refusal, with their statuses ("Microsoft Entra authentication and authorization error codes"). */
const ERRORS = {
  missingParameter: { status: 400, error: "invalid_request", code: 900144 },
  unknownTenant: { status: 400, error: "invalid_request", code: 90002 },
  unsupportedGrant: { status: 400, error: "unsupported_grant_type", code: 70003 },
  unknownApplication: { status: 400, error: "unauthorized_client", code: 700016 },
  missingCredentials: { status: 401, error: "invalid_client", code: 7000216 },
  wrongSecret: { status: 401, error: "invalid_client", code: 7000215 },
  expiredSecret: { status: 401, error: "invalid_client", code: 7000222 },
  invalidScope: { status: 400, error: "invalid_scope", code: 1002012 },
  unknownResource: { status: 400, error: "invalid_resource", code: 500011 },
  unknownInstance: { status: 400, error: "invalid_instance", code: 50049 },
  throttled: { status: 429, error: "temporarily_unavailable", code: 90055 },
  failed: { status: 500, error: "server_error", code: 50000 },
} as const;

/** A refusal as the token endpoint gives it (same page, "Handling error codes in your application": the sample response). */
export function entraError(kind: keyof typeof ERRORS, message: string): AzureError {
  const { status, error, code } = ERRORS[kind];
  const timestamp = `${new Date().toISOString().slice(0, 19).replace("T", " ")}Z`;
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const description = `AADSTS${code}: ${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  return new AzureError(
    status,
    error,
    {
      error,
      error_description: description,
      error_codes: [code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
    kind === "throttled" ? { "retry-after": String(RETRY_AFTER_SECONDS) } : {},
  );
}
