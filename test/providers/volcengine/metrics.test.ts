import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MetricName, MetricReading, Resource, ResourceKind, Statistic, TimeWindow } from "../../../src/contracts/index.ts";
import { seriesPlan } from "../../../src/providers/volcengine/periods.ts";
import { FIVE_MINUTES, NOW, openWorld, type World } from "./world.ts";

let world: World;
let machines: Resource[];
let resources: Resource[];
beforeAll(async () => {
  world = await openWorld({ instances: 120 });
  machines = await world.list("virtual-machine");
  resources = [...machines, ...(await world.list("database")), ...(await world.list("load-balancer"))];
});
afterAll(() => world[Symbol.asyncDispose]());

const keyOf = ({ account, region, kind, id }: Pick<Resource, "account" | "region" | "kind" | "id">) => `${account}/${region}/${kind}/${id}`;

async function read(
  metric: string,
  statistic: Statistic,
  window: TimeWindow,
  kind: ResourceKind = "virtual-machine",
): Promise<Map<string, MetricReading>> {
  const { catalogue, parseNative, read: readMetrics } = world.provider.metrics!;
  const readings = new Map<string, MetricReading>();
  const asked = resources.filter((resource) => resource.kind === kind);
  const native = catalogue.find((each) => each.metric === metric && each.kind === kind) ?? parseNative(metric, kind)!;
  for (const group of Map.groupBy(asked, ({ account, region }) => `${account}/${region}`).values()) {
    const { provider, account, region } = group[0]!;
    const targets = group.map((resource) => ({ resource, metric: native }));
    for await (const page of readMetrics(
      { provider, account, region, service: "compute" },
      { targets, statistic, window },
      world.context(),
    )) {
      for (const reading of page) readings.set(keyOf(reading.target.resource), reading);
    }
  }
  return readings;
}

const TRUE_FIELDS = { average: "avg", maximum: "max", minimum: "min", last: "last", sum: "sum" } as const;

/** Compares every reading with the truth; tells how many had a value. PostgreSQL has no published metrics. */
async function compare(
  metric: MetricName,
  statistic: keyof typeof TRUE_FIELDS,
  window: TimeWindow,
  kind: ResourceKind = "virtual-machine",
): Promise<number> {
  const [readings, truth] = await Promise.all([read(metric, statistic, window, kind), world.truth(window)]);
  let compared = 0;
  for (const resource of truth.resources.filter((each) => each.kind === kind)) {
    if (resource.id.startsWith("postgres")) continue;
    const { value, failure } = readings.get(keyOf(resource))!;
    expect(failure).toBeUndefined();
    // A load balancer counts no errors as 0, not as nothing.
    const none = metric === "errors.count" ? 0 : null;
    const expected = resource.metrics[metric]?.[TRUE_FIELDS[statistic]] ?? (value === null ? null : none);
    if (expected === null) expect(value, `${resource.id} ${metric}`).toBeNull();
    else expect(value, `${resource.id} ${metric}`).toBeCloseTo(expected, 3);
    if (expected !== null) compared++;
  }
  return compared;
}

const NAMES = [
  "cpu.utilization",
  "memory.utilization",
  "disk.utilization",
  "network.in.bytes",
  "network.out.bytes",
  "disk.read.bytes",
  "disk.write.bytes",
] as const;

