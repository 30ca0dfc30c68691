import { MonitorClient } from "@azure/arm-monitor";
import { MetricsClient as DeprecatedMetricsClient } from "@azure/monitor-query";
import { MetricsClient, type MetricsQueryResourcesOptions } from "@azure/monitor-query-metrics";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TruthResource } from "../../../src/emulator/index.ts";
import { type AzureWorld, MAIN, NOON_MS, NOW_MS, PAYMENTS, startAzureWorld } from "./azure-world.ts";

const MINUTE_MS = 60_000;
const VM = "Microsoft.Compute/virtualMachines";
const WINDOW = { startTime: new Date(NOON_MS - 5 * MINUTE_MS), endTime: new Date(NOON_MS) };
let world: AzureWorld;

beforeAll(async () => {
  world = await startAzureWorld({ instances: 400 });
});
afterAll(() => world.emulator.close());

function metricsOf(region = "eastus"): MetricsClient {
  const options = { httpClient: world.httpClient, audience: "https://metrics.monitor.azure.com/.default", retryOptions: { maxRetries: 0 } };
  return new MetricsClient(`https://${region}.metrics.monitor.azure.com`, world.credential, options);
}

async function truthOf(kind = "virtual-machine", account = MAIN, region = "eastus"): Promise<TruthResource[]> {
  const { resources } = await world.truth(WINDOW.startTime.getTime(), NOON_MS);
  return resources.filter((row) => row.kind === kind && row.account === account && row.region === region);
}

/** The SDK hands on only the title of a metric; its name is the end of its id. */
const nameOf = (id: string) => id.split("/metrics/")[1];

/** Points of the first series by resource and metric. */
async function pointsOf(ids: readonly string[], names: string[], options: MetricsQueryResourcesOptions, namespace = VM) {
  const results = await metricsOf().queryResources([...ids], names, namespace, { ...WINDOW, ...options });
  return new Map(
    results.flatMap((result) =>
      result.metrics.map((metric) => [`${result.resourceId} ${nameOf(metric.id)}`, metric.timeseries[0]?.data ?? []]),
    ),
  );
}

