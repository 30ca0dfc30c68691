import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StoredRun } from "../../src/contracts/index.ts";
import { verifyAudit } from "../../src/stores/shared/audit-chain.ts";
import { sqlite } from "../../src/stores/sqlite/index.ts";
import { sampleApproval, sampleAuditEntry, sampleLearnedTool } from "../../src/testing/index.ts";
import { inProcesses } from "./writing-processes.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nephoscope-versions-"));
  path = join(folder, "runs.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As version 0.1.0 made it. */
const VERSION_1 = `
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  CREATE TABLE runs (
    run_id TEXT PRIMARY KEY, started_ms INTEGER NOT NULL, question TEXT NOT NULL, thread TEXT,
    status TEXT NOT NULL, plan, document
  ) WITHOUT ROWID;
  CREATE INDEX runs_by_start ON runs (started_ms DESC, run_id DESC);
  CREATE TABLE events (run_id TEXT NOT NULL, sequence INTEGER NOT NULL, event NOT NULL, PRIMARY KEY (run_id, sequence));
  CREATE TABLE results (
    run_id TEXT NOT NULL, step_id TEXT NOT NULL, head NOT NULL, PRIMARY KEY (run_id, step_id)
  );
  CREATE TABLE result_rows (
    run_id TEXT NOT NULL, step_id TEXT NOT NULL, chunk INTEGER NOT NULL, rows NOT NULL, PRIMARY KEY (run_id, step_id, chunk)
  );
  CREATE TABLE threads (thread TEXT PRIMARY KEY, run_id TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX threads_by_run ON threads (run_id);
  PRAGMA application_id = ${0x4e455048};
  PRAGMA user_version = 1;
`;

const oldRun: StoredRun = { runId: "old", startedMs: 7, question: "列出服务器", thread: "t", status: "failed", plan: null, document: null };
const rows = Array.from({ length: 200 }, (_, index) => ({ cells: [`i-${index}`, index] }));

function makeVersion1(): void {
  const database = new DatabaseSync(path);
  database.exec(VERSION_1);
  database
    .prepare("INSERT INTO runs (run_id, started_ms, question, thread, status, plan, document) VALUES (?, ?, ?, ?, ?, ?, ?)")
    .run("old", 7, "列出服务器", "t", "failed", null, null);
  database.prepare("INSERT INTO results (run_id, step_id, head) VALUES (?, ?, ?)").run("old", "list", '{"receipt":[],"columns":[]}');
  database
    .prepare("INSERT INTO result_rows (run_id, step_id, chunk, rows) VALUES (?, ?, ?, ?)")
    .run("old", "list", 0, deflateSync(JSON.stringify(rows)));
  database.prepare("INSERT INTO threads (thread, run_id) VALUES (?, ?)").run("t", "old");
  database.close();
}

function pragma(name: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  const value = database.prepare(`PRAGMA ${name}`).get()?.[name];
  database.close();
  return value;
}

describe("a file of version 1", () => {
  it("keeps what is in it and takes what is new", async () => {
    makeVersion1();
    const store = sqlite({ path });
    expect(await store.getRun("old")).toEqual(oldRun);
    expect(await store.getThread("t")).toBe("old");
    expect((await store.getResult("old", "list"))?.table).toEqual({ columns: [], rows });
    await store.putApproval(sampleApproval({ runId: "old" }), sampleAuditEntry());
    await store.putLearnedTool(sampleLearnedTool());
    await store.checkpointer();
    expect(await store.listApprovals({ runId: "old" })).toHaveLength(1);
    expect(await verifyAudit(store.audit())).toEqual({ records: 1, broken: null });
    await store.close();
    expect(pragma("user_version")).toBe(4);
    expect(pragma("application_id")).toBe(0x4e455048);
  });

  it("is brought up to date once, by whichever process comes first", async () => {
    makeVersion1();
    await inProcesses(`sqlite:${path}`, "audit", ["a", "b", "c"]);
    const store = sqlite({ path });
    expect(await verifyAudit(store.audit())).toEqual({ records: 60, broken: null });
    expect(await store.getRun("old")).toEqual(oldRun);
    await store.close();
  });

  it("stays as it is when it cannot be brought up to date", async () => {
    makeVersion1();
    const database = new DatabaseSync(path);
    database.exec("CREATE TABLE learned_tools (something)");
    database.close();
    await expect(sqlite({ path }).getRun("old")).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(pragma("user_version")).toBe(1);
    const again = new DatabaseSync(path, { readOnly: true });
    expect(again.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'approvals'").get()).toBeUndefined();
    again.close();
  });
});

describe("an audit chain in a file", () => {
  it("shows what somebody changed there, and takes no more records after one that cannot be read", async () => {
    const store = sqlite({ path });
    for (let index = 0; index < 1_200; index++) await store.appendAudit(sampleAuditEntry({ atMs: index }));
    expect(await verifyAudit(store.audit())).toEqual({ records: 1_200, broken: null });
    const database = new DatabaseSync(path);
    database.exec("UPDATE audit SET record = replace(record, '\"atMs\":700', '\"atMs\":701') WHERE sequence = 701");
    expect(await verifyAudit(store.audit())).toMatchObject({ records: 701, broken: { sequence: 701, atMs: 701 } });
    database.exec("UPDATE audit SET record = 'gone' WHERE sequence = 1200");
    database.close();
    const unreadable = { code: "STORE_FAILED", message: expect.stringContaining("record 1200 of the audit chain") };
    await expect(store.appendAudit(sampleAuditEntry())).rejects.toMatchObject(unreadable);
    // Consent that cannot be recorded is not given.
    await expect(store.putApproval(sampleApproval(), sampleAuditEntry())).rejects.toMatchObject(unreadable);
    expect(await store.listApprovals({})).toEqual([]);
    await store.close();
  }, 60_000);
});
