import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReceiptEntry, Row, Store, StoredResult, StoredRun } from "../../src/contracts/index.ts";
import { storeContract } from "../../src/testing/index.ts";

/** What every store must do, for the samples of the published contract and for what chance comes up with. */
export function testStore({ name, createStore }: { readonly name: string; createStore(): Promise<Store> }): void {
  storeContract({ name, runner: { describe, it }, createStore });

  describe(`${name}, whatever it is given`, () => {
    it("gives a run back as it was put, whatever its words", () =>
      withStore(createStore, (store) =>
        fc.assert(
          fc.asyncProperty(runs, async (run) => {
            await store.putRun(run);
            expect(await store.getRun(run.runId)).toEqual(run);
          }),
          { numRuns: 40 },
        ),
      ));

    it("gives results back as they were put: rows, series, resources, receipts", () =>
      withStore(createStore, (store) =>
        fc.assert(
          fc.asyncProperty(fc.oneof(results, withWindow), async (result) => {
            await store.putResult(result);
            expect(await store.getResult(result.runId, result.stepId)).toEqual(result);
          }),
          { numRuns: 40 },
        ),
      ));

    it("lets of all that write a version of a record at once exactly one succeed, and keeps what that one wrote", () =>
      withStore(createStore, (store) =>
        fc.assert(
          fc.asyncProperty(
            fc.uuid(),
            text,
            fc.array(fc.integer({ min: 2, max: 6 }), { minLength: 1, maxLength: 4 }),
            async (kind, key, rounds) => {
              for (const [version, writers] of rounds.entries()) {
                const record = (writer: number) => ({ kind, key, value: [version, writer], createdMs: version, expiresMs: null });
                const written = await Promise.all(
                  Array.from({ length: writers }, (_, writer) => store.writeRecord(record(writer), version, 1)),
                );
                expect(written.toSorted()).toEqual([...Array(writers - 1).fill(0), version + 1]);
                expect(await store.readRecord(kind, key, 1)).toEqual({ ...record(written.indexOf(version + 1)), version: version + 1 });
              }
            },
          ),
          { numRuns: 40 },
        ),
      ));

    it("gives replies of calls back as they were put", () =>
      withStore(createStore, (store) =>
        fc.assert(
          fc.asyncProperty(id, text, fc.jsonValue({ depthSize: "small" }), async (runId, key, value) => {
            const call = { runId, key, operation: "aws.logs.DescribeMetricFilters", reply: JSON.parse(JSON.stringify(value)) };
            await store.putCall(call);
            expect(await store.getCall(runId, key)).toEqual(call);
          }),
          { numRuns: 40 },
        ),
      ));
  });
}

async function withStore(createStore: () => Promise<Store>, body: (store: Store) => Promise<void>): Promise<void> {
  const store = await createStore();
  try {
    await body(store);
  } finally {
    await store.close();
  }
}

const id = fc.stringMatching(/^[a-z0-9]{1,12}$/);
/** Controls, Chinese and emoji among them. No lone surrogates: those are no text, and no cloud sends them. No 0: PostgreSQL's text has none. */
const text = fc
  .array(
    fc.oneof(fc.integer({ min: 1, max: 0x2070 }), fc.integer({ min: 0x4e00, max: 0x9fff }), fc.integer({ min: 0x1f300, max: 0x1f6ff })),
    {
      maxLength: 40,
    },
  )
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
