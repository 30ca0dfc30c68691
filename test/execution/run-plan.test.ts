import { describe, expect, it } from "vitest";
import { ProviderError, TimeLimitError } from "../../src/errors/index.ts";
import { ReceiptLedger } from "../../src/execution/index.ts";
import { type MemoryOptions, memory } from "../../src/providers/memory/index.ts";
import { fakeRuntime } from "../../src/testing/index.ts";
import { LAST_5_MINUTES, NOW_MS, objectsOf, runSteps, type ShortStep } from "./run.ts";

const HOT: readonly ShortStep[] = [
  ["list", "resources.list", { kind: "virtual-machine" }],
  ["metrics", "metrics.query", { resources: { from: "list" }, metrics: ["cpu.utilization"], statistic: "average", window: LAST_5_MINUTES }],
  ["hot", "table.filter", { rows: { from: "metrics" }, all: [{ column: "cpu.utilization", operator: "gt", value: 80, unit: "percent" }] }],
];

function fleet(count: number, regions = ["north", "south"]): NonNullable<MemoryOptions["resources"]> {
  return Array.from({ length: count }, (_, index) => ({
    id: `vm-${String(index).padStart(4, "0")}`,
    region: regions[index % regions.length]!,
    state: index % 10 === 9 ? ("stopped" as const) : ("running" as const),
    metrics: { "cpu.utilization": index % 100 },
  }));
}

function denied(region: string) {
  return (_operation: string, scope: { region?: string }) => {
    if (scope.region !== region) return;
    throw new ProviderError({ code: "PROVIDER_FORBIDDEN", providerId: "memory", message: { en: `${region} is off limits`, zh: "禁止" } });
  };
}

