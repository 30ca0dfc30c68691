import { describe, expect, it } from "vitest";
import type { MetricReading, Provider } from "../../src/contracts/index.ts";
import { ProviderError } from "../../src/errors/index.ts";
import { type MemoryOptions, memory } from "../../src/providers/memory/index.ts";
import { fakeRuntime } from "../../src/testing/index.ts";
import { LAST_5_MINUTES, NOW_MS, objectsOf, runSteps, type ShortStep } from "./run.ts";

const LIST: ShortStep = ["list", "resources.list", { kind: "virtual-machine" }];

function metrics(input: Readonly<Record<string, unknown>> = {}): ShortStep {
  return [
    "metrics",
    "metrics.query",
    { resources: { from: "list" }, metrics: ["cpu.utilization"], statistic: "average", window: LAST_5_MINUTES, ...input },
  ];
}

function machines(count: number, region: string, values = { "cpu.utilization": 7, "memory.utilization": 9 }) {
  return Array.from({ length: count }, (_, index) => ({ id: `${region}-${index}`, region, metrics: values }));
}

/** A provider whose readings are changed on their way. */
function withReadings(provider: Provider, change: (reading: MetricReading) => MetricReading | undefined): Provider {
  const { metrics: capability } = provider;
  if (capability === undefined) return provider;
  return {
    ...provider,
    metrics: {
      ...capability,
      async *read(...input) {
        for await (const page of capability.read(...input)) yield page.map(change).filter((reading) => reading !== undefined);
      },
    },
  };
}

