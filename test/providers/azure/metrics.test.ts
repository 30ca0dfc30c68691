import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  METRICS,
  type MetricName,
  type MetricReading,
  type Resource,
  type Statistic,
  type TimeWindow,
} from "../../../src/contracts/index.ts";
import { FIVE_MINUTES, MAIN, NOW, openWorld, type World } from "./world.ts";

let world: World;
const resources: Resource[] = [];
beforeAll(async () => {
  world = await openWorld({ instances: 300 });
  for (const kind of ["virtual-machine", "database", "function", "load-balancer"] as const) resources.push(...(await world.list(kind)));
});
afterAll(() => world[Symbol.asyncDispose]());

async function read(
  metric: string,
  statistic: Statistic,
  window: TimeWindow,
  context = world.context(),
  only: (resource: Resource) => boolean = () => true,
): Promise<Map<string, MetricReading>> {
  const { catalogue, parseNative, read: readMetrics } = world.provider.metrics!;
  const readings = new Map<string, MetricReading>();
  const byScope = Map.groupBy(resources.filter(only), ({ account, region, kind }) => `${account}/${region}/${kind}`);
  for (const group of byScope.values()) {
    const { provider, account, region, kind } = group[0]!;
    const native = catalogue.find((each) => each.metric === metric && each.kind === kind) ?? parseNative(metric, kind);
    if (native === undefined) continue;
    const targets = group.map((resource) => ({ resource, metric: native }));
    for await (const page of readMetrics({ provider, account, region, service: "compute" }, { targets, statistic, window }, context)) {
      for (const reading of page) {
        expect(readings.has(reading.target.resource.id)).toBe(false);
        readings.set(reading.target.resource.id, reading);
      }
    }
  }
  return readings;
}

const TRUE_FIELDS = { average: "avg", maximum: "max", minimum: "min", sum: "sum", last: "last" } as const;

/** Compares every resource's reading with the truth; tells how many had a value. */
async function compare(metric: MetricName, statistic: keyof typeof TRUE_FIELDS, window: TimeWindow): Promise<number> {
  const truth = await world.truth(window);
  // The world of the emulator does not know each metric that Azure has of a kind.
  const kinds = new Set(truth.resources.filter(({ metrics }) => metrics[metric] !== undefined).map(({ kind }) => kind));
  const readings = await read(metric, statistic, window, world.context(), ({ kind }) => kinds.has(kind));
  let compared = 0;
  for (const resource of truth.resources) {
    const reading = readings.get(resource.id);
    if (reading === undefined) continue;
    expect(reading.failure).toBeUndefined();
    const expected = resource.metrics[metric]?.[TRUE_FIELDS[statistic]] ?? null;
    // Of errors Azure has zeros where there were requests.
    if (expected === null && reading.value === 0 && metric === "errors.count") continue;
    if (expected === null || reading.value === null) expect([reading.value, resource.id, metric]).toEqual([expected, resource.id, metric]);
    else expect(reading.value, `${resource.id} ${metric}`).toBeCloseTo(expected, 4);
    if (expected !== null) compared++;
  }
  return compared;
}

const NAMES = Object.keys(METRICS) as MetricName[];
/** Not in the emulator's world, or not measured by Azure. */
const UNTOLD: readonly MetricName[] = [
  "disk.read.operations",
  "disk.write.operations",
  "throttles.count",
  "memory.free.bytes",
  "disk.free.bytes",
];

describe("over the last five minutes", () => {
  test.each(
    NAMES.filter((name) => !UNTOLD.includes(name)).flatMap((metric) =>
      (["average", "maximum", "minimum"] as const).map((statistic) => ({ metric, statistic })),
    ),
  )("$statistic of $metric equals the ground truth", async ({ metric, statistic }) => {
    expect(await compare(metric, statistic, FIVE_MINUTES)).toBeGreaterThan(0);
  });

  test.each(["requests.count", "errors.count"] as const)("the sum of %s equals the ground truth", async (metric) => {
    expect(await compare(metric, "sum", FIVE_MINUTES)).toBeGreaterThan(0);
  });

  test("the last value of a level is that of the newest minute", async () => {
    expect(await compare("cpu.utilization", "last", FIVE_MINUTES)).toBeGreaterThan(0);
  });

  test("free space is told for the engine that measures it", async () => {
    const [readings, truth] = await Promise.all([read("disk.free.bytes", "average", FIVE_MINUTES), world.truth()]);
    const told = [...readings].filter(([, reading]) => reading.value !== null);
    expect(told.length).toBeGreaterThan(0);
    for (const [id, { value }] of told)
      expect(value).toBeCloseTo(truth.resources.find((each) => each.id === id)!.metrics["disk.free.bytes"]!.avg, 0);
  });
});

