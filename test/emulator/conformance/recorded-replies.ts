import { ACCOUNT, type AwsWorld, NOON_MS } from "../aws-world.ts";
import { recordBeyondTools } from "./recorded-beyond-tools.ts";
import { jsonMember, type RecordedReply, type Recorder, recorder, xmlText } from "./recorder.ts";

const REGION = "us-east-1";
const HOUR_MS = 3_600_000;
const seconds = (ms: number) => ms / 1_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** Calls every operation so that each kind of reply comes about: first and later pages, all kinds of resources, all shapes of points. */
export async function recordEverything(world: AwsWorld): Promise<readonly RecordedReply[]> {
  const { replies, call } = recorder(world);
  const { resources } = await world.truth(NOON_MS - 60_000, NOON_MS);
  const here = (kind: string) => resources.filter((row) => row.kind === kind && row.account === ACCOUNT && row.region === REGION);
  const machine = here("virtual-machine").find((row) => row.state === "running")?.id ?? "";
  const [fromMs, toMs] = [NOON_MS - 2 * HOUR_MS, NOON_MS - HOUR_MS];

  await call("sts", "GetCallerIdentity");
  await call("sts", "AssumeRole", { RoleArn: "arn:aws:iam::444455556666:role/nephoscope-read", RoleSessionName: "conformance" });

  await call("ec2", "DescribeRegions", { AllRegions: "true" });
  await call("ec2", "DescribeInstances");
  const instances = await call("ec2", "DescribeInstances", { MaxResults: 5 });
  await call("ec2", "DescribeInstances", { MaxResults: 5, NextToken: xmlText(instances, "nextToken") });

  const cpu = { Namespace: "AWS/EC2", MetricName: "CPUUtilization", Dimensions: [{ Name: "InstanceId", Value: machine }] };
  const query = (Id: string, Stat: string) => ({ Id, Label: `cpu ${Id}`, MetricStat: { Metric: cpu, Period: 300, Stat } });
  const window = { StartTime: seconds(fromMs), EndTime: seconds(toMs) };
  const data = {
    ...window,
    MetricDataQueries: [query("a", "Average"), query("b", "p95")],
    MaxDatapoints: 100,
    ScanBy: "TimestampAscending",
  };
  await call("cloudwatch", "GetMetricData", data);
  const partial = await call("cloudwatch", "GetMetricData", { ...data, MaxDatapoints: 2 });
  await call("cloudwatch", "GetMetricData", { ...data, MaxDatapoints: 2, NextToken: jsonMember(partial, "NextToken") });
  await call("cloudwatch", "GetMetricStatistics", {
    ...cpu,
    ...window,
    Period: 300,
    Statistics: ["Average", "Maximum", "Minimum", "Sum", "SampleCount"],
  });
  await call("cloudwatch", "GetMetricStatistics", { ...cpu, ...window, Period: 300, ExtendedStatistics: ["p50", "p95"] });
  const metrics = await call("cloudwatch", "ListMetrics");
  await call("cloudwatch", "ListMetrics", { NextToken: jsonMember(metrics, "NextToken") });
  const alarms = await call("cloudwatch", "DescribeAlarms", { MaxRecords: 2, AlarmTypes: ["MetricAlarm", "CompositeAlarm"] });
  await call("cloudwatch", "DescribeAlarms", {
    MaxRecords: 100,
    AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    NextToken: jsonMember(alarms, "NextToken"),
  });
  await recordCloudWatchXml(call, machine, fromMs, toMs);

  const groups = await call("logs", "DescribeLogGroups", { limit: 1 });
  await call("logs", "DescribeLogGroups", { nextToken: jsonMember(groups, "nextToken") });
  const [group] = jsonMember(groups, "logGroups") as { logGroupName: string }[];
  const search = { logGroupName: group?.logGroupName, startTime: fromMs, endTime: toMs };
  const events = await call("logs", "FilterLogEvents", { ...search, limit: 2 });
  await call("logs", "FilterLogEvents", { ...search, limit: 2, nextToken: jsonMember(events, "nextToken") });
  for (const queryString of ["fields @timestamp, @message, @log", "stats count(*) as n by level, bin(5m)"]) {
    const started = await call("logs", "StartQuery", {
      logGroupNames: [group?.logGroupName],
      startTime: seconds(fromMs),
      endTime: seconds(toMs),
      queryString,
    });
    for (let poll = 0; poll < 3; poll++) await call("logs", "GetQueryResults", { queryId: jsonMember(started, "queryId") });
  }
  const stopped = await call("logs", "StartQuery", {
    logGroupNames: [group?.logGroupName],
    startTime: seconds(fromMs),
    endTime: seconds(toMs),
    queryString: "limit 1",
  });
  await call("logs", "StopQuery", { queryId: jsonMember(stopped, "queryId") });

  const range = { StartTime: seconds(NOON_MS - 6 * HOUR_MS), EndTime: seconds(toMs) };
  const summaries = await call("xray", "GetTraceSummaries", { target: "/TraceSummaries", body: range });
  await call("xray", "GetTraceSummaries", { target: "/TraceSummaries", body: { ...range, NextToken: jsonMember(summaries, "NextToken") } });
  const ids = (jsonMember(summaries, "TraceSummaries") as { Id: string }[]).slice(0, 4).map(({ Id }) => Id);
  await call("xray", "BatchGetTraces", { target: "/Traces", body: { TraceIds: [...ids, "1-00000001-000000000000000000000000"] } });
  const graph = await call("xray", "GetServiceGraph", { target: "/ServiceGraph", body: range });
  await call("xray", "GetServiceGraph", { target: "/ServiceGraph", body: { ...range, NextToken: jsonMember(graph, "NextToken") } });

  const databases = await call("rds", "DescribeDBInstances", { MaxRecords: 20 });
  await call("rds", "DescribeDBInstances", { MaxRecords: 20, Marker: xmlText(databases, "Marker") });

  const functions = await call("lambda", "ListFunctions", { target: "/2015-03-31/functions/?MaxItems=2" });
  const [first] = jsonMember(functions, "Functions") as { FunctionArn: string }[];
  await call("lambda", "ListFunctions", {
    target: `/2015-03-31/functions/?Marker=${encodeURIComponent(String(jsonMember(functions, "NextMarker")))}&MaxItems=2`,
  });
  await call("lambda", "ListTags", { target: `/2017-03-31/tags/${encodeURIComponent(first?.FunctionArn ?? "")}` });

  const balancers = await call("elb", "DescribeLoadBalancers", { PageSize: 1 });
  await call("elb", "DescribeLoadBalancers", { Marker: xmlText(balancers, "NextMarker") });
  const targets = await call("elb", "DescribeTargetGroups", { PageSize: 1 });
  await call("elb", "DescribeTargetGroups", { Marker: xmlText(targets, "NextMarker") });
  await call("elb", "DescribeTags", { "ResourceArns.member.1": here("load-balancer")[0]?.id ?? "" });
  await recordBeyondTools(call, here("virtual-machine"));
  return replies;
}

