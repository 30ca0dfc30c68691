import { describe, expect, it } from "vitest";
import { alicloudWorld, at, type Json, MAIN, NOW_MS, PAYMENTS, rows, WINDOW } from "./alicloud-world.ts";

type World = Awaited<ReturnType<typeof alicloudWorld>>;
type Point = Readonly<Record<string, string | number>>;
const CPU = { Namespace: "acs_ecs_dashboard", MetricName: "CPUUtilization", Period: "60" };
/** Open on the left, closed on the right: the stamps from the first minute's on. */
const RANGE = { StartTime: WINDOW.fromMs - 1, EndTime: WINDOW.toMs - 1 };

async function runningOf(world: World) {
  return (await world.truth()).resources.filter(
    (one) => one.kind === "virtual-machine" && one.account === MAIN && one.region === "cn-hangzhou" && one.state === "running",
  );
}

const dimensionsOf = (machines: readonly { readonly id: string }[]) => JSON.stringify(machines.map(({ id }) => ({ instanceId: id })));
const pointsOf = (reply: Json) => JSON.parse(String(reply.Datapoints)) as readonly Point[];

function mean(points: readonly Point[], instanceId: string): number {
  const values = points.filter((point) => point.instanceId === instanceId).map((point) => Number(point.Average));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("DescribeMetricList", () => {
  it("tells what the truth tells, for up to fifty machines a call", async () => {
    const world = await alicloudWorld({ instances: 200 });
    const machines = (await runningOf(world)).slice(0, 50);
    expect(machines.length).toBeGreaterThan(20);
    const reply = await world.ok("cms", "DescribeMetricList", { ...CPU, ...RANGE, Dimensions: dimensionsOf(machines) });
    expect(reply).toMatchObject({ Code: "200", Success: true, Period: "60" });
    const points = pointsOf(reply);
    expect(points).toHaveLength(machines.length * 5);
    for (const { id, metrics } of machines) {
      const own = points.filter((point) => point.instanceId === id);
      expect(mean(points, id)).toBeCloseTo(metrics["cpu.utilization"]?.avg ?? Number.NaN, 9);
      expect(Math.max(...own.map((point) => Number(point.Maximum)))).toBe(metrics["cpu.utilization"]?.max);
      expect(Math.min(...own.map((point) => Number(point.Minimum)))).toBe(metrics["cpu.utilization"]?.min);
      expect(own.every((point) => point.userId === MAIN)).toBe(true);
    }
  });

  it.each([
    ["IntranetInRate", "network.in.bytes", 8],
    ["IntranetOutRate", "network.out.bytes", 8],
    ["DiskReadBPS", "disk.read.bytes", 1],
    ["DiskWriteBPS", "disk.write.bytes", 1],
    ["memory_usedutilization", "memory.utilization", 1],
    ["networkin_rate", "network.in.bytes", 8],
  ] as const)("tells %s in its own unit", async (MetricName, metric, scale) => {
    const world = await alicloudWorld({ instances: 60 });
    const machines = (await runningOf(world)).filter((one) => one.metrics["memory.utilization"] !== undefined || !/_/.test(MetricName));
    const reply = await world.ok("cms", "DescribeMetricList", { ...CPU, MetricName, ...RANGE, Dimensions: dimensionsOf(machines) });
    for (const { id, metrics } of machines) expect(mean(pointsOf(reply), id) / scale).toBeCloseTo(metrics[metric]?.avg ?? Number.NaN, 6);
  });

  it.each(["cpu_total", "networkin_rate"])("has no %s from machines without an agent", async (MetricName) => {
    const world = await alicloudWorld({ instances: 60 });
    const reply = await world.ok("cms", "DescribeMetricList", { ...CPU, MetricName, ...RANGE });
    const withAgent = (await runningOf(world)).filter((one) => one.metrics["memory.utilization"] !== undefined);
    expect(new Set(pointsOf(reply).map((point) => point.instanceId))).toEqual(new Set(withAgent.map((one) => one.id)));
  });

  it("has no points from machines without an agent, and names the device where there are several", async () => {
    const world = await alicloudWorld({ instances: 60 });
    const machines = (await runningOf(world)).slice(0, 50);
    const reply = await world.ok("cms", "DescribeMetricList", {
      ...CPU,
      MetricName: "diskusage_utilization",
      ...RANGE,
      Dimensions: dimensionsOf(machines),
    });
    const withAgent = machines.filter((one) => one.metrics["disk.utilization"] !== undefined);
    expect(new Set(pointsOf(reply).map((point) => point.instanceId))).toEqual(new Set(withAgent.map((one) => one.id)));
    expect(withAgent.length).toBeLessThan(machines.length);
    expect(pointsOf(reply)[0]?.device).toBe("/dev/vda1");
  });

  it("is open on the left and closed on the right, in every form of time", async () => {
    const world = await alicloudWorld({ instances: 30 });
    const [machine] = await runningOf(world);
    const stamps = async (StartTime: string | number, EndTime: string | number) => {
      const reply = await world.ok("cms", "DescribeMetricList", { ...CPU, StartTime, EndTime, Dimensions: dimensionsOf([machine!]) });
      return pointsOf(reply).map((point) => new Date(Number(point.timestamp)).toISOString().slice(11, 16));
    };
    expect(await stamps("2026-03-10T08:55:00Z", "2026-03-10T08:58:00Z")).toEqual(["08:56", "08:57", "08:58"]);
    expect(await stamps(WINDOW.fromMs, WINDOW.fromMs + 180_000)).toEqual(["08:56", "08:57", "08:58"]);
    expect(await stamps(WINDOW.fromMs - 1, WINDOW.fromMs + 119_999)).toEqual(["08:55", "08:56"]);
    // Without a zone it is China's time, as in the reference's example.
    expect(await stamps("2026-03-10 16:55:00", "2026-03-10 16:58:00")).toEqual(["08:56", "08:57", "08:58"]);
  });

  it("gathers longer periods, and tells none that is not over", async () => {
    const world = await alicloudWorld({ instances: 30 });
    const [machine] = await runningOf(world);
    const of = async (Period: string) =>
      pointsOf(
        await world.ok("cms", "DescribeMetricList", {
          ...CPU,
          Period,
          StartTime: WINDOW.fromMs - 1,
          EndTime: NOW_MS,
          Dimensions: dimensionsOf([machine!]),
        }),
      );
    const [five, ...others] = await of("300");
    expect(others).toEqual([]);
    expect(five?.timestamp).toBe(WINDOW.fromMs);
    expect(five?.Average).toBeCloseTo(machine?.metrics["cpu.utilization"]?.avg ?? Number.NaN, 9);
    // The last minute that ended is told 30 to 110 seconds later.
    const newest = Math.max(...(await of("60")).map((point) => Number(point.timestamp)));
    expect(newest + 60_000).toBeLessThanOrEqual(NOW_MS - 30_000);
    expect(newest + 60_000).toBeGreaterThan(NOW_MS - 170_000);
  });

  it("hands out a token where there are more points than a page holds", async () => {
    const world = await alicloudWorld({ instances: 120 });
    const machines = (await runningOf(world)).slice(0, 20);
    const query = { ...CPU, ...RANGE, Dimensions: dimensionsOf(machines) };
    const whole = pointsOf(await world.ok("cms", "DescribeMetricList", { ...query, Length: 1_440 }));
    const parts: Point[] = [];
    let NextToken: string | undefined;
    do {
      const page: Json = await world.ok("cms", "DescribeMetricList", { ...query, Length: 7, ...(NextToken && { NextToken }) });
      parts.push(...pointsOf(page));
      NextToken = page.NextToken as string | undefined;
    } while (NextToken !== undefined);
    expect(parts).toEqual(whole);
  });

  it("is about all machines of the region without dimensions, and about nobody else's", async () => {
    const world = await alicloudWorld({ instances: 60 });
    const everything = pointsOf(await world.ok("cms", "DescribeMetricList", { ...CPU, ...RANGE }));
    expect(new Set(everything.map((point) => point.instanceId))).toEqual(new Set((await runningOf(world)).map((one) => one.id)));
    const foreign = (await world.truth()).resources.filter((one) => one.account === PAYMENTS || one.region === "cn-beijing").slice(0, 10);
    const dimensions = [...foreign.map(({ id }) => ({ instanceId: id })), { userId: PAYMENTS }];
    expect(pointsOf(await world.ok("cms", "DescribeMetricList", { ...CPU, ...RANGE, Dimensions: JSON.stringify(dimensions) }))).toEqual([]);
  });

  it("forgets minutes after 31 days and five minutes after 91", async () => {
    const world = await alicloudWorld({ instances: 30 });
    const DAY_MS = 86_400_000;
    const count = async (Period: string, days: number) => {
      const EndTime = NOW_MS - days * DAY_MS;
      return pointsOf(await world.ok("cms", "DescribeMetricList", { ...CPU, Period, StartTime: EndTime - 600_000, EndTime })).length;
    };
    expect(await count("60", 30)).toBeGreaterThan(0);
    expect(await count("60", 32)).toBe(0);
    expect(await count("300", 90)).toBeGreaterThan(0);
    expect(await count("300", 92)).toBe(0);
  });

  it.each([
    ["no namespace", { Namespace: "" }, "400 MissingNamespace"],
    ["a metric nobody has", { MetricName: "Nothing" }, "404 ResourceNotFound"],
    ["a period that is not the metric's", { Period: "900" }, "400 ParameterInvalid"],
    [
      "51 machines",
      { Dimensions: JSON.stringify(Array.from({ length: 51 }, (_, index) => ({ instanceId: String(index) }))) },
      "400 ParameterInvalid",
    ],
    ["dimensions that are no JSON", { Dimensions: "instanceId" }, "400 ParameterInvalid"],
    ["1441 points a page", { Length: 1_441 }, "400 ParameterInvalid"],
    ["an empty range", { StartTime: NOW_MS, EndTime: NOW_MS }, "400 ParameterInvalid"],
    ["more than 31 days", { StartTime: NOW_MS - 32 * 86_400_000, EndTime: NOW_MS }, "400 ParameterInvalid"],
    ["a time that is none", { StartTime: "yesterday" }, "400 ParameterInvalid"],
    ["a token of its own making", { NextToken: "x" }, "400 ParameterInvalid"],
  ])("refuses %s", async (_, parameters, expected) => {
    const { refused } = await alicloudWorld();
    expect(await refused("cms", "DescribeMetricList", { ...CPU, ...RANGE, ...parameters } as unknown as Record<string, string>)).toBe(
      expected,
    );
  });
});

describe("DescribeMetricLast", () => {
  it("tells the newest point of each machine", async () => {
    const world = await alicloudWorld({ instances: 60 });
    const machines = await runningOf(world);
    const points = pointsOf(await world.ok("cms", "DescribeMetricLast", { ...CPU, Dimensions: dimensionsOf(machines.slice(0, 50)) }));
    expect(points.map((point) => point.instanceId).sort()).toEqual(
      machines
        .slice(0, 50)
        .map((one) => one.id)
        .sort(),
    );
    expect(points.every((point) => NOW_MS - Number(point.timestamp) < 240_000)).toBe(true);
  });
});

describe("DescribeMetricMetaList", () => {
  it("tells unit, periods and dimensions of each metric, page by page", async () => {
    const { ok } = await alicloudWorld();
    const query = { Namespace: "acs_ecs_dashboard" };
    const all = await ok("cms", "DescribeMetricMetaList", { ...query, PageSize: 100 });
    const metrics = rows(all, "Resources.Resource");
    expect(all.TotalCount).toBe(String(metrics.length));
    expect(metrics.find((one) => one.MetricName === "CPUUtilization")).toMatchObject({
      Unit: "%",
      Periods: "60,300",
      Dimensions: "userId,instanceId",
    });
    const second = rows(await ok("cms", "DescribeMetricMetaList", { ...query, PageNumber: 2, PageSize: 5 }), "Resources.Resource");
    expect(second).toEqual(metrics.slice(5, 10));
  });
});

describe("DescribeMetricRuleList", () => {
  it("tells the same alert rules as the truth, whatever the page size", async () => {
    const world = await alicloudWorld({ instances: 600 });
    const expected = (await world.truth()).alarms.filter((one) => one.account === MAIN && one.region === "cn-hangzhou");
    const told: unknown[] = [];
    for (let Page = 1; told.length < expected.length; Page++) {
      const page = await world.ok("cms", "DescribeMetricRuleList", { Page, PageSize: 7 });
      expect(page).toMatchObject({ Code: 200, Total: String(expected.length) });
      for (const rule of rows(page, "Alarms.Alarm")) {
        const [resource] = JSON.parse(String(rule.Resources)) as readonly Json[];
        told.push({ id: rule.RuleId, name: rule.RuleName, state: rule.AlertState, resource: resource?.instanceId ?? null });
      }
    }
    const names = { ALARM: "alarm", OK: "ok", INSUFFICIENT_DATA: "insufficient-data" } as const;
    const native = Object.fromEntries(Object.entries(names).map(([own, canonical]) => [canonical, own]));
    expect(told).toEqual(expected.map(({ id, name, state, resource }) => ({ id, name, state: native[state], resource })));
    expect(new Set(expected.map((one) => one.state)).size).toBe(3);
  });

  it("filters by state, name and machine", async () => {
    const { ok, refused } = await alicloudWorld({ instances: 600 });
    const ringing = rows(await ok("cms", "DescribeMetricRuleList", { AlertState: "ALARM", PageSize: 100 }), "Alarms.Alarm");
    expect(ringing.length).toBeGreaterThan(1);
    expect(ringing.every((rule) => rule.AlertState === "ALARM")).toBe(true);
    const dimension = JSON.parse(String(ringing[0]?.Resources))[0] as Json;
    const ofMachine = await ok("cms", "DescribeMetricRuleList", { Dimensions: JSON.stringify(dimension) });
    expect(rows(ofMachine, "Alarms.Alarm").map((rule) => rule.RuleId)).toEqual([ringing[0]?.RuleId]);
    const named = await ok("cms", "DescribeMetricRuleList", { RuleName: "fleet-cpu" });
    expect(at(rows(named, "Alarms.Alarm")[0], "Escalations.Critical.Threshold")).toBe("80");
    expect(await refused("cms", "DescribeMetricRuleList", { AlertState: "LOUD" })).toBe("400 InvalidParameter");
    expect(await refused("cms", "DescribeMetricRuleList", { PageSize: 101 })).toBe("400 ParameterInvalid");
  });
});
