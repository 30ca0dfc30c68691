import { RETRY_AFTER_SECONDS } from "./arm-wording.ts";
import { AzureError } from "./azure-error.ts";
import type { KqlError } from "./kql/kql-error.ts";
import { AZURE_TENANT } from "./native-names.ts";
import type { AzureWording, TokenProblem } from "./service.ts";

interface ErrorInfo {
  readonly code: string;
  readonly message: string;
  readonly details?: readonly object[];
  readonly innererror?: ErrorInfo & { readonly line?: number; readonly pos?: number; readonly token?: string };
}

/** Statuses and codes as "Azure Monitor Log Analytics API errors" has them. */
const PROBLEMS: Readonly<Record<TokenProblem, { readonly status: 401 | 403; readonly code: string; readonly message: string }>> = {
  missing: { status: 401, code: "AuthenticationFailed", message: "Authentication failed. The 'Authorization' header is missing." },
  malformed: { status: 403, code: "InvalidAuthenticationToken", message: "The access token is invalid." },
  wrong: { status: 403, code: "InvalidAuthenticationToken", message: "The access token is invalid." },
  expired: {
    status: 401,
    code: "ExpiredAuthenticationToken",
    message: "The access token expiry UTC time is earlier than current UTC time.",
  },
  audience: {
    status: 403,
    code: "InvalidAuthenticationTokenAudience",
    message: "The access token has been obtained from wrong audience or resource",
  },
};

export function logError(status: number, info: ErrorInfo, headers: Readonly<Record<string, string>> = {}): AzureError {
  return new AzureError(status, info.code, { error: info }, headers);
}

/** How the Log Analytics data plane words refusals. */
export const LOG_WORDING: AzureWording = {
  unauthenticated: (problem, audience) => {
    const { status, code, message } = PROBLEMS[problem];
    const challenge = `Bearer authorization_uri="https://login.microsoftonline.com/${AZURE_TENANT}", error="invalid_token"`;
    return logError(
      status,
      { code, message: problem === "audience" ? `${message} '${audience}'.` : message },
      status === 401 ? { "www-authenticate": challenge } : {},
    );
  },
  denied: () =>
    logError(403, {
      code: "InsufficientAccessError",
      message: "The provided credentials have insufficient access to perform the requested operation",
      innererror: {
        code: "UnauthorizedClient",
        message: "The service principal does not have sufficient permissions to access this resource",
      },
    }),
  throttled: () =>
    logError(
      429,
      { code: "ThrottledError", message: "The request was throttled. The maximum number of requests has been reached." },
      { "retry-after": String(RETRY_AFTER_SECONDS) },
    ),
  failed: () => logError(500, { code: "InternalServerError", message: "An internal server error occurred." }),
  notFound: () => logError(404, { code: "PathNotFoundError", message: "The requested path does not exist" }),
};

export function badArgument(innererror: NonNullable<ErrorInfo["innererror"]>): AzureError {
  return logError(400, { code: "BadArgumentError", message: "The request had some invalid properties", innererror });
}

/** A query that is not understood: same page, and the troubleshooting guides of the SDKs for what lies within. */
export function logQueryError({ kind, code, message, place }: KqlError): AzureError {
  const inner = { code, message, ...(place === undefined ? {} : { line: place.line, pos: place.position, token: place.token }) };
  return badArgument(
    kind === "syntax"
      ? { code: "SyntaxError", message: "A recognition error occurred in the query.", innererror: inner }
      : { code: "SemanticError", message: "A semantic error occurred.", innererror: inner },
  );
}

/** What stands beside rows that are not all ("Azure Monitor Log Analytics API response format"). */
export function partialError(message: string): ErrorInfo {
  return {
    code: "PartialError",
    message: "There were some errors when processing your query.",
    details: [{ code: "EngineError", message }],
  };
}
