import { expect, test } from "vitest";
import { ANSWER_STEP, type RunEvent, type StoredRun } from "../../src/contracts/index.ts";
import { memory } from "../../src/stores/memory/index.ts";
import { testStore } from "./test-store.ts";

testStore({ name: "the memory store", createStore: async () => memory() });

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

test("the memory store does not grow with runs that fail, and lets them be resumed", async () => {
  const store = memory();
  for (let index = 0; index < 60; index++) {
    const runId = `r${index}`;
    await store.appendEvents([event(runId)]);
    await store.putResult({ runId, stepId: "list", table: { columns: [], rows: [] }, receipt: [] });
    await store.putRun({ ...oneRun, runId, startedMs: index, status: "failed" });
  }
  expect((await store.listRuns(100)).map(({ runId }) => runId)).toEqual(Array.from({ length: 20 }, (_, index) => `r${59 - index}`));
  expect(await store.events("r39", 0)).toEqual([]);
  expect(await store.getResult("r39", "list")).toBeUndefined();
  expect(await store.events("r40", 0)).toHaveLength(1);
  expect(await store.getResult("r40", "list")).toBeDefined();
});

test("the memory store keeps a run that has just ended, however early it began", async () => {
  const store = memory();
  await store.putRun({ ...oneRun, runId: "long", startedMs: 0 });
  for (let index = 1; index <= 30; index++) await store.putRun({ ...oneRun, runId: `r${index}`, startedMs: index, status: "answered" });
  await store.putRun({ ...oneRun, runId: "long", startedMs: 0, status: "failed" });
  expect(await store.getRun("long")).toMatchObject({ status: "failed" });
});

test("the memory store does not grow with events of runs that never got as far as being put", async () => {
  const store = memory();
  await store.putRun({ ...oneRun, runId: "known" });
  await store.appendEvents([event("known")]);
  for (let index = 0; index < 60; index++) await store.appendEvents([event(`r${index}`)]);
  expect(await store.events("r39", 0)).toEqual([]);
  expect(await store.events("r40", 0)).toHaveLength(1);
  expect(await store.events("known", 0)).toHaveLength(1);
});

test("the memory store keeps the threads used last, and lets go of what only forgotten ones refer to", async () => {
  const store = memory();
  for (let index = 0; index < 150; index++) {
    await store.putRun({ ...oneRun, runId: `r${index}`, startedMs: index });
    await store.putThread(`t${index}`, `r${index}`);
    if (index === 100) await store.putThread("t1", "r1");
    await store.putRun({ ...oneRun, runId: `r${index}`, startedMs: index, status: "answered" });
  }
  expect(await store.getThread("t1")).toBe("r1");
  expect(await store.getThread("t50")).toBeUndefined();
  expect(await store.getThread("t51")).toBe("r51");
  // Those of a hundred threads, and the newest twenty of the others.
  expect(await store.listRuns(1000)).toHaveLength(120);
});

const oneRun: StoredRun = { runId: "r", startedMs: 1, question: "?", thread: null, status: "running", plan: null, document: null };

function event(runId: string): RunEvent {
  return { type: "run-start", runId, sequence: 0, timestampMs: 0, question: "?", emulated: true };
}
