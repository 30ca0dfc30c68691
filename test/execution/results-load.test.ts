import { describe, expect, it } from "vitest";
import { ANSWER_STEP } from "../../src/contracts/index.ts";
import { memory } from "../../src/providers/memory/index.ts";
import { memory as memoryStore } from "../../src/stores/memory/index.ts";
import { LAST_5_MINUTES, objectsOf, runSteps, type ShortStep } from "./run.ts";

const provider = memory({
  resources: [
    { id: "a", tags: { env: "prod" }, metrics: { "cpu.utilization": 95 } },
    { id: "b", metrics: { "cpu.utilization": 90 } },
    { id: "c", state: "stopped" },
  ],
});
const FIRST: ShortStep[] = [
  ["list", "resources.list", { kind: "virtual-machine" }],
  ["metrics", "metrics.query", { resources: { from: "list" }, metrics: ["cpu.utilization"], statistic: "average", window: LAST_5_MINUTES }],
];

async function storedAnswer() {
  const store = memoryStore();
  const { table, entries, window } = await runSteps(FIRST, { providers: [provider] });
  await store.putResult({ runId: "run_1", stepId: ANSWER_STEP, table: table!, receipt: entries, window: window! });
  return store;
}

describe("results.load", () => {
  it('answers "of those" from what is stored, with the receipt and the window of then, and asks no cloud', async () => {
    const store = await storedAnswer();
    const prod: ShortStep = [
      "prod",
      "table.filter",
      { rows: { from: "those" }, all: [{ column: "tag:env", operator: "eq", value: "prod" }] },
    ];
    const { table, receipt, window, usage, failure } = await runSteps([["those", "results.load", { runId: "run_1" }], prod], {
      providers: [provider],
      store,
    });
    expect(failure).toBeNull();
    expect(objectsOf(table)).toMatchObject([{ id: "a", "cpu.utilization": 95 }]);
    expect(usage.apiCalls.total).toBe(0);
    expect(receipt).toMatchObject({ complete: true, scopes: [{ listed: 3, queried: 3, answered: 2, noData: 1 }] });
    expect(window).toMatchObject({ statistic: "average" });
  });

  it("lets metrics be asked of those, and shows the window of the new question", async () => {
    const store = await storedAnswer();
    const again = [...FIRST[1]!] as unknown as [string, string, Record<string, unknown>];
    again[2] = { ...again[2], resources: { from: "those" }, statistic: "maximum", metrics: ["cpu.utilization", "memory.utilization"] };
    const { table, usage, window } = await runSteps([["those", "results.load", { runId: "run_1" }], again], {
      providers: [provider],
      store,
    });
    expect(table?.rows).toHaveLength(3);
    expect(usage.apiCalls.byOperation).toEqual({ "memory.metrics.Read": 1 });
    expect(window?.statistic).toBe("maximum");
  });

  const place = (id: string, account: string, region: string) => ({ id, account, region, metrics: { "cpu.utilization": 90 } });
  const places = {
    ...memory({ resources: [place("a", "main", "north"), place("b", "main", "south"), place("c", "other", "north")] }),
    accountNames: { main: "Head office" },
  };

  it.each<[string, object, string[]]>([
    ["no place", {}, ["a", "b", "c"]],
    ["an account", { accounts: { include: ["main"] } }, ["a", "b"]],
    ["an account by its name", { accounts: { include: ["head office"] } }, ["a", "b"]],
    ["all accounts but one", { accounts: { exclude: ["main"] } }, ["c"]],
    ["a region", { regions: { include: ["north"] } }, ["a", "c"]],
    ["a region of this cloud", { regions: { include: ["memory:north"] } }, ["a", "c"]],
    ["a region of another cloud", { regions: { include: ["aws:north"] } }, []],
    ["an account in a region", { accounts: { include: ["main"] }, regions: { include: ["north"] } }, ["a"]],
    ["another cloud", { providers: { include: ["aws"] } }, []],
  ])("shows to who may see %s neither rows nor receipts of other places", async (_may, where, ids) => {
    const store = memoryStore();
    const first = await runSteps(FIRST, { providers: [places] });
    await store.putResult({ runId: "run_1", stepId: ANSWER_STEP, table: first.table!, receipt: first.entries, window: first.window! });
    const { table, receipt } = await runSteps([["those", "results.load", { runId: "run_1", where }]], { providers: [places], store });
    expect(objectsOf(table)?.map(({ id }) => id)).toEqual(ids);
    const seen = new Set(
      first.table!.rows.filter(({ cells }) => ids.some((id) => cells.includes(id))).map(({ resource }) => resource?.region),
    );
    expect(new Set(receipt.scopes.map(({ region }) => region))).toEqual(seen);
  });

  it("says so when the answer is gone", async () => {
    const { failure } = await runSteps([["those", "results.load", { runId: "run_9" }]], { providers: [provider] });
    expect(failure).toMatchObject({ code: "RUN_NOT_FOUND" });
  });
});
