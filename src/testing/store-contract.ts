import assert from "node:assert/strict";
import { ANSWER_STEP, type Row, type RunEvent, type Store, type StoredResult, type StoredRun } from "../contracts/index.ts";
import { OrchestratorError } from "../errors/index.ts";
import { approvalsContract } from "./approvals-contract.ts";
import type { TestRunner } from "./provider-contract.ts";
import { recordsContract } from "./records-contract.ts";
import { resumingContract } from "./resuming-contract.ts";
import type { StoreTest } from "./store-test.ts";

export interface StoreContractOptions {
  readonly name: string;
  readonly runner: TestRunner;
  /** A new, empty store. Made anew for each test, which closes it. */
  createStore(): Promise<Store>;
}

/** Registers the tests that every store passes. One that passes them works with all that nephoscope does. */
export function storeContract({ name, runner, createStore }: StoreContractOptions): void {
  const test: StoreTest = (title, body) =>
    runner.it(title, async () => {
      const store = await createStore();
      try {
        await body(store);
      } finally {
        await store.close();
      }
    });

  runner.describe(`${name} keeps the store contract`, () => {
    test("names itself", async (store) => {
      assert.equal(store.contractVersion, "store-v1");
      assert.match(store.id, /^[a-z]+$/);
    });
    runsContract(test);
    resultsContract(test);
    approvalsContract(test);
    recordsContract(test);
    resumingContract(test);
    pruningContract(test);

    test("can be closed twice, and says so when it is used afterwards", async (store) => {
      const checkpoints = await store.checkpointer();
      await store.close();
      await store.close();
      const closed = (error: unknown) =>
        OrchestratorError.isInstance(error) && error.code === "STORE_FAILED" && error.message.includes("closed");
      await assert.rejects(store.getRun("r1"), closed);
      await assert.rejects(store.listApprovals({}), closed);
      await assert.rejects(store.checkpointer(), closed);
      assert.ok(checkpoints);
    });
  });
}

function runsContract(test: StoreTest): void {
  test("replaces a run that is put again", async (store) => {
    await store.putRun(run("r1", 5));
    await store.putRun({ ...run("r1", 5), status: "failed", thread: "t" });
    assert.deepEqual(await store.getRun("r1"), { ...run("r1", 5), status: "failed", thread: "t" });
    assert.equal((await store.listRuns(10)).length, 1);
  });

  test("keeps on whose behalf a run was begun, so that whoever goes on with it decides by the same policy", async (store) => {
    const onBehalf = {
      askedBy: { via: "slack", id: "U1" },
      policy: { via: "slack", approvers: ["U2"], selfApproval: false },
    } as const;
    await store.putRun({ ...run("r1", 5), onBehalf });
    assert.deepEqual(await store.getRun("r1"), { ...run("r1", 5), onBehalf });
    assert.deepEqual(await store.listRuns(1), [{ ...run("r1", 5), onBehalf }]);
  });

  test("knows nothing of what was never put", async (store) => {
    assert.equal(await store.getRun("nobody"), undefined);
    assert.equal(await store.getResult("nobody", "answer"), undefined);
    assert.equal(await store.getThread("nobody"), undefined);
    assert.deepEqual(await store.events("nobody", 0), []);
    assert.deepEqual(await store.listRuns(5), []);
    assert.equal(await store.getApproval("nobody"), undefined);
    assert.deepEqual(await store.listApprovals({}), []);
    assert.equal(await store.getCall("nobody", "key"), undefined);
    assert.equal(await store.getLearnedTool("nobody"), undefined);
    assert.deepEqual(await store.listLearnedTools(), []);
    assert.equal(await store.removeLearnedTool("nobody"), false);
  });

  test("lists the newest runs first and no more than asked", async (store) => {
    for (const startedMs of [3, 1, 4, 1, 5]) await store.putRun(run(`r${startedMs}-${Math.sign(startedMs)}`, startedMs));
    const listed = (await store.listRuns(3)).map((entry) => entry.startedMs);
    assert.deepEqual(listed, [5, 4, 3]);
  });

  test("gives events back in order, from where it is asked, over several appends", async (store) => {
    await store.appendEvents([event("r1", 0), event("r1", 1), event("other", 0)]);
    await store.appendEvents([event("r1", 2)]);
    await store.appendEvents([]);
    assert.deepEqual(await store.events("r1", 0), [event("r1", 0), event("r1", 1), event("r1", 2)]);
    assert.deepEqual(await store.events("r1", 2), [event("r1", 2)]);
  });

  test("refuses an event number that is taken, and then keeps none of that append", async (store) => {
    await store.appendEvents([event("r1", 0)]);
    await assert.rejects(store.appendEvents([event("r1", 1), event("r1", 0)]), { code: "STORE_FAILED" });
    assert.equal((await store.events("r1", 0)).length, 1);
  });

  test("points a thread at its last run", async (store) => {
    await store.putThread("周报 📊", "r1");
    await store.putThread("周报 📊", "r2");
    assert.equal(await store.getThread("周报 📊"), "r2");
  });
}

