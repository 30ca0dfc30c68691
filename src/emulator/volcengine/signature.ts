import { timingSafeEqual } from "node:crypto";
import type { CloudRequest, SignatureVerdict } from "../cloud.ts";
import { canonicalQuery, hmac, parseBasicInstant, sha256 } from "../hmac-signing.ts";
import { type Identity, identityOf } from "./credentials.ts";

/** Dates further off than this are refused with InvalidTimestamp (signature guide, "X-Date"). */
const MAX_SKEW_MS = 15 * 60_000;

export interface SignedScope {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export interface VerifiedSignature {
  readonly verdict: SignatureVerdict;
  readonly scope: SignedScope | undefined;
  readonly identity: Identity | undefined;
}

const AUTHORIZATION =
  /^HMAC-SHA256\s+Credential=([^/\s,]+)\/(\d{8})\/([^/\s,]+)\/([^/\s,]+)\/request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** Checks Volcengine's signature in the Authorization header, against the machine's clock. */
export class SignatureVerifier {
  // A signing key holds for a day, a region and a service: deriving it costs four HMACs.
  readonly #signingKeys = new Map<string, Buffer>();

  verify(request: CloudRequest): VerifiedSignature {
    const { authorization, "x-security-token": sessionToken } = request.headers;
    if (authorization === undefined) return { verdict: "missing", scope: undefined, identity: undefined };
    const match = AUTHORIZATION.exec(authorization);
    if (match === null) return { verdict: "malformed", scope: undefined, identity: undefined };
    const [, accessKeyId = "", date = "", region = "", service = "", signedHeaders = "", signature = ""] = match;
    const scope = { accessKeyId, date, region, service };
    const identity = identityOf(accessKeyId, sessionToken);
    return { verdict: this.#judge(request, scope, identity, signedHeaders.split(";"), signature), scope, identity };
  }

  #judge(
    request: CloudRequest,
    scope: SignedScope,
    identity: Identity | undefined,
    signedHeaders: readonly string[],
    signature: string,
  ): SignatureVerdict {
    const date = request.headers["x-date"] ?? "";
    const instantMs = parseBasicInstant(date);
    if (instantMs === undefined || !date.startsWith(scope.date) || !signedHeaders.includes("x-date")) return "malformed";
    if (identity === undefined) return "unknown-key";
    if (Math.abs(Date.now() - instantMs) > MAX_SKEW_MS) return "skewed";
    const bodyHash = sha256(request.body);
    const stringToSign = [
      "HMAC-SHA256",
      date,
      `${scope.date}/${scope.region}/${scope.service}/request`,
      sha256(canonicalRequest(request, signedHeaders, bodyHash)),
    ].join("\n");
    const expected = hmac(this.#signingKey(identity, scope), stringToSign);
    if (!timingSafeEqual(expected, Buffer.from(signature, "hex"))) return "wrong";
    return identity.expiresAtMs <= Date.now() ? "expired" : "ok";
  }

  #signingKey(identity: Identity, scope: SignedScope): Buffer {
    const name = `${scope.accessKeyId}/${identity.secretAccessKey}/${scope.date}/${scope.region}/${scope.service}`;
    const known = this.#signingKeys.get(name);
    if (known !== undefined) return known;
    let key = hmac(identity.secretAccessKey, scope.date);
    for (const part of [scope.region, scope.service, "request"]) key = hmac(key, part);
    if (this.#signingKeys.size > 1_000) this.#signingKeys.clear();
    this.#signingKeys.set(name, key);
    return key;
  }
}

function canonicalRequest(request: CloudRequest, signedHeaders: readonly string[], bodyHash: string): string {
  const [path = "/", query = ""] = request.target.split("?", 2);
  const headers = signedHeaders.map((name) => `${name}:${(request.headers[name] ?? "").trim().replace(/\s+/g, " ")}\n`).join("");
  return [request.method, path, canonicalQuery(query, unescapeBlanks), headers, signedHeaders.join(";"), bodyHash].join("\n");
}

/** Clients may write a blank as `+`, which is signed as `%20`. */
function unescapeBlanks(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
