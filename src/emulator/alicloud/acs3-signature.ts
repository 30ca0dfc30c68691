import { timingSafeEqual } from "node:crypto";
import type { CloudRequest } from "../cloud.ts";
import { identityOf } from "./credentials.ts";
import { hmacSha256, MAX_SKEW_MS, percentEncode, sha256, sortedQuery, unverified, type VerifiedSignature } from "./verified-signature.ts";

const AUTHORIZATION = /^ACS3-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;
const ALWAYS_SIGNED = ["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"];
const MAX_NONCES = 200_000;

/** Checks ACS3-HMAC-SHA256 ("V3 request structure and signature") against the machine's clock, and that no nonce comes twice. */
export class Acs3Verifier {
  readonly #nonces = new Map<string, number>();

  verify(request: CloudRequest): VerifiedSignature {
    const { headers } = request;
    const { authorization } = headers;
    if (authorization === undefined) return unverified("missing");
    const match = AUTHORIZATION.exec(authorization);
    const sentMs = parseAcsDate(headers["x-acs-date"] ?? "");
    if (match === null || sentMs === undefined) return unverified("malformed");
    const [, accessKeyId = "", signedHeaders = "", signature = ""] = match;
    const signed = signedHeaders.split(";");
    const expected = Object.keys(headers).filter((name) => name.startsWith("x-acs-"));
    if (![...ALWAYS_SIGNED, ...expected].every((name) => signed.includes(name))) return unverified("malformed");
    const identity = identityOf(accessKeyId, headers["x-acs-security-token"]);
    if (identity === undefined) return unverified("unknown-key");
    const stringToSign = `ACS3-HMAC-SHA256\n${sha256(canonicalRequest(request, signed))}`;
    const verified = (verdict: VerifiedSignature["verdict"], replayed = false) => ({ verdict, identity, replayed, stringToSign });
    if (Math.abs(Date.now() - sentMs) > MAX_SKEW_MS) return verified("skewed");
    if (!timingSafeEqual(hmacSha256(identity.accessKeySecret, stringToSign), Buffer.from(signature, "hex"))) return verified("wrong");
    // The hash in the header is signed; the body is what it promises to be.
    if (sha256(request.body) !== headers["x-acs-content-sha256"]) return verified("wrong");
    if (!this.#isNew(`${accessKeyId} ${headers["x-acs-signature-nonce"]}`)) return verified("wrong", true);
    return verified(identity.expiresAtMs <= Date.now() ? "expired" : "ok");
  }

  #isNew(nonce: string): boolean {
    const nowMs = Date.now();
    if (this.#nonces.has(nonce)) return false;
    this.#nonces.set(nonce, nowMs);
    // Older ones need no memory: their dates are refused.
    for (const [old, seenMs] of this.#nonces) {
      if (nowMs - seenMs <= 2 * MAX_SKEW_MS && this.#nonces.size <= MAX_NONCES) break;
      this.#nonces.delete(old);
    }
    return true;
  }
}

function canonicalRequest({ method, target, headers, body }: CloudRequest, signed: readonly string[]): string {
  const [path = "/", query = ""] = target.split("?", 2);
  return [
    method,
    path,
    sortedQuery(query)
      .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value ?? "")}`)
      .join("&"),
    signed.map((name) => `${name}:${(headers[name] ?? "").trim()}\n`).join(""),
    signed.join(";"),
    headers["x-acs-content-sha256"] ?? sha256(body),
  ].join("\n");
}

/** `2026-08-24T12:00:00Z`, in milliseconds since the epoch; undefined for anything else. */
function parseAcsDate(text: string): number | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : undefined;
}
