import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MetricName, MetricReading, Resource, ResourceKind, Statistic, TimeWindow } from "../../../src/contracts/index.ts";
import { collect } from "../fake-context.ts";
import { openStubWorld, PROJECT, STUB_SCOPE } from "./stub-world.ts";
import { FIVE_MINUTES, NOW, openWorld, type World } from "./world.ts";

let world: World;
const resources: Resource[] = [];
beforeAll(async () => {
  world = await openWorld({ instances: 120 });
  for (const kind of ["virtual-machine", "database"] as const) resources.push(...(await world.list(kind)));
});
afterAll(() => world[Symbol.asyncDispose]());

const keyOf = ({ account, region, kind, id }: Pick<Resource, "account" | "region" | "kind" | "id">) => `${account}/${region}/${kind}/${id}`;

async function read(
  metric: string,
  statistic: Statistic,
  window: TimeWindow,
  context = world.context(),
  kinds: readonly ResourceKind[] = ["virtual-machine", "database"],
): Promise<Map<string, MetricReading>> {
  const { catalogue, parseNative, read: readMetrics } = world.provider.metrics!;
  const readings = new Map<string, MetricReading>();
  const byScope = Map.groupBy(
    resources.filter(({ kind }) => kinds.includes(kind)),
    ({ account, region, kind }) => `${account}/${region}/${kind}`,
  );
  await Promise.all(
    [...byScope.values()].map(async (group) => {
      const { provider, account, region, kind } = group[0]!;
      const native = catalogue.find((each) => each.metric === metric && each.kind === kind) ?? parseNative(metric, kind);
      if (native === undefined) return;
      const targets = group.map((resource) => ({ resource, metric: native }));
      for await (const page of readMetrics({ provider, account, region, service: "compute" }, { targets, statistic, window }, context)) {
        for (const reading of page) readings.set(keyOf(reading.target.resource), reading);
      }
    }),
  );
  return readings;
}

const TRUE_FIELDS = { average: "avg", maximum: "max", minimum: "min", sum: "sum", last: "last" } as const;

/** Compares every resource's reading with the truth; tells how many had a value. */
async function compare(metric: MetricName, statistic: keyof typeof TRUE_FIELDS, window: TimeWindow, kind: ResourceKind): Promise<number> {
  const [readings, truth] = await Promise.all([read(metric, statistic, window, world.context(), [kind]), world.truth(window)]);
  let compared = 0;
  for (const resource of truth.resources) {
    const reading = readings.get(keyOf(resource));
    if (reading === undefined) continue;
    expect(reading.failure).toBeUndefined();
    const expected = resource.metrics[metric]?.[TRUE_FIELDS[statistic]] ?? null;
    if (expected === null) expect(reading.value, `${resource.id} ${metric}`).toBeNull();
    else expect(reading.value, `${resource.id} ${metric}`).toBeCloseTo(expected, 4);
    if (expected !== null) compared++;
  }
  return compared;
}

/** Those that the emulated world has, by kind. */
const METRICS_OF = {
  "virtual-machine": [
    "cpu.utilization",
    "memory.utilization",
    "disk.utilization",
    "network.in.bytes",
    "network.out.bytes",
    "disk.read.bytes",
    "disk.write.bytes",
  ],
  database: ["cpu.utilization", "connections.count"],
} as const satisfies Partial<Record<ResourceKind, readonly MetricName[]>>;
const CASES = Object.entries(METRICS_OF).flatMap(([kind, metrics]) => metrics.map((metric) => ({ kind: kind as ResourceKind, metric })));

describe.each([
  ["five minutes", FIVE_MINUTES],
  ["an hour", { fromMs: FIVE_MINUTES.toMs - 3_600_000, toMs: FIVE_MINUTES.toMs }],
  ["three hours, in periods of several minutes", { fromMs: FIVE_MINUTES.toMs - 3 * 3_600_000, toMs: FIVE_MINUTES.toMs }],
])("over %s", (_, window) => {
  test.each(CASES)("average, maximum, minimum of $metric of a $kind equal the ground truth", async ({ kind, metric }) => {
    for (const statistic of ["average", "maximum", "minimum"] as const)
      expect(await compare(metric, statistic, window, kind), statistic).toBeGreaterThan(0);
  });

  test("a series has at most sixty points, in order, within the window", async () => {
    for (const { points, periodMs } of (await read("network.in.bytes", "average", window)).values()) {
      expect(points.length).toBeLessThanOrEqual(60);
      const times = points.map(([timeMs]) => timeMs);
      expect(times).toEqual(times.map((_, index) => times[0]! + index * periodMs));
      if (times.length > 0) expect([times[0]! >= window.fromMs, times.at(-1)! + periodMs]).toEqual([true, window.toMs]);
    }
  });
});