describe("over an hour", () => {
  const hour = { fromMs: FIVE_MINUTES.toMs - 3_600_000, toMs: FIVE_MINUTES.toMs };
  test.each([
    "cpu.utilization",
    "memory.utilization",
    "disk.utilization",
    "network.in.bytes",
    "latency.duration",
    "requests.count",
  ] as const)("average, maximum and minimum of %s equal the ground truth", async (metric) => {
    for (const statistic of ["average", "maximum", "minimum"] as const) expect(await compare(metric, statistic, hour)).toBeGreaterThan(0);
  });
});

test("over three hours averages stay exact, of requests too, while a series has at most sixty points", async () => {
  const hours = { fromMs: FIVE_MINUTES.toMs - 3 * 3_600_000, toMs: FIVE_MINUTES.toMs };
  for (const metric of ["cpu.utilization", "latency.duration"] as const) expect(await compare(metric, "average", hours)).toBeGreaterThan(0);
  const lengths = [...(await read("cpu.utilization", "average", hours)).values()].map((reading) => reading.points.length);
  expect(Math.max(...lengths)).toBe(36);
});

describe("percentiles", () => {
  test("of a level are made of its minutes", async () => {
    const window = { fromMs: FIVE_MINUTES.toMs - 6 * 3_600_000, toMs: FIVE_MINUTES.toMs };
    const [p95, p50, most] = await Promise.all((["p95", "p50", "maximum"] as const).map((each) => read("cpu.utilization", each, window)));
    const answered = [...p95!].filter(([, reading]) => reading.value !== null);
    expect(answered.length).toBeGreaterThan(0);
    for (const [id, { value, points }] of answered) {
      expect(value).toBeLessThanOrEqual(most!.get(id)!.value!);
      expect(value).toBeGreaterThanOrEqual(p50!.get(id)!.value!);
      expect(points.length).toBeLessThanOrEqual(120);
    }
  });

  test.each([
    ["latency.duration", FIVE_MINUTES],
    ["cpu.utilization", { fromMs: FIVE_MINUTES.toMs - 48 * 3_600_000, toMs: FIVE_MINUTES.toMs }],
  ])("that Azure cannot tell are failures that say so, unasked: %s", async (metric, window) => {
    const context = world.context();
    const readings = await read(metric, "p99", window, context);
    expect(readings.size).toBeGreaterThan(0);
    for (const { value, failure } of readings.values()) {
      expect(value).toBeNull();
      expect(failure!.message).toContain("percentiles");
    }
    expect(context.calls).toEqual([]);
  });
});

test("points are one a minute, in order and within the window", async () => {
  for (const { points, periodMs, value } of (await read("cpu.utilization", "average", FIVE_MINUTES)).values()) {
    if (value === null) continue;
    expect(periodMs).toBe(60_000);
    expect(points.map(([timeMs]) => timeMs)).toEqual(Array.from({ length: 5 }, (_, index) => FIVE_MINUTES.fromMs + index * 60_000));
  }
});

test("a native name gives native values", async () => {
  const isMachine = ({ kind }: Resource) => kind === "virtual-machine";
  const readMachines = (metric: string) => read(metric, "average", FIVE_MINUTES, world.context(), isMachine);
  const [native, canonical] = await Promise.all(
    ["microsoft.compute/virtualmachines:network in total", "network.in.bytes"].map(readMachines),
  );
  for (const [id, { value }] of canonical!) {
    const raw = native!.get(id)!.value;
    if (value === null) expect(raw).toBeNull();
    else expect(raw).toBeCloseTo(value * 60, 3);
  }
});

test.each([
  ["Microsoft.Compute/virtualMachines:Percentage CPU", true],
  ["microsoft.storage/storageaccounts/blobservices:BlobCount", true],
  ["AWS/EC2:CPUUtilization", false],
  ["compute.googleapis.com/instance/cpu/utilization", false],
  ["Percentage CPU", false],
  ["cpu.utilization", false],
])("%s as a native name: %s", (name, known) => {
  expect(world.provider.metrics!.parseNative(name, "virtual-machine") !== undefined).toBe(known);
});

