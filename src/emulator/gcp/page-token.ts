import { createHash } from "node:crypto";

/** Where a page begins, and the moment of the first page: what became visible since then is not part of the list. */
export interface PagePosition {
  readonly position: number;
  readonly snapshotMs: number;
}

/** An opaque token for the rest of a list. It holds only for the same `binding`: project, method and the other parameters. */
export function pageToken({ position, snapshotMs }: PagePosition, binding: unknown): string {
  return Buffer.from(`${position}.${snapshotMs}.${fingerprint(position, snapshotMs, binding)}`).toString("base64url");
}

/** Undefined for a token that is not ours or belongs to another request; without a token the list begins now. */
export function readPageToken(token: string, binding: unknown, nowMs: number): PagePosition | undefined {
  if (token === "") return { position: 0, snapshotMs: nowMs };
  const [position = "", snapshotMs = "", mark = ""] = Buffer.from(token, "base64url").toString("latin1").split(".");
  if (!/^\d{1,15}$/.test(position) || !/^\d{1,15}$/.test(snapshotMs)) return undefined;
  if (mark !== fingerprint(Number(position), Number(snapshotMs), binding)) return undefined;
  return { position: Number(position), snapshotMs: Number(snapshotMs) };
}

function fingerprint(position: number, snapshotMs: number, binding: unknown): string {
  return createHash("sha256")
    .update(`${position} ${snapshotMs} ${JSON.stringify(binding)}`)
    .digest("base64url")
    .slice(0, 24);
}