test("the last value is that of the newest minute", async () => {
  expect(await compare("cpu.utilization", "last", FIVE_MINUTES, "virtual-machine")).toBeGreaterThan(0);
});

test("percentiles are taken from the samples", async () => {
  const hour = { fromMs: FIVE_MINUTES.toMs - 3_600_000, toMs: FIVE_MINUTES.toMs };
  const [p50, p90, p99, most] = await Promise.all(
    (["p50", "p90", "p99", "maximum"] as const).map((statistic) => read("cpu.utilization", statistic, hour)),
  );
  const answered = [...p90!].filter(([, { value }]) => value !== null);
  expect(answered.length).toBeGreaterThan(50);
  for (const [key, { value, points, periodMs }] of answered) {
    expect(periodMs).toBe(60_000);
    const values = points.map(([, each]) => each).sort((a, b) => a - b);
    expect(value).toBeGreaterThanOrEqual(values[Math.floor(0.9 * (values.length - 1))]!);
    expect(p50!.get(key)!.value).toBeLessThanOrEqual(value!);
    expect(p99!.get(key)!.value).toBeLessThanOrEqual(most!.get(key)!.value! + 1e-9);
  }
});

test("a percentile of many samples is drawn with sixty of them", async () => {
  const hours = { fromMs: FIVE_MINUTES.toMs - 5 * 3_600_000, toMs: FIVE_MINUTES.toMs };
  const lengths = [...(await read("cpu.utilization", "p90", hours)).values()].map(({ points }) => points.length);
  expect(Math.max(...lengths)).toBe(60);
});

test("a percentile of more than a day of samples is a failure that says so, and costs no request", async () => {
  const context = world.context();
  const window = { fromMs: FIVE_MINUTES.toMs - 2 * 86_400_000, toMs: FIVE_MINUTES.toMs };
  const [reading] = [...(await read("cpu.utilization", "p95", window, context)).values()];
  expect(reading).toMatchObject({ value: null, failure: { code: "PROVIDER_FAILED" } });
  expect(reading!.failure!.message).toContain("p95");
  expect(context.calls).toEqual([]);
});

test("a window before all that is kept is a failure that says so", async () => {
  const context = world.context();
  const window = { fromMs: NOW - 50 * 86_400_000, toMs: NOW - 49 * 86_400_000 };
  const [reading] = [...(await read("cpu.utilization", "average", window, context)).values()];
  expect(reading!.failure?.message).toContain("six weeks");
  expect(context.calls).toEqual([]);
});