describe("metrics:getBatch", () => {
  it("gives what the truth says, in the vendor's units", async () => {
    const machines = (await truthOf()).filter((row) => row.state === "running").slice(0, 50);
    const names = ["Percentage CPU", "Network In Total", "Disk Write Bytes", "Available Memory Percentage", "VmAvailabilityMetric"];
    const found = await pointsOf(
      machines.map((row) => row.id),
      names,
      { interval: "PT5M", aggregation: "average,minimum,maximum,total,count" },
    );
    expect(machines).toHaveLength(50);
    for (const { id, metrics } of machines) {
      const point = (name: string) => found.get(`${id} ${name}`)?.[0];
      expect(point("Percentage CPU")).toMatchObject({
        timeStamp: WINDOW.startTime,
        minimum: metrics["cpu.utilization"]?.min,
        maximum: metrics["cpu.utilization"]?.max,
        count: 5,
      });
      expect(point("Percentage CPU")?.average).toBeCloseTo(metrics["cpu.utilization"]!.avg, 9);
      expect(point("Network In Total")!.total! / 300).toBeCloseTo(metrics["network.in.bytes"]!.avg, 6);
      expect(point("Disk Write Bytes")!.average! / 60).toBeCloseTo(metrics["disk.write.bytes"]!.avg, 6);
      expect(point("VmAvailabilityMetric")?.average).toBe(1 - metrics["status.check.failed"]!.avg);
      const memory = metrics["memory.utilization"];
      expect(point("Available Memory Percentage")?.average).toEqual(memory === undefined ? undefined : expect.closeTo(100 - memory.avg, 9));
    }
  });

  it.each([
    ["database", "Microsoft.DBforPostgreSQL/flexibleServers", "cpu_percent", "cpu.utilization", 1],
    ["database", "Microsoft.DBforMySQL/flexibleServers", "active_connections", "connections.count", 1],
    ["function", "Microsoft.Web/sites", "HttpResponseTime", "latency.duration", 1 / 1_000],
    ["load-balancer", "Microsoft.Network/applicationGateways", "ApplicationGatewayTotalTime", "latency.duration", 1],
  ] as const)("has metrics of a %s: %s %s", async (kind, type, name, metric, scale) => {
    const [resource] = (await truthOf(kind)).filter((row) => row.id.includes(type) && row.metrics[metric] !== undefined);
    const found = await pointsOf([resource!.id], [name], { interval: "PT5M", aggregation: "average" }, type);
    expect(found.get(`${resource!.id} ${name}`)?.[0]?.average).toBeCloseTo(resource!.metrics[metric]!.avg * scale, 9);
  });

  it("has totals of requests, and knows ids and names in any case", async () => {
    const [app] = await truthOf("function");
    // The SDK itself looks for the subscription in lower case.
    const id = app!.id.replace(/resourceGroups.*/, (rest) => rest.toUpperCase());
    const found = await pointsOf([id], ["requests"], { interval: "PT5M", aggregation: "Total" }, "microsoft.web/SITES");
    expect(found.get(`${id} Requests`)?.[0]?.total).toBe(app!.metrics["requests.count"]?.sum);
  });

  it("stamps buckets with their start, counted from the start of the window, FULL being one", async () => {
    const [machine] = (await truthOf()).filter((row) => row.state === "running");
    const stamps = async (minutes: number, interval: string) => {
      const startTime = new Date(NOON_MS - minutes * MINUTE_MS);
      const found = await pointsOf([machine!.id], ["Percentage CPU"], { startTime, interval, aggregation: "average" });
      return found.get(`${machine!.id} Percentage CPU`)?.map(({ timeStamp }) => (NOON_MS - timeStamp.getTime()) / MINUTE_MS);
    };
    expect(await stamps(12, "PT5M")).toEqual([12, 7, 2]);
    expect(await stamps(3, "PT1M")).toEqual([3, 2, 1]);
    expect(await stamps(90, "FULL")).toEqual([90]);
  });

  it("leaves the newest minutes without values until they are in, and machines that stand still without points", async () => {
    const machines = await truthOf();
    const [running, stopped] = ["running", "stopped"].map((state) => machines.find((row) => row.state === state)!.id);
    const endTime = new Date(NOW_MS);
    const found = await pointsOf([running!, stopped!], ["Percentage CPU"], { endTime, interval: "PT1M", aggregation: "average" });
    const averages = found.get(`${running} Percentage CPU`)!.map(({ average }) => average !== undefined);
    expect(averages.slice(0, 5)).toEqual([true, true, true, true, true]);
    expect(averages.slice(-2)).toEqual([false, false]);
    expect(found.get(`${stopped} Percentage CPU`)).toEqual([]);
  });

  it("refuses what the vendor refuses", async () => {
    const ids = (await truthOf()).map((row) => row.id);
    const elsewhere = (await truthOf("virtual-machine", MAIN, "japaneast"))[0]!.id;
    const others = (await truthOf("virtual-machine", PAYMENTS))[0]!.id;
    const refusal = async (resources: string[], options: object = {}, names = ["Percentage CPU"], namespace = VM) => {
      try {
        await metricsOf().queryResources(resources, names, namespace, { ...WINDOW, ...options });
      } catch (error) {
        const { statusCode, code } = error as { statusCode: number; code: string };
        return `${statusCode} ${code}`;
      }
      return "answered";
    };
    expect(ids.length).toBeGreaterThan(51);
    expect(await refusal(ids.slice(0, 50))).toBe("answered");
    expect(await refusal(ids.slice(0, 51))).toBe("400 BadRequest");
    expect(await refusal([ids[0]!, ids[0]!.toUpperCase()])).toBe("400 BadRequest");
    expect(await refusal([ids[0]!, elsewhere])).toBe("400 BadRequest");
    expect(await refusal([ids[0]!, others])).toBe("400 BadRequest");
    expect(await refusal([`${ids[0]}-gone`])).toBe("404 ResourceNotFound");
    expect(await refusal([ids[0]!], {}, ["Percentage CPU"], "Microsoft.Web/sites")).toBe("400 BadRequest");
    expect(await refusal([ids[0]!], {}, ["No Such Metric"])).toBe("400 BadRequest");
    expect(await refusal([ids[0]!], { interval: "PT7M" })).toBe("400 BadRequest");
    expect(await refusal([ids[0]!], { aggregation: "p95" })).toBe("400 BadRequest");
    expect(await refusal([ids[0]!], { endTime: WINDOW.startTime })).toBe("400 BadRequest");
    expect(await refusal([ids[0]!], { startTime: undefined })).toBe("400 BadRequest");
  });

  it("takes a comma between names bare, and an encoded one for a part of a name", async () => {
    const [machine] = await truthOf();
    const url = `https://eastus.metrics.monitor.azure.com/subscriptions/${MAIN}/metrics:getBatch?api-version=2024-02-01&metricnamespace=${encodeURIComponent(VM)}`;
    const token = await world.token("https://metrics.monitor.azure.com");
    const ask = async (names: string) =>
      JSON.parse((await world.raw(`${url}&metricnames=${names}`, { method: "POST", token, body: { resourceids: [machine!.id] } })).body);
    expect((await ask("Percentage%20CPU,Network+In+Total")).values[0].value).toHaveLength(2);
    expect((await ask("Percentage%20CPU%2CNetwork%20In%20Total")).error.message).toContain(
      "metric: Percentage CPU,Network In Total, Valid metrics",
    );
  });

  it("has a title for people beside each name", async () => {
    const [database] = (await truthOf("database")).filter((row) => row.id.includes("DBforPostgreSQL"));
    const [result] = await metricsOf().queryResources(
      [database!.id],
      ["cpu_percent", "storage_percent"],
      "Microsoft.DBforPostgreSQL/flexibleServers",
      WINDOW,
    );
    expect(result?.metrics.map(({ name, id, timeseries }) => [name, nameOf(id), timeseries.length])).toEqual([
      ["CPU percent", "cpu_percent", 1],
      ["Storage percent", "storage_percent", 0],
    ]);
  });

  it("serves the deprecated package too", async () => {
    const [machine] = (await truthOf()).filter((row) => row.state === "running");
    const client = new DeprecatedMetricsClient("https://eastus.metrics.monitor.azure.com", world.credential, {
      httpClient: world.httpClient,
      audience: "https://metrics.monitor.azure.com",
    });
    const [result] = await client.queryResources([machine!.id], ["Percentage CPU"], VM, {
      ...WINDOW,
      interval: "PT5M",
      aggregation: "Average",
    });
    expect(result?.metrics[0]?.timeseries[0]?.data?.[0]?.average).toBeCloseTo(machine!.metrics["cpu.utilization"]!.avg, 9);
  });
});

