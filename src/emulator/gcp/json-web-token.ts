import { verify } from "node:crypto";
import type { SignatureVerdict } from "../cloud.ts";
import type { ServiceAccount } from "./service-account.ts";

/** What the claims of a JSON Web Token say that matters here. Times are epoch seconds. */
export interface Claims {
  readonly iss: string;
  readonly sub: string | undefined;
  readonly aud: string | undefined;
  readonly scope: string | undefined;
  readonly iat: number;
  readonly exp: number;
}

interface VerifiedToken {
  readonly verdict: SignatureVerdict;
  /** Undefined where the token cannot be read. */
  readonly claims: Claims | undefined;
}

/** Longest life of a token (OAuth 2.0 for service accounts, "Required claims": at most one hour after it was issued). */
const LONGEST_LIFE_S = 3_600;
/** Clocks may differ by this much, in seconds. */
const SKEW_S = 300;

/** Checks an RS256 token of the service account against the machine's clock. `keyIdRequired`: the header must name the key (AIP-4111). */
export function verifyToken(token: string, account: ServiceAccount, keyIdRequired: boolean): VerifiedToken {
  const [head = "", body = "", signature = "", ...rest] = token.split(".");
  const header = parsePart(head);
  const claims = readClaims(parsePart(body));
  if (header?.alg !== "RS256" || signature === "" || rest.length > 0 || claims === undefined) return { verdict: "malformed", claims };
  if (claims.iss !== account.email) return { verdict: "unknown-key", claims };
  const named = header.kid === undefined && !keyIdRequired ? true : header.kid === account.keys.keyId;
  if (!named) return { verdict: "unknown-key", claims };
  const genuine = verify("RSA-SHA256", Buffer.from(`${head}.${body}`), account.keys.publicKey, Buffer.from(signature, "base64url"));
  if (!genuine) return { verdict: "wrong", claims };
  const nowS = Date.now() / 1_000;
  if (claims.exp + SKEW_S < nowS) return { verdict: "expired", claims };
  if (claims.iat - SKEW_S > nowS || claims.exp - claims.iat > LONGEST_LIFE_S || claims.exp < claims.iat)
    return { verdict: "skewed", claims };
  return { verdict: "ok", claims };
}

function parsePart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function readClaims(claims: Readonly<Record<string, unknown>> | undefined): Claims | undefined {
  if (claims === undefined) return undefined;
  const { iss, sub, aud, scope, iat, exp } = claims;
  if (typeof iss !== "string" || typeof iat !== "number" || typeof exp !== "number") return undefined;
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  return { iss, sub: text(sub), aud: text(aud), scope: text(scope), iat, exp };
}
