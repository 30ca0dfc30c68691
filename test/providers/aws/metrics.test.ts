import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  METRICS,
  type MetricName,
  type MetricReading,
  type Resource,
  type Statistic,
  type TimeWindow,
} from "../../../src/contracts/index.ts";
import { FIVE_MINUTES, NOW, openWorld, type World } from "./world.ts";

let world: World;
const resources: Resource[] = [];
beforeAll(async () => {
  world = await openWorld({ instances: 120 });
  for (const kind of ["virtual-machine", "database", "function", "load-balancer"] as const) resources.push(...(await world.list(kind)));
});
afterAll(() => world[Symbol.asyncDispose]());

const keyOf = ({ account, region, kind, id }: Pick<Resource, "account" | "region" | "kind" | "id">) => `${account}/${region}/${kind}/${id}`;

async function read(
  metric: string,
  statistic: Statistic,
  window: TimeWindow,
  context = world.context(),
): Promise<Map<string, MetricReading>> {
  const { catalogue, parseNative, read: readMetrics } = world.provider.metrics!;
  const readings = new Map<string, MetricReading>();
  const byScope = Map.groupBy(resources, ({ account, region, kind }) => `${account}/${region}/${kind}`);
  for (const group of byScope.values()) {
    const { provider, account, region, kind } = group[0]!;
    const native = catalogue.find((each) => each.metric === metric && each.kind === kind) ?? parseNative(metric, kind);
    if (native === undefined) continue;
    const targets = group.map((resource) => ({ resource, metric: native }));
    for await (const page of readMetrics({ provider, account, region, service: "compute" }, { targets, statistic, window }, context)) {
      for (const reading of page) readings.set(keyOf(reading.target.resource), reading);
    }
  }
  return readings;
}

const NAMES = Object.keys(METRICS) as MetricName[];
const TRUE_FIELDS = { average: "avg", maximum: "max", minimum: "min", sum: "sum", last: "last" } as const;

/** Compares every resource's reading with the truth; tells how many had a value. */
async function compare(metric: MetricName, statistic: keyof typeof TRUE_FIELDS, window: TimeWindow): Promise<number> {
  const [readings, truth] = await Promise.all([read(metric, statistic, window), world.truth(window)]);
  let compared = 0;
  for (const resource of truth.resources) {
    const reading = readings.get(keyOf(resource));
    if (reading === undefined) continue;
    expect(reading.failure).toBeUndefined();
    const expected = resource.metrics[metric]?.[TRUE_FIELDS[statistic]] ?? null;
    if (expected === null) expect(reading.value, `${resource.id} ${metric}`).toBeNull();
    else expect(reading.value, `${resource.id} ${metric} ${resource.monitoring}`).toBeCloseTo(expected, 4);
    if (expected !== null) compared++;
  }
  return compared;
}

describe("over the last five minutes", () => {
  test.each(NAMES.flatMap((metric) => (["average", "maximum", "minimum"] as const).map((statistic) => ({ metric, statistic }))))(
    "$statistic of $metric equals the ground truth",
    async ({ metric, statistic }) => {
      const compared = await compare(metric, statistic, FIVE_MINUTES);
      const untold = ["disk.read.operations", "disk.write.operations"].includes(metric);
      expect(compared > 0).toBe(!untold);
    },
  );

  test.each(["requests.count", "errors.count", "throttles.count"] as const)("the sum of %s equals the ground truth", async (metric) => {
    expect(await compare(metric, "sum", FIVE_MINUTES)).toBeGreaterThan(0);
  });
});

describe("over an hour", () => {
  const hour = { fromMs: FIVE_MINUTES.toMs - 3_600_000, toMs: FIVE_MINUTES.toMs };
  test.each(["cpu.utilization", "network.in.bytes", "latency.duration", "requests.count"] as const)(
    "average, maximum and minimum of %s equal the ground truth",
    async (metric) => {
      for (const statistic of ["average", "maximum", "minimum"] as const) expect(await compare(metric, statistic, hour)).toBeGreaterThan(0);
    },
  );
});

