import {
  type CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  ListMetricsCommand,
  type Metric,
  paginateDescribeAlarms,
  paginateListMetrics,
} from "@aws-sdk/client-cloudwatch";
import { describe, expect, it } from "vitest";
import { sendSigned } from "./signed-request.ts";
import { MAIN, refusal, startedEmulator, WINDOW } from "./started-emulator.ts";

const QUERY = { service: "monitoring", headers: { "content-type": "application/x-www-form-urlencoded" } };

async function metricsOf(client: CloudWatchClient, input: object): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for await (const page of paginateListMetrics({ client }, input)) {
    expect(page.Metrics?.length).toBeLessThanOrEqual(500);
    metrics.push(...(page.Metrics ?? []));
  }
  return metrics;
}

async function alarmsOf(client: CloudWatchClient, input: DescribeAlarmsCommandInput) {
  const alarms: { id: string; name: string; state: string; resource: string | null }[] = [];
  for await (const page of paginateDescribeAlarms({ client }, input)) {
    for (const alarm of page.MetricAlarms ?? []) {
      const resource = alarm.Dimensions?.[0]?.Value ?? null;
      alarms.push({ id: alarm.AlarmArn!, name: alarm.AlarmName!, state: alarm.StateValue!, resource });
    }
    for (const alarm of page.CompositeAlarms ?? []) {
      alarms.push({ id: alarm.AlarmArn!, name: alarm.AlarmName!, state: alarm.StateValue!, resource: null });
    }
  }
  return alarms;
}

describe("ListMetrics", () => {
  it("lists what running machines publish, page by page, each series once", async () => {
    const emulator = await startedEmulator({ instances: 1_000 });
    const truth = await emulator.truth(WINDOW.from, WINDOW.to);
    const metrics = await metricsOf(emulator.cloudWatch(), { Namespace: "AWS/EC2" });
    const running = truth.resources.filter(
      (one) => one.kind === "virtual-machine" && one.account === MAIN && one.region === "us-east-1" && one.state === "running",
    );
    expect(metrics.length).toBe(running.length * 6);
    expect(metrics.length).toBeGreaterThan(500);
    expect(new Set(metrics.map((metric) => JSON.stringify(metric))).size).toBe(metrics.length);
    expect(new Set(metrics.map((metric) => metric.Dimensions?.[0]?.Value))).toEqual(new Set(running.map((one) => one.id)));
  });

  it("filters by name and by dimension, with and without a value", async () => {
    const emulator = await startedEmulator({ instances: 100 });
    const agents = await metricsOf(emulator.cloudWatch(), { Namespace: "CWAgent", MetricName: "disk_used_percent" });
    const full = await metricsOf(emulator.cloudWatch(), { Namespace: "CWAgent", Dimensions: [{ Name: "path", Value: "/" }] });
    expect(full.length).toBeGreaterThan(0);
    expect(agents).toHaveLength(full.length * 2);
    expect(full[0]?.Dimensions?.map((dimension) => dimension.Name).sort()).toEqual([
      "ImageId",
      "InstanceId",
      "InstanceType",
      "device",
      "fstype",
      "path",
    ]);
    expect(await metricsOf(emulator.cloudWatch(), { Namespace: "CWAgent", Dimensions: [{ Name: "fstype" }] })).toEqual(full);
    expect(await metricsOf(emulator.cloudWatch(), { Namespace: "AWS/Nothing" })).toEqual([]);
  });

  it("refuses a token of another filter", async () => {
    const emulator = await startedEmulator({ instances: 1_000 });
    const { NextToken } = await emulator.cloudWatch().send(new ListMetricsCommand({ Namespace: "AWS/EC2" }));
    const other = new ListMetricsCommand({ Namespace: "AWS/RDS", NextToken });
    expect((await refusal(emulator.cloudWatch().send(other))).name).toBe("InvalidNextToken");
  });
});