describe("requests", () => {
  test("one for each project answers for all its regions, however many read at once", async () => {
    const context = world.context();
    await read("cpu.utilization", "average", FIVE_MINUTES, context, ["virtual-machine"]);
    await read("cpu.utilization", "average", FIVE_MINUTES, context, ["virtual-machine"]);
    expect(context.calls).toEqual(["gcp.monitoring.ListTimeSeries", "gcp.monitoring.ListTimeSeries"]);
  });

  test("one for each metric of a batch", async () => {
    const context = world.context();
    const machine = resources.find(({ state }) => state === "running")!;
    const { catalogue, read: readMetrics } = world.provider.metrics!;
    const metrics = catalogue.filter(({ kind }) => kind === "virtual-machine").slice(0, 3);
    const targets = metrics.map((metric) => ({ resource: machine, metric }));
    const scope = { provider: "gcp", account: machine.account, region: machine.region, service: "compute" };
    const readings = (await collect(readMetrics(scope, { targets, statistic: "average", window: FIVE_MINUTES }, context))).flat();
    expect(readings.map(({ target }) => target.metric.native).sort()).toEqual(metrics.map(({ native }) => native).sort());
    expect(context.count("gcp.monitoring.ListTimeSeries")).toBe(3);
  });

  test("a series that a page cuts in two is whole", async () => {
    const point = (minute: number, value: number) => ({
      interval: { endTime: `2026-11-22T09:5${minute}:00Z` },
      value: { doubleValue: value },
    });
    const resource = { type: "gce_instance", labels: { instance_id: "7" } };
    await using stub = await openStubWorld(({ operation, parameters }) => {
      if (operation !== "timeSeries") return undefined;
      const second = parameters.get("pageToken") === "2";
      const points = second ? [point(2, 0.2), point(1, 0.1)] : [point(5, 0.5), point(4, 0.4), point(3, 0.3)];
      return { body: { timeSeries: [{ resource, points }], ...(second ? {} : { nextPageToken: "2" }) } };
    });
    const [reading] = await readStub(stub);
    expect(reading!.points.map(([, value]) => Math.round(value))).toEqual([10, 20, 30, 40, 50]);
    expect(reading!.value).toBeCloseTo(30);
  });

  test("an instance that was moved to another zone has the points of both of its series", async () => {
    const at = (zone: string, endTime: string, doubleValue: number) => ({
      resource: { labels: { instance_id: "7", zone } },
      points: [{ interval: { endTime }, value: { doubleValue } }],
    });
    const timeSeries = [at("us-central1-a", "2026-11-22T09:51:00Z", 0.1), at("us-central1-b", "2026-11-22T09:55:00Z", 0.3)];
    await using stub = await openStubWorld(() => ({ body: { timeSeries } }));
    const [reading] = await readStub(stub);
    expect(reading!.points).toHaveLength(2);
    expect(reading!.value).toBeCloseTo(20);
  });

  test("whole numbers come as text", async () => {
    const series = {
      resource: { labels: { instance_id: "7" } },
      points: [{ interval: { endTime: "2026-11-22T09:55:00Z" }, value: { int64Value: "3" } }],
    };
    await using stub = await openStubWorld(({ operation }) =>
      operation === "timeSeries" ? { body: { timeSeries: [series] } } : undefined,
    );
    expect((await readStub(stub))[0]!.value).toBe(300);
  });

  test("a metric that nothing in the project ever wrote is no data, and no failure", async () => {
    await using stub = await openStubWorld(() => ({
      status: 404,
      body: {
        error: {
          code: 404,
          status: "NOT_FOUND",
          message: 'Cannot find metric(s) that match type = "agent.googleapis.com/memory/percent_used".',
        },
      },
    }));
    const [reading] = await readStub(stub, "memory.utilization");
    expect(reading).toMatchObject({ value: null, points: [] });
    expect(reading!.failure).toBeUndefined();
  });

  test.each<[string, object]>([
    [
      "a point without a value",
      { resource: { labels: { instance_id: "7" } }, points: [{ interval: { endTime: "2026-11-22T09:55:00Z" } }] },
    ],
    ["a point without an end", { resource: { labels: { instance_id: "7" } }, points: [{ value: { doubleValue: 1 } }] }],
    ["a series without an instance", { resource: { labels: {} }, points: [] }],
    ["a series without points", { resource: { labels: { instance_id: "7" } } }],
  ])("%s makes the reply invalid", async (_, series) => {
    await using stub = await openStubWorld(() => ({ body: { timeSeries: [series] } }));
    await expect(readStub(stub)).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });

  test.each(["[]", "null", '"ok"', "7", "{"])("a reply that is %s is not an empty one", async (body) => {
    await using stub = await openStubWorld(() => ({ body }));
    await expect(readStub(stub)).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });
});

const STUB_MACHINE: Resource = {
  ...{ provider: "gcp", account: PROJECT, region: "us-central1", kind: "virtual-machine", id: "7", name: "seven", state: "running" },
  ...{ tags: {}, attributes: { zone: "us-central1-a" } },
};

async function readStub({ provider, context }: Awaited<ReturnType<typeof openStubWorld>>, name = "cpu.utilization") {
  const metric = provider.metrics!.catalogue.find((each) => each.metric === name && each.kind === "virtual-machine")!;
  const request = { targets: [{ resource: STUB_MACHINE, metric }], statistic: "average", window: FIVE_MINUTES } as const;
  return (await collect(provider.metrics!.read(STUB_SCOPE, request, context))).flat();
}

