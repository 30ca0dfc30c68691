import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { AZURE_TENANT, guidOf } from "./native-names.ts";

/** How long a token is good, in seconds: the platform's usual hour less a second. */
export const TOKEN_LIFETIME_SECONDS = 3_599;

const claimsSchema = z.object({ aud: z.string(), exp: z.number(), appid: z.string() });

/** Object id of the application's service principal, as authorization errors name it. */
export const AZURE_PRINCIPAL = guidOf("azure", "service-principal");

export interface AccessToken {
  readonly audience: string;
  readonly expiresAtMs: number;
}

/** A signed token for one audience. It says itself what it is good for, so that tokens outlive a reset. */
export function issueToken(audience: string, clientId: string, nowMs: number): string {
  const issuedAt = Math.floor(nowMs / 1_000);
  const claims = {
    aud: audience,
    iss: `https://sts.windows.net/${AZURE_TENANT}/`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + TOKEN_LIFETIME_SECONDS,
    appid: clientId,
    oid: AZURE_PRINCIPAL,
    tid: AZURE_TENANT,
    ver: "1.0",
  };
  const payload = `${base64url({ typ: "JWT", alg: "HS256", kid: "emulator" })}.${base64url(claims)}`;
  return `${payload}.${signatureOf(payload)}`;
}

/** What a token says; `malformed` where it is none, `wrong` where somebody else signed it. */
export function readToken(token: string): AccessToken | "malformed" | "wrong" {
  const [header = "", payload = "", signature = "", ...rest] = token.split(".");
  if (signature === "" || rest.length > 0) return "malformed";
  const expected = Buffer.from(signatureOf(`${header}.${payload}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return "wrong";
  const claims = claimsSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  return { audience: claims.aud, expiresAtMs: claims.exp * 1_000 };
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signatureOf(payload: string): string {
  return createHmac("sha256", "nephoscope emulator access token").update(payload).digest("base64url");
}
