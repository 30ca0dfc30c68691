import {
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AWS_FLEET_PLAN,
  imageIdOf,
  instanceTypeOf,
  loadBalancerDimension,
  targetGroupDimension,
} from "../../src/emulator/aws/native-names.ts";
import { buildFleet, type FleetResource } from "../../src/emulator/fleet.ts";
import { MAIN, NOW_MS, refusal, startedEmulator, WINDOW } from "./started-emulator.ts";

const MINUTE_MS = 60_000;
const fleet = buildFleet(AWS_FLEET_PLAN, 7, 300);
const here = fleet.resources.filter((resource) => resource.account === MAIN && resource.region === "us-east-1");
const running = (test: (resource: FleetResource) => boolean) =>
  here.find((resource) => (resource.state === "running" || resource.state === "available") && test(resource))!;
const detailed = running((resource) => resource.kind === "virtual-machine" && resource.monitoring === "detailed" && resource.agent);
const basic = running((resource) => resource.kind === "virtual-machine" && resource.monitoring === "basic");
const lambda = running((resource) => resource.kind === "function");
const database = running((resource) => resource.kind === "database");
const balancer = running((resource) => resource.kind === "load-balancer");

const start = (options = {}) => startedEmulator({ instances: 300, ...options });

function query(
  namespace: string,
  name: string,
  dimensions: Record<string, string>,
  stat = "Average",
  period = 300,
  id = "m",
): MetricDataQuery {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Id: id, MetricStat: { Metric: { Namespace: namespace, MetricName: name, Dimensions }, Period: period, Stat: stat } };
}

const cpu = (resource: FleetResource, stat?: string, period?: number, id?: string) =>
  query("AWS/EC2", "CPUUtilization", { InstanceId: resource.id }, stat, period, id);

function input(queries: MetricDataQuery[], from = WINDOW.from, to = WINDOW.to): GetMetricDataCommandInput {
  return { StartTime: from, EndTime: to, MetricDataQueries: queries, ScanBy: "TimestampAscending" };
}

async function pointsOf(emulator: Awaited<ReturnType<typeof start>>, one: MetricDataQuery, from?: Date, to?: Date) {
  const { MetricDataResults } = await emulator.cloudWatch().send(new GetMetricDataCommand(input([one], from, to)));
  const [result] = MetricDataResults ?? [];
  return (result?.Timestamps ?? []).map((at, index) => ({
    at: at.toISOString().slice(11, 16),
    value: result?.Values?.[index] ?? Number.NaN,
  }));
}