describe("a plan", () => {
  it("answers which machines are hot, with a receipt that adds up", async () => {
    const { table, receipt, window, usage } = await runSteps(HOT, { providers: [memory({ resources: fleet(200), batchSize: 50 })] });
    const hot = objectsOf(table)?.map((row) => row["cpu.utilization"]);
    expect(hot).toHaveLength(34);
    expect(hot?.every((cpu) => Number(cpu) > 80)).toBe(true);
    expect(receipt.complete).toBe(true);
    expect(receipt.scopes).toMatchObject([
      { region: "north", service: "compute", listed: 100, queried: 100, answered: 100, noData: 0 },
      { region: "south", listed: 100, queried: 100, answered: 80, noData: 20, reasons: [{ code: "stopped", count: 20 }] },
    ]);
    expect(window).toMatchObject({ fromMs: NOW_MS - 500_000, toMs: NOW_MS - 200_000, statistic: "average", periodMs: 60_000 });
    expect(usage.apiCalls.byOperation).toEqual({ "memory.metrics.Read": 4, "memory.resources.List": 2 });
  });

  it("gives the same rows in the same order however the clouds answer", async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(async (seed) => {
        const runtime = fakeRuntime({ nowMs: NOW_MS, seed });
        const intercept = () => runtime.clock.sleep(Math.floor(runtime.random() * 100));
        return objectsOf((await runSteps(HOT, { runtime, providers: [memory({ resources: fleet(300), intercept })] })).table);
      }),
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it("answers without a region that refuses, and says so", async () => {
    const { table, receipt } = await runSteps(HOT, { providers: [memory({ resources: fleet(200), intercept: denied("south") })] });
    expect(objectsOf(table)?.every((row) => row.region === "north")).toBe(true);
    expect(table?.rows.length).toBeGreaterThan(0);
    expect(receipt.complete).toBe(false);
    expect(receipt.scopes[1]).toMatchObject({
      region: "south",
      listing: "failed",
      denied: 1,
      queried: 1,
      listed: 0,
      reasons: [{ code: "PROVIDER_FORBIDDEN", message: "south is off limits", count: 1 }],
    });
  });

  it("keeps the rows of a time limit, and says what is missing", async () => {
    const runtime = fakeRuntime({ nowMs: NOW_MS });
    const deadline = new AbortController();
    const timeUp = new TimeLimitError({ code: "RUN_TIMEOUT", message: { en: "time is up", zh: "超时" }, timeoutMs: 1000 });
    const intercept = (_operation: string, { region }: { region?: string }) => {
      if (region !== "south") return undefined;
      return new Promise<void>(() => setImmediate(() => deadline.abort(timeUp)));
    };
    const { table, failure, receipt } = await runSteps(HOT, {
      runtime,
      deadline: deadline.signal,
      providers: [memory({ resources: fleet(200), intercept })],
    });
    expect(failure).toBeNull();
    expect(table?.rows.length).toBeGreaterThan(0);
    expect(receipt.scopes[1]).toMatchObject({ region: "south", listing: "failed", failed: 1, reasons: [{ code: "RUN_TIMEOUT" }] });
  });

  it("ends with the reason of an abort; the receipt until then does not look complete", async () => {
    const controller = new AbortController();
    const reason = new Error("Ctrl-C");
    const ledger = new ReceiptLedger();
    // The list is whole; the metrics never come.
    const intercept = (operation: string) =>
      operation.endsWith("Read") ? new Promise<void>(() => setImmediate(() => controller.abort(reason))) : undefined;
    const run = runSteps(HOT, { signal: controller.signal, ledger, providers: [memory({ resources: fleet(10), intercept })] });
    await expect(run).rejects.toBe(reason);
    expect(ledger.receipt("en")).toMatchObject({ complete: false, scopes: [{ listing: "complete", listed: 5 }, { listing: "complete" }] });
  });

  it("tells receipts on the way that are complete only at the end", async () => {
    const told: boolean[] = [];
    const observer = { receiptChanged: ({ complete }: { complete: boolean }) => void told.push(complete) };
    await runSteps(HOT, { providers: [memory({ resources: fleet(40) })], observer });
    expect(told.length).toBeGreaterThan(2);
    expect(told.slice(0, -1)).not.toContain(true);
    expect(told.at(-1)).toBe(true);
  });

  it("tells the error of the step where a failure began, once per step", async () => {
    const told: string[] = [];
    const steps: ShortStep[] = [
      ...HOT.slice(0, 1),
      ["wrong", "table.filter", { rows: { from: "list" }, all: [{ column: "cpu", operator: "gt", value: 1 }] }],
      ["count", "table.aggregate", { rows: { from: "wrong" }, groupBy: [], measures: [{ function: "count" }] }],
    ];
    const { table, failure } = await runSteps(steps, {
      providers: [memory({ resources: fleet(10) })],
      observer: {
        stepStarted: (id) => told.push(`start ${id}`),
        stepEnded: (id, { rows }) => told.push(`end ${id} ${rows}`),
        stepFailed: (id, error, skipped) => told.push(`error ${id} ${(error as Error).message} ${skipped}`),
      },
    });
    expect(table).toBeNull();
    expect(failure).toMatchObject({ code: "TOOL_INPUT_INVALID" });
    expect(told.toSorted()).toEqual([
      "end list 10",
      "error count There is no column cpu. true",
      "error wrong There is no column cpu. false",
      "start list",
      "start wrong",
    ]);
  });

  it("does not repeat the steps that an earlier segment finished", async () => {
    const kept = new Map<string, Parameters<NonNullable<NonNullable<Parameters<typeof runSteps>[1]["observer"]>["stepFinished"]>>[0]>();
    const providers = [memory({ resources: fleet(40) })];
    const first = await runSteps(HOT, {
      providers,
      observer: {
        async stepFinished(result) {
          kept.set(result.stepId, JSON.parse(JSON.stringify(result)));
        },
      },
    });
    const finished = [kept.get("list")!, kept.get("metrics")!];
    const second = await runSteps(HOT, { providers, finished });
    expect(second.usage.apiCalls.total).toBe(0);
    expect(second.table).toEqual(first.table);
    expect(second.receipt).toEqual(first.receipt);
    expect(second.window).toEqual(first.window);
  });

  it.each([
    ["an unknown tool", [["a", "resources.lst", {}]], "TOOL_UNKNOWN"],
    ["a wrong input", [["a", "resources.list", { kind: "server" }]], "TOOL_INPUT_INVALID"],
    ["two answers", [HOT[0]!, ["b", "alarms.list", {}]], "PLAN_INVALID"],
    [
      "a circle",
      [
        ["a", "table.filter", { rows: { from: "b" } }],
        ["b", "table.filter", { rows: { from: "a" } }],
        ["c", "table.filter", { rows: { from: "b" } }],
      ],
      "PLAN_INVALID",
    ],
  ] as [string, ShortStep[], string][])("with %s is refused before any call", async (_name, steps, code) => {
    const intercept = () => {
      throw new Error("called");
    };
    await expect(runSteps(steps, { providers: [memory({ resources: fleet(1), intercept })] })).rejects.toMatchObject({ code });
  });
});
