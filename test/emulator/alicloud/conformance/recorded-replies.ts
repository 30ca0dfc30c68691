import { inflateSync } from "node:zlib";
import type { TruthRecord } from "../../../../src/emulator/truth-rows.ts";
import { type alicloudWorld, MAIN, NOW_MS, PAYMENTS_ROLE, WINDOW } from "../alicloud-world.ts";
import type { ReceivedReply } from "../http-exchange.ts";
import type { RpcServiceId } from "../rpc-request.ts";
import type { SlsSigning } from "../sls-request.ts";
import type { AlicloudReply } from "./violations.ts";

type World = Awaited<ReturnType<typeof alicloudWorld>>;
type Parameters = Readonly<Record<string, string | number>>;

const PROJECT = "nephos-main-cn-hangzhou";
const HANGZHOU = { RegionId: "cn-hangzhou" };
const SECONDS = { from: WINDOW.fromMs / 1_000 - 600, to: WINDOW.toMs / 1_000 };
const STORE = "/logstores/app-checkout";

/** What ECS does not take of the calls about disks, snapshots, security groups and machines. */
const REFUSED: readonly (readonly [operation: string, parameters: Parameters])[] = [
  ["DescribeDisks", {}],
  ["DescribeDisks", { ...HANGZHOU, DiskType: "x" }],
  ["DescribeDisks", { ...HANGZHOU, Status: "x" }],
  ["DescribeDisks", { ...HANGZHOU, DiskIds: "x" }],
  ["DescribeSnapshots", { ...HANGZHOU, Usage: "x" }],
  ["DescribeSnapshots", { ...HANGZHOU, "Filter.1.Key": "x" }],
  ["DescribeSecurityGroups", { ...HANGZHOU, PageSize: 51 }],
  ["DescribeSecurityGroupAttribute", { ...HANGZHOU, SecurityGroupId: "x" }],
  ["DescribeSecurityGroupAttribute", { ...HANGZHOU, SecurityGroupId: "sg-x" }],
  ["DescribeInstanceVncUrl", { ...HANGZHOU, InstanceId: "i-x" }],
  ["StopInstances", { ...HANGZHOU }],
  ["StopInstances", { ...HANGZHOU, "InstanceId.1": "i-x" }],
  ["DeleteSnapshot", { SnapshotId: "s-x" }],
];

/** Calls and keeps what comes back. */
function recorder(world: World) {
  const replies: AlicloudReply[] = [];
  const keep = (service: string, operation: string, { status, headers, body }: ReceivedReply): AlicloudReply => {
    const text = headers["x-log-compresstype"] === "gzip" ? inflateSync(body) : body;
    const reply = { service, operation, status, body: text.toString("utf8") };
    replies.push(reply);
    return reply;
  };
  return {
    replies,
    rpc: async (service: RpcServiceId, operation: string, parameters: Parameters = {}) =>
      keep(service, operation, await world.rpc(service, operation, parameters)),
    sls: async (operation: string, path: string, signing: Partial<SlsSigning> = {}) =>
      keep("sls", operation, await world.sls(path, { project: PROJECT, acceptEncoding: "gzip", ...signing })),
  };
}

/** Calls every operation so that each kind of reply comes about: first and later pages, all kinds of points, lines and analyses. */
export async function recordEverything(world: World): Promise<readonly AlicloudReply[]> {
  const { replies, rpc, sls } = recorder(world);
  await rpc("sts", "GetCallerIdentity");
  await rpc("sts", "AssumeRole", { RoleArn: PAYMENTS_ROLE, RoleSessionName: "conformance" });
  await rpc("ecs", "DescribeRegions");
  await rpc("ecs", "DescribeInstances", { ...HANGZHOU, PageSize: 100 });
  const page = await rpc("ecs", "DescribeInstances", { ...HANGZHOU, MaxResults: 10 });
  const { NextToken } = JSON.parse(page.body) as { NextToken: string };
  await rpc("ecs", "DescribeInstances", { ...HANGZHOU, MaxResults: 10, NextToken });
  const { resources, records } = await world.truth();
  const here = resources.filter((one) => one.account === MAIN && one.region === "cn-hangzhou");
  const dimensions = (kind: string) =>
    JSON.stringify(
      here
        .filter((one) => one.kind === kind)
        .slice(0, 50)
        .map(({ id }) => ({ instanceId: id })),
    );
  const range = { StartTime: WINDOW.fromMs, EndTime: NOW_MS, Period: "60" };
  for (const [Namespace, MetricName, kind] of [
    ["acs_ecs_dashboard", "CPUUtilization", "virtual-machine"],
    ["acs_ecs_dashboard", "diskusage_utilization", "virtual-machine"],
    ["acs_rds_dashboard", "MemoryUsage", "database"],
  ] as const) {
    const metric = { Namespace, MetricName, Dimensions: dimensions(kind) };
    await rpc("cms", "DescribeMetricList", { ...metric, ...range });
    await rpc("cms", "DescribeMetricList", { ...metric, ...range, Length: 3 });
    await rpc("cms", "DescribeMetricLast", metric);
  }
  await rpc("cms", "DescribeMetricMetaList", { Namespace: "acs_ecs_dashboard" });
  await rpc("cms", "DescribeMetricRuleList", { PageSize: 100 });
  const [from, to] = [NOW_MS - 14 * 86_400_000, NOW_MS];
  await rpc("cms", "DescribeAlertLogList", { StartTime: from, EndTime: to, PageSize: 100 });
  await rpc("cms", "DescribeContactGroupList");
  await recordStorage(
    rpc,
    records.filter((one) => one.account === MAIN && one.region === "cn-hangzhou"),
  );
  const machine = here.find((one) => one.kind === "virtual-machine" && one.state === "running")?.id ?? "";
  await rpc("ecs", "DescribeInstanceVncUrl", { ...HANGZHOU, InstanceId: machine });
  await rpc("ecs", "StopInstances", {
    ...HANGZHOU,
    "InstanceId.1": machine,
    "InstanceId.2": "i-unknown",
    BatchOptimization: "SuccessFirst",
  });
  await rpc("rds", "DescribeDBInstances", HANGZHOU);
  await rpc("rds", "DescribeDBInstances", { ...HANGZHOU, MaxResults: 1 });
  await rpc("rds", "DescribeTags", HANGZHOU);
  await sls("ListProject", "/", { project: undefined });
  await sls("ListLogStores", "/logstores");
  await sls("GetLogStore", STORE);
  await sls("GetIndex", `${STORE}/index`);
  await sls("ListDashboard", "/dashboards");
  await sls("ListSavedSearch", "/savedsearches");
  for (const query of ["*", 'level:ERROR or message:#"timed out"', "* | select level, count(1) as c, avg(latencyMs) as a group by level"]) {
    await sls("GetLogs", STORE, { query: { type: "log", ...SECONDS, query } });
    await sls("GetLogsV2", `${STORE}/logs`, { body: { ...SECONDS, query } });
  }
  await sls("GetLogsV2", `${STORE}/logs`, { body: { from: SECONDS.to - 36_000, to: SECONDS.to, query: "*", line: 5 } });
  await sls("GetHistograms", `${STORE}/index`, { query: { type: "histogram", ...SECONDS, query: "*" } });
  return replies;
}

