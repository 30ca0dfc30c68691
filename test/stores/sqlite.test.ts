import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultStorePath, sqlite } from "../../src/stores/sqlite/index.ts";
import { testProcesses } from "./test-processes.ts";
import { testStore } from "./test-store.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nephoscope-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

testStore({ name: "the sqlite store", createStore: async () => sqlite({ path: join(folder, "runs.db") }) });
testProcesses({
  name: "the sqlite store",
  kills: 30,
  newPlace: async () => {
    const path = join(folder, "runs.db");
    return { url: `sqlite:${path}`, open: () => sqlite({ path }) };
  },
});

const oneRun = { runId: "r1", startedMs: 1, question: "列出服务器", thread: null, status: "running", plan: null, document: null } as const;

describe("the sqlite file", () => {
  it("is readable by its owner only, with the files beside it and a folder made for it", async () => {
    const path = join(folder, "made", "deep", "runs.db");
    const store = sqlite({ path });
    await store.putRun(oneRun);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    await store.close();
  });

  it("is made private again when somebody opened it up", async () => {
    const path = join(folder, "runs.db");
    writeFileSync(path, "");
    chmodSync(path, 0o644);
    const store = sqlite({ path });
    await store.getRun("r1");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it("is made private again with the files that another process keeps beside it", async () => {
    const path = join(folder, "runs.db");
    const first = sqlite({ path });
    await first.putRun(oneRun);
    const files = [path, `${path}-wal`, `${path}-shm`];
    for (const file of files) chmodSync(file, 0o644);
    const second = sqlite({ path });
    expect(await second.getRun("r1")).toEqual(oneRun);
    for (const file of files) expect(statSync(file).mode & 0o777).toBe(0o600);
    await Promise.all([first.close(), second.close()]);
  });

  it("leaves warnings of the process as they were, also when several are opened at once", async () => {
    const { emitWarning } = process;
    try {
      const stores = ["a.db", "b.db", "c.db"].map((name) => sqlite({ path: join(folder, name) }));
      await Promise.all(stores.map((store) => store.getRun("r1")));
      expect(process.emitWarning).toBe(emitWarning);
      await Promise.all(stores.map((store) => store.close()));
    } finally {
      process.emitWarning = emitWarning;
    }
  });

  it("is not touched before it is needed", async () => {
    const path = join(folder, "runs.db");
    await sqlite({ path }).close();
    expect(() => statSync(path)).toThrow();
  });

  it("survives its process", async () => {
    const path = join(folder, "runs.db");
    const first = sqlite({ path });
    await first.putRun(oneRun);
    await first.putThread("t", "r1");
    await first.close();
    const second = sqlite({ path });
    expect(await second.getRun("r1")).toEqual(oneRun);
    expect(await second.getThread("t")).toBe("r1");
    await second.close();
  });

  it("shrinks when old runs are pruned", async () => {
    const path = join(folder, "runs.db");
    const store = sqlite({ path });
    await store.putRun(oneRun);
    const noise = Array.from({ length: 20_000 }, (_, index) => ({ cells: [((index * 2654435761) % 4294967296).toString(36).repeat(3)] }));
    await store.putResult({ runId: "r1", stepId: "answer", table: { columns: [], rows: noise }, receipt: [] });
    await store.close();
    const before = statSync(path).size;
    const again = sqlite({ path });
    expect(await again.prune(2)).toBe(1);
    await again.close();
    expect(statSync(path).size).toBeLessThan(before / 2);
  });
});

describe("a file that cannot be a store", () => {
  it("is told to be no database, and is left as it is", async () => {
    const path = join(folder, "runs.db");
    writeFileSync(path, "Dear diary, today I looked at servers. ".repeat(100));
    const before = readFileSync(path);
    await expect(sqlite({ path }).getRun("r1")).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: `The store ${path} failed: the file is not a SQLite database.`,
      hint: { en: expect.stringContaining("NEPHOSCOPE_STORE=sqlite:PATH") },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it("is told to be damaged", async () => {
    const path = join(folder, "runs.db");
    const store = sqlite({ path });
    for (let index = 0; index < 200; index++) await store.putRun({ ...oneRun, runId: `r${index}` });
    await store.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 4096 * 1);
    writeFileSync(path, bytes);
    const again = sqlite({ path });
    await expect(again.listRuns(500)).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: `The store ${path} failed: the file is damaged.`,
    });
    await again.close();
  });

  it("of a newer version is refused with both versions", async () => {
    const path = join(folder, "runs.db");
    await using(path, (store) => store.putRun(oneRun));
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 7");
    database.close();
    await expect(sqlite({ path }).getRun("r1")).rejects.toThrow("written by a newer nephoscope (schema 7; this one knows 4)");
  });

  it("of another program is refused, and keeps its bytes and its mode", async () => {
    const path = join(folder, "notes.db");
    const database = new DatabaseSync(path);
    database.exec("CREATE TABLE notes (text)");
    database.close();
    chmodSync(path, 0o664);
    const before = readFileSync(path);
    await expect(sqlite({ path }).putRun(oneRun)).rejects.toThrow("it belongs to another program");
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o664);
  });

  it("because no folder can be made for it is a sentence", async () => {
    await expect(sqlite({ path: "/proc/nephoscope/runs.db" }).getRun("r1")).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: "The store /proc/nephoscope/runs.db failed: it cannot be opened.",
    });
  });

  it("because its path is a folder is a sentence", async () => {
    await expect(sqlite({ path: folder }).getRun("r1")).rejects.toMatchObject({
      code: "STORE_FAILED",
      text: { zh: `存储 ${folder} 出错：无法打开。` },
    });
  });
});

describe("the path of the store", () => {
  it("is the one of NEPHOSCOPE_STORE, else in the state folder", () => {
    expect(defaultStorePath({ NEPHOSCOPE_STORE: "sqlite:/a/b.db", XDG_STATE_HOME: "/state" })).toBe("/a/b.db");
    expect(defaultStorePath({ NEPHOSCOPE_STORE: "", XDG_STATE_HOME: "/state" })).toBe("/state/nephoscope/runs.db");
    expect(defaultStorePath({ XDG_STATE_HOME: "relative" })).toMatch(/\/\.local\/state\/nephoscope\/runs\.db$/);
  });

  it("is refused when it is that of another store, without repeating a password", () => {
    expect(() => sqlite({ runtime: { env: { NEPHOSCOPE_STORE: "postgres://u:secret@h/d" } } })).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_INVALID", message: expect.not.stringContaining("secret") }),
    );
  });

  it("goes with no unknown option", () => {
    expect(() => sqlite({ file: "x" } as never)).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID" }));
  });
});

async function using(path: string, work: (store: ReturnType<typeof sqlite>) => Promise<void>): Promise<void> {
  const store = sqlite({ path });
  await work(store);
  await store.close();
}
