import { JWT } from "google-auth-library";
import { describe, expect, it } from "vitest";
import type { MetricName } from "../../../src/contracts/index.ts";
import { CLOUD_PLATFORM, MAIN, type StartedGcp, startedGcp, WINDOW } from "./started-gcp.ts";

const CPU = "compute.googleapis.com/instance/cpu/utilization";
const RECEIVED = "compute.googleapis.com/instance/network/received_bytes_count";
const READ = "compute.googleapis.com/instance/disk/read_bytes_count";
const PATH = `/v3/projects/${MAIN}/timeSeries`;

interface Series {
  readonly metric: { readonly type: string; readonly labels?: Readonly<Record<string, string>> };
  readonly resource: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
  readonly metadata?: { readonly userLabels?: Readonly<Record<string, string>>; readonly systemLabels?: Readonly<Record<string, string>> };
  readonly metricKind: string;
  readonly valueType: string;
  readonly points: readonly Point[];
}
interface Point {
  readonly interval: { readonly startTime: string; readonly endTime: string };
  readonly value: { readonly doubleValue?: number; readonly int64Value?: string };
}

function interval(from: string = WINDOW.from, to: string = WINDOW.to) {
  return { "interval.startTime": from, "interval.endTime": to };
}

function aligned(aligner: string, seconds = 300) {
  return { "aggregation.alignmentPeriod": `${seconds}s`, "aggregation.perSeriesAligner": aligner };
}

async function series(gcp: StartedGcp, filter: string, query: Readonly<Record<string, string | number | readonly string[]>> = {}) {
  const { status, body } = await gcp.get(PATH, { filter, ...interval(), ...query });
  expect([status, body.error]).toEqual([200, undefined]);
  return {
    unit: body.unit as string,
    series: (body.timeSeries ?? []) as readonly Series[],
    nextPageToken: body.nextPageToken as string | undefined,
  };
}

/** The truth of the main project's machines that have the metric, by id. */
async function truthOf(gcp: StartedGcp, metric: MetricName, kind = "virtual-machine") {
  const { resources } = await gcp.truth();
  const found = resources.filter(
    (resource) => resource.kind === kind && resource.account === MAIN && resource.metrics[metric] !== undefined,
  );
  return new Map(found.map((resource) => [resource.id, { ...resource.metrics[metric], region: resource.region, tags: resource.tags }]));
}

function numberOf(point: Point | undefined): number {
  return point?.value.doubleValue ?? Number(point?.value.int64Value);
}