async function recordCloudWatchXml(call: Recorder["call"], machine: string, fromMs: number, toMs: number): Promise<void> {
  const metric = (prefix: string) => ({
    [`${prefix}Namespace`]: "AWS/EC2",
    [`${prefix}MetricName`]: "CPUUtilization",
    [`${prefix}Dimensions.member.1.Name`]: "InstanceId",
    [`${prefix}Dimensions.member.1.Value`]: machine,
  });
  const window = { StartTime: iso(fromMs), EndTime: iso(toMs) };
  const data = {
    ...window,
    "MetricDataQueries.member.1.Id": "a",
    "MetricDataQueries.member.1.MetricStat.Period": 300,
    "MetricDataQueries.member.1.MetricStat.Stat": "Average",
    ...metric("MetricDataQueries.member.1.MetricStat.Metric."),
  };
  await call("cloudwatch-xml", "GetMetricData", data);
  const partial = await call("cloudwatch-xml", "GetMetricData", { ...data, MaxDatapoints: 2 });
  await call("cloudwatch-xml", "GetMetricData", { ...data, MaxDatapoints: 2, NextToken: xmlText(partial, "NextToken") });
  const statistics = { ...metric(""), ...window, Period: 300 };
  await call("cloudwatch-xml", "GetMetricStatistics", {
    ...statistics,
    "Statistics.member.1": "Average",
    "Statistics.member.2": "Maximum",
  });
  await call("cloudwatch-xml", "GetMetricStatistics", { ...statistics, "ExtendedStatistics.member.1": "p95" });
  const metrics = await call("cloudwatch-xml", "ListMetrics");
  await call("cloudwatch-xml", "ListMetrics", { NextToken: xmlText(metrics, "NextToken") });
  await call("cloudwatch-xml", "DescribeAlarms", {
    MaxRecords: 2,
    "AlarmTypes.member.1": "MetricAlarm",
    "AlarmTypes.member.2": "CompositeAlarm",
  });
  await call("cloudwatch-xml", "DescribeAlarms", { MaxRecords: 100, "AlarmTypes.member.1": "CompositeAlarm" });
}