function resultsContract(test: StoreTest): void {
  test("keeps 10,000 rows whole and in order, and replaces them by fewer", async (store) => {
    const rows: Row[] = Array.from({ length: 10_000 }, (_, index) => ({ cells: [`订单-服务-${index}`, index, null, true] }));
    await store.putResult({ ...emptyResult, table: { columns: emptyResult.table.columns, rows } });
    assert.deepEqual((await store.getResult("r1", "answer"))?.table.rows, rows);
    await store.putResult({ ...emptyResult, table: { columns: emptyResult.table.columns, rows: rows.slice(0, 3) } });
    assert.equal((await store.getResult("r1", "answer"))?.table.rows.length, 3);
  });

  test("keeps the results of steps until the run is answered, then only the answer", async (store) => {
    await store.putResult({ ...emptyResult, stepId: "list" });
    await store.putResult({ ...emptyResult, stepId: ANSWER_STEP });
    await store.putResult({ ...emptyResult, runId: "r2", stepId: "list" });
    await store.putRun({ ...run("r1", 100), status: "failed" });
    assert.ok(await store.getResult("r1", "list"));
    await store.putRun({ ...run("r1", 100), status: "answered" });
    assert.equal(await store.getResult("r1", "list"), undefined);
    assert.ok(await store.getResult("r1", ANSWER_STEP));
    assert.ok(await store.getResult("r2", "list"));
  });

  test("is not changed when the caller goes on filling what it put", async (store) => {
    const rows: Row[] = [{ cells: ["a"] }];
    await store.putResult({ ...emptyResult, table: { columns: [], rows } });
    rows.push({ cells: ["b"] });
    assert.equal((await store.getResult("r1", "answer"))?.table.rows.length, 1);
  });
}

function pruningContract(test: StoreTest): void {
  test("prunes runs begun before a moment with all that is theirs, and only those", async (store) => {
    for (const [runId, startedMs] of [
      ["old", 99],
      ["edge", 100],
      ["new", 101],
    ] as const) {
      await store.putRun(run(runId, startedMs));
      await store.appendEvents([event(runId, 0)]);
      await store.putResult({ ...emptyResult, runId });
      await store.putThread(runId, runId);
    }
    assert.equal(await store.prune(100), 1);
    assert.equal(await store.getRun("old"), undefined);
    assert.deepEqual(await store.events("old", 0), []);
    assert.equal(await store.getResult("old", "answer"), undefined);
    assert.equal(await store.getThread("old"), undefined);
    assert.equal(await store.getThread("edge"), "edge");
    assert.equal((await store.events("new", 0)).length, 1);
    assert.ok(await store.getResult("new", "answer"));
    assert.equal(await store.prune(100), 0);
  });
}

function run(runId: string, startedMs: number): StoredRun {
  return { runId, startedMs, question: "列出服务器", thread: null, status: "running", plan: null, document: null };
}

function event(runId: string, sequence: number): RunEvent {
  return { type: "run-start", runId, sequence, timestampMs: sequence, question: "列出服务器", emulated: true };
}

const emptyResult: StoredResult = {
  runId: "r1",
  stepId: "answer",
  table: { columns: [{ name: "name", type: "string" }], rows: [] },
  receipt: [],
};
