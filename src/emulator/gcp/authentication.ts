import type { CloudRequest, SignatureVerdict } from "../cloud.ts";
import { isAccessToken, verifyAccessToken } from "./access-token.ts";
import { type Claims, verifyToken } from "./json-web-token.ts";
import type { GoogleMethod, GoogleService } from "./service.ts";
import type { ServiceAccount } from "./service-account.ts";

export interface Authentication {
  readonly verdict: SignatureVerdict;
  /** Whether the token is good for the service; says nothing unless the verdict is `ok`. */
  readonly scoped: boolean;
}

/** Checks the bearer token of a call: an access token, or a token the service account signed for itself (AIP-4111). */
export function authenticate(
  request: CloudRequest,
  account: ServiceAccount,
  service: GoogleService | undefined,
  method: GoogleMethod | undefined,
): Authentication {
  const { authorization } = request.headers;
  if (authorization === undefined) return { verdict: "missing", scoped: false };
  const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) return { verdict: "malformed", scoped: false };
  const allows = (scopes: readonly string[]) => service === undefined || scopes.some((scope) => service.scopes.includes(scope));
  if (isAccessToken(token)) {
    const { verdict, scopes } = verifyAccessToken(account, token);
    return { verdict, scoped: allows(scopes) };
  }
  const { verdict, claims } = verifyToken(token, account, true);
  if (verdict !== "ok" || claims === undefined) return { verdict, scoped: false };
  if (claims.sub !== claims.iss) return { verdict: "malformed", scoped: false };
  if (claims.scope !== undefined) return { verdict, scoped: allows(claims.scope.split(" ")) };
  return { verdict: isAudience(claims, service, method) ? "ok" : "wrong", scoped: true };
}

/** `https://SERVICE/`, or with the name of the RPC service behind it, as clients of single APIs have it. */
function isAudience({ aud }: Claims, service: GoogleService | undefined, method: GoogleMethod | undefined): boolean {
  if (aud === undefined) return false;
  if (service === undefined) return true;
  const base = `https://${service.host}/`;
  return aud === base || `${aud}/` === base || (method !== undefined && aud === base + method.rpc.slice(0, method.rpc.lastIndexOf(".")));
}
