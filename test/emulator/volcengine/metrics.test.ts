import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TruthResource } from "../../../src/emulator/index.ts";
import { MAIN, NOW_MS, startedVolcengine, WINDOW, type WireSeries } from "./started-volcengine.ts";

interface MetricData {
  readonly Data: { readonly Unit: string; readonly Period: string; readonly MetricDataResults: readonly WireSeries[] };
}

type World = Awaited<ReturnType<typeof startedVolcengine>>;
const SECONDS = { StartTime: WINDOW.from.getTime() / 1_000, EndTime: WINDOW.to.getTime() / 1_000 };

function instances(ids: readonly string[]) {
  return ids.map((id) => ({ Dimensions: [{ Name: "ResourceID", Value: id }] }));
}

async function machines(world: World, region = "cn-beijing"): Promise<readonly TruthResource[]> {
  const { resources } = await world.truth(WINDOW.from.toISOString(), WINDOW.to.toISOString());
  return resources.filter((row) => row.kind === "virtual-machine" && row.account === MAIN && row.region === region);
}

async function read(world: World, metric: string, ids: readonly string[], input: object = {}) {
  const reply = await world.call<MetricData>("Volc_Observe", "GetMetricData", {
    Namespace: "VCM_ECS",
    SubNamespace: metric.startsWith("Disk") ? "Storage" : "Instance",
    MetricName: metric,
    Period: "1m",
    ...SECONDS,
    Instances: instances(ids),
    ...input,
  });
  const { MetricDataResults: results = [], Unit } = reply.Result?.Data ?? {};
  const values = new Map(results.map((series) => [series.Dimensions[0]?.Value ?? "", series.DataPoints.map((point) => point.Value)]));
  return { reply, error: reply.ResponseMetadata.Error, results, unit: Unit, values };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("GetMetricData", () => {
  it.each([
    ["Instance_CpuBusy", "cpu.utilization", 1, "Percent"],
    ["Instance_NetRxBits", "network.in.bytes", 8, "Bits/Second(IEC)"],
    ["Instance_DiskWriteBytes", "disk.write.bytes", 1, "Bytes/Second(IEC)"],
    ["MemoryUsedUtilization", "memory.utilization", 1, "Percent"],
    ["DiskUsageUtilization", "disk.utilization", 1, "Percent"],
  ] as const)("%s is the truth's %s", async (native, metric, scale, unit) => {
    const world = await startedVolcengine();
    const rows = (await machines(world)).slice(0, 50);
    const answer = await read(
      world,
      native,
      rows.map((row) => row.id),
    );
    expect(answer.unit).toBe(unit);
    for (const row of rows) {
      const points = answer.values.get(row.id) ?? [];
      const wanted = row.metrics[metric];
      if (wanted === undefined) expect(points).toEqual([]);
      else expect(mean(points)).toBeCloseTo(wanted.avg * scale, 6);
    }
  });

  it("averages a longer period over its minutes and stamps it with its start", async () => {
    const world = await startedVolcengine();
    const [row] = (await machines(world)).filter((machine) => machine.state === "running");
    const { results } = await read(world, "Instance_CpuBusy", [row!.id], { Period: "5m" });
    expect(results).toEqual([
      {
        Legend: row!.id,
        Dimensions: [{ Name: "ResourceID", Value: row!.id }],
        DataPoints: [{ Timestamp: SECONDS.StartTime, Value: row!.metrics["cpu.utilization"]!.avg }],
      },
    ]);
  });

  it("has as many points as the window has minutes, its end excluded", async () => {
    const world = await startedVolcengine();
    const [row] = (await machines(world)).filter((machine) => machine.state === "running");
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 120 }), async (minutes) => {
        const { values } = await read(world, "Instance_CpuBusy", [row!.id], { StartTime: SECONDS.EndTime - minutes * 60 });
        expect(values.get(row!.id)).toHaveLength(minutes);
      }),
      { numRuns: 15 },
    );
  });

  it("hides the newest minutes until they have arrived", async () => {
    const world = await startedVolcengine();
    const rows = (await machines(world)).filter((machine) => machine.state === "running").slice(0, 40);
    const window = { StartTime: NOW_MS / 1_000 - 320, EndTime: NOW_MS / 1_000 };
    const { values } = await read(
      world,
      "Instance_CpuBusy",
      rows.map((row) => row.id),
      window,
    );
    const counts = new Set([...values.values()].map((points) => points.length));
    // The last minute ended twenty seconds ago and nobody has it; some have the one before.
    expect([...counts].sort()).toEqual([3, 4]);
  });

  it("tells nothing of unknown instances, and silence of stopped ones", async () => {
    const world = await startedVolcengine({ instances: 300 });
    const stopped = (await machines(world)).find((machine) => machine.state === "stopped");
    const { values } = await read(world, "Instance_CpuBusy", [stopped!.id, "i-nobody"]);
    expect([...values]).toEqual([[stopped!.id, []]]);
  });

  it("refuses what its reference forbids inside a reply with status 200", async () => {
    const world = await startedVolcengine();
    const [row] = await machines(world);
    const fifty = Array.from({ length: 50 }, () => row!.id);
    const refusals: readonly [readonly string[], object][] = [
      [[...fifty, row!.id], {}],
      [fifty, { StartTime: SECONDS.EndTime - 29 * 60 }],
      [[row!.id], { StartTime: SECONDS.EndTime - 1_441 * 60 }],
      [[row!.id], { EndTime: NOW_MS / 1_000 + 60 }],
      [[row!.id], { EndTime: SECONDS.StartTime }],
      [[row!.id], { StartTime: SECONDS.EndTime - 61 * 86_400, Period: "1d" }],
      [[row!.id], { Period: "1 minute" }],
      [[row!.id], { MetricName: "Happiness" }],
      [[row!.id], { GroupBy: ["Planet"] }],
      [[], {}],
    ];
    for (const [ids, input] of refusals) {
      const { error, reply } = await read(world, "Instance_CpuBusy", ids, input);
      expect([error?.Code, reply.Result], JSON.stringify(input)).toEqual(["InvalidParameter", undefined]);
    }
    expect(new Set((await world.calls()).map((call) => call.status))).toEqual(new Set([200]));
    expect((await read(world, "Instance_CpuBusy", fifty, { StartTime: SECONDS.EndTime - 28 * 60 })).error).toBeUndefined();
  });
});
