import assert from "node:assert/strict";
import type { Store, StoredRecord } from "../contracts/index.ts";
import type { StoreTest } from "./store-test.ts";

const record = { kind: "note", key: "一 🔑", value: { text: "列出服务器", list: [1, null, true] }, createdMs: 5, expiresMs: null } as const;

/** Small documents, written by compare-and-swap. */
export function recordsContract(test: StoreTest): void {
  test("gives a record back as it was written, and counts its versions", async (store) => {
    assert.equal(await store.readRecord("note", record.key, 9), undefined);
    assert.equal(await store.writeRecord(record, 0, 9), 1);
    assert.deepEqual(await store.readRecord("note", record.key, 9), { ...record, version: 1 });
    assert.equal(await store.writeRecord({ ...record, value: "second" }, 1, 9), 2);
    assert.deepEqual(await store.readRecord("note", record.key, 9), { ...record, value: "second", version: 2 });
    assert.equal(await store.readRecord("other", record.key, 9), undefined);
  });

  test("writes only over the version that was read", async (store) => {
    assert.equal(await store.writeRecord(record, 1, 9), 0);
    assert.equal(await store.writeRecord(record, 0, 9), 1);
    assert.equal(await store.writeRecord({ ...record, value: 0 }, 0, 9), 0);
    assert.equal(await store.writeRecord({ ...record, value: 0 }, 2, 9), 0);
    assert.deepEqual(await store.readRecord("note", record.key, 9), { ...record, version: 1 });
  });

  test("lets one of many write that come at once, version after version", async (store) => {
    for (let version = 0; version < 3; version++) {
      const writing = Array.from({ length: 9 }, (_, value) => store.writeRecord({ ...record, value }, version, 9));
      const written = await Promise.all(writing);
      assert.equal(written.filter(Boolean).length, 1);
      const standing = await store.readRecord("note", record.key, 9);
      assert.deepEqual(standing, { ...record, value: written.indexOf(version + 1), version: version + 1 });
    }
  });

  test("takes what has expired for nothing, and lets it be written anew", async (store) => {
    const short = { ...record, expiresMs: 100 };
    assert.equal(await store.writeRecord(short, 0, 50), 1);
    assert.equal((await store.readRecord("note", record.key, 99))?.version, 1);
    assert.equal(await store.readRecord("note", record.key, 100), undefined);
    assert.deepEqual(await listed(store, "note", 100), []);
    assert.equal(await store.writeRecord(short, 0, 99), 0);
    assert.equal(await store.writeRecord(short, 1, 100), 0);
    // Not 1 again: who still believes to hold the first must not overwrite it.
    assert.equal(await store.writeRecord({ ...record, value: "new" }, 0, 100), 2);
    assert.equal(await store.writeRecord(short, 1, 100), 0);
    assert.deepEqual(await store.readRecord("note", record.key, 100), { ...record, value: "new", version: 2 });
  });

  test("lists every record of a kind, the oldest first", async (store) => {
    const keys = Array.from({ length: 250 }, (_, index) => `k${String(index % 90).padStart(3, "0")}-${index}`);
    await Promise.all(keys.map((key, index) => store.writeRecord({ ...record, key, createdMs: index % 7 }, 0, 9)));
    await store.writeRecord({ ...record, kind: "other" }, 0, 9);
    const records = await listed(store, "note", 9);
    assert.equal(records.length, 250);
    const order = records.map(({ createdMs, key }) => `${createdMs} ${key}`);
    assert.deepEqual(order, [...order].sort());
  });

  test("removes a record of the version that was read, and only that", async (store) => {
    await store.writeRecord(record, 0, 9);
    assert.equal(await store.removeRecord("note", record.key, 2), false);
    assert.equal(await store.removeRecord("note", record.key, 1), true);
    assert.equal(await store.removeRecord("note", record.key, 1), false);
    assert.equal(await store.readRecord("note", record.key, 9), undefined);
  });

  test("prunes records that expired before a moment, and keeps the others", async (store) => {
    await store.writeRecord({ ...record, key: "old", expiresMs: 99 }, 0, 1);
    await store.writeRecord({ ...record, key: "new", expiresMs: 101 }, 0, 1);
    await store.writeRecord({ ...record, key: "always" }, 0, 1);
    await store.prune(100);
    assert.deepEqual((await listed(store, "note", 1)).map(({ key }) => key).sort(), ["always", "new"]);
  });
}

async function listed(store: Store, kind: string, nowMs: number): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  for await (const entry of store.listRecords(kind, nowMs)) records.push(entry);
  return records;
}