describe("GetMetricData", () => {
  it("agrees with the truth for every metric, over any window of whole five minutes", async () => {
    const emulator = await start({ now: () => NOW_MS + 600_000 });
    const agentDisk = {
      InstanceId: detailed.id,
      ImageId: imageIdOf(detailed),
      InstanceType: instanceTypeOf(detailed),
      path: "/",
      device: "nvme0n1p1",
      fstype: "xfs",
    };
    const group = { LoadBalancer: loadBalancerDimension(balancer), TargetGroup: targetGroupDimension(balancer) };
    const cases = [
      { one: basic, metric: "cpu.utilization", native: query("AWS/EC2", "CPUUtilization", { InstanceId: basic.id }), per: "avg", scale: 1 },
      {
        one: detailed,
        metric: "cpu.utilization",
        native: query("AWS/EC2", "CPUUtilization", { InstanceId: detailed.id }, "Maximum"),
        per: "max",
        scale: 1,
      },
      {
        one: basic,
        metric: "cpu.utilization",
        native: query("AWS/EC2", "CPUUtilization", { InstanceId: basic.id }, "Minimum"),
        per: "min",
        scale: 1,
      },
      { one: basic, metric: "network.in.bytes", native: query("AWS/EC2", "NetworkIn", { InstanceId: basic.id }), per: "avg", scale: 60 },
      {
        one: detailed,
        metric: "disk.write.bytes",
        native: query("AWS/EC2", "EBSWriteBytes", { InstanceId: detailed.id }),
        per: "avg",
        scale: 60,
      },
      {
        one: detailed,
        metric: "memory.utilization",
        native: query("CWAgent", "mem_used_percent", { InstanceId: detailed.id }),
        per: "avg",
        scale: 1,
      },
      { one: detailed, metric: "disk.utilization", native: query("CWAgent", "disk_used_percent", agentDisk), per: "avg", scale: 1 },
      {
        one: database,
        metric: "memory.free.bytes",
        native: query("AWS/RDS", "FreeableMemory", { DBInstanceIdentifier: database.id }),
        per: "avg",
        scale: 1,
      },
      {
        one: lambda,
        metric: "requests.count",
        native: query("AWS/Lambda", "Invocations", { FunctionName: lambda.id }, "Sum"),
        per: "sum",
        scale: 1,
      },
      {
        one: lambda,
        metric: "latency.duration",
        native: query("AWS/Lambda", "Duration", { FunctionName: lambda.id }),
        per: "avg",
        scale: 1,
      },
      {
        one: balancer,
        metric: "latency.duration",
        native: query("AWS/ApplicationELB", "TargetResponseTime", { LoadBalancer: group.LoadBalancer }),
        per: "avg",
        scale: 1 / 1_000,
      },
      {
        one: balancer,
        metric: "targets.unhealthy",
        native: query("AWS/ApplicationELB", "UnHealthyHostCount", group, "Maximum"),
        per: "max",
        scale: 1,
      },
    ] as const;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 12 }), async (back, length) => {
        const to = new Date(Math.floor(NOW_MS / 300_000 - back) * 300_000);
        const from = new Date(to.getTime() - length * 300_000);
        const queries = cases.map(({ native }, index) => ({
          Id: `m${index}`,
          MetricStat: { ...native.MetricStat!, Period: length * 300 },
        }));
        const { MetricDataResults = [] } = await emulator.cloudWatch().send(new GetMetricDataCommand(input(queries, from, to)));
        const truth = await emulator.truth(from, to);
        for (const [index, { one, metric, per, scale }] of cases.entries()) {
          const row = truth.resources.find(
            (resource) => resource.id === one.id && resource.region === one.region && resource.kind === one.kind,
          );
          expect(MetricDataResults[index]?.Values).toHaveLength(1);
          expect(MetricDataResults[index]?.Values?.[0]).toBeCloseTo((row?.metrics[metric]?.[per] ?? Number.NaN) * scale, 6);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("has a point a minute with detailed monitoring, and one in five minutes with basic", async () => {
    const emulator = await start();
    expect((await pointsOf(emulator, cpu(detailed, "Average", 60))).map((point) => point.at)).toEqual([
      "08:55",
      "08:56",
      "08:57",
      "08:58",
      "08:59",
    ]);
    expect((await pointsOf(emulator, cpu(basic, "Average", 60))).map((point) => point.at)).toEqual(["08:55"]);
    const checks = query("AWS/EC2", "StatusCheckFailed", { InstanceId: basic.id }, "Maximum", 60);
    expect(await pointsOf(emulator, checks)).toHaveLength(5);
  });

  it("counts five raw minutes in a basic point", async () => {
    const emulator = await start();
    expect(await pointsOf(emulator, cpu(basic, "SampleCount", 300))).toEqual([{ at: "08:55", value: 5 }]);
    const [average, sum, low, median, high] = await Promise.all(
      ["Average", "Sum", "Minimum", "p50", "p100"].map(
        async (stat) => (await pointsOf(emulator, cpu(basic, stat)))[0]?.value ?? Number.NaN,
      ),
    );
    expect(sum! / 5).toBeCloseTo(average!, 9);
    expect(low! <= median! && median! <= high!).toBe(true);
    expect((await pointsOf(emulator, cpu(basic, "Maximum")))[0]?.value).toBe(high);
  });

  it("shows points only between 30 and 110 seconds after they ended", async () => {
    let nowMs = NOW_MS;
    const emulator = await start({ now: () => nowMs });
    const minute = new Date("2026-03-10T08:58:00Z");
    const end = minute.getTime() + MINUTE_MS;
    const visible = async (one: FleetResource) => (await pointsOf(emulator, cpu(one, "Average", 60), minute, new Date(end))).length === 1;
    for (const one of here.filter(
      (resource) => resource.kind === "virtual-machine" && resource.monitoring === "detailed" && resource.state === "running",
    )) {
      nowMs = end + 29_999;
      expect(await visible(one)).toBe(false);
      nowMs = end + 110_000;
      expect(await visible(one)).toBe(true);
    }
    // A basic point waits for the whole of its five minutes.
    nowMs = WINDOW.to.getTime() + 29_999;
    expect(await pointsOf(emulator, cpu(basic))).toEqual([]);
    nowMs = WINDOW.to.getTime() + 110_000;
    expect(await pointsOf(emulator, cpu(basic))).toHaveLength(1);
  });

  it("rounds the start down to the minute and leaves out what begins at the end", async () => {
    const emulator = await start();
    const points = await pointsOf(
      emulator,
      cpu(detailed, "Average", 60),
      new Date("2026-03-10T08:50:40Z"),
      new Date("2026-03-10T08:53:00Z"),
    );
    expect(points.map((point) => point.at)).toEqual(["08:50", "08:51", "08:52"]);
  });

  it("forgets one-minute points after fifteen days", async () => {
    const emulator = await start();
    const old = (days: number) => [new Date(NOW_MS - days * 86_400_000 - 600_000), new Date(NOW_MS - days * 86_400_000)] as const;
    expect(await pointsOf(emulator, cpu(detailed, "Average", 60), ...old(14))).not.toEqual([]);
    expect(await pointsOf(emulator, cpu(detailed, "Average", 60), ...old(16))).toEqual([]);
    expect(await pointsOf(emulator, cpu(detailed, "Average", 300), ...old(16))).not.toEqual([]);
    expect(await pointsOf(emulator, cpu(detailed, "Average", 300), ...old(70))).toEqual([]);
  });

  it.each([
    ["a stopped machine", () => cpu(here.find((resource) => resource.state === "stopped" && resource.kind === "virtual-machine")!)],
    [
      "memory without an agent",
      () => query("CWAgent", "mem_used_percent", { InstanceId: running((one) => one.kind === "virtual-machine" && !one.agent).id }),
    ],
    ["a dimension too few", () => query("AWS/ApplicationELB", "UnHealthyHostCount", { LoadBalancer: loadBalancerDimension(balancer) })],
    ["a dimension too many", () => query("AWS/EC2", "CPUUtilization", { InstanceId: detailed.id, InstanceType: instanceTypeOf(detailed) })],
    ["another namespace", () => query("AWS/RDS", "CPUUtilization", { InstanceId: detailed.id })],
    ["a machine of another region", () => cpu(fleet.resources.find((one) => one.region === "eu-west-1" && one.state === "running")!)],
    ["instance store volumes that are not there", () => query("AWS/EC2", "DiskReadBytes", { InstanceId: detailed.id })],
    ["another unit than the metric's", () => ({ Id: "m", MetricStat: { ...cpu(detailed).MetricStat!, Unit: "Bytes" as const } })],
  ])("has no points for %s, and says so as Complete", async (_, one) => {
    const emulator = await start();
    const { MetricDataResults } = await emulator.cloudWatch().send(new GetMetricDataCommand(input([one()])));
    expect(MetricDataResults).toEqual([expect.objectContaining({ Id: "m", Timestamps: [], Values: [], StatusCode: "Complete" })]);
  });

  it("pages by data points, in any page size, without losing or repeating one", async () => {
    const emulator = await start();
    const machines = here.filter((resource) => resource.kind === "virtual-machine").slice(0, 6);
    const queries = machines.map((machine, index) => cpu(machine, "Average", 60, `m${index}`));
    const client = emulator.cloudWatch();
    const whole = await client.send(new GetMetricDataCommand(input(queries)));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (MaxDatapoints) => {
        const values = new Map<string, number[]>();
        let NextToken: string | undefined;
        do {
          const page = await client.send(new GetMetricDataCommand({ ...input(queries), MaxDatapoints, NextToken }));
          const results = page.MetricDataResults ?? [];
          expect(results.flatMap((result) => result.Values ?? []).length).toBeLessThanOrEqual(MaxDatapoints);
          for (const { Id, Values } of results) values.set(Id!, [...(values.get(Id!) ?? []), ...Values!]);
          NextToken = page.NextToken;
          expect(results.some((result) => result.StatusCode === "PartialData") && NextToken === undefined).toBe(false);
        } while (NextToken !== undefined);
        expect([...values]).toEqual(whole.MetricDataResults?.map((result) => [result.Id, result.Values]));
      }),
      { numRuns: 12 },
    );
  });

  it("cuts a call at 100,800 points", async () => {
    const emulator = await start();
    const machines = here.filter((resource) => resource.monitoring === "detailed" && resource.state === "running").slice(0, 8);
    const from = new Date(NOW_MS - 14 * 86_400_000);
    const queries = machines.map((machine, index) => cpu(machine, "Average", 60, `m${index}`));
    const page = await emulator.cloudWatch().send(new GetMetricDataCommand(input(queries, from, new Date(NOW_MS))));
    expect(page.MetricDataResults?.reduce((sum, result) => sum + (result.Values?.length ?? 0), 0)).toBe(100_800);
    expect(page.NextToken).toEqual(expect.any(String));
  });

  it("answers newest first unless told otherwise", async () => {
    const emulator = await start();
    const { ScanBy: _, ...descending } = input([cpu(detailed, "Average", 60)]);
    const { MetricDataResults } = await emulator.cloudWatch().send(new GetMetricDataCommand(descending));
    const times = MetricDataResults?.[0]?.Timestamps?.map(Number) ?? [];
    expect(times).toEqual([...times].sort((left, right) => right - left));
    expect(times).toHaveLength(5);
  });

  it.each([
    ["501 metrics", input(Array.from({ length: 501 }, (_, index) => cpu(detailed, "Average", 300, `m${index}`)))],
    ["an end before the start", input([cpu(detailed)], WINDOW.to, WINDOW.from)],
    ["a period of 90 seconds", input([cpu(detailed, "Average", 90)])],
    ["an unknown statistic", input([cpu(detailed, "Mode")])],
    ["an id that begins with a capital", input([cpu(detailed, "Average", 300, "M")])],
    ["the same id twice", input([cpu(detailed), cpu(detailed)])],
    ["more points a page than allowed", { ...input([cpu(detailed)]), MaxDatapoints: 100_801 }],
    ["Metrics Insights", input([{ Id: "q", Expression: 'SELECT AVG(CPUUtilization) FROM "AWS/EC2"', Period: 300 }])],
    ["SEARCH", input([{ Id: "q", Expression: `SEARCH('{AWS/EC2,InstanceId} CPUUtilization', 'Average', 300)` }])],
    ["metric math", input([cpu(detailed), { Id: "q", Expression: "m * 2" }])],
  ])("refuses %s", async (_, wrong) => {
    const emulator = await start();
    expect(await refusal(emulator.cloudWatch().send(new GetMetricDataCommand(wrong)))).toMatchObject({
      name: "ValidationException",
      status: 400,
    });
  });

  it("refuses a token of another request", async () => {
    const emulator = await start();
    const { NextToken } = await emulator
      .cloudWatch()
      .send(new GetMetricDataCommand({ ...input([cpu(detailed, "Average", 60)]), MaxDatapoints: 2 }));
    const other = new GetMetricDataCommand({ ...input([cpu(basic, "Average", 60)]), MaxDatapoints: 2, NextToken });
    expect(await refusal(emulator.cloudWatch().send(other))).toMatchObject({ name: "InvalidNextToken", status: 400 });
  });
});

