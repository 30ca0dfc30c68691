import type { MetricName, NativeMetric, ResourceKind } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";

/**
 * What CloudWatch does with samples decides how a window becomes one number.
 * `level`: one sample a minute, so equal periods weigh the same. `per-request`: a sample for each request, so periods do not.
 * `events`: samples that are added up.
 */
export type Sampling = "level" | "per-request" | "events";

export interface AwsMetric extends NativeMetric {
  readonly namespace: string;
  readonly name: string;
  readonly sampling: Sampling;
  /** Points of one minute whatever the instance's monitoring mode. */
  readonly everyMinute: boolean;
  /** Also has a series for each target group behind the load balancer, and only those. */
  readonly perTargetGroup: boolean;
}

const AGENT: Text = {
  en: "needs the CloudWatch agent, with metrics aggregated by InstanceId",
  zh: "需要安装 CloudWatch 代理，并按 InstanceId 聚合指标",
};
const SINCE_ERRORS: Text = { en: "reported only while there are errors", zh: "只有出现错误时才上报" };

/** Samples are taken every minute in both monitoring modes, and hold what that minute moved (EC2 user guide, "List the available CloudWatch metrics"). */
const PER_MINUTE = 1 / 60;

type Row = readonly [
  metric: MetricName,
  name: string,
  more?: Partial<Pick<AwsMetric, "scale" | "sampling" | "needs" | "everyMinute" | "perTargetGroup">>,
];

const EC2: readonly Row[] = [
  ["cpu.utilization", "CPUUtilization"],
  ["network.in.bytes", "NetworkIn", { scale: PER_MINUTE }],
  ["network.out.bytes", "NetworkOut", { scale: PER_MINUTE }],
  ["disk.read.bytes", "EBSReadBytes", { scale: PER_MINUTE }],
  ["disk.write.bytes", "EBSWriteBytes", { scale: PER_MINUTE }],
  ["disk.read.operations", "EBSReadOps", { scale: PER_MINUTE }],
  ["disk.write.operations", "EBSWriteOps", { scale: PER_MINUTE }],
  ["status.check.failed", "StatusCheckFailed", { everyMinute: true }],
];

const AGENT_METRICS: readonly Row[] = [
  ["memory.utilization", "mem_used_percent", { needs: AGENT, everyMinute: true }],
  ["disk.utilization", "disk_used_percent", { needs: AGENT, everyMinute: true }],
];

const RDS: readonly Row[] = [
  ["cpu.utilization", "CPUUtilization"],
  ["memory.free.bytes", "FreeableMemory"],
  ["disk.free.bytes", "FreeStorageSpace"],
  ["connections.count", "DatabaseConnections"],
  ["disk.read.bytes", "ReadThroughput"],
  ["disk.write.bytes", "WriteThroughput"],
  ["disk.read.operations", "ReadIOPS"],
  ["disk.write.operations", "WriteIOPS"],
  ["network.in.bytes", "NetworkReceiveThroughput"],
  ["network.out.bytes", "NetworkTransmitThroughput"],
];

const LAMBDA: readonly Row[] = [
  ["requests.count", "Invocations", { sampling: "events" }],
  ["errors.count", "Errors", { sampling: "events" }],
  ["throttles.count", "Throttles", { sampling: "events" }],
  ["latency.duration", "Duration", { sampling: "per-request" }],
];

const APPLICATION_ELB: readonly Row[] = [
  ["requests.count", "RequestCount", { sampling: "events" }],
  ["errors.count", "HTTPCode_Target_5XX_Count", { sampling: "events", needs: SINCE_ERRORS }],
  ["latency.duration", "TargetResponseTime", { sampling: "per-request", scale: 1_000 }],
  ["targets.unhealthy", "UnHealthyHostCount", { perTargetGroup: true }],
];

/** The native metrics of the vocabulary. */
export const AWS_METRICS: readonly AwsMetric[] = [
  ...metricsOf("virtual-machine", "AWS/EC2", EC2),
  ...metricsOf("virtual-machine", "CWAgent", AGENT_METRICS),
  ...metricsOf("database", "AWS/RDS", RDS, true),
  ...metricsOf("function", "AWS/Lambda", LAMBDA, true),
  ...metricsOf("load-balancer", "AWS/ApplicationELB", APPLICATION_ELB, true),
];

/** Reads `NAMESPACE:NAME`; anything that is not of AWS or its agent is no name of this cloud. */
export function parseNativeMetric(native: string, kind: ResourceKind): AwsMetric | undefined {
  const [, namespace, name] = /^(AWS\/[A-Za-z0-9/]+|CWAgent|LambdaInsights):([\w.%/ -]+)$/.exec(native) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  return { kind, native, namespace, name, scale: 1, sampling: "level", everyMinute: namespace !== "AWS/EC2", perTargetGroup: false };
}

/** The whole of a metric of which the core hands back the contract's part. */
export function awsMetric(metric: NativeMetric): AwsMetric | undefined {
  const known = AWS_METRICS.find((candidate) => candidate.native === metric.native && candidate.kind === metric.kind);
  // A name that was given directly has no canonical meaning: its values stay as they are.
  return metric.metric === undefined ? parseNativeMetric(metric.native, metric.kind) : known;
}

function metricsOf(kind: ResourceKind, namespace: string, rows: readonly Row[], everyMinute = false): AwsMetric[] {
  return rows.map(([metric, name, more]) => ({
    metric,
    kind,
    native: `${namespace}:${name}`,
    namespace,
    name,
    scale: 1,
    sampling: "level",
    everyMinute,
    perTargetGroup: false,
    ...more,
  }));
}
