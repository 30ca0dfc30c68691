import { createHmac, timingSafeEqual } from "node:crypto";
import type { SignatureVerdict } from "../cloud.ts";
import type { ServiceAccount } from "./service-account.ts";

/** How the vendor's access tokens begin. */
const PREFIX = "ya29.c.";

/** An opaque access token. It says itself what it is good for, so that it outlives a reset and needs no memory. */
export function issueAccessToken(account: ServiceAccount, scopes: readonly string[], expiresAtMs: number): string {
  const body = Buffer.from(JSON.stringify({ scopes, expiresAtMs })).toString("base64url");
  return `${PREFIX}${body}_${markOf(account, body)}`;
}

export function isAccessToken(token: string): boolean {
  return token.startsWith("ya29.");
}

/** Checks a token of {@link issueAccessToken} against the machine's clock. */
export function verifyAccessToken(
  account: ServiceAccount,
  token: string,
): { readonly verdict: SignatureVerdict; readonly scopes: readonly string[] } {
  const end = token.length - MARK_LENGTH - 1;
  const [body, mark] = [token.slice(PREFIX.length, Math.max(end, PREFIX.length)), token.slice(-MARK_LENGTH)];
  const expected = Buffer.from(markOf(account, body));
  const given = Buffer.from(mark);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { verdict: "wrong", scopes: [] };
  const { scopes, expiresAtMs } = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as {
    scopes: readonly string[];
    expiresAtMs: number;
  };
  return { verdict: expiresAtMs <= Date.now() ? "expired" : "ok", scopes };
}

const MARK_LENGTH = 43;

function markOf(account: ServiceAccount, body: string): string {
  return createHmac("sha256", account.tokenSecret).update(body).digest("base64url");
}
