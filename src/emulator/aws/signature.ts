import { timingSafeEqual } from "node:crypto";
import type { CloudRequest, SignatureVerdict } from "../cloud.ts";
import { canonicalQuery, escapeUri, hmac, parseBasicInstant, sha256, unescapeUri } from "../hmac-signing.ts";
import { type Identity, identityOf } from "./credentials.ts";

/** AWS refuses dates further off than this (IAM user guide, "Elements of an AWS API request signature"). */
export const MAX_SKEW_MS = 15 * 60_000;

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
  /** `x-amz-date` of the request, for the messages of refusals. */
  readonly date: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256\s+Credential=([^/\s,]+)\/(\d{8})\/([^/\s,]+)\/([^/\s,]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** Checks Signature Version 4 in the Authorization header, against the machine's clock. */
export class SignatureVerifier {
  // A signing key holds for a day, a region and a service: deriving it costs four HMACs.
  readonly #signingKeys = new Map<string, Buffer>();

  verify(request: CloudRequest): VerifiedSignature {
    const { headers } = request;
    const date = headers["x-amz-date"] ?? "";
    const authorization = headers.authorization;
    if (authorization === undefined) return { verdict: "missing", scope: undefined, identity: undefined, date };
    const match = AUTHORIZATION.exec(authorization);
    if (match === null) return { verdict: "malformed", scope: undefined, identity: undefined, date };
    const [, accessKeyId = "", day = "", region = "", service = "", signedHeaders = "", signature = ""] = match;
    const scope = { accessKeyId, date: day, region, service };
    const identity = identityOf(accessKeyId, headers["x-amz-security-token"]);
    const verdict = this.#judge(request, scope, identity, signedHeaders.split(";"), signature);
    return { verdict, scope, identity, date };
  }

  #judge(
    request: CloudRequest,
    scope: SignedScope,
    identity: Identity | undefined,
    signedHeaders: readonly string[],
    signature: string,
  ): SignatureVerdict {
    const date = request.headers["x-amz-date"] ?? "";
    const instantMs = parseBasicInstant(date);
    if (
      instantMs === undefined ||
      !date.startsWith(scope.date) ||
      !signedHeaders.includes("host") ||
      !signedHeaders.includes("x-amz-date")
    ) {
      return "malformed";
    }
    if (identity === undefined) return "unknown-key";
    if (Math.abs(Date.now() - instantMs) > MAX_SKEW_MS) return "skewed";
    const stringToSign = [
      "AWS4-HMAC-SHA256",
      date,
      `${scope.date}/${scope.region}/${scope.service}/aws4_request`,
      sha256(canonicalRequest(request, signedHeaders)),
    ].join("\n");
    const expected = hmac(this.#signingKey(identity, scope), stringToSign);
    if (!timingSafeEqual(expected, Buffer.from(signature, "hex"))) return "wrong";
    return identity.expiresAtMs <= Date.now() ? "expired" : "ok";
  }

  #signingKey(identity: Identity, scope: SignedScope): Buffer {
    const name = `${scope.accessKeyId}/${identity.secretAccessKey}/${scope.date}/${scope.region}/${scope.service}`;
    const known = this.#signingKeys.get(name);
    if (known !== undefined) return known;
    let key = hmac(`AWS4${identity.secretAccessKey}`, scope.date);
    for (const part of [scope.region, scope.service, "aws4_request"]) key = hmac(key, part);
    if (this.#signingKeys.size > 1_000) this.#signingKeys.clear();
    this.#signingKeys.set(name, key);
    return key;
  }
}

/** The body's own hash always counts: none of the services here takes unsigned payloads. */
function canonicalRequest(request: CloudRequest, signedHeaders: readonly string[]): string {
  const [path = "/", query = ""] = request.target.split("?", 2);
  const headers = signedHeaders.map((name) => `${name}:${(request.headers[name] ?? "").trim().replace(/ +/g, " ")}\n`).join("");
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query, unescapeUri),
    headers,
    signedHeaders.join(";"),
    sha256(request.body),
  ].join("\n");
}

/** Every service but S3 signs the path with its escapes escaped once more. */
function canonicalPath(path: string): string {
  return path
    .split("/")
    .map((segment) => escapeUri(segment))
    .join("/");
}