describe("aligned series", () => {
  it.each([
    ["ALIGN_MEAN", "avg", "DOUBLE"],
    ["ALIGN_MAX", "max", "DOUBLE"],
    ["ALIGN_MIN", "min", "DOUBLE"],
    ["ALIGN_NEXT_OLDER", "last", "DOUBLE"],
  ] as const)("equal the truth with %s", async (aligner, statistic, valueType) => {
    const gcp = await startedGcp({ instances: 300 });
    const truth = await truthOf(gcp, "cpu.utilization");
    const { series: found, unit } = await series(gcp, `metric.type="${CPU}"`, aligned(aligner));
    expect(unit).toBe("10^2.%");
    expect(found).toHaveLength(truth.size);
    for (const { resource, metricKind, points, ...rest } of found) {
      expect({ metricKind, valueType: rest.valueType, points: points.length }).toEqual({ metricKind: "GAUGE", valueType, points: 1 });
      // The fraction of one is rounded to a double before the mean is taken.
      expect(numberOf(points[0]) * 100).toBeCloseTo(truth.get(resource.labels.instance_id ?? "")?.[statistic] ?? Number.NaN, 10);
      expect(points[0]?.interval).toEqual({ startTime: WINDOW.to, endTime: WINDOW.to });
    }
  });

  it.each([
    ["network", RECEIVED, "network.in.bytes"],
    ["disks", READ, "disk.read.bytes"],
  ] as const)("of %s add up over the parts of a machine", async (_, type, metric) => {
    const gcp = await startedGcp({ instances: 300 });
    const truth = await truthOf(gcp, metric);
    const each = await series(gcp, `metric.type="${type}"`, aligned("ALIGN_RATE"));
    expect(each.series.length).toBeGreaterThan(truth.size);
    const { series: found, unit } = await series(gcp, `metric.type="${type}"`, {
      ...aligned("ALIGN_RATE"),
      "aggregation.crossSeriesReducer": "REDUCE_SUM",
      "aggregation.groupByFields": ["resource.labels.instance_id"],
    });
    expect(unit).toBe("By/s");
    expect(found).toHaveLength(truth.size);
    for (const {
      resource,
      metric: { labels },
      points,
    } of found) {
      expect(numberOf(points[0])).toBeCloseTo(truth.get(resource.labels.instance_id ?? "")?.avg ?? Number.NaN, 6);
      expect(labels).toEqual({});
      expect(Object.keys(resource.labels).sort()).toEqual(["instance_id", "project_id"]);
    }
  });

  it("of agents exist only where there is one, with states that fill the whole", async () => {
    const gcp = await startedGcp({ instances: 300 });
    const truth = await truthOf(gcp, "memory.utilization");
    const { series: found } = await series(gcp, 'metric.type="agent.googleapis.com/memory/percent_used"', aligned("ALIGN_MEAN"));
    const byMachine = Map.groupBy(found, ({ resource }) => resource.labels.instance_id ?? "");
    expect([...byMachine.keys()].sort()).toEqual([...truth.keys()].sort());
    for (const [id, states] of byMachine) {
      expect(states.map(({ metric }) => metric.labels?.state).sort()).toEqual(["buffered", "cached", "free", "used"]);
      expect(states.reduce((sum, { points }) => sum + numberOf(points[0]), 0)).toBeCloseTo(100, 9);
      const used = states.find(({ metric }) => metric.labels?.state === "used");
      expect(numberOf(used?.points[0])).toBeCloseTo(truth.get(id)?.avg ?? Number.NaN, 9);
    }
  });

  it("count their periods back from the end, the earliest of which may begin before the start", async () => {
    const gcp = await startedGcp();
    const { series: found } = await series(gcp, `metric.type="${CPU}"`, {
      ...interval("2026-03-10T08:52:30Z", "2026-03-10T09:00:30Z"),
      ...aligned("ALIGN_COUNT"),
    });
    const [first] = found;
    expect(first?.points.map(({ interval: { endTime }, value }) => [endTime, value.int64Value])).toEqual([
      ["2026-03-10T09:00:30Z", "5"],
      ["2026-03-10T08:55:30Z", "5"],
    ]);
  });

  it("of deltas keep their sum when the period does not begin with a minute", async () => {
    const gcp = await startedGcp();
    const raw = await series(gcp, `metric.type="${RECEIVED}"`, interval("2026-03-10T08:49:00Z", "2026-03-10T08:56:00Z"));
    const { series: found } = await series(gcp, `metric.type="${RECEIVED}"`, {
      ...interval("2026-03-10T08:50:30Z", "2026-03-10T08:55:30Z"),
      ...aligned("ALIGN_DELTA", 300),
    });
    const minutes = raw.series[0]?.points ?? [];
    // 08:51 to 08:55 whole, of 08:50 to 08:51 the half; 08:55 to 08:56 ends after the interval.
    const expected = minutes.slice(1, 5).reduce((sum, point) => sum + numberOf(point), 0) + numberOf(minutes[5]) / 2;
    expect(numberOf(found[0]?.points[0])).toBe(Math.round(expected));
    expect(found[0]).toMatchObject({ metricKind: "DELTA", valueType: "INT64" });
    expect(found[0]?.points[0]?.interval).toEqual({ startTime: "2026-03-10T08:50:30Z", endTime: "2026-03-10T08:55:30Z" });
  });

  it("are aggregated a second time", async () => {
    const gcp = await startedGcp({ instances: 300 });
    const truth = await truthOf(gcp, "network.in.bytes");
    const { series: found } = await series(gcp, `metric.type="${RECEIVED}"`, {
      ...aligned("ALIGN_RATE", 60),
      "aggregation.crossSeriesReducer": "REDUCE_SUM",
      "aggregation.groupByFields": "resource.labels.instance_id",
      "secondaryAggregation.alignmentPeriod": "300s",
      "secondaryAggregation.perSeriesAligner": "ALIGN_MAX",
    });
    expect(found).toHaveLength(truth.size);
    for (const { resource, points } of found)
      expect(numberOf(points[0])).toBeCloseTo(truth.get(resource.labels.instance_id ?? "")?.max ?? Number.NaN, 6);
  });
});

