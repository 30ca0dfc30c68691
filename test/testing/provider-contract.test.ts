import { describe, expect, it } from "vitest";
import { rack } from "../../examples/custom-provider/rack.ts";
import type { Provider } from "../../src/contracts/index.ts";
import { type MemoryOptions, memory } from "../../src/providers/memory/index.ts";
import { providerContract, type TestRunner } from "../../src/testing/index.ts";

const NOW_MS = Date.UTC(2026, 0, 1, 12);
const runner = { describe, it };

const CLOUD: MemoryOptions = {
  resources: [
    { id: "a", region: "north", metrics: { "cpu.utilization": 5 } },
    { id: "b", region: "south", kind: "database" },
    { id: "c", region: "south", state: "stopped", tags: { env: "dev" } },
  ],
  logs: [{ region: "north", entry: { timestampMs: NOW_MS - 1000, source: "/app", service: "app", severity: "info", message: "hello" } }],
  traces: [{ trace: { id: "t", timestampMs: NOW_MS - 1000, durationMs: 5, service: "app", operation: null, status: "ok" } }],
  alarms: [{ alarm: { id: "x", name: "x", state: "alarm", sinceMs: null, metric: null, resource: null, reason: null } }],
  pageSize: 1,
};

providerContract({ name: "the memory provider", runner, createProvider: () => memory(CLOUD), now: () => NOW_MS });

providerContract({
  name: "the provider of the example",
  runner,
  createProvider: () => rack({ machines: async () => [{ name: "anna", team: "search" }], loads: async (names) => names.map(() => 0.5) }),
});

/** Titles of the contract's tests that a provider fails. */
async function failures(provider: Provider): Promise<string[]> {
  const tests: { title: string; run: () => Promise<void> }[] = [];
  const collect: TestRunner = { describe: (_name, suite) => suite(), it: (title, run) => tests.push({ title, run }) };
  providerContract({ name: "it", runner: collect, createProvider: () => provider, now: () => NOW_MS });
  const failed: string[] = [];
  for (const { title, run } of tests) await run().catch(() => failed.push(title));
  return failed;
}

describe("the provider contract", () => {
  const good = memory(CLOUD);
  const metrics = good.metrics!;

  it.each<[string, Partial<Provider>, string]>([
    ["has an id with capitals", { id: "Memory" }, "names itself"],
    ["finds no scope", { async *scopes() {} }, "finds scopes of its own, each once"],
    ["ignores what is meant", { scopes: (_where, context) => good.scopes({}, context) }, "finds only the scopes that are meant"],
    [
      "lists the resources of another region",
      {
        resources: {
          async *"virtual-machine"(scope, where, context) {
            yield* good.resources["virtual-machine"]!({ ...scope, region: "north" }, where, context);
          },
        },
      },
      "lists resources of the scope and the kind that it is asked for, each once",
    ],
    [
      "goes round the context",
      {
        resources: {
          async *"virtual-machine"(scope) {
            yield [{ ...scope, kind: "virtual-machine", id: "a", name: "a", state: "running", tags: {}, attributes: {} }];
          },
        },
      },
      "stops when it is told to",
    ],
    ["maps errors to nothing of ours", { toError: () => new Error("odd") as never }, "makes provider errors of what it does not know"],
    [
      "leaves out a reading",
      {
        metrics: {
          ...metrics,
          async *read(...input) {
            for await (const page of metrics.read(...input)) yield page.slice(1);
          },
        },
      },
      "gives one reading for each target: a finite value or none, with points inside the window",
    ],
    [
      "takes anything for a metric",
      { metrics: { ...metrics, parseNative: () => metrics.catalogue[0] } },
      "does not take anything for a native name",
    ],
  ])("finds out a provider that %s", async (_name, fault, title) => {
    expect(await failures(good)).toEqual([]);
    expect(await failures({ ...good, ...fault })).toContain(title);
  });
});
