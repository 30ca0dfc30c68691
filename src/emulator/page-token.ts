import { createHash } from "node:crypto";

/** An opaque token for the rest of a list. It holds only for the same `binding`: scope, operation and filters. */
export function pageToken(position: number, binding: unknown): string {
  return Buffer.from(`${position}.${fingerprint(position, binding)}`).toString("base64");
}

/** Where the page begins: 0 without a token, undefined for a token that is not ours or belongs to another request. */
export function pagePosition(token: string | undefined, binding: unknown): number | undefined {
  if (token === undefined) return 0;
  const [position = "", mark = ""] = Buffer.from(token, "base64").toString("latin1").split(".");
  if (!/^\d{1,12}$/.test(position) || mark !== fingerprint(Number(position), binding)) return undefined;
  return Number(position);
}

function fingerprint(position: number, binding: unknown): string {
  return createHash("sha256")
    .update(`${position} ${JSON.stringify(binding)}`)
    .digest("base64url")
    .slice(0, 24);
}
