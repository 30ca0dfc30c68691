import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ANSWER_STEP,
  type ReceiptEntry,
  type Row,
  type RunEvent,
  type Store,
  type StoredResult,
  type StoredRun,
} from "../../src/contracts/index.ts";

export interface StoreContractOptions {
  readonly name: string;
  /** A new, empty store. */
  createStore(): Promise<Store>;
}

/** What every store must do. Run it in a vitest file. */
export function storeContract({ name, createStore }: StoreContractOptions): void {
  describe(`${name} keeps the contract of stores`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await createStore();
    });
    afterEach(() => store.close());

    it("says which contract it keeps", () => {
      expect(store.contractVersion).toBe("store-v1");
      expect(store.id).toMatch(/^[a-z]+$/);
    });

    it("gives a run back as it was put, whatever its words", async () => {
      await fc.assert(
        fc.asyncProperty(runs, async (run) => {
          await store.putRun(run);
          expect(await store.getRun(run.runId)).toEqual(run);
        }),
        { numRuns: 40 },
      );
    });

    it("replaces a run that is put again", async () => {
      await store.putRun(run("r1", 5));
      await store.putRun({ ...run("r1", 5), status: "failed", thread: "t" });
      expect(await store.getRun("r1")).toEqual({ ...run("r1", 5), status: "failed", thread: "t" });
      expect(await store.listRuns(10)).toHaveLength(1);
    });

    it("knows nothing of what was never put", async () => {
      expect(await store.getRun("nobody")).toBeUndefined();
      expect(await store.getResult("nobody", "answer")).toBeUndefined();
      expect(await store.getThread("nobody")).toBeUndefined();
      expect(await store.events("nobody", 0)).toEqual([]);
      expect(await store.listRuns(5)).toEqual([]);
    });

    it("lists the newest runs first and no more than asked", async () => {
      for (const startedMs of [3, 1, 4, 1, 5]) await store.putRun(run(`r${startedMs}-${Math.sign(startedMs)}`, startedMs));
      expect((await store.listRuns(3)).map((entry) => entry.startedMs)).toEqual([5, 4, 3]);
    });

    it("gives events back in order, from where it is asked, over several appends", async () => {
      await store.appendEvents([event("r1", 0), event("r1", 1), event("other", 0)]);
      await store.appendEvents([event("r1", 2)]);
      await store.appendEvents([]);
      expect(await store.events("r1", 0)).toEqual([event("r1", 0), event("r1", 1), event("r1", 2)]);
      expect(await store.events("r1", 2)).toEqual([event("r1", 2)]);
    });

    it("refuses an event number that is taken, and then keeps none of that append", async () => {
      await store.appendEvents([event("r1", 0)]);
      await expect(store.appendEvents([event("r1", 1), event("r1", 0)])).rejects.toMatchObject({ code: "STORE_FAILED" });
      expect(await store.events("r1", 0)).toHaveLength(1);
    });

    it("gives results back as they were put: rows, series, resources, receipts", async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(results, withWindow), async (result) => {
          await store.putResult(result);
          expect(await store.getResult(result.runId, result.stepId)).toEqual(result);
        }),
        { numRuns: 40 },
      );
    });

    it("keeps 10,000 rows whole and in order, and replaces them by fewer", async () => {
      const rows: Row[] = Array.from({ length: 10_000 }, (_, index) => ({ cells: [`订单-服务-${index}`, index, null, true] }));
      await store.putResult({ ...emptyResult, table: { columns: emptyResult.table.columns, rows } });
      const found = await store.getResult("r1", "answer");
      expect(found?.table.rows).toEqual(rows);
      await store.putResult({ ...emptyResult, table: { columns: emptyResult.table.columns, rows: rows.slice(0, 3) } });
      expect((await store.getResult("r1", "answer"))?.table.rows).toHaveLength(3);
    });

    it("keeps the results of steps until the run is answered, then only the answer", async () => {
      await store.putResult({ ...emptyResult, stepId: "list" });
      await store.putResult({ ...emptyResult, stepId: ANSWER_STEP });
      await store.putResult({ ...emptyResult, runId: "r2", stepId: "list" });
      await store.putRun({ ...run("r1", 100), status: "failed" });
      expect(await store.getResult("r1", "list")).toBeDefined();
      await store.putRun({ ...run("r1", 100), status: "answered" });
      expect(await store.getResult("r1", "list")).toBeUndefined();
      expect(await store.getResult("r1", ANSWER_STEP)).toBeDefined();
      expect(await store.getResult("r2", "list")).toBeDefined();
    });

    it("is not changed when the caller goes on filling what it put", async () => {
      const rows: Row[] = [{ cells: ["a"] }];
      await store.putResult({ ...emptyResult, table: { columns: [], rows } });
      rows.push({ cells: ["b"] });
      expect((await store.getResult("r1", "answer"))?.table.rows).toHaveLength(1);
    });

    it("points a thread at its last run", async () => {
      await store.putThread("周报 📊", "r1");
      await store.putThread("周报 📊", "r2");
      expect(await store.getThread("周报 📊")).toBe("r2");
    });

    it("prunes runs begun before a moment with all that is theirs, and only those", async () => {
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
      expect(await store.prune(100)).toBe(1);
      expect(await store.getRun("old")).toBeUndefined();
      expect(await store.events("old", 0)).toEqual([]);
      expect(await store.getResult("old", "answer")).toBeUndefined();
      expect(await store.getThread("old")).toBeUndefined();
      expect(await store.getThread("edge")).toBe("edge");
      expect(await store.events("new", 0)).toHaveLength(1);
      expect(await store.getResult("new", "answer")).toBeDefined();
      expect(await store.prune(100)).toBe(0);
    });

    it("can be closed twice, and says so when it is used afterwards", async () => {
      await store.close();
      await store.close();
      await expect(store.getRun("r1")).rejects.toMatchObject({ code: "STORE_FAILED", message: expect.stringContaining("closed") });
    });
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

