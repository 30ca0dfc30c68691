import { type ApprovalSubject, canonicalJson, sha256 } from "../contracts/index.ts";

/**
 * SHA-256, hex, over everything a consent covers: code, columns, parameters and their values, calls with their literal and varying
 * arguments, operations with class and description, accounts and regions, partition, emulated or not, limits, sandbox, declarations.
 */
export function digestOf(subject: ApprovalSubject): string {
  return sha256(canonicalJson(subject));
}
