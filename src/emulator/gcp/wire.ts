import type { CloudReply } from "../cloud.ts";
import { type GoogleError, HTTP_STATUS } from "./google-error.ts";
import type { GoogleReply, GoogleService } from "./service.ts";

/** A success as JSON. */
export function wireReply(reply: GoogleReply): CloudReply {
  return { status: 200, headers: { ...HEADERS }, body: typeof reply === "string" ? reply : JSON.stringify(reply) };
}

/** An error as `google.rpc.Status` in the envelope of JSON APIs (AIP-193), with the older list of Compute Engine where a service has it. */
export function wireError(service: GoogleService | undefined, error: GoogleError): CloudReply {
  const status = HTTP_STATUS[error.code];
  const legacy = [{ message: error.message, domain: domainOf(error), reason: error.reason ?? "invalid" }];
  const body = {
    error: {
      code: status,
      message: error.message,
      ...(service?.legacyErrors ? { errors: legacy } : {}),
      status: error.code,
      ...(error.details.length > 0 ? { details: error.details } : {}),
    },
  };
  return { status, headers: { ...HEADERS, ...error.headers }, body: JSON.stringify(body) };
}

const HEADERS = { "content-type": "application/json; charset=UTF-8", vary: "Origin, X-Origin, Referer", server: "ESF" } as const;

function domainOf(error: GoogleError): string {
  return error.reason === "rateLimitExceeded" ? "usageLimits" : "global";
}
