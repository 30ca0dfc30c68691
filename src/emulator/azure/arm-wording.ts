import { AZURE_PRINCIPAL } from "./access-token.ts";
import { armError } from "./azure-error.ts";
import { AZURE_TENANT } from "./native-names.ts";
import type { AzureRoute, AzureWording, TokenProblem } from "./service.ts";

/** Seconds to wait after too many requests. */
export const RETRY_AFTER_SECONDS = 1;

const PROBLEMS: Readonly<Record<TokenProblem, { readonly code: string; readonly message: string }>> = {
  missing: { code: "AuthenticationFailed", message: "Authentication failed. The 'Authorization' header is missing." },
  malformed: { code: "InvalidAuthenticationToken", message: "The access token is invalid." },
  wrong: { code: "InvalidAuthenticationToken", message: "The access token is from the wrong issuer or its signature is not valid." },
  expired: { code: "ExpiredAuthenticationToken", message: "The access token expiry UTC time is earlier than current UTC time." },
  audience: { code: "InvalidAuthenticationTokenAudience", message: "The access token has been obtained for wrong audience or resource" },
};

/**
 * How Azure Resource Manager words refusals ("Troubleshoot common Azure deployment errors", "Understand how Azure Resource Manager throttles
 * requests"). `action` is the permission that a denied call lacks.
 */
export function armWording(action: string): AzureWording {
  return {
    unauthenticated: (problem, audience) => {
      const { code, message } = PROBLEMS[problem];
      return armError(401, code, problem === "audience" ? `${message} '${audience}'.` : message, {
        headers: {
          "www-authenticate": `Bearer authorization_uri="https://login.microsoftonline.com/${AZURE_TENANT}", error="invalid_token", error_description="${message}"`,
        },
      });
    },
    denied: (route) => authorizationFailed(action, route),
    throttled: () =>
      armError(429, "TooManyRequests", "The request is being throttled as the limit has been reached for operation type - Read.", {
        headers: { "retry-after": String(RETRY_AFTER_SECONDS) },
      }),
    failed: () => armError(500, "InternalServerError", "The server encountered an internal error. Please retry the request."),
    notFound: (request) =>
      armError(404, "InvalidResourceType", `The resource type could not be found for the request '${request.method} ${request.path}'.`),
  };
}

export function authorizationFailed(action: string, { account }: Pick<AzureRoute, "account">): ReturnType<typeof armError> {
  return armError(
    403,
    "AuthorizationFailed",
    `The client '${AZURE_PRINCIPAL}' with object id '${AZURE_PRINCIPAL}' does not have authorization to perform action '${action}' over scope '/subscriptions/${account ?? ""}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}