/** Disks, snapshots with their policies, and security groups: by number, by token, and one that is deleted. */
async function recordStorage(rpc: ReturnType<typeof recorder>["rpc"], records: readonly TruthRecord[]): Promise<void> {
  for (const operation of ["DescribeDisks", "DescribeSnapshots", "DescribeSecurityGroups"]) {
    await rpc("ecs", operation, { ...HANGZHOU, PageSize: 50 });
    const page = await rpc("ecs", operation, { ...HANGZHOU, MaxResults: 10 });
    const { NextToken } = JSON.parse(page.body) as { NextToken: string };
    await rpc("ecs", operation, { ...HANGZHOU, MaxResults: 10, NextToken });
  }
  await rpc("ecs", "DescribeAutoSnapshotPolicyEx", HANGZHOU);
  const idOf = (type: string, fits: (record: TruthRecord) => boolean = () => true) =>
    records.find((one) => one.type === type && fits(one))?.id ?? "";
  await rpc("ecs", "DescribeSecurityGroupAttribute", { ...HANGZHOU, SecurityGroupId: idOf("security-group") });
  await rpc("ecs", "DeleteSnapshot", { SnapshotId: idOf("snapshot", ({ attributes }) => attributes.usage === "none") });
}

/** Calls that are refused: each fault of each service, and what the services themselves do not take. */
export async function recordErrors(world: World): Promise<readonly AlicloudReply[]> {
  const { replies, rpc, sls } = recorder(world);
  const each = async () => {
    await rpc("sts", "GetCallerIdentity");
    await rpc("ecs", "DescribeInstances", { ...HANGZHOU, MaxResults: 10, NextToken: "x" });
    for (const operation of ["DescribeDisks", "DescribeSnapshots", "DescribeSecurityGroups"])
      await rpc("ecs", operation, { ...HANGZHOU, MaxResults: 10, NextToken: "x" });
    await rpc("cms", "DescribeMetricList", { Namespace: "acs_ecs_dashboard", MetricName: "CPUUtilization", NextToken: "x" });
    await rpc("rds", "DescribeDBInstances", { ...HANGZHOU, NextToken: "x" });
    await sls("GetLogsV2", `${STORE}/logs`, { body: { ...SECONDS, query: "*", offset: 1 } });
    await sls("GetLogs", STORE, { query: { type: "log", ...SECONDS, query: "*", offset: 1 } });
  };
  for (const kind of ["throttle", "500", "expired", "lost-page"]) {
    await world.post("faults", { faults: [`alicloud:*:${kind}`], deny: [] });
    await each();
  }
  await world.post("faults", { faults: [], deny: ["alicloud:cn-hangzhou"] });
  await each();
  await world.post("faults", { faults: [], deny: [] });
  await rpc("ecs", "NoSuchThing");
  for (const [operation, parameters] of REFUSED) await rpc("ecs", operation, parameters);
  await rpc("cms", "DescribeAlertLogList", { StartTime: 1 });
  await rpc("cms", "DescribeContactGroupList", { PageSize: 0 });
  await sls("ListSavedSearch", "/savedsearches", { query: { size: 501 } });
  await sls("GetLogStore", "/logstores/app-nothing");
  await rpc("cms", "DescribeMetricList", { Namespace: "acs_ecs_dashboard", MetricName: "Nothing" });
  await sls("GetLogsV2", "/logstores/app-nothing/logs", { body: { ...SECONDS, query: "*" } });
  await sls("GetLogsV2", `${STORE}/logs`, { project: "nephos-nobody-cn-hangzhou", body: { ...SECONDS, query: "*" } });
  await sls("GetLogsV2", `${STORE}/logs`, { body: { ...SECONDS, query: "nofield:x" } });
  await sls("GetLogsV2", `${STORE}/logs`, { body: { from: 2, to: 1, query: "*" } });
  return replies;
}