/** google-gax writes enumerations as their numbers (google/monitoring/v3/common.proto). */
const ALIGNERS = { rate: "2", mean: "12" };
const REDUCERS = { mean: "1", sum: "4" };

describe("native names", () => {
  test.each([
    ["compute.googleapis.com/instance/cpu/utilization", true],
    ["agent.googleapis.com/swap/percent_used", true],
    ["custom.googleapis.com/queue/depth", true],
    ["AWS/EC2:CPUUtilization", false],
    ["Percentage CPU", false],
    ["cpu.utilization", false],
  ])("%s: %s", (name, known) => {
    expect(world.provider.metrics!.parseNative(name, "virtual-machine") !== undefined).toBe(known);
  });

  test("give native values", async () => {
    const name = "compute.googleapis.com/instance/cpu/utilization";
    const native = await read(name, "average", FIVE_MINUTES, world.context(), ["virtual-machine"]);
    const canonical = await read("cpu.utilization", "average", FIVE_MINUTES);
    const machine = resources.find((resource) => resource.state === "running")!;
    expect(native.get(keyOf(machine))!.value! * 100).toBeCloseTo(canonical.get(keyOf(machine))!.value!, 6);
  });

  test.each([
    [2, 2, ALIGNERS.rate, REDUCERS.sum],
    ["DELTA", "INT64", ALIGNERS.rate, REDUCERS.sum],
    [1, 3, ALIGNERS.mean, REDUCERS.mean],
  ])(
    "outside of the vocabulary are aligned as their descriptor says: kind %s, type %s",
    async (metricKind, valueType, aligner, reducer) => {
      await using stub = await openStubWorld(({ path }) =>
        path.includes("/metricDescriptors/") ? { body: { metricKind, valueType } } : { body: {} },
      );
      const { parseNative, read: readMetrics } = stub.provider.metrics!;
      const metric = parseNative("compute.googleapis.com/instance/uptime", "virtual-machine")!;
      const request = { targets: [{ resource: STUB_MACHINE, metric }], statistic: "average", window: FIVE_MINUTES } as const;
      await collect(readMetrics(STUB_SCOPE, request, stub.context));
      expect(stub.requests[0]!.path).toBe(`/v3/projects/${PROJECT}/metricDescriptors/compute.googleapis.com/instance/uptime`);
      const { parameters } = stub.requests[1]!;
      expect(parameters.get("aggregation.perSeriesAligner")).toBe(aligner);
      expect(parameters.get("aggregation.crossSeriesReducer")).toBe(reducer);
    },
  );

  test("whose values are no numbers are refused in a sentence", async () => {
    await using stub = await openStubWorld(() => ({ body: { metricKind: 1, valueType: 4 } }));
    const metric = stub.provider.metrics!.parseNative("custom.googleapis.com/words", "virtual-machine")!;
    const request = { targets: [{ resource: STUB_MACHINE, metric }], statistic: "average", window: FIVE_MINUTES } as const;
    await expect(collect(stub.provider.metrics!.read(STUB_SCOPE, request, stub.context))).rejects.toThrow("STRING");
  });
});

test("the native query of a value is a request that names metric, instance, window and aligner", () => {
  const machine = resources.find((resource) => resource.kind === "virtual-machine")!;
  const metric = world.provider.metrics!.catalogue.find((each) => each.metric === "network.in.bytes")!;
  const window = { fromMs: FIVE_MINUTES.toMs - 3 * 3_600_000, toMs: FIVE_MINUTES.toMs };
  const query = world.provider.metrics!.nativeQuery({ resource: machine, metric }, { statistic: "maximum", window });
  for (const part of [
    `projects/${machine.account}/timeSeries`,
    `resource.labels.instance_id = "${machine.id}"`,
    'metric.type = "compute.googleapis.com/instance/network/received_bytes_count"',
    "interval.startTime=2026-11-22T06:55:00.000Z",
    "aggregation.perSeriesAligner=ALIGN_RATE",
    "secondaryAggregation.perSeriesAligner=ALIGN_MAX",
  ])
    expect(query).toContain(part);
});