describe("reduced series", () => {
  it("are grouped by labels of the metadata, and tell those", async () => {
    const gcp = await startedGcp({ instances: 300 });
    const truth = [...(await truthOf(gcp, "cpu.utilization")).values()];
    const { series: found } = await series(gcp, `metric.type="${CPU}"`, {
      ...aligned("ALIGN_MEAN"),
      "aggregation.crossSeriesReducer": "REDUCE_MEAN",
      "aggregation.groupByFields": ["metadata.user_labels.env", "metadata.system_labels.region"],
    });
    for (const { metadata, points } of found) {
      const group = truth.filter(({ tags, region }) => tags.env === metadata?.userLabels?.env && region === metadata?.systemLabels?.region);
      expect(numberOf(points[0]) * 100).toBeCloseTo(group.reduce((sum, one) => sum + (one.avg ?? 0), 0) / group.length, 9);
    }
    expect(found).toHaveLength(new Set(truth.map(({ tags, region }) => `${tags.env} ${region}`)).size);
  });

  it("become one without grouping", async () => {
    const gcp = await startedGcp({ instances: 300 });
    const truth = await truthOf(gcp, "cpu.utilization");
    const query = { ...aligned("ALIGN_MEAN"), "aggregation.crossSeriesReducer": "REDUCE_COUNT" };
    const { series: found, unit } = await series(gcp, `metric.type="${CPU}"`, query);
    expect(found).toHaveLength(1);
    expect([found[0]?.points[0]?.value.int64Value, unit]).toEqual([String(truth.size), "1"]);
    expect(found[0]?.resource).toEqual({ type: "gce_instance", labels: { project_id: MAIN } });
  });
});

describe("raw series", () => {
  it("have a point a minute, newest first, in an interval open at its start", async () => {
    const gcp = await startedGcp();
    const { series: found } = await series(gcp, `metric.type="${CPU}"`);
    expect(found[0]?.points.map(({ interval: { endTime } }) => endTime)).toEqual([
      "2026-03-10T09:00:00Z",
      "2026-03-10T08:59:00Z",
      "2026-03-10T08:58:00Z",
      "2026-03-10T08:57:00Z",
      "2026-03-10T08:56:00Z",
    ]);
    expect(found[0]?.points.every(({ interval: { startTime, endTime } }) => startTime === endTime)).toBe(true);
    const { series: deltas } = await series(gcp, `metric.type="${RECEIVED}"`);
    expect(deltas[0]?.points[0]).toEqual({
      interval: { startTime: "2026-03-10T08:59:00Z", endTime: "2026-03-10T09:00:00Z" },
      value: { int64Value: expect.stringMatching(/^\d+$/) },
    });
  });

  it("show a point 30 to 110 seconds after its minute", async () => {
    const gcp = await startedGcp({ instances: 300, now: () => Date.parse("2026-03-10T09:01:10Z") });
    const { series: found } = await series(gcp, `metric.type="${CPU}"`, interval("2026-03-10T08:55:00Z", "2026-03-10T09:01:10Z"));
    const newest = found.map(({ points }) => points[0]?.interval.endTime);
    expect(new Set(newest)).toEqual(new Set(["2026-03-10T09:00:00Z", "2026-03-10T08:59:00Z"]));
  });

  it("come in pages that count points and may cut a series in two", async () => {
    const gcp = await startedGcp({ instances: 120 });
    const whole = await series(gcp, `metric.type="${CPU}"`);
    const pages = await gcp.pages(PATH, { filter: `metric.type="${CPU}"`, ...interval(), pageSize: 7 });
    const points = pages.map(({ body }) => (body.timeSeries as Series[]).reduce((sum, one) => sum + one.points.length, 0));
    expect(points.slice(0, -1).every((count) => count === 7)).toBe(true);
    const joined = new Map<string, Point[]>();
    for (const one of pages.flatMap(({ body }) => body.timeSeries as Series[])) {
      const id = one.resource.labels.instance_id ?? "";
      joined.set(id, [...(joined.get(id) ?? []), ...one.points]);
    }
    expect(joined).toEqual(new Map(whole.series.map(({ resource, points }) => [resource.labels.instance_id, points])));
  });

  it("keep to what was visible at the first page, however long the others take", async () => {
    let nowMs = Date.parse("2026-03-10T09:01:10Z");
    const gcp = await startedGcp({ now: () => nowMs });
    const query = { filter: `metric.type="${CPU}"`, ...interval("2026-03-10T08:55:00Z", "2026-03-10T09:01:10Z"), pageSize: 100 };
    const expected = await gcp.get(PATH, { ...query, pageSize: 100_000 });
    const first = await gcp.get(PATH, query);
    nowMs += 600_000;
    const second = await gcp.get(PATH, { ...query, pageSize: 100_000, pageToken: first.body.nextPageToken });
    const count = (...bodies: { timeSeries: Series[] }[]) =>
      bodies.flatMap(({ timeSeries }) => timeSeries).reduce((sum, one) => sum + one.points.length, 0);
    expect(count(first.body, second.body)).toBe(count(expected.body));
  });

  it("without their data count series in a page", async () => {
    const gcp = await startedGcp({ instances: 120 });
    const { series: found, nextPageToken } = await series(gcp, `metric.type="${CPU}"`, { view: "HEADERS", pageSize: 10 });
    expect(found).toHaveLength(10);
    expect(found.every((one) => one.points === undefined)).toBe(true);
    expect(nextPageToken).toBeDefined();
  });
});

