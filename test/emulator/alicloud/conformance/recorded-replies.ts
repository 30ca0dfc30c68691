import { inflateSync } from "node:zlib";
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
  const { resources } = await world.truth();
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
  await rpc("rds", "DescribeDBInstances", HANGZHOU);
  await rpc("rds", "DescribeDBInstances", { ...HANGZHOU, MaxResults: 1 });
  await rpc("rds", "DescribeTags", HANGZHOU);
  await sls("ListProject", "/", { project: undefined });
  await sls("ListLogStores", "/logstores");
  await sls("GetIndex", `${STORE}/index`);
  for (const query of ["*", 'level:ERROR or message:#"timed out"', "* | select level, count(1) as c, avg(latencyMs) as a group by level"]) {
    await sls("GetLogs", STORE, { query: { type: "log", ...SECONDS, query } });
    await sls("GetLogsV2", `${STORE}/logs`, { body: { ...SECONDS, query } });
  }
  await sls("GetLogsV2", `${STORE}/logs`, { body: { from: SECONDS.to - 36_000, to: SECONDS.to, query: "*", line: 5 } });
  await sls("GetHistograms", `${STORE}/index`, { query: { type: "histogram", ...SECONDS, query: "*" } });
  return replies;
}

/** Calls that are refused: each fault of each service, and what the services themselves do not take. */
export async function recordErrors(world: World): Promise<readonly AlicloudReply[]> {
  const { replies, rpc, sls } = recorder(world);
  const each = async () => {
    await rpc("sts", "GetCallerIdentity");
    await rpc("ecs", "DescribeInstances", { ...HANGZHOU, MaxResults: 10, NextToken: "x" });
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
  await rpc("cms", "DescribeMetricList", { Namespace: "acs_ecs_dashboard", MetricName: "Nothing" });
  await sls("GetLogsV2", "/logstores/app-nothing/logs", { body: { ...SECONDS, query: "*" } });
  await sls("GetLogsV2", `${STORE}/logs`, { project: "nephos-nobody-cn-hangzhou", body: { ...SECONDS, query: "*" } });
  await sls("GetLogsV2", `${STORE}/logs`, { body: { ...SECONDS, query: "nofield:x" } });
  await sls("GetLogsV2", `${STORE}/logs`, { body: { from: 2, to: 1, query: "*" } });
  return replies;
}
