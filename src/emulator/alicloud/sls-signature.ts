import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { CloudRequest } from "../cloud.ts";
import { type Identity, identityOf } from "./credentials.ts";
import { hmacSha256, MAX_SKEW_MS, percentEncode, sha256, sortedQuery, unverified, type VerifiedSignature } from "./verified-signature.ts";

const V1 = /^LOG ([^:\s]+):([A-Za-z0-9+/]+=*)$/;
const V4 = /^SLS4-HMAC-SHA256 Credential=([^/\s,]+)\/(\d{8})\/([^/\s,]+)\/sls\/aliyun_v4_request,\s*Signature=([0-9a-f]{64})$/;
/** `hmac-sha1` by the reference ("Request signatures"); the vendor's current gateway packages send `hmac-sha256`. */
const V1_METHODS: Readonly<Record<string, string>> = { "hmac-sha1": "sha1", "hmac-sha256": "sha256" };

/** Checks both signatures of Log Service against the machine's clock. */
export function verifySls(request: CloudRequest): VerifiedSignature {
  const { authorization } = request.headers;
  if (authorization === undefined) return unverified("missing");
  const v1 = V1.exec(authorization);
  if (v1 !== null) return verifyV1(request, v1[1] ?? "", v1[2] ?? "");
  const v4 = V4.exec(authorization);
  if (v4 !== null) return verifyV4(request, v4[1] ?? "", v4[2] ?? "", v4[3] ?? "", v4[4] ?? "");
  return unverified("malformed");
}

function verifyV1(request: CloudRequest, accessKeyId: string, signature: string): VerifiedSignature {
  const { headers, body } = request;
  const algorithm = V1_METHODS[headers["x-log-signaturemethod"] ?? ""];
  const sentMs = Date.parse(headers.date ?? "");
  if (algorithm === undefined || Number.isNaN(sentMs)) return unverified("malformed");
  const identity = identityOf(accessKeyId, headers["x-acs-security-token"]);
  if (identity === undefined) return unverified("unknown-key");
  const stringToSign = v1StringToSign(request);
  const expected = createHmac(algorithm, identity.accessKeySecret).update(stringToSign).digest();
  const md5 = headers["content-md5"] ?? "";
  const bodyHolds = body.length === 0 || md5 === createHash("md5").update(body).digest("hex").toUpperCase();
  return judged(identity, stringToSign, sentMs, bodyHolds && equal(expected, Buffer.from(signature, "base64")));
}

function v1StringToSign({ method, target, headers }: CloudRequest): string {
  const [path = "/", query = ""] = target.split("?", 2);
  const parameters = sortedQuery(query).map(([name, value]) => (value === undefined ? name : `${name}=${value}`));
  return [
    method,
    headers["content-md5"] ?? "",
    headers["content-type"] ?? "",
    headers.date ?? "",
    ...Object.keys(headers)
      .filter((name) => name.startsWith("x-log-") || name.startsWith("x-acs-"))
      .sort()
      .map((name) => `${name}:${headers[name]}`),
    parameters.length === 0 ? path : `${path}?${parameters.join("&")}`,
  ].join("\n");
}

function verifyV4(request: CloudRequest, accessKeyId: string, day: string, region: string, signature: string): VerifiedSignature {
  const { headers, body } = request;
  const date = headers["x-log-date"] ?? "";
  const sentMs = basicTime(date);
  if (sentMs === undefined || !date.startsWith(day)) return unverified("malformed");
  const identity = identityOf(accessKeyId, headers["x-acs-security-token"]);
  if (identity === undefined) return unverified("unknown-key");
  const contentHash = headers["x-log-content-sha256"] ?? "";
  const scope = `${day}/${region}/sls/aliyun_v4_request`;
  const stringToSign = ["SLS4-HMAC-SHA256", date, scope, sha256(v4CanonicalRequest(request, contentHash))].join("\n");
  let key: string | Buffer = `aliyun_v4${identity.accessKeySecret}`;
  for (const part of [day, region, "sls", "aliyun_v4_request"]) key = hmacSha256(key, part);
  const holds = equal(hmacSha256(key, stringToSign), Buffer.from(signature, "hex")) && contentHash === sha256(body);
  return judged(identity, stringToSign, sentMs, holds);
}

function v4CanonicalRequest({ method, target, headers }: CloudRequest, contentHash: string): string {
  const [path = "/", query = ""] = target.split("?", 2);
  const signed = Object.keys(headers)
    .filter((name) => name.startsWith("x-log-") || name.startsWith("x-acs-") || name === "host" || name === "content-type")
    .sort();
  return [
    method,
    path,
    sortedQuery(query)
      .map(([name, value]) => (value ? `${name}=${percentEncode(value)}` : name))
      .join("&"),
    signed.map((name) => `${name}:${(headers[name] ?? "").trim()}\n`).join(""),
    signed.join(";"),
    contentHash,
  ].join("\n");
}

function judged(identity: Identity, stringToSign: string, sentMs: number, holds: boolean): VerifiedSignature {
  const nowMs = Date.now();
  const verdict = Math.abs(nowMs - sentMs) > MAX_SKEW_MS ? "skewed" : !holds ? "wrong" : identity.expiresAtMs <= nowMs ? "expired" : "ok";
  return { verdict, identity, replayed: false, stringToSign };
}

function equal(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** `20260131T235959Z`, in milliseconds since the epoch; undefined for anything else. */
function basicTime(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}
