import { describe, expect, it } from "vitest";
import { MAIN, startedVolcengine, WINDOW, type WireSeries } from "./started-volcengine.ts";

type World = Awaited<ReturnType<typeof startedVolcengine>>;
type Row = Readonly<Record<string, unknown>>;

const SECONDS = { StartTime: WINDOW.from.getTime() / 1_000, EndTime: WINDOW.to.getTime() / 1_000 };
const REGION = "cn-beijing";

async function truthOf(world: World, kind: "database" | "load-balancer") {
  const { resources } = await world.truth(WINDOW.from.toISOString(), WINDOW.to.toISOString());
  return resources.filter((row) => row.kind === kind && row.account === MAIN && row.region === REGION);
}

async function measured(world: World, space: readonly [string, string, string], ids: readonly string[], Period: string) {
  const [Namespace, SubNamespace, MetricName] = space;
  const Instances = ids.map((id) => ({ Dimensions: [{ Name: "ResourceID", Value: id }] }));
  const input = { Namespace, SubNamespace, MetricName, Period, ...SECONDS, Instances };
  const { Result } = await world.call<{ Data: { MetricDataResults: readonly WireSeries[] } }>("Volc_Observe", "GetMetricData", input);
  return new Map(
    Result?.Data.MetricDataResults.map((series) => [series.Dimensions[0]?.Value, series.DataPoints.map((point) => point.Value)]),
  );
}

const tagsOf = (tags: unknown) => Object.fromEntries((tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));

describe("databases", () => {
  it("are listed by the service of their engine, with state and tags", async () => {
    const world = await startedVolcengine({ instances: 2_000 });
    const wanted = await truthOf(world, "database");
    const found = [];
    for (const service of ["rds_mysql", "rds_postgresql"]) {
      const { Result } = await world.call<{ Total: number; Instances: readonly Row[] }>(service, "DescribeDBInstances", { PageSize: 100 });
      expect(Result?.Total).toBe(Result?.Instances.length);
      found.push(...(Result?.Instances ?? []));
      const running = await world.call<{ Total: number }>(service, "DescribeDBInstances", { InstanceStatus: "Running" });
      expect(running.Result?.Total).toBe(Result?.Instances.filter((row) => row.InstanceStatus === "Running").length);
    }
    const row = (each: Row, state: string) => [each.InstanceId, each.InstanceName, state, tagsOf(each.Tags)];
    expect(found.map((each) => row(each, each.InstanceStatus === "Running" ? "available" : "stopped")).sort()).toEqual(
      wanted.map(({ id, name, state, tags }) => [id, name, state, tags]).sort(),
    );
  });

  it.each([
    ["resource_monitor_new", "CpuUtil", "cpu.utilization"],
    ["engine_monitor_new", "ThreadsConnected", "connections.count"],
  ] as const)("of MySQL have %s:%s, the truth's %s", async (subNamespace, name, metric) => {
    const world = await startedVolcengine({ instances: 800 });
    const rows = (await truthOf(world, "database")).filter((row) => row.state === "available");
    const values = await measured(world, ["VCM_RDS_MySQL", subNamespace, name], rows.map((row) => row.id).slice(0, 50), "5m");
    const mysql = rows.filter((row) => row.id.startsWith("mysql-"));
    expect(mysql.length).toBeGreaterThan(2);
    for (const row of mysql) expect(values.get(row.id)?.[0]).toBeCloseTo(row.metrics[metric]?.avg ?? Number.NaN, 6);
    expect([...values.keys()].every((id) => id?.startsWith("mysql-"))).toBe(true);
  });
});

describe("load balancers", () => {
  it("are listed page by page", async () => {
    const world = await startedVolcengine({ instances: 2_000 });
    const wanted = await truthOf(world, "load-balancer");
    const found: Row[] = [];
    for (let page = 1; found.length < wanted.length; page++) {
      const input = { PageNumber: page, PageSize: 5 };
      const { Result } = await world.call<{ TotalCount: number; LoadBalancers: readonly Row[] }>("alb", "DescribeLoadBalancers", input);
      expect(Result?.TotalCount).toBe(wanted.length);
      found.push(...(Result?.LoadBalancers ?? []));
    }
    expect(found.map((row) => [row.LoadBalancerId, row.LoadBalancerName, row.Status, tagsOf(row.Tags)])).toEqual(
      wanted.map(({ id, name, tags }) => [id, name, "Active", tags]),
    );
  });

  it("count requests and errors a second, and tell how long they took", async () => {
    const world = await startedVolcengine({ instances: 2_000 });
    const rows = await truthOf(world, "load-balancer");
    const ids = rows.map((row) => row.id);
    const of = (space: string, name: string) => measured(world, ["VCM_ALB", space, name], ids, "5m");
    const [requests, errors, latency] = await Promise.all([
      of("loadbalancer", "load_balancer_qps"),
      of("loadbalancer", "load_balancer_http_5xx_send_count"),
      of("loadbalancer", "load_balancer_response_time"),
    ]);
    const unhealthy = await of("listener", "listener_unhealthy_rs_count");
    expect(rows.some((row) => (row.metrics["errors.count"]?.sum ?? 0) > 0)).toBe(true);
    for (const { id, metrics } of rows) {
      expect(requests.get(id)?.[0]).toBeCloseTo((metrics["requests.count"]?.sum ?? 0) / 300, 9);
      expect(errors.get(id)?.[0]).toBeCloseTo((metrics["errors.count"]?.sum ?? 0) / 300, 9);
      expect(latency.get(id)?.[0]).toBeCloseTo(metrics["latency.duration"]?.avg ?? Number.NaN, 6);
      expect(unhealthy.get(id)?.[0]).toBe(metrics["targets.unhealthy"]?.avg);
    }
  });
});
