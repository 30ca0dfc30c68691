import { type SignedCall, sendSigned } from "../signed-call.ts";
import { NOW_MS, PAYMENTS_ROLE, type startedVolcengine, WINDOW } from "../started-volcengine.ts";
import type { VolcengineReply } from "./reply-violations.ts";

type World = Pick<Awaited<ReturnType<typeof startedVolcengine>>, "url" | "post">;
type Input = Readonly<Record<string, unknown>>;

const VERSIONS: Readonly<Record<string, readonly [scope: string, version: string, method: "GET" | "POST"]>> = {
  ecs: ["ecs", "2020-04-01", "GET"],
  sts: ["sts", "2018-01-01", "GET"],
  volc_observe: ["Volc_Observe", "2018-01-01", "POST"],
  tls: ["TLS", "0.3.0", "POST"],
  rds_mysql: ["rds_mysql", "2022-01-01", "POST"],
  rds_postgresql: ["rds_postgresql", "2022-01-01", "POST"],
  alb: ["alb", "2020-04-01", "GET"],
  storage_ebs: ["storage_ebs", "2020-04-01", "GET"],
  vpc: ["vpc", "2020-04-01", "GET"],
};
const TLS_GETS: ReadonlySet<string> = new Set(["DescribeProjects", "DescribeTopics", "DescribeIndex", "DescribeTraceInstances"]);
const SECONDS = { StartTime: WINDOW.from.getTime() / 1_000, EndTime: WINDOW.to.getTime() / 1_000 };
const RANGE = { StartTime: NOW_MS - 3_600_000, EndTime: NOW_MS };

/** A call that succeeds, of each service. */
const FIRST_CALLS: readonly (readonly [service: string, operation: string, input: Input])[] = [
  ["ecs", "DescribeInstances", {}],
  ["sts", "GetCallerIdentity", {}],
  ["volc_observe", "ListRules", {}],
  ["tls", "DescribeProjects", {}],
  ["rds_mysql", "DescribeDBInstances", {}],
  ["alb", "DescribeLoadBalancers", {}],
  ["storage_ebs", "DescribeVolumes", {}],
  ["vpc", "DescribeSecurityGroups", {}],
];

/** Calls that the service itself refuses, with the code that it gives. */
export const REFUSED_CALLS: readonly (readonly [service: string, operation: string, input: Input, code: string])[] = [
  ["ecs", "DescribeRegions", { MaxResults: 21 }, "InvalidArgument"],
  ["ecs", "DescribeInstances", numbered("InstanceIds", 101), "LimitExceeded.MaximumInstanceIds"],
  ["ecs", "DescribeRegions", numbered("RegionIds", 21), "LimitExceeded.MaximumRegionIds"],
  ["ecs", "DeleteInstances", {}, "InvalidActionOrVersion"],
  ["sts", "AssumeRole", { RoleTrn: "admin", RoleSessionName: "me" }, "InvalidTRN"],
  ["sts", "AssumeRole", { RoleTrn: PAYMENTS_ROLE, RoleSessionName: "" }, "InvalidParameter"],
  ["volc_observe", "GetMetricData", { Namespace: "VCM_ECS" }, "MissingParameter"],
  ["volc_observe", "GetMetricData", { Namespace: "VCM_ECS", SubNamespace: "Instance", MetricName: "Luck" }, "InvalidParameter"],
  ["volc_observe", "ListRules", { PageSize: 101 }, "InvalidArgument"],
  ["ecs", "DescribeInstances", { InstanceNames: "checkout" }, "InvalidArgument"],
  ["rds_mysql", "DescribeDBInstances", { PageSize: 501 }, "InvalidArgument"],
  ["alb", "DescribeLoadBalancers", { PageSize: 101 }, "InvalidArgument"],
  ["storage_ebs", "DescribeVolumes", { PageSize: 101 }, "InvalidArgument"],
  ["storage_ebs", "DescribeVolumes", { VolumeIds: "vol-1" }, "InvalidArgument"],
  ["storage_ebs", "DeleteVolume", {}, "MissingVolumeID"],
  ["storage_ebs", "DeleteVolume", { VolumeId: "vol-none" }, "VolumeNotFound"],
  ["vpc", "DescribeSecurityGroups", { MaxResults: 101 }, "InvalidArgument"],
  ["vpc", "DescribeSecurityGroups", { NextToken: "nonsense" }, "InvalidArgument"],
  ["vpc", "DescribeSecurityGroupAttributes", { SecurityGroupId: "sg-none" }, "InvalidSecurityGroup.NotFound"],
  ["vpc", "DescribeSecurityGroupAttributes", {}, "MissingParameter"],
  ["ecs", "DescribeKeyPairs", { MaxResults: 501 }, "InvalidArgument"],
  ["ecs", "DescribeSystemEvents", { CreatedAtStart: "yesterday" }, "InvalidArgument"],
  ["ecs", "DescribeInstanceVncUrl", { InstanceId: "i-none" }, "InvalidInstance.NotFound"],
  ["ecs", "StopInstances", {}, "MissingParameter"],
  ["ecs", "StopInstances", numbered("InstanceIds", 101), "LimitExceeded.MaximumInstanceIds"],
  ["tls", "DescribeTopics", { ProjectId: "nobody" }, "ProjectNotExists"],
  ["tls", "DescribeIndex", { TopicId: "nobody" }, "TopicNotExist"],
  ["tls", "SearchLogs", { TopicId: "nobody", Query: "*" }, "InvalidArgument"],
  ["tls", "DeleteTopic", { TopicId: "nobody" }, "MethodNotSupport"],
];

