import { randomUUID } from "node:crypto";
import { RETRY_AFTER_SECONDS } from "./arm-wording.ts";
import { armError } from "./azure-error.ts";
import type { KqlError } from "./kql/kql-error.ts";

const THROTTLED =
  "Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.";
const INVALID =
  "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.";

/** A refusal of Resource Graph: the outer message only says when it was, the details say what. */
export function graphError(code: string, message: string, status: 400 | 403) {
  return armError(status, status === 403 ? "Forbidden" : "BadRequest", supportMessage(), { details: [{ code, message }] });
}

/** A query that is not understood, as seen in the vendor's replies. */
export function graphQueryError({ kind, code, message, place }: KqlError) {
  const problem =
    kind === "syntax"
      ? {
          code: "ParserFailure",
          message: "ParserFailure",
          line: place?.line ?? -1,
          characterPositionInLine: place?.position ?? -1,
          token: place?.token ?? "",
        }
      : { code: "SemanticError", message: `${code}: ${message}` };
  return armError(400, "BadRequest", supportMessage(), { details: [{ code: "InvalidQuery", message: INVALID }, problem] });
}

/** "Guidance for throttled requests in Azure Resource Graph". */
export function graphThrottled() {
  return armError(429, "RateLimiting", supportMessage(), {
    details: [{ code: "RateLimiting", message: THROTTLED }],
    headers: {
      "retry-after": String(RETRY_AFTER_SECONDS),
      "x-ms-user-quota-remaining": "0",
      "x-ms-user-quota-resets-after": `00:00:0${RETRY_AFTER_SECONDS}`,
    },
  });
}

function supportMessage(): string {
  return `Please provide below info when asking for support: timestamp = ${new Date().toISOString()}, correlationId = ${randomUUID()}.`;
}