describe("over the last five minutes", () => {
  test.each(NAMES.flatMap((metric) => (["average", "maximum", "minimum", "last"] as const).map((statistic) => ({ metric, statistic }))))(
    "$statistic of $metric equals the ground truth",
    async ({ metric, statistic }) => {
      expect(await compare(metric, statistic, FIVE_MINUTES)).toBeGreaterThan(0);
    },
  );

  test.each([
    ["database", "cpu.utilization", "average"],
    ["database", "cpu.utilization", "maximum"],
    ["database", "connections.count", "average"],
    ["load-balancer", "requests.count", "sum"],
    ["load-balancer", "errors.count", "sum"],
    ["load-balancer", "targets.unhealthy", "maximum"],
  ] as const)("of each %s, %s: the %s equals the ground truth", async (kind, metric, statistic) => {
    expect(await compare(metric, statistic, FIVE_MINUTES, kind)).toBeGreaterThan(0);
  });

  test("the latency of a load balancer is the average of its minutes, whatever the requests in them", async () => {
    const truth = (await world.truth()).resources;
    for (const [key, { value }] of await read("latency.duration", "average", FIVE_MINUTES, "load-balancer")) {
      const { min, max } = truth.find((resource) => keyOf(resource) === key)!.metrics["latency.duration"] ?? {};
      if (value === null) expect(max ?? null).toBeNull();
      else expect(value).toBeGreaterThanOrEqual(min!);
      if (value !== null) expect(value).toBeLessThanOrEqual(max!);
    }
  });

  test("a machine without the agent has no memory value, and no failure", async () => {
    const readings = [...(await read("memory.utilization", "average", FIVE_MINUTES)).values()];
    expect(readings.some(({ value }) => value === null)).toBe(true);
    expect(world.provider.metrics!.catalogue.find(({ metric }) => metric === "memory.utilization")!.needs!.zh).toContain("插件");
  });
});

describe("over an hour", () => {
  const hour = { fromMs: FIVE_MINUTES.toMs - 3_600_000, toMs: FIVE_MINUTES.toMs };
  test.each(["average", "maximum", "minimum"] as const)("the %s of the CPU equals the ground truth", async (statistic) => {
    expect(await compare("cpu.utilization", statistic, hour)).toBeGreaterThan(0);
  });

  test("a percentile lies between minimum and maximum", async () => {
    const [low, p95, high] = await Promise.all(
      (["minimum", "p95", "maximum"] as const).map((statistic) => read("cpu.utilization", statistic, hour)),
    );
    for (const [key, { value }] of p95!) {
      if (value === null) continue;
      expect(value).toBeGreaterThanOrEqual(low!.get(key)!.value!);
      expect(value).toBeLessThanOrEqual(high!.get(key)!.value!);
    }
  });
});

describe("over three hours", () => {
  const hours = { fromMs: FIVE_MINUTES.toMs - 3 * 3_600_000, toMs: FIVE_MINUTES.toMs };

  test("the average stays exact, and the points tell their length", async () => {
    expect(await compare("cpu.utilization", "average", hours)).toBeGreaterThan(0);
    for (const { points, periodMs } of (await read("cpu.utilization", "average", hours)).values()) {
      expect(points.length).toBeLessThanOrEqual(60);
      expect(periodMs).toBeGreaterThan(60_000);
    }
  });

  test("a percentile is refused, because there is none of averages", async () => {
    await expect(read("cpu.utilization", "p95", hours)).rejects.toMatchObject({ code: "PROVIDER_FAILED" });
  });
});

test("a plan never asks for more than 50 instances or 1,440 points a request, nor for more points than a chart has room for", () => {
  const statistics = ["average", "maximum", "minimum", "sum", "last"] as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...statistics),
      fc.integer({ min: 1, max: 60 * 1_440 }),
      fc.integer({ min: 0, max: 600 }),
      (statistic, minutes, shift) => {
        const fromMs = NOW - (NOW % 60_000) - (minutes + shift) * 60_000;
        const { periodMs, batchSize } = seriesPlan(statistic, { fromMs, toMs: fromMs + minutes * 60_000 });
        const points = Math.ceil((minutes * 60_000) / periodMs);
        expect(points).toBeLessThanOrEqual(60);
        expect(batchSize).toBeGreaterThanOrEqual(1);
        expect(batchSize).toBeLessThanOrEqual(50);
        expect((points + 1) * batchSize).toBeLessThanOrEqual(1_440);
      },
    ),
  );
});