describe("DescribeAlarms", () => {
  it("tells the same alarms as the truth, composite ones where they are asked for", async () => {
    const emulator = await startedEmulator({ instances: 600 });
    const truth = (await emulator.truth(WINDOW.from, WINDOW.to)).alarms.filter((one) => one.account === MAIN && one.region === "us-east-1");
    const names = { alarm: "ALARM", ok: "OK", "insufficient-data": "INSUFFICIENT_DATA" };
    const expected = truth.map(({ id, name, state, resource }) => ({ id, name, state: names[state], resource }));
    const everything = await alarmsOf(emulator.cloudWatch(), { AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: 3 });
    expect(everything).toEqual(expected);
    expect(new Set(everything.map((alarm) => alarm.state))).toEqual(new Set(["ALARM", "OK", "INSUFFICIENT_DATA"]));
    expect(await alarmsOf(emulator.cloudWatch(), {})).toEqual(expected.filter((alarm) => alarm.resource !== null));
    expect(await alarmsOf(emulator.cloudWatch(), { StateValue: "ALARM" })).toEqual(
      expected.filter((alarm) => alarm.resource !== null && alarm.state === "ALARM"),
    );
  });

  it("watches machines that really are above the threshold when it rings", async () => {
    const emulator = await startedEmulator({ instances: 600 });
    const { resources, alarms } = await emulator.truth(WINDOW.from, WINDOW.to);
    for (const alarm of alarms.filter((one) => one.resource !== null)) {
      const average = resources.find((one) => one.id === alarm.resource)?.metrics["cpu.utilization"]?.avg;
      expect(alarm.state).toBe(average === undefined ? "insufficient-data" : average > 80 ? "alarm" : "ok");
    }
  });

  it("takes names and prefixes, 50 at a time by default and 100 at most", async () => {
    const emulator = await startedEmulator({ instances: 6_000 });
    const client = emulator.cloudWatch();
    const page = await client.send(new DescribeAlarmsCommand({}));
    expect(page.MetricAlarms).toHaveLength(50);
    const name = page.MetricAlarms?.[0]?.AlarmName ?? "";
    expect(await alarmsOf(client, { AlarmNames: [name] })).toHaveLength(1);
    expect(await alarmsOf(client, { AlarmNamePrefix: "no-such" })).toEqual([]);
    expect((await client.send(new DescribeAlarmsCommand({ MaxRecords: 100 }))).MetricAlarms).toHaveLength(100);
    expect((await refusal(client.send(new DescribeAlarmsCommand({ MaxRecords: 101 })))).name).toBe("InvalidParameterValueException");
  });
});

describe("CloudWatch in query XML", () => {
  it("gives the same values as in JSON", async () => {
    const emulator = await startedEmulator({ instances: 100 });
    const machine = (await emulator.truth(WINDOW.from, WINDOW.to)).resources.find(
      (one) => one.kind === "virtual-machine" && one.account === MAIN && one.region === "us-east-1" && one.state === "running",
    );
    const stat = "MetricDataQueries.member.1.MetricStat";
    const body = new URLSearchParams({
      Action: "GetMetricData",
      Version: "2010-08-01",
      StartTime: WINDOW.from.toISOString(),
      EndTime: WINDOW.to.toISOString(),
      "MetricDataQueries.member.1.Id": "m",
      "MetricDataQueries.member.1.ReturnData": "true",
      [`${stat}.Metric.Namespace`]: "AWS/EC2",
      [`${stat}.Metric.MetricName`]: "CPUUtilization",
      [`${stat}.Metric.Dimensions.member.1.Name`]: "InstanceId",
      [`${stat}.Metric.Dimensions.member.1.Value`]: machine!.id,
      [`${stat}.Period`]: "300",
      [`${stat}.Stat`]: "Average",
    }).toString();
    const { status, text } = await sendSigned(emulator.url, { ...QUERY, body });
    expect(status).toBe(200);
    expect(text).toMatch(/^<GetMetricDataResponse xmlns="http:\/\/monitoring\.amazonaws\.com\/doc\/2010-08-01\/"><GetMetricDataResult>/);
    expect(text).toContain(`<Timestamps><member>${WINDOW.from.toISOString()}</member></Timestamps>`);
    expect(text).toContain(`<Values><member>${machine!.metrics["cpu.utilization"]!.avg}</member></Values>`);
    expect(text).toMatch(/<ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata><\/GetMetricDataResponse>$/);
  });

  it("words refusals in the older codes", async () => {
    const { url } = await startedEmulator();
    const { status, text } = await sendSigned(url, { ...QUERY, body: "Action=DescribeAlarms&Version=2010-08-01&MaxRecords=101" });
    expect(status).toBe(400);
    expect(text).toContain("<Error><Type>Sender</Type><Code>InvalidParameterValue</Code>");
    const unknown = await sendSigned(url, { ...QUERY, body: "Action=DeleteEverything&Version=2010-08-01" });
    expect(unknown.text).toContain("<Code>InvalidAction</Code>");
    const version = await sendSigned(url, { ...QUERY, body: "Action=DescribeAlarms&Version=1999-01-01" });
    expect(version.text).toContain("<Code>InvalidAction</Code>");
  });

  it("names the code of query clients beside a JSON error", async () => {
    const { url } = await startedEmulator();
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "GraniteServiceVersion20100801.DescribeAlarms" };
    const answer = await sendSigned(url, { service: "monitoring", headers, body: '{"MaxRecords":101}' });
    expect(answer.headers.get("x-amzn-query-error")).toBe("InvalidParameterValue;Sender");
    expect(JSON.parse(answer.text)).toMatchObject({ __type: "InvalidParameterValueException" });
    const unreadable = await sendSigned(url, { service: "monitoring", headers, body: "{" });
    expect(JSON.parse(unreadable.text)).toMatchObject({ __type: "SerializationException" });
    const elsewhere = await sendSigned(url, { service: "logs", headers, body: "{}" });
    expect(JSON.parse(elsewhere.text)).toMatchObject({ __type: "UnknownOperationException" });
  });
});