/** Makes calls and keeps what came back. */
export function recorder({ url }: World) {
  const replies: VolcengineReply[] = [];
  const call = async (service: string, operation: string, input: Input, options: Partial<SignedCall> = {}): Promise<VolcengineReply> => {
    const [scope = "", version = "", usual = "GET"] = VERSIONS[service] ?? [];
    const tls = service === "tls";
    const method = tls && TLS_GETS.has(operation) ? "GET" : usual;
    const flat = method === "GET" ? Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)])) : {};
    const response = await sendSigned(
      url,
      {
        service: scope,
        method,
        path: tls ? `/${operation}` : "/",
        query: tls ? flat : { ...flat, Action: operation, Version: version },
        ...(method === "POST" ? { body: input } : {}),
        ...options,
      },
      tls ? { "x-tls-apiversion": version } : {},
    );
    const reply = { service, operation, status: response.status, headers: response.headers, body: await response.text() };
    replies.push(reply);
    return reply;
  };
  return { call, replies };
}

/** Every operation, in each of the ways in which its reply differs. */
export async function recordEverything(world: World): Promise<readonly VolcengineReply[]> {
  const { call, replies } = recorder(world);
  const bodyOf = ({ body }: VolcengineReply) => JSON.parse(body);
  await call("sts", "GetCallerIdentity", {});
  await call("sts", "AssumeRole", { RoleTrn: PAYMENTS_ROLE, RoleSessionName: "conformance" });
  await call("ecs", "DescribeRegions", { MaxResults: 2 });
  const { Result: instances } = bodyOf(await call("ecs", "DescribeInstances", { MaxResults: 100 }));
  const dimensions = (instances.Instances as { InstanceId: string }[]).slice(0, 20).map(({ InstanceId }) => ({
    Dimensions: [{ Name: "ResourceID", Value: InstanceId }],
  }));
  for (const [SubNamespace, MetricName] of [
    ["Instance", "Instance_CpuBusy"],
    ["Storage", "DiskUsageUtilization"],
  ] as const)
    await call("volc_observe", "GetMetricData", {
      Namespace: "VCM_ECS",
      SubNamespace,
      MetricName,
      Period: "1m",
      ...SECONDS,
      Instances: dimensions,
      GroupBy: SubNamespace === "Storage" ? ["DiskName"] : [],
    });
  await call("volc_observe", "ListRules", { PageSize: 100 });
  await call("volc_observe", "ListAlertGroup", { PageSize: 100 });
  await call("rds_mysql", "DescribeDBInstances", { PageSize: 100 });
  await call("rds_postgresql", "DescribeDBInstances", { PageSize: 100 });
  await call("alb", "DescribeLoadBalancers", { PageSize: 100 });
  const { Projects: projects } = bodyOf(await call("tls", "DescribeProjects", {}));
  const { Topics: topics } = bodyOf(await call("tls", "DescribeTopics", { ProjectId: projects[0].ProjectId }));
  const { TopicId } = topics[0];
  await call("tls", "DescribeIndex", { TopicId });
  await call("tls", "SearchLogs", { TopicId, Query: "*", Limit: 10, ...RANGE });
  await call("tls", "SearchLogs", { TopicId, Query: "* | select level, count(*) as hits group by level", Limit: 10, ...RANGE });
  const { TraceInstances: traces } = bodyOf(await call("tls", "DescribeTraceInstances", {}));
  const { TraceInstanceId } = traces[0];
  const { TraceInfos: infos } = bodyOf(await call("tls", "SearchTraces", { TraceInstanceId, Query: { Limit: 100 } }));
  for (const { TraceId } of infos.slice(0, 10)) await call("tls", "DescribeTrace", { TraceInstanceId, TraceId });
  await recordBeyondTools(call);
  return replies;
}