describe("as few requests as there can be", () => {
  const place = (resource: Resource) => resource.account === MAIN && resource.region === "eastus" && resource.kind === "virtual-machine";

  test("50 machines are one batch, more are one request for the whole place, which later reads share", async () => {
    const machines = resources.filter(place);
    expect(machines.length).toBeGreaterThan(60);
    const fifty = new Set(machines.slice(0, 50));
    const context = world.context();
    await read("cpu.utilization", "average", FIVE_MINUTES, context, (resource) => fifty.has(resource));
    expect(context.calls).toEqual(["azure.metrics.GetBatch"]);
    const more = world.context();
    await read("cpu.utilization", "average", FIVE_MINUTES, more, place);
    await read("cpu.utilization", "average", FIVE_MINUTES, more, place);
    expect(more.calls).toEqual(["azure.metrics.ListAtSubscriptionScope"]);
  });

  test("several metrics of the same resources are one request", async () => {
    const [machine] = resources.filter(place);
    const metrics = world.provider.metrics!.catalogue.filter(
      (each) => each.kind === "virtual-machine" && each.metric !== "disk.utilization",
    );
    const targets = metrics.map((metric) => ({ resource: machine!, metric }));
    const context = world.context();
    const scope = { provider: "azure", account: MAIN, region: "eastus", service: "compute" };
    let count = 0;
    for await (const page of world.provider.metrics!.read(scope, { targets, statistic: "maximum", window: FIVE_MINUTES }, context))
      count += page.length;
    expect(count).toBe(metrics.length);
    expect(context.calls).toEqual(["azure.metrics.GetBatch"]);
  });

  test("what VM insights gathered is one query for each workspace", async () => {
    const context = world.context();
    await read("disk.utilization", "average", FIVE_MINUTES, context, place);
    expect(context.calls).toEqual(["azure.resourcegraph.Resources", "azure.loganalytics.Query"]);
  });
});

test("the native query of a value is a command that names resource, metric and window", () => {
  const machine = resources.find((resource) => resource.kind === "virtual-machine")!;
  const nativeQuery = (metric: MetricName) =>
    world.provider.metrics!.nativeQuery(
      {
        resource: machine,
        metric: world.provider.metrics!.catalogue.find((each) => each.metric === metric && each.kind === machine.kind)!,
      },
      { statistic: "maximum", window: FIVE_MINUTES },
    );
  expect(nativeQuery("memory.utilization")).toBe(
    `az monitor metrics list --resource '${machine.id}' --metrics 'Available Memory Percentage' --aggregation Minimum --interval PT1M --start-time 2026-11-22T09:50:00.000Z --end-time 2026-11-22T09:55:00.000Z`,
  );
  expect(nativeQuery("disk.utilization")).toContain(`| where Resource == "${machine.id.toLowerCase()}"`);
});

test("the clock of the tests is past every point of the window", () => {
  expect(NOW - FIVE_MINUTES.toMs).toBeGreaterThanOrEqual(world.provider.metrics!.lagMs);
});

test("the greatest of what was added up by periods longer than a minute is told to be that of averages, that of levels is not", async () => {
  const sixHours = { fromMs: FIVE_MINUTES.toMs - 6 * 3_600_000, toMs: FIVE_MINUTES.toMs };
  const notesOf = async (metric: MetricName) => {
    const context = world.context();
    await read(metric, "maximum", sixHours, context, ({ kind }) => kind === "virtual-machine");
    return new Set(context.notes.map(({ en }) => en));
  };
  expect([...(await notesOf("network.in.bytes"))]).toEqual([expect.stringContaining("averages over 15 minutes")]);
  expect([...(await notesOf("cpu.utilization"))]).toEqual([]);
});

test("the greatest number of events is per minute, however long the periods are", async () => {
  const sixHours = { fromMs: FIVE_MINUTES.toMs - 6 * 3_600_000, toMs: FIVE_MINUTES.toMs };
  const functions = ({ kind }: Resource) => kind === "function";
  const [most, average] = await Promise.all(
    (["maximum", "average"] as const).map((statistic) => read("requests.count", statistic, sixHours, world.context(), functions)),
  );
  for (const [id, { value }] of most!) {
    expect(value).toBeGreaterThanOrEqual(average!.get(id)!.value!);
    expect(value).toBeLessThan(3 * average!.get(id)!.value! + 1);
  }
});
