import { createHash } from "node:crypto";

/** An opaque token for the rest of a list. It holds only for the same `binding`: scope, operation and filters. */
export function pageToken(position: number, binding: unknown): string {
  return `${position.toString(16).padStart(8, "0")}${fingerprint(position, binding)}`;
}

/** Where the page begins: 0 without a token, undefined for a token that is not ours or belongs to another request. */
export function pagePosition(token: string | undefined, binding: unknown): number | undefined {
  if (token === undefined || token === "") return 0;
  if (!/^[0-9a-f]{32}$/.test(token)) return undefined;
  const position = Number.parseInt(token.slice(0, 8), 16);
  return token.slice(8) === fingerprint(position, binding) ? position : undefined;
}

function fingerprint(position: number, binding: unknown): string {
  return createHash("sha256")
    .update(`${position} ${JSON.stringify(binding)}`)
    .digest("hex")
    .slice(0, 24);
}