describe("GetMetricStatistics", () => {
  const command = (extra: object) =>
    new GetMetricStatisticsCommand({
      Namespace: "AWS/EC2",
      MetricName: "CPUUtilization",
      Dimensions: [{ Name: "InstanceId", Value: detailed.id }],
      StartTime: WINDOW.from,
      EndTime: WINDOW.to,
      Period: 300,
      ...extra,
    });

  it("gives several statistics of one metric", async () => {
    const emulator = await start();
    const row = (await emulator.truth(WINDOW.from, WINDOW.to)).resources.find((resource) => resource.id === detailed.id);
    const { Datapoints } = await emulator.cloudWatch().send(command({ Statistics: ["Average", "Maximum"], ExtendedStatistics: ["p100"] }));
    const { avg, max } = row!.metrics["cpu.utilization"]!;
    expect(Datapoints).toEqual([
      { Timestamp: WINDOW.from, Unit: "Percent", Average: avg, Maximum: max, ExtendedStatistics: { p100: max } },
    ]);
  });

  it("refuses more than 1,440 points, and calls without a statistic", async () => {
    const emulator = await start();
    const day = { StartTime: new Date(NOW_MS - 86_400_000 - MINUTE_MS), EndTime: new Date(NOW_MS), Period: 60, Statistics: ["Average"] };
    expect((await refusal(emulator.cloudWatch().send(command(day)))).name).toBe("InvalidParameterCombinationException");
    expect((await refusal(emulator.cloudWatch().send(command({})))).name).toBe("InvalidParameterCombinationException");
    expect((await refusal(emulator.cloudWatch().send(command({ Statistics: ["Average"], Period: 7 })))).name).toBe(
      "InvalidParameterValueException",
    );
  });
});
