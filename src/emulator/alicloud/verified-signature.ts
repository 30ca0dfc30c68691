import { createHash, createHmac } from "node:crypto";
import type { SignatureVerdict } from "../cloud.ts";
import type { Identity } from "./credentials.ts";

/** What a signature says about a request. */
export interface VerifiedSignature {
  readonly verdict: SignatureVerdict;
  readonly identity: Identity | undefined;
  /** Whether everything holds except that the same nonce came before. */
  readonly replayed: boolean;
  /** What the emulator signed in its turn, for the message of a mismatch. */
  readonly stringToSign: string;
}

/** Both protocols refuse dates further off than this (V3 request structure, `x-acs-date`; Log Service error code RequestTimeExpired). */
export const MAX_SKEW_MS = 15 * 60_000;

export function unverified(verdict: SignatureVerdict): VerifiedSignature {
  return { verdict, identity: undefined, replayed: false, stringToSign: "" };
}

export function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

export function hmacSha256(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}

/** RFC 3986: everything but letters, digits and `-_.~`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Names and values of a query string in the order of their names' bytes; no value where there is no `=`. */
export function sortedQuery(query: string): readonly (readonly [name: string, value: string | undefined])[] {
  if (query === "") return [];
  const pairs = query.split("&").map((pair) => {
    const end = pair.indexOf("=");
    const [name, value] = end < 0 ? [pair, undefined] : [pair.slice(0, end), percentDecode(pair.slice(end + 1))];
    return [percentDecode(name), value] as const;
  });
  return pairs.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    return text;
  }
}
