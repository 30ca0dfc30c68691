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

const KINDS = ["virtual-machine", "database"] as const;
const HOUR_MS = 3_600_000;

let world: World;
const resources: Resource[] = [];
beforeAll(async () => {
  world = await openWorld({ instances: 120 });
  for (const kind of KINDS) resources.push(...(await world.list(kind)));
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

/** The truth has no operations of disks. */
const NAMES = (Object.keys(METRICS) as MetricName[]).filter(
  (name) => METRICS[name].of.some((kind) => kind === "virtual-machine") && !name.endsWith("operations"),
);
const TRUE_FIELDS = { average: "avg", maximum: "max", minimum: "min", last: "last" } as const;

/** Compares every resource's reading with the truth; tells how many had a value. */
async function compare(metric: MetricName, statistic: keyof typeof TRUE_FIELDS, window: TimeWindow): Promise<number> {
  const [readings, truth] = await Promise.all([read(metric, statistic, window), world.truth(window)]);
  let compared = 0;
  for (const resource of truth.resources) {
    const reading = readings.get(keyOf(resource));
    // Of databases the world knows what is free, and the cloud what is used.
    if (reading === undefined || (resource.kind === "database" && metric !== "cpu.utilization")) continue;
    expect(reading.failure).toBeUndefined();
    const expected = resource.metrics[metric]?.[TRUE_FIELDS[statistic]] ?? null;
    if (expected === null) expect(reading.value, `${resource.id} ${metric}`).toBeNull();
    else expect(reading.value, `${resource.id} ${metric}`).toBeCloseTo(expected, 4);
    if (expected !== null) compared++;
  }
  return compared;
}

describe("over the last five minutes", () => {
  test.each(NAMES.flatMap((metric) => (["average", "maximum", "minimum", "last"] as const).map((statistic) => ({ metric, statistic }))))(
    "$statistic of $metric equals the ground truth",
    async ({ metric, statistic }) => {
      const compared = await compare(metric, statistic, FIVE_MINUTES);
      const untold = ["memory.free.bytes", "disk.free.bytes", "status.check.failed"].includes(metric);
      expect(compared > 0).toBe(!untold);
    },
  );
});

test.each([
  ["memory.utilization", "memory.free.bytes", 16 * 2 ** 30],
  ["disk.utilization", "disk.free.bytes", 500e9],
] as const)("%s of databases is what the truth's %s leaves", async (metric, free, size) => {
  const [readings, truth] = await Promise.all([read(metric, "average", FIVE_MINUTES), world.truth()]);
  const databases = truth.resources.filter(({ kind, metrics }) => kind === "database" && metrics[free] !== undefined);
  expect(databases.length).toBeGreaterThan(2);
  for (const database of databases) {
    expect(readings.get(keyOf(database))!.value).toBeCloseTo(100 * (1 - database.metrics[free]!.avg / size), 4);
  }
});

describe.each([
  ["an hour", 1, 1],
  ["three hours", 3, 2],
])("over %s", (_, hours, mostPages) => {
  const window = { fromMs: FIVE_MINUTES.toMs - hours * HOUR_MS, toMs: FIVE_MINUTES.toMs };

  test.each(["cpu.utilization", "network.in.bytes", "memory.utilization"] as const)(
    "average, maximum and minimum of %s equal the ground truth",
    async (metric) => {
      for (const statistic of ["average", "maximum", "minimum"] as const) {
        expect(await compare(metric, statistic, window)).toBeGreaterThan(0);
      }
    },
  );

  test("series come in few requests, and have at most sixty points", async () => {
    const context = world.context();
    const readings = await read("cpu.utilization", "average", window, context);
    const lengths = [...readings.values()].map((reading) => reading.points.length);
    expect(Math.max(...lengths)).toBeGreaterThan(10);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60);
    const scopes = new Set(resources.map(({ account, region, kind }) => `${account}/${region}/${kind}`)).size;
    expect(context.count("alicloud.cms.DescribeMetricList")).toBeLessThanOrEqual(scopes * mostPages);
  });
});

test("a window whose edges only minutes meet is read by the minute", async () => {
  const window = { fromMs: FIVE_MINUTES.fromMs - 41 * 60_000, toMs: FIVE_MINUTES.toMs - 120_000 };
  expect(await compare("cpu.utilization", "average", window)).toBeGreaterThan(0);
  const [reading] = (await read("cpu.utilization", "average", window)).values();
  expect(reading!.periodMs).toBe(60_000);
});

describe("a percentile", () => {
  test("of a metric with a sample a minute is one of the samples", async () => {
    const window = { fromMs: FIVE_MINUTES.toMs - HOUR_MS, toMs: FIVE_MINUTES.toMs };
    const [p50, p99, maximum] = await Promise.all(
      (["p50", "p99", "maximum"] as const).map((each) => read("cpu.utilization", each, window)),
    );
    let compared = 0;
    for (const [key, reading] of p99!) {
      if (reading.value === null) continue;
      expect(reading.periodMs).toBe(60_000);
      expect(reading.points.map(([, value]) => value)).toContain(p50!.get(key)!.value);
      expect(reading.value).toBe(maximum!.get(key)!.value);
      compared++;
    }
    expect(compared).toBeGreaterThan(50);
  });

  test("of a metric of the agent cannot be told", async () => {
    for (const { value, failure } of (await read("memory.utilization", "p95", FIVE_MINUTES)).values()) {
      expect(value).toBeNull();
      expect(failure?.message).toContain("p95");
      expect(failure?.text.zh).toContain("p95");
    }
  });
});

test("a statistic that the metric does not have is a failure of its readings, not an empty answer", async () => {
  const [reading] = [...(await read("cpu.utilization", "sum", FIVE_MINUTES)).values()].filter(({ failure }) => failure !== undefined);
  expect(reading!.failure!.message).toContain("Sum");
});

test("points are those of the window, in order", async () => {
  for (const { points, value } of (await read("cpu.utilization", "average", FIVE_MINUTES)).values()) {
    if (value === null) continue;
    expect(points.map(([timeMs]) => timeMs)).toEqual([0, 1, 2, 3, 4].map((minute) => FIVE_MINUTES.fromMs + minute * 60_000));
  }
});

test("network rates are bits by their native name, and bytes by their canonical one", async () => {
  const native = await read("acs_ecs_dashboard:IntranetInRate", "average", FIVE_MINUTES);
  const canonical = await read("network.in.bytes", "average", FIVE_MINUTES);
  const machine = resources.find((resource) => resource.state === "running")!;
  expect(native.get(keyOf(machine))!.value).toBeCloseTo(canonical.get(keyOf(machine))!.value! * 8, 4);
});

test.each([
  ["acs_ecs_dashboard:CPUUtilization", true],
  ["acs_slb_dashboard:ActiveConnection", true],
  ["AWS/EC2:CPUUtilization", false],
  ["VCM_ECS/Instance:CpuTotal", false],
  ["CPUUtilization", false],
  ["cpu.utilization", false],
])("%s as a native name: %s", (name, known) => {
  expect(world.provider.metrics!.parseNative(name, "virtual-machine") !== undefined).toBe(known);
});

test("fifty machines are one request, and one more is one request more", async () => {
  const machine = resources.find((resource) => resource.state === "running")!;
  const [metric] = world.provider.metrics!.catalogue;
  const scope = { provider: "alicloud", account: machine.account, region: machine.region, service: "compute" };
  const machines = Array.from({ length: 51 }, (_, index) => ({ ...machine, id: index === 0 ? machine.id : `i-none${index}` }));
  for (const [count, calls] of [
    [1, 1],
    [50, 1],
    [51, 2],
  ] as const) {
    const context = world.context();
    const targets = machines.slice(0, count).map((resource) => ({ resource, metric: metric! }));
    let answered = 0;
    for await (const page of world.provider.metrics!.read(scope, { targets, statistic: "average", window: FIVE_MINUTES }, context))
      answered += page.length;
    expect(answered).toBe(count);
    expect(context.count("alicloud.cms.DescribeMetricList")).toBe(calls);
  }
  expect(world.provider.metrics!.oneMetricARequest).toBe(true);
});

test("the native query of a value is a command that names metric, dimension and window", () => {
  const machine = resources.find((resource) => resource.state === "running")!;
  const { catalogue, nativeQuery } = world.provider.metrics!;
  const metric = catalogue.find((each) => each.metric === "cpu.utilization")!;
  const query = nativeQuery({ resource: machine, metric }, { statistic: "average", window: FIVE_MINUTES });
  expect(query).toContain(`--region ${machine.region}`);
  expect(query).toContain("--MetricName CPUUtilization");
  expect(query).toContain(machine.id);
  expect(query).toContain("--Period 60");
  // Open at its start, closed at its end.
  expect(query).toContain(`--StartTime ${FIVE_MINUTES.fromMs - 1} --EndTime ${FIVE_MINUTES.toMs - 1}`);
  const memory = catalogue.find((each) => each.metric === "memory.utilization")!;
  expect(nativeQuery({ resource: machine, metric: memory }, { statistic: "p95", window: FIVE_MINUTES })).toContain(
    "memory_usedutilization",
  );
});

test("the clock of the tests is past every point of the window", () => {
  expect(NOW - FIVE_MINUTES.toMs).toBeGreaterThanOrEqual(world.provider.metrics!.lagMs);
});