test.each([
  [1, 1],
  [50, 1],
  [51, 2],
  [120, 3],
])("%i machines are %i requests", async (count, calls) => {
  const machine = machines.find(({ state }) => state === "running")!;
  const { catalogue, read: readMetrics } = world.provider.metrics!;
  const scope = { provider: "volcengine", account: machine.account, region: machine.region, service: "compute" };
  const context = world.context();
  const targets = Array.from({ length: count }, (_, index) => ({ resource: { ...machine, id: `i-${index}` }, metric: catalogue[0]! }));
  let found = 0;
  for await (const page of readMetrics(scope, { targets, statistic: "average", window: FIVE_MINUTES }, context)) found += page.length;
  expect(found).toBe(count);
  expect(context.count("volcengine.volc_observe.GetMetricData")).toBe(calls);
});

test("a native name gives native values", async () => {
  const native = await read("VCM_ECS/Instance:Instance_NetRxBits", "average", FIVE_MINUTES);
  const canonical = await read("network.in.bytes", "average", FIVE_MINUTES);
  const machine = machines.find(({ state }) => state === "running")!;
  expect(native.get(keyOf(machine))!.value).toBeCloseTo(canonical.get(keyOf(machine))!.value! * 8, 3);
});

test.each([
  ["VCM_ECS/Instance:CpuTotal", true],
  ["VCM_RDS_MySQL/Instance:Qps", true],
  ["AWS/EC2:CPUUtilization", false],
  ["VCM_ECS:CpuTotal", false],
  ["cpu.utilization", false],
])("%s as a native name: %s", (name, known) => {
  expect(world.provider.metrics!.parseNative(name, "virtual-machine") !== undefined).toBe(known);
});

test("the native query of a value is a command that names metric, machine and window", () => {
  const machine = machines[0]!;
  const query = world.provider.metrics!.nativeQuery(
    { resource: machine, metric: world.provider.metrics!.catalogue[0]! },
    { statistic: "average", window: FIVE_MINUTES },
  );
  expect(query).toContain(`--region ${machine.region}`);
  expect(query).toContain('"MetricName":"Instance_CpuBusy"');
  expect(query).toContain(machine.id);
  expect(query).toContain(`"StartTime":${FIVE_MINUTES.fromMs / 1_000}`);
});

test("the native query of a percentile that cannot be told is one for the points that it would be of", () => {
  const target = { resource: machines[0]!, metric: world.provider.metrics!.catalogue[0]! };
  const window = { fromMs: FIVE_MINUTES.toMs - 86_400_000, toMs: FIVE_MINUTES.toMs };
  expect(world.provider.metrics!.nativeQuery(target, { statistic: "p95", window })).toContain('"Period":"30m"');
});

test("the clock of the tests is past every point of the window", () => {
  expect(NOW - FIVE_MINUTES.toMs).toBeGreaterThanOrEqual(world.provider.metrics!.lagMs);
});

describe("extremes", () => {
  const notesOf = async (statistic: Statistic, hours: number) => {
    const [resource] = machines;
    const { provider, account, region } = resource!;
    const metric = world.provider.metrics!.catalogue.find((each) => each.metric === "cpu.utilization" && each.kind === "virtual-machine")!;
    const context = world.context();
    const window = { fromMs: FIVE_MINUTES.toMs - hours * 3_600_000, toMs: FIVE_MINUTES.toMs };
    const request = { targets: [{ resource: resource!, metric }], statistic, window };
    for await (const _ of world.provider.metrics!.read({ provider, account, region, service: "compute" }, request, context));
    return context.notes.map(({ en }) => en);
  };

  test("of averages over more than a minute are told to be that", async () => {
    expect(await notesOf("maximum", 24)).toEqual([expect.stringMatching(/^Volcengine: the maximum is that of averages over \d+ minutes/)]);
  });

  test("of single minutes, and averages, need no word", async () => {
    expect([await notesOf("minimum", 1), await notesOf("average", 24)]).toEqual([[], []]);
  });
});
