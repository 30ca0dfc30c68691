import type { MetricName, NativeMetric, ResourceKind } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";

export interface AlicloudMetric extends NativeMetric {
  readonly namespace: string;
  readonly name: string;
  /** Periods in which CloudMonitor gives it, shortest first, in milliseconds (what DescribeMetricMetaList says of it). */
  readonly periodsMs: readonly number[];
  /** Whether a point of the shortest period is one sample, so that the samples of a window are known. */
  readonly sampled: boolean;
}

const AGENT: Text = { en: "needs the CloudMonitor agent", zh: "需要安装云监控插件" };

const MINUTE_MS = 60_000;
/** Taken on the host, once a minute (CloudMonitor user guide, "Basic monitoring and operating system monitoring"). */
const BASIC = { periodsMs: [MINUTE_MS, 5 * MINUTE_MS], sampled: true };
/** Taken inside, every second, and added up every 15 seconds. */
const OF_AGENT = { periodsMs: [MINUTE_MS, 15 * MINUTE_MS], sampled: false, needs: AGENT };
const RDS_PERIODS = { periodsMs: [MINUTE_MS, 5 * MINUTE_MS], sampled: false };

const BITS_TO_BYTES = 1 / 8;

type Row = readonly [metric: MetricName, name: string, more: Pick<AlicloudMetric, "periodsMs" | "sampled" | "needs"> & { scale?: number }];

/**
 * "View the monitoring information of an ECS instance" (ECS user guide). Traffic of the private network, in bits: that of public addresses
 * is another metric for each address, and that of the classic network has gone with it.
 */
const ECS: readonly Row[] = [
  ["cpu.utilization", "CPUUtilization", BASIC],
  ["network.in.bytes", "IntranetInRate", { ...BASIC, scale: BITS_TO_BYTES }],
  ["network.out.bytes", "IntranetOutRate", { ...BASIC, scale: BITS_TO_BYTES }],
  ["disk.read.bytes", "DiskReadBPS", BASIC],
  ["disk.write.bytes", "DiskWriteBPS", BASIC],
  ["disk.read.operations", "DiskReadIOPS", BASIC],
  ["disk.write.operations", "DiskWriteIOPS", BASIC],
  ["memory.utilization", "memory_usedutilization", OF_AGENT],
  ["disk.utilization", "diskusage_utilization", OF_AGENT],
];

const RDS: readonly Row[] = [
  ["cpu.utilization", "CpuUsage", RDS_PERIODS],
  ["memory.utilization", "MemoryUsage", RDS_PERIODS],
  ["disk.utilization", "DiskUsage", RDS_PERIODS],
];

/** The native metrics of the vocabulary. */
export const ALICLOUD_METRICS: readonly AlicloudMetric[] = [
  ...metricsOf("virtual-machine", "acs_ecs_dashboard", ECS),
  ...metricsOf("database", "acs_rds_dashboard", RDS),
];

/** Reads `NAMESPACE:NAME`; anything whose namespace is not one of CloudMonitor's is no name of this cloud. */
export function parseNativeMetric(native: string, kind: ResourceKind): AlicloudMetric | undefined {
  const [, namespace, name] = /^(acs_\w+):([\w.]+)$/.exec(native) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  const known = ALICLOUD_METRICS.find((metric) => metric.native === native && metric.kind === kind);
  // A name that is given directly has no canonical meaning: its values stay as they are.
  const { periodsMs, sampled } = known ?? { periodsMs: [MINUTE_MS], sampled: false };
  return { kind, native, namespace, name, scale: 1, periodsMs, sampled };
}

/** The whole of a metric of which the core hands back the contract's part. */
export function alicloudMetric(metric: NativeMetric): AlicloudMetric | undefined {
  const known = ALICLOUD_METRICS.find((candidate) => candidate.native === metric.native && candidate.kind === metric.kind);
  return metric.metric === undefined ? parseNativeMetric(metric.native, metric.kind) : known;
}

function metricsOf(kind: ResourceKind, namespace: string, rows: readonly Row[]): AlicloudMetric[] {
  return rows.map(([metric, name, more]) => ({ metric, kind, native: `${namespace}:${name}`, namespace, name, scale: 1, ...more }));
}
