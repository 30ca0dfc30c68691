import { expect, test } from "vitest";
import { ANSWER_STEP, type StoredRun } from "../../src/contracts/index.ts";
import { memory } from "../../src/stores/memory/index.ts";
import { storeContract } from "./store-contract.ts";

storeContract({ name: "the memory store", createStore: async () => memory() });

test("the memory store does not grow with the questions asked, and keeps what a thread refers to", async () => {
  const store = memory();
  for (let index = 0; index < 60; index++) {
    const runId = `r${index}`;
    const run: StoredRun = { runId, startedMs: index, question: "?", thread: null, status: "running", plan: null, document: null };
    await store.putRun(run);
    await store.putResult({ runId, stepId: ANSWER_STEP, table: { columns: [], rows: [] }, receipt: [] });
    if (index === 0) await store.putThread("night", runId);
    await store.putRun({ ...run, status: "answered" });
  }
  expect((await store.listRuns(100)).map(({ runId }) => runId)).toEqual([
    ...Array.from({ length: 20 }, (_, index) => `r${59 - index}`),
    "r0",
  ]);
  expect(await store.getResult("r0", ANSWER_STEP)).toBeDefined();
  expect(await store.getResult("r1", ANSWER_STEP)).toBeUndefined();
});