describe("filters", () => {
  it.each([
    [
      "the region of the zone",
      'resource.labels.zone = starts_with("us-central1-")',
      (machine: Machine) => machine.region === "us-central1",
    ],
    ["a label of the machine", 'metadata.user_labels.env = "prod"', (machine: Machine) => machine.tags.env === "prod"],
    ["a label in quotes", 'metadata.user_labels."cost-center" = "cc-101"', (machine: Machine) => machine.tags["cost-center"] === "cc-101"],
    ["a label it has not", 'metadata.user_labels.env != "prod"', (machine: Machine) => machine.tags.env !== "prod"],
    ["the type of resource", 'resource.type = "gce_instance"', () => true],
    ["a part of the name", 'metric.labels.instance_name : "checkout"', (machine: Machine) => machine.name.includes("checkout")],
    ["the end of the name", 'metric.label.instance_name = ends_with("-001")', (machine: Machine) => machine.name.endsWith("-001")],
    [
      "a pattern",
      'metric.labels.instance_name = monitoring.regex.full_match("auth-(web|api)-.*")',
      (machine: Machine) => /^auth-(web|api)-/.test(machine.name),
    ],
    [
      "OR in parentheses",
      '(metadata.user_labels.env = "prod" OR metadata.user_labels.env = "dev")',
      (machine: Machine) => ["prod", "dev"].includes(machine.tags.env ?? ""),
    ],
    ["NOT", 'NOT metadata.user_labels.env = "prod"', (machine: Machine) => machine.tags.env !== "prod"],
  ] as const)("go by %s", async (_, filter, expected) => {
    const gcp = await startedGcp({ instances: 300 });
    const truth = await truthOf(gcp, "cpu.utilization");
    const { resources } = await gcp.truth();
    const machines = resources.filter((resource) => truth.has(resource.id) && (expected as (machine: Machine) => boolean)(resource));
    const { series: found } = await series(gcp, `metric.type = "${CPU}" AND ${filter}`, aligned("ALIGN_MEAN"));
    expect(found.map(({ resource }) => resource.labels.instance_id).sort()).toEqual(machines.map(({ id }) => id).sort());
  });

  it("go by any of many ids", async () => {
    const gcp = await startedGcp({ instances: 120 });
    const wanted = [...(await truthOf(gcp, "cpu.utilization")).keys()].slice(0, 20);
    const filter = `metric.type="${CPU}" AND resource.labels.instance_id = one_of(${wanted.map((id) => `"${id}"`).join(",")})`;
    const { series: found } = await series(gcp, filter, aligned("ALIGN_MEAN"));
    expect(found.map(({ resource }) => resource.labels.instance_id).sort()).toEqual(wanted.toSorted());
  });

  it.each([
    ["no metric type", 'resource.type="gce_instance"', 400, "must specify a restriction"],
    ["two metric types", `metric.type="${CPU}" AND metric.type="${RECEIVED}"`, 400, "must specify a restriction"],
    ["only the beginning of a metric type", 'metric.type=starts_with("compute.googleapis.com/")', 400, "must specify a restriction"],
    ["a metric type nobody has", 'metric.type="custom.googleapis.com/nothing"', 404, "Cannot find metric(s)"],
    ["a type of resource without the metric", `metric.type="${CPU}" AND resource.type="aws_ec2_instance"`, 400, "valid combination"],
    ["a label the metric has not", `metric.type="${CPU}" AND metric.labels.device="sda"`, 400, 'label "device"'],
    ["a label the resource has not", `metric.type="${CPU}" AND resource.labels.region="us-central1"`, 400, 'label "region"'],
    ["a function nobody knows", `metric.type="${CPU}" AND resource.labels.zone=soundex("x")`, 400, "unknown function"],
    ["a parenthesis too few", `metric.type="${CPU}" AND (resource.labels.zone="x"`, 400, "syntax error"],
  ] as const)("are refused with %s", async (_, filter, status, message) => {
    const gcp = await startedGcp();
    const answer = await gcp.get(PATH, { filter, ...interval() });
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(message);
  });
});