describe("metrics.query", () => {
  it.each([
    [1, 50, 1],
    [50, 50, 1],
    [51, 50, 2],
    [500, 50, 10],
  ])("asks for %i resources, %i a request, in %i requests, though pages and batches do not match", async (count, batchSize, calls) => {
    const { usage, table } = await runSteps([LIST, metrics()], {
      providers: [memory({ resources: machines(count, "north"), batchSize, pageSize: 7 })],
    });
    expect(usage.apiCalls.byOperation["memory.metrics.Read"]).toBe(calls);
    expect(table?.rows).toHaveLength(count);
  });

  it("fills batches over rows and metrics alike", async () => {
    const { usage, table } = await runSteps([LIST, metrics({ metrics: ["cpu.utilization", "memory.utilization"] })], {
      providers: [memory({ resources: machines(25, "north"), batchSize: 9, pageSize: 4 })],
    });
    expect(usage.apiCalls.byOperation["memory.metrics.Read"]).toBe(6);
    expect(objectsOf(table)?.every((row) => row["cpu.utilization"] === 7 && row["memory.utilization"] === 9)).toBe(true);
  });

  it.each([
    ["directly", []],
    [
      "through a filter",
      [["kept", "table.filter", { rows: { from: "list" }, all: [{ column: "state", operator: "eq", value: "running" }] }]],
    ],
  ] as [string, ShortStep[]][])("asks for a region as soon as its own list has ended, %s", async (_name, between) => {
    const runtime = fakeRuntime({ nowMs: NOW_MS });
    const calls: string[] = [];
    const intercept = async (operation: string, { region }: { region?: string }) => {
      calls.push(`${operation} ${region} ${runtime.clock.now() - NOW_MS}`);
      await runtime.clock.sleep(operation.endsWith("List") && region === "slow" ? 1000 : 50);
    };
    const from = between[0]?.[0] ?? "list";
    await runSteps([LIST, ...between, metrics({ resources: { from } })], {
      runtime,
      providers: [memory({ resources: [...machines(3, "quick"), ...machines(3, "slow")], intercept })],
    });
    expect(calls).toEqual([
      "memory.resources.List quick 0",
      "memory.resources.List slow 0",
      "memory.metrics.Read quick 50",
      "memory.metrics.Read slow 1000",
    ]);
  });

  it("lets a second query begin with a region before the first has seen them all", async () => {
    const runtime = fakeRuntime({ nowMs: NOW_MS });
    const calls: string[] = [];
    const intercept = async (operation: string, { region }: { region?: string }) => {
      calls.push(`${operation} ${region} ${runtime.clock.now() - NOW_MS}`);
      await runtime.clock.sleep(operation.endsWith("List") && region === "slow" ? 1000 : 50);
    };
    const second = metrics({ resources: { from: "first" }, suffix: "peak", statistic: "maximum" });
    await runSteps([LIST, ["first", "metrics.query", metrics()[2]], second], {
      runtime,
      providers: [memory({ resources: [...machines(3, "quick"), ...machines(3, "slow")], intercept })],
    });
    expect(calls.slice(2)).toEqual([
      "memory.metrics.Read quick 50",
      "memory.metrics.Read quick 100",
      "memory.metrics.Read slow 1000",
      "memory.metrics.Read slow 1050",
    ]);
  });

  it("asks for one metric a request where the cloud takes no more", async () => {
    const base = memory({ resources: machines(25, "north"), batchSize: 9, pageSize: 4 });
    const asked: string[][] = [];
    const single: Provider = {
      ...base,
      metrics: {
        ...base.metrics!,
        oneMetricARequest: true,
        read(scope, request, context) {
          asked.push([...new Set(request.targets.map(({ metric }) => metric.native))]);
          return base.metrics!.read(scope, request, context);
        },
      },
    };
    const { table } = await runSteps([LIST, metrics({ metrics: ["cpu.utilization", "memory.utilization"] })], { providers: [single] });
    expect(table?.rows.every(({ cells }) => cells.at(-1) === 9 && cells.at(-2) === 7)).toBe(true);
    expect(asked).toHaveLength(2 * Math.ceil(25 / 9));
    expect(asked.every((natives) => natives.length === 1)).toBe(true);
  });

  it("sends a full batch while the list still grows", async () => {
    const runtime = fakeRuntime({ nowMs: NOW_MS });
    const calls: string[] = [];
    const intercept = async (operation: string) => {
      calls.push(`${operation} ${runtime.clock.now() - NOW_MS}`);
      await runtime.clock.sleep(100);
    };
    await runSteps([LIST, metrics()], {
      runtime,
      providers: [memory({ resources: machines(6, "north"), pageSize: 3, batchSize: 3, intercept })],
    });
    expect(calls).toEqual(["memory.resources.List 0", "memory.resources.List 100", "memory.metrics.Read 100", "memory.metrics.Read 200"]);
  });

  it("tells why resources have no value: stopped, without an agent, no point yet, not offered", async () => {
    const resources: MemoryOptions["resources"] = [
      { id: "stopped", state: "stopped", metrics: { "cpu.utilization": 1 } },
      { id: "fine", metrics: { "cpu.utilization": 1, "memory.utilization": 1 } },
      { id: "agentless", metrics: { "cpu.utilization": 1 } },
    ];
    const base = memory({ resources });
    const needs = { en: "needs the agent", zh: "需要安装代理" };
    const provider: Provider = {
      ...base,
      metrics: {
        ...base.metrics!,
        catalogue: base
          .metrics!.catalogue.filter(({ metric }) => metric !== "disk.utilization")
          .map((native) => (native.metric === "memory.utilization" ? { ...native, needs } : native)),
      },
    };
    const ask = async (metric: string) =>
      (await runSteps([LIST, metrics({ metrics: [metric] })], { providers: [provider] })).receipt.scopes[0]!;
    expect(await ask("memory.utilization")).toMatchObject({
      queried: 3,
      answered: 1,
      noData: 2,
      reasons: [
        { code: "metric-needs-setup", message: "needs the agent", count: 1 },
        { code: "stopped", count: 1 },
      ],
    });
    expect(await ask("disk.utilization")).toMatchObject({ noData: 3, reasons: [{ code: "metric-unsupported", count: 3 }] });
    expect(await ask("network.in.bytes")).toMatchObject({ noData: 3, reasons: [{ code: "no-point", count: 2 }, { code: "stopped" }] });
  });

  it.each([
    [5, 0],
    [15, 0],
    [16, 1],
    [7 * 24 * 60, 1],
  ])("asks stopped machines about the last %i minutes in %i requests", async (minutes, calls) => {
    const resources = [
      { id: "ran", state: "stopped" as const, metrics: { "cpu.utilization": 95 } },
      { id: "rested", state: "stopped" as const },
    ];
    const { table, receipt, usage } = await runSteps([LIST, metrics({ window: { lastMs: minutes * 60_000 } })], {
      providers: [memory({ resources })],
    });
    expect(usage.apiCalls.byOperation["memory.metrics.Read"] ?? 0).toBe(calls);
    expect(objectsOf(table)?.map((row) => row["cpu.utilization"])).toEqual([calls === 0 ? null : 95, null]);
    const noData = 2 - calls;
    expect(receipt).toMatchObject({ complete: true, scopes: [{ queried: 2, noData, reasons: [{ code: "stopped", count: noData }] }] });
  });

  it("asks stopped machines too about a time that has passed", async () => {
    const window = { from: "2026-01-01T01:00:00Z", to: "2026-01-01T02:00:00Z" };
    const resources = [{ id: "a", state: "stopped" as const, metrics: { "cpu.utilization": 5 } }];
    const { table, receipt } = await runSteps([LIST, metrics({ window })], { providers: [memory({ resources })] });
    expect(objectsOf(table)).toMatchObject([{ "cpu.utilization": 5 }]);
    expect(receipt.scopes[0]).toMatchObject({ answered: 1, noData: 0 });
  });

  it("gives a resource the worst outcome of its metrics", async () => {
    const { receipt } = await runSteps([LIST, metrics({ metrics: ["cpu.utilization", "disk.utilization"] })], {
      providers: [memory({ resources: machines(4, "north") })],
    });
    expect(receipt.scopes[0]).toMatchObject({ queried: 4, answered: 0, noData: 4 });
  });

  it("keeps the rows of a batch that fails, without values, and the other batches", async () => {
    let reads = 0;
    const intercept = (operation: string) => {
      if (operation === "memory.metrics.Read" && ++reads === 1)
        throw new ProviderError({ code: "PROVIDER_FORBIDDEN", providerId: "memory", message: { en: "no", zh: "不" } });
    };
    const { table, receipt } = await runSteps([LIST, metrics()], {
      providers: [memory({ resources: machines(5, "north"), batchSize: 3, intercept })],
    });
    expect(
      objectsOf(table)
        ?.map((row) => row["cpu.utilization"])
        .toSorted(),
    ).toEqual([7, 7, null, null, null]);
    expect(receipt).toMatchObject({ complete: false, scopes: [{ listing: "complete", listed: 5, queried: 5, answered: 2, denied: 3 }] });
  });

  it("does not take a resource that the reply leaves out for one without data", async () => {
    const provider = withReadings(memory({ resources: machines(3, "north") }), (reading) =>
      reading.target.resource.id === "north-1" ? undefined : reading,
    );
    const { receipt } = await runSteps([LIST, metrics()], { providers: [provider] });
    expect(receipt.scopes[0]).toMatchObject({ answered: 2, failed: 1, reasons: [{ code: "PROVIDER_REPLY_INVALID" }] });
  });

  it("carries points, the longest period, and a note where points reach over the window", async () => {
    const provider = withReadings(memory({ resources: machines(2, "north") }), (reading) =>
      reading.target.resource.id === "north-0" ? { ...reading, periodMs: 300_000, points: [[reading.points.at(-1)![0], 7]] } : reading,
    );
    const { table, window, receipt } = await runSteps([LIST, metrics({ window: { lastMs: 180_000 } })], { providers: [provider] });
    expect(window?.periodMs).toBe(300_000);
    expect(receipt.notes).toEqual([expect.stringContaining("Some points last 5 minutes")]);
    expect(table?.rows[1]?.series).toEqual([{ column: "cpu.utilization", points: [0, 1, 2].map((n) => [window!.fromMs + n * 60_000, 7]) }]);
  });

  it("names columns with a suffix for comparisons, and gives a column that is there new values", async () => {
    const again = metrics({ resources: { from: "first" }, suffix: "before" });
    const { table } = await runSteps([LIST, ["first", "metrics.query", metrics()[2]], again], {
      providers: [memory({ resources: machines(1, "north") })],
    });
    expect(table?.columns.slice(-2)).toEqual([
      { name: "cpu.utilization", type: "number", unit: "percent" },
      { name: "cpu.utilization.before", type: "number", unit: "percent" },
    ]);
    const twice = await runSteps([LIST, ["first", "metrics.query", metrics()[2]], metrics({ resources: { from: "first" } })], {
      providers: [memory({ resources: machines(1, "north") })],
    });
    expect(twice.table?.columns).toHaveLength(9);
    expect(twice.table?.rows[0]?.series).toHaveLength(1);
  });

  it("takes native names, in the unit of what they stand for", async () => {
    const { table } = await runSteps([LIST, metrics({ metrics: ["memory:cpu.utilization"] })], {
      providers: [memory({ resources: machines(1, "north") })],
    });
    expect(table?.columns.at(-1)).toEqual({ name: "memory:cpu.utilization", type: "number", unit: "percent" });
    expect(table?.rows[0]?.cells.at(-1)).toBe(7);
  });

  it.each([
    [["cpu.utilisation"], "METRIC_UNKNOWN", "Did you mean cpu.utilization"],
    [["requests.count"], "TOOL_INPUT_INVALID", "Metrics of servers: cpu.utilization"],
  ])("refuses %j with %s", async (names, code, hint) => {
    const { failure } = await runSteps([LIST, metrics({ metrics: names })], { providers: [memory({ resources: machines(1, "north") })] });
    expect(failure).toMatchObject({ code, hint: { en: expect.stringContaining(hint) } });
  });

  it("refuses rows that are no resources", async () => {
    const alarm = { id: "x", name: "x", state: "alarm" as const, sinceMs: null, metric: null, resource: null, reason: null };
    const { failure } = await runSteps([["list", "alarms.list", {}], metrics()], {
      providers: [memory({ alarms: [{ alarm }] })],
    });
    expect(failure).toMatchObject({ code: "TOOL_INPUT_INVALID", text: { en: expect.stringContaining("no resources") } });
  });
});
