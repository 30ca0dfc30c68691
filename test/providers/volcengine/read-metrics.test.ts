import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Point, Resource, Statistic } from "../../../src/contracts/index.ts";
import { seriesPlan } from "../../../src/providers/volcengine/periods.ts";
import { collect } from "../fake-context.ts";
import { ACCOUNT, openStubWorld, result, type StubReply } from "./stub-volcengine.ts";
import { FIVE_MINUTES } from "./world.ts";

const scope = { provider: "volcengine", account: ACCOUNT, region: "cn-beijing", service: "compute" };
const machine = (id: string): Resource => ({ ...scope, kind: "virtual-machine", id, name: id, state: "running", tags: {}, attributes: {} });
const series = (id: string, points: readonly Point[], part?: string) => ({
  Dimensions: [{ Name: "ResourceID", Value: id }, ...(part === undefined ? [] : [{ Name: "DiskName", Value: part }])],
  DataPoints: points.map(([timeMs, Value]) => ({ Timestamp: timeMs / 1_000, Value })),
});

async function read(reply: StubReply, metric: string, statistic: Statistic = "average", ids: readonly string[] = ["i-1"]) {
  await using stub = await openStubWorld(({ operation }) => (operation === "GetMetricData" ? reply : undefined));
  const native = stub.provider.metrics!.catalogue.find((each) => each.metric === metric && each.kind === "virtual-machine")!;
  const targets = ids.map((id) => ({ resource: machine(id), metric: native }));
  const readings = (await collect(stub.provider.metrics!.read(scope, { targets, statistic, window: FIVE_MINUTES }, stub.context))).flat();
  return { readings, requests: stub.requests.filter(({ operation }) => operation === "GetMetricData") };
}

const { fromMs, toMs } = FIVE_MINUTES;
const data = (...MetricDataResults: unknown[]) => result({ Data: { MetricDataResults } });

describe("a reading", () => {
  test("takes the points of the window only, in order", async () => {
    const points: Point[] = [
      [toMs, 99],
      [fromMs + 60_000, 3],
      [fromMs, 1],
      [fromMs - 60_000, 99],
    ];
    const { readings } = await read(data(series("i-1", points)), "cpu.utilization");
    expect(readings).toMatchObject([
      {
        value: 2,
        points: [
          [fromMs, 1],
          [fromMs + 60_000, 3],
        ],
        periodMs: 60_000,
      },
    ]);
  });

  test("of several disks is the fullest one's", async () => {
    const { readings } = await read(
      data(
        series(
          "i-1",
          [
            [fromMs, 10],
            [fromMs + 60_000, 90],
          ],
          "vda",
        ),
        series(
          "i-1",
          [
            [fromMs, 40],
            [fromMs + 60_000, 20],
          ],
          "vdb",
        ),
      ),
      "disk.utilization",
    );
    expect(readings[0]).toMatchObject({
      value: 65,
      points: [
        [fromMs, 40],
        [fromMs + 60_000, 90],
      ],
    });
  });

  test("of a machine that the reply leaves out, or that has no points, is none", async () => {
    const reply = data({ ...series("i-1", []), DataPoints: null }, series("i-2", [[fromMs, 5]]));
    const { readings } = await read(reply, "cpu.utilization", "maximum", ["i-1", "i-2", "i-3"]);
    expect(readings.map(({ value, failure }) => [value, failure])).toEqual([
      [null, undefined],
      [5, undefined],
      [null, undefined],
    ]);
  });

  test("that is asked for twice is answered twice by one question", async () => {
    const { readings, requests } = await read(data(series("i-1", [[fromMs, 5]])), "cpu.utilization", "average", ["i-1", "i-1"]);
    expect(readings.map(({ value }) => value)).toEqual([5, 5]);
    expect(requests[0]!.body.Instances).toHaveLength(1);
  });

  test("asks in the words of the API", async () => {
    const { requests } = await read(data(), "disk.utilization");
    expect(requests[0]!.body).toEqual({
      Namespace: "VCM_ECS",
      SubNamespace: "Storage",
      MetricName: "DiskUsageUtilization",
      Period: "1m",
      StartTime: fromMs / 1_000,
      EndTime: toMs / 1_000,
      Instances: [{ Dimensions: [{ Name: "ResourceID", Value: "i-1" }] }],
    });
    expect(requests[0]!.parameters.get("Version")).toBe("2018-01-01");
    expect(requests[0]!.headers.authorization).toMatch(/\/cn-beijing\/Volc_Observe\/request/);
  });

  test.each<[string, StubReply]>([
    ["without data", result({})],
    ["without results", result({ Data: {} })],
    ["of a machine that was not asked for", data(series("i-9", [[fromMs, 1]]))],
    ["whose series have no machine", data({ Dimensions: [], DataPoints: [] })],
    ["whose points have no time", data({ ...series("i-1", []), DataPoints: [{ Value: 1 }] })],
    ["whose values are no numbers", data({ ...series("i-1", []), DataPoints: [{ Timestamp: fromMs / 1_000, Value: "NaN" }] })],
  ])("of a reply %s is invalid", async (_, reply) => {
    await expect(read(reply, "cpu.utilization")).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });
});

test("averages of periods that begin at multiples of their length add up to the average of the minutes, wherever the window begins and ends", () => {
  const minutes = fc.integer({ min: 1, max: 3 * 1_440 });
  fc.assert(
    fc.property(minutes, fc.integer({ min: 0, max: 10_000 }), fc.integer(), (length, shift, seed) => {
      const window = { fromMs: fromMs + shift * 60_000, toMs: fromMs + (shift + length) * 60_000 };
      const { periodMs, batchSize, reduce } = seriesPlan("average", window);
      expect(batchSize).toBe(50);
      const valueAt = (timeMs: number) => Math.abs(Math.sin(timeMs / 60_000 + seed)) * 100;
      const times = Array.from({ length }, (_, index) => window.fromMs + index * 60_000);
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const points = [...Map.groupBy(times, (timeMs) => Math.floor(timeMs / periodMs) * periodMs)].map(
        ([timeMs, within]): Point => [Math.max(timeMs, window.fromMs), mean(within.map(valueAt))],
      );
      expect(reduce(points)).toBeCloseTo(mean(times.map(valueAt)), 6);
    }),
  );
});