interface Machine {
  readonly name: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

describe("requests for series", () => {
  it.each([
    ["no interval", {}, "interval.endTime"],
    ["an interval that ends before it starts", interval(WINDOW.to, WINDOW.from), "cannot be earlier"],
    ["a time that is none", interval("yesterday"), "interval.start_time"],
    ["an aligner without a period", { ...interval(), "aggregation.perSeriesAligner": "ALIGN_MEAN" }, "alignmentPeriod"],
    ["a period under a minute", { ...interval(), ...aligned("ALIGN_MEAN", 59) }, "at least 60 seconds"],
    ["a period that is none", { ...interval(), ...aligned("ALIGN_MEAN"), "aggregation.alignmentPeriod": "5m" }, "Duration"],
    ["an aligner that is none", { ...interval(), ...aligned("ALIGN_MEDIAN") }, "Aligner"],
    ["a rate of a gauge", { ...interval(), ...aligned("ALIGN_RATE") }, "cannot be applied"],
    ["a percentile of plain numbers", { ...interval(), ...aligned("ALIGN_PERCENTILE_95") }, "cannot be applied"],
    ["a reducer without an aligner", { ...interval(), "aggregation.crossSeriesReducer": "REDUCE_SUM" }, "aligner must be specified"],
    ["a token of its own making", { ...interval(), pageToken: "bm9uc2Vuc2U" }, "page token"],
  ])("are refused with %s", async (_, query, message) => {
    const gcp = await startedGcp();
    const { status, body } = await gcp.get(PATH, { filter: `metric.type="${CPU}"`, ...query });
    expect([status, body.error.status]).toEqual([400, "INVALID_ARGUMENT"]);
    expect(body.error.message).toContain(message);
  });

  it("by the vendor's client are read as meant, numbers for enumerations and all", async () => {
    const gcp = await startedGcp({ instances: 120 });
    const { MetricServiceClient } = (await import("@google-cloud/monitoring")).default;
    const { client_email: email, private_key: key, private_key_id: keyId } = gcp.credentials.credentials;
    const authClient = new JWT({ email, key, keyId, scopes: [CLOUD_PLATFORM] });
    authClient.useJWTAccessWithScope = true;
    const client = new MetricServiceClient({
      fallback: true,
      apiEndpoint: "127.0.0.1",
      port: Number(new URL(gcp.url).port),
      protocol: "http",
      authClient: authClient as never,
    });
    const endS = Date.parse(WINDOW.to) / 1_000;
    const [found] = await client.listTimeSeries(
      {
        name: `projects/${MAIN}`,
        filter: `metric.type="${RECEIVED}"`,
        interval: { startTime: { seconds: endS - 300 }, endTime: { seconds: endS } },
        aggregation: {
          alignmentPeriod: { seconds: 300 },
          perSeriesAligner: "ALIGN_DELTA",
          crossSeriesReducer: "REDUCE_SUM",
          groupByFields: ["resource.labels.instance_id"],
        },
        view: "FULL",
      },
      { autoPaginate: false },
    );
    const truth = await truthOf(gcp, "network.in.bytes");
    expect(found).toHaveLength(truth.size);
    for (const one of found) {
      expect([one.metricKind, one.valueType]).toEqual(["DELTA", "INT64"]);
      expect(Number(one.points?.[0]?.value?.int64Value) / 300).toBeCloseTo(
        truth.get(one.resource?.labels?.instance_id ?? "")?.avg ?? Number.NaN,
        6,
      );
    }
    await client.close();
  });

  it("do not tell whether a foreign project exists", async () => {
    const gcp = await startedGcp();
    const { status, body } = await gcp.get("/v3/projects/somebody-else/timeSeries", { filter: `metric.type="${CPU}"`, ...interval() });
    expect([status, body.error.details[0].reason]).toEqual([403, "IAM_PERMISSION_DENIED"]);
  });
});