const id = fc.stringMatching(/^[a-z0-9]{1,12}$/);
/** Controls, Chinese and emoji among them. No lone surrogates: those are no text, and no cloud sends them. */
const text = fc
  .array(fc.oneof(fc.nat({ max: 0x2070 }), fc.integer({ min: 0x4e00, max: 0x9fff }), fc.integer({ min: 0x1f300, max: 0x1f6ff })), {
    maxLength: 40,
  })
  .map((codes) => String.fromCodePoint(...codes));
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));

const runs: fc.Arbitrary<StoredRun> = fc.record({
  runId: id,
  startedMs: fc.nat({ max: 2 ** 43 }),
  question: text,
  thread: fc.option(text),
  status: fc.constantFrom("running", "waiting", "answered", "failed"),
  plan: fc.option(
    fc.record({
      version: fc.constant(1 as const),
      question: text,
      language: fc.constantFrom("zh", "en"),
      timezone: fc.constant("Asia/Shanghai"),
      emulated: fc.boolean(),
      steps: fc.array(fc.record({ id, tool: id, input: fc.dictionary(id, text), dependsOn: fc.array(id) })),
    }),
  ),
  document: fc.constant(null),
});

const rows: fc.Arbitrary<Row> = fc.oneof(
  fc.record({ cells: fc.array(fc.oneof(text, number, fc.boolean(), fc.constant(null))) }),
  fc.record({
    cells: fc.array(text),
    series: fc.array(fc.record({ column: id, points: fc.array(fc.tuple(fc.nat(), number)) })),
  }),
);

const scope = { provider: "aws", account: "111122223333", region: "eu-west-1", service: "compute" };
const receipts: fc.Arbitrary<ReceiptEntry> = fc.oneof(
  fc.record({ type: fc.constant("listed" as const), scope: fc.constant(scope), count: fc.nat() }),
  fc.record({ type: fc.constant("note" as const), text: fc.record({ en: text, zh: text }) }),
);

const results: fc.Arbitrary<StoredResult> = fc.record({
  runId: id,
  stepId: id,
  table: fc.record({ columns: fc.constant([{ name: "cpu", type: "number" as const, unit: "percent" as const }]), rows: fc.array(rows) }),
  receipt: fc.array(receipts),
});

const withWindow: fc.Arbitrary<StoredResult> = fc.tuple(results, text).map(([result, prose]) => ({
  ...result,
  window: { fromMs: 0, toMs: 300_000, statistic: "average", periodMs: 60_000 },
  text: prose,
}));