/** The operations that no built-in tool uses: reads first, then what changes the world. */
async function recordBeyondTools(call: ReturnType<typeof recorder>["call"]): Promise<void> {
  const resultOf = ({ body }: VolcengineReply) => JSON.parse(body).Result;
  await call("storage_ebs", "DescribeVolumes", { PageSize: 100 });
  await call("storage_ebs", "DescribeSnapshots", { PageSize: 100, PageNumber: 2 });
  const { SecurityGroups: groups } = resultOf(await call("vpc", "DescribeSecurityGroups", {}));
  await call("vpc", "DescribeSecurityGroups", { MaxResults: 2 });
  await call("vpc", "DescribeSecurityGroupAttributes", { SecurityGroupId: groups[1].SecurityGroupId });
  await call("vpc", "DescribeEipAddresses", {});
  await call("vpc", "DescribeEipAddresses", { MaxResults: 100 });
  await call("ecs", "DescribeKeyPairs", { MaxResults: 2 });
  await call("ecs", "DescribeSystemEvents", { CreatedAtStart: new Date(NOW_MS - 30 * 86_400_000).toISOString(), MaxResults: 100 });
  const { Instances: running } = resultOf(await call("ecs", "DescribeInstances", { Status: "RUNNING" }));
  const [{ InstanceId }] = running;
  await call("ecs", "DescribeInstanceVncUrl", { InstanceId });
  await call("ecs", "StopInstances", { "InstanceIds.1": InstanceId, "InstanceIds.2": "i-none" });
  const { Volumes: free } = resultOf(await call("storage_ebs", "DescribeVolumes", { VolumeStatus: "available" }));
  await call("storage_ebs", "DeleteVolume", { VolumeId: free[0].VolumeId });
}

/** Refusals of every kind: by the services, by the gateway, throttled, failed and expired. */
export async function recordErrors(world: World): Promise<readonly VolcengineReply[]> {
  const { call, replies } = recorder(world);
  for (const [service, operation, input] of REFUSED_CALLS) await call(service, operation, input);
  for (const [service, operation, input] of FIRST_CALLS) {
    await call(service, operation, input, { secret: "wrong" });
    await call(service, operation, input, { date: "20200101T000000Z" });
  }
  for (const kind of ["throttle", "500", "expired"]) {
    await world.post("faults", { faults: FIRST_CALLS.map(([, operation]) => `volcengine:${operation}:${kind}`) });
    for (const [service, operation, input] of FIRST_CALLS) await call(service, operation, input);
  }
  await world.post("faults", { faults: [], deny: ["volcengine:cn-shanghai"] });
  for (const [service, operation, input] of FIRST_CALLS) await call(service, operation, input, { region: "cn-shanghai" });
  await world.post("faults", { faults: [], deny: [] });
  return replies;
}

function numbered(name: string, count: number): Input {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}.${index + 1}`, `value-${index}`]));
}
