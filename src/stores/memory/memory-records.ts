import type { Store, StoredRecord } from "../../contracts/index.ts";

type RecordMethods = Pick<Store, "writeRecord" | "readRecord" | "listRecords" | "removeRecord">;

/** Small documents that are written by compare-and-swap. `open` throws once the store is closed. */
export function memoryRecords(open: () => void): { readonly methods: RecordMethods; prune(beforeMs: number): void } {
  const kinds = new Map<string, Map<string, StoredRecord>>();
  const live = (kind: string, key: string, nowMs: number): StoredRecord | undefined => {
    const record = kinds.get(kind)?.get(key);
    return record === undefined || isOver(record, nowMs) ? undefined : record;
  };

  return {
    prune(beforeMs) {
      for (const records of kinds.values())
        for (const [key, record] of records) {
          if (isOver(record, beforeMs)) records.delete(key);
        }
    },
    methods: {
      async writeRecord(record, version, nowMs) {
        open();
        if ((live(record.kind, record.key, nowMs)?.version ?? 0) !== version) return 0;
        const records = kinds.get(record.kind) ?? new Map<string, StoredRecord>();
        kinds.set(record.kind, records);
        // The caller may go on changing its object.
        const written = (records.get(record.key)?.version ?? 0) + 1;
        records.set(record.key, { ...record, value: structuredClone(record.value), version: written });
        return written;
      },
      async readRecord(kind, key, nowMs) {
        open();
        return live(kind, key, nowMs);
      },
      async *listRecords(kind, nowMs) {
        open();
        const records = [...(kinds.get(kind)?.values() ?? [])].filter((record) => !isOver(record, nowMs));
        yield* records.sort((left, right) => left.createdMs - right.createdMs || (left.key < right.key ? -1 : 1));
      },
      async removeRecord(kind, key, version) {
        open();
        return kinds.get(kind)?.get(key)?.version === version && (kinds.get(kind)?.delete(key) ?? false);
      },
    },
  };
}

function isOver({ expiresMs }: StoredRecord, nowMs: number): boolean {
  return expiresMs !== null && expiresMs <= nowMs;
}
