import { type AuditEntry, type AuditRecord, canonicalJson, sha256 } from "../../contracts/index.ts";

/** `previous` of the first record. */
const NOTHING_BEFORE = "0".repeat(64);

/** The record that follows `last`: what every store appends. */
export function linkAudit(entry: AuditEntry, last: Pick<AuditRecord, "sequence" | "hash"> | undefined): AuditRecord {
  const { atMs, event, runId, approvalId, actor, details } = entry;
  // A copy, because callers may go on using their objects; through JSON, because that is how it is kept and hashed.
  const kept: AuditEntry = JSON.parse(JSON.stringify({ atMs, event, runId, approvalId, actor, details }));
  const unsigned = { ...kept, sequence: (last?.sequence ?? 0) + 1, previous: last?.hash ?? NOTHING_BEFORE };
  return { ...unsigned, hash: hashOf(unsigned) };
}

/**
 * Reads the chain from its beginning; `broken` is the first record that does not follow from the one before: it, or what stood before it,
 * was changed, removed or moved. Records missing at the very end are not found, nor is a chain that was written anew as a whole: who wants
 * to find those keeps the last hash elsewhere and compares.
 */
export async function verifyAudit(
  records: AsyncIterable<AuditRecord>,
): Promise<{ readonly records: number; readonly broken: AuditRecord | null }> {
  let last: AuditRecord | undefined;
  let count = 0;
  for await (const record of records) {
    count++;
    const { hash, ...rest } = record;
    const follows = record.sequence === (last?.sequence ?? 0) + 1 && record.previous === (last?.hash ?? NOTHING_BEFORE);
    if (!follows || hashOf(rest) !== hash) return { records: count, broken: record };
    last = record;
  }
  return { records: count, broken: null };
}

function hashOf(record: Omit<AuditRecord, "hash">): string {
  return sha256(canonicalJson(record));
}
