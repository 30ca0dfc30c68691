import type { CallCircumstances, CloudCall, CloudReply, CloudRequest, SignatureVerdict } from "../cloud.ts";
import { jsonReply } from "../http-reply.ts";
import { issueAccessToken } from "./access-token.ts";
import { type Claims, verifyToken } from "./json-web-token.ts";
import { type ServiceAccount, TOKEN_URI } from "./service-account.ts";

export const TOKEN_OPERATION = "token";

const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const LIFE_S = 3_599;
/** The address before `oauth2.googleapis.com`, which old key files still have. */
const AUDIENCES: readonly string[] = [
  TOKEN_URI,
  "https://www.googleapis.com/oauth2/v4/token",
  "https://accounts.google.com/o/oauth2/token",
];

/** Whether a request asks for an access token. */
export function isTokenRequest({ method, target }: CloudRequest): boolean {
  return method === "POST" && target.split("?")[0] === "/token";
}

/** The grant of RFC 7523: a token the account signed in exchange for an access token (OAuth 2.0 for service accounts, "HTTP/REST"). */
export function openTokenCall(request: CloudRequest, account: ServiceAccount): CloudCall {
  const form = new URLSearchParams(request.body.toString("utf8"));
  const assertion = form.get("assertion");
  const { verdict, claims } = assertion === null ? { verdict: "missing" as const, claims: undefined } : judge(assertion, account);
  return {
    operation: TOKEN_OPERATION,
    qualifiedOperation: `oauth2.${TOKEN_OPERATION}`,
    account: null,
    region: null,
    signature: verdict,
    continues: false,
    answer: (circumstances) => answer(form.get("grant_type"), verdict, claims, account, circumstances),
  };
}

function judge(assertion: string, account: ServiceAccount): { verdict: SignatureVerdict; claims: Claims | undefined } {
  const { verdict, claims } = verifyToken(assertion, account, false);
  if (verdict !== "ok" || claims === undefined) return { verdict, claims };
  return { verdict: AUDIENCES.includes(claims.aud ?? "") ? "ok" : "wrong", claims };
}

function answer(
  grantType: string | null,
  verdict: SignatureVerdict,
  claims: Claims | undefined,
  account: ServiceAccount,
  { fault }: CallCircumstances,
): CloudReply {
  if (grantType !== GRANT_TYPE) return refusal("unsupported_grant_type", `Invalid grant_type: ${grantType ?? ""}`);
  if (verdict !== "ok") return refusal("invalid_grant", GRANT_REFUSALS[verdict]);
  if (fault === "throttle") return refusal("rate_limit_exceeded", "You have exceeded the rate limit.", 429);
  if (fault === "500") return refusal("internal_failure", "Internal failure.", 503);
  if (fault === "expired") return refusal("invalid_grant", GRANT_REFUSALS.expired);
  const scopes = claims?.scope?.split(" ").filter((scope) => scope !== "") ?? [];
  if (scopes.length === 0) return refusal("invalid_scope", "Empty or missing scope not allowed.");
  const unknown = scopes.filter((scope) => !scope.startsWith("https://www.googleapis.com/auth/"));
  if (unknown.length > 0) return refusal("invalid_scope", `Invalid OAuth scope or ID token audience provided.`);
  return jsonReply(200, {
    access_token: issueAccessToken(account, scopes, Date.now() + LIFE_S * 1_000),
    expires_in: LIFE_S,
    token_type: "Bearer",
  });
}

const GRANT_REFUSALS: Readonly<Record<Exclude<SignatureVerdict, "ok">, string>> = {
  missing: "Required parameter is missing: assertion",
  malformed: "Invalid JWT: Failed to parse the token.",
  "unknown-key": "Invalid grant: account not found",
  wrong: "Invalid JWT Signature.",
  expired:
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
  skewed:
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
};

function refusal(error: string, description: string, status = 400): CloudReply {
  return jsonReply(status, { error, error_description: description });
}