describe("metrics at subscription scope", () => {
  const list = (options: object, region = "eastus") =>
    new MonitorClient(world.credential, MAIN, {
      httpClient: world.httpClient,
      retryOptions: { maxRetries: 0 },
    }).metrics.listAtSubscriptionScope(region, {
      timespan: `${WINDOW.startTime.toISOString()}/${WINDOW.endTime.toISOString()}`,
      interval: "PT5M",
      metricnamespace: VM,
      metricnames: "Percentage CPU",
      aggregation: "average,count",
      ...options,
    });
  const each = { filter: "Microsoft.ResourceId eq '*'" };

  it("gives a series for each machine of a region that has data, ten of them unless told otherwise", async () => {
    const running = (await truthOf()).filter((row) => row.state === "running");
    const { value } = await list({ ...each, top: 5_000 });
    const found = value[0]!.timeseries.map(({ metadatavalues, data }) => [metadatavalues?.[0]?.value, data?.[0]?.average] as const);
    expect(new Map(found)).toEqual(
      new Map(running.map(({ id, metrics }) => [id.toLowerCase(), expect.closeTo(metrics["cpu.utilization"]!.avg, 9)])),
    );
    expect((await list(each)).value[0]?.timeseries).toHaveLength(10);
  });

  it("orders by an aggregation", async () => {
    const { value } = await list({ ...each, top: 3, orderby: "average desc" });
    const hottest = (await truthOf()).flatMap(({ metrics }) => metrics["cpu.utilization"]?.avg ?? []).sort((left, right) => right - left);
    expect(value[0]?.timeseries.map(({ data }) => data?.[0]?.average)).toEqual(
      hottest.slice(0, 3).map((average) => expect.closeTo(average, 9)),
    );
  });

  it("puts all machines together without a filter", async () => {
    const averages = (await truthOf()).flatMap(({ metrics }) => metrics["cpu.utilization"]?.avg ?? []);
    const { value } = await list({});
    const mean = averages.reduce((sum, average) => sum + average, 0) / averages.length;
    expect(value[0]?.timeseries.map(({ data }) => data?.[0])).toMatchObject([
      { average: expect.closeTo(mean, 6), count: averages.length * 5 },
    ]);
  });

  it("takes its parameters from the body too, but not twice", async () => {
    const client = new MonitorClient(world.credential, MAIN, { httpClient: world.httpClient, retryOptions: { maxRetries: 0 } });
    const timespan = `${WINDOW.startTime.toISOString()}/${WINDOW.endTime.toISOString()}`;
    const body = {
      timespan,
      interval: "PT5M",
      metricNames: "Percentage CPU,Disk Read Bytes",
      aggregation: "average,count",
      top: 3,
      ...each,
    };
    const { value } = await client.metrics.listAtSubscriptionScopePost("eastus", { body: { ...body, metricNamespace: VM } });
    expect(value.map(({ timeseries }) => timeseries.length)).toEqual([3, 3]);
    const twice = client.metrics.listAtSubscriptionScopePost("eastus", { timespan, body: { ...body, metricNamespace: VM } });
    await expect(twice).rejects.toMatchObject({ code: "BadRequest" });
  });

  it("refuses what the vendor refuses", async () => {
    const code = async (call: Promise<unknown>) =>
      call.then(
        () => "answered",
        (error: { code: string }) => error.code,
      );
    expect(await code(list({ top: 5 }))).toBe("BadRequest");
    expect(await code(list({ filter: "Tier eq '*'" }))).toBe("BadRequest");
    expect(await code(list({ timespan: "yesterday" }))).toBe("BadRequest");
    expect(await code(list({ metricnamespace: "Microsoft.Nothing/things" }))).toBe("BadRequest");
    expect((await list({ ...each }, "westus")).value[0]?.timeseries).toEqual([]);
  });
});