describe("over three hours", () => {
  const hours = { fromMs: FIVE_MINUTES.toMs - 3 * 3_600_000, toMs: FIVE_MINUTES.toMs };
  test("average, maximum and minimum stay exact while a series has at most sixty points", async () => {
    for (const statistic of ["average", "maximum", "minimum"] as const) {
      expect(await compare("cpu.utilization", statistic, hours)).toBeGreaterThan(0);
    }
    const readings = await read("cpu.utilization", "average", hours);
    const lengths = [...readings.values()].map((reading) => reading.points.length);
    expect(Math.max(...lengths)).toBeGreaterThan(20);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60);
  });
});

test("a percentile is taken over the window as one period", async () => {
  const readings = await read("latency.duration", "p95", FIVE_MINUTES);
  const averages = await read("latency.duration", "average", FIVE_MINUTES);
  const answered = [...readings].filter(([, reading]) => reading.value !== null);
  expect(answered.length).toBeGreaterThan(0);
  for (const [key, reading] of answered) {
    expect(reading.periodMs).toBe(300_000);
    expect(reading.value).toBeGreaterThanOrEqual(averages.get(key)!.value!);
  }
});

test("points are those of the monitoring mode, in order and within the window", async () => {
  const readings = await read("cpu.utilization", "average", FIVE_MINUTES);
  for (const { target, points, periodMs, value } of readings.values()) {
    if (value === null || target.resource.kind !== "virtual-machine") continue;
    const detailed = target.resource.attributes.monitoring === "detailed";
    expect(periodMs).toBe(detailed ? 60_000 : 300_000);
    expect(points.map(([timeMs]) => timeMs)).toEqual(
      Array.from({ length: detailed ? 5 : 1 }, (_, index) => FIVE_MINUTES.fromMs + index * periodMs),
    );
  }
});

test("a native name gives native values", async () => {
  const native = await read("AWS/EC2:NetworkIn", "average", FIVE_MINUTES);
  const canonical = await read("network.in.bytes", "average", FIVE_MINUTES);
  const machine = resources.find((resource) => resource.kind === "virtual-machine" && resource.state === "running")!;
  expect(native.get(keyOf(machine))!.value).toBeCloseTo(canonical.get(keyOf(machine))!.value! * 60, 4);
});

test.each([
  ["AWS/EC2:CPUUtilization", true],
  ["CWAgent:swap_used_percent", true],
  ["compute.googleapis.com/instance/cpu/utilization", false],
  ["Percentage CPU", false],
  ["cpu.utilization", false],
])("%s as a native name: %s", (name, known) => {
  expect(world.provider.metrics!.parseNative(name, "virtual-machine") !== undefined).toBe(known);
});

test("a batch of 500 machines is one request, and one more machine is one request more", async () => {
  const machine = resources.find((resource) => resource.kind === "virtual-machine" && resource.state === "running")!;
  const metric = world.provider.metrics!.catalogue.find((each) => each.metric === "cpu.utilization")!;
  const scope = { provider: "aws", account: machine.account, region: machine.region, service: "compute" };
  for (const [count, calls] of [
    [1, 1],
    [500, 1],
    [501, 2],
  ] as const) {
    const context = world.context();
    const targets = Array.from({ length: count }, () => ({ resource: machine, metric }));
    let read = 0;
    for await (const page of world.provider.metrics!.read(scope, { targets, statistic: "average", window: FIVE_MINUTES }, context))
      read += page.length;
    expect(read).toBe(count);
    expect(context.count("aws.cloudwatch.GetMetricData")).toBe(calls);
  }
});

test("the native query of a value is a command that names metric, dimension and window", () => {
  const machine = resources.find((resource) => resource.kind === "virtual-machine" && resource.attributes.monitoring === "basic")!;
  const metric = world.provider.metrics!.catalogue.find((each) => each.metric === "cpu.utilization")!;
  const query = world.provider.metrics!.nativeQuery({ resource: machine, metric }, { statistic: "average", window: FIVE_MINUTES });
  expect(query).toContain(`--region ${machine.region}`);
  expect(query).toContain('"MetricName":"CPUUtilization"');
  expect(query).toContain(machine.id);
  expect(query).toContain('"Period":300');
  expect(query).toContain("--start-time 2026-11-22T09:50:00.000Z");
});

test("the clock of the tests is past every point of the window", () => {
  expect(NOW - FIVE_MINUTES.toMs).toBeGreaterThanOrEqual(world.provider.metrics!.lagMs);
});
