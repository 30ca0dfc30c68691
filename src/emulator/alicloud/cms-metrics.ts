import type { MetricName, ResourceKind } from "../../contracts/index.ts";
import type { FleetResource } from "../fleet.ts";
import { metricsOf } from "../series.ts";

/** One metric of CloudMonitor, and where its values come from. */
export interface CmsMetric {
  readonly namespace: string;
  readonly name: string;
  readonly kind: ResourceKind;
  /** The series behind it. */
  readonly metric: MetricName;
  readonly description: string;
  readonly unit: string;
  /** Beside `userId`; the first one names the resource. */
  readonly dimensions: readonly string[];
  /** Seconds; the first is the one it is reported with. */
  readonly periods: readonly number[];
  readonly statistics: readonly ("Average" | "Minimum" | "Maximum" | "Value")[];
  /** Whether an agent inside the machine reports it. */
  readonly agent: boolean;
  /** May turn the order of values round: the share used of the amount left. */
  native(value: number): number;
}

// Names, units, dimensions: CloudMonitor, "Appendix 1: Metrics", Elastic Compute Service. Periods as DescribeMetricMetaList tells them there.
const OF_HYPERVISOR = [60, 300];
const OF_AGENT = [15, 60, 900];
const GAUGE = ["Average", "Minimum", "Maximum"] as const;
/** Bytes of an average request to a disk: the world knows bytes only. */
const BYTES_PER_OPERATION = 16_384;

const same = (value: number) => value;
const bits = (value: number) => value * 8;
const operations = (value: number) => value / BYTES_PER_OPERATION;

const ecs = (name: string, metric: MetricName, unit: string, description: string, native = same): CmsMetric => ({
  namespace: "acs_ecs_dashboard",
  name,
  kind: "virtual-machine",
  metric,
  description,
  unit,
  dimensions: ["instanceId"],
  periods: OF_HYPERVISOR,
  statistics: GAUGE,
  agent: false,
  native,
});

const ofAgent = (name: string, metric: MetricName, unit: string, description: string, native = same, device = false): CmsMetric => ({
  ...ecs(name, metric, unit, `(Agent)${description}`, native),
  dimensions: device ? ["instanceId", "device"] : ["instanceId"],
  periods: OF_AGENT,
  agent: true,
});

/** What the databases of the emulator hold at most: their metrics are shares of it. */
const OF_DATABASE = { memoryBytes: 16 * 1_024 ** 3, diskBytes: 500e9, connections: 300 } as const;

const rds = (name: string, metric: MetricName, description: string, native = same): CmsMetric => ({
  ...ecs(name, metric, "%", description, native),
  namespace: "acs_rds_dashboard",
  kind: "database",
});

const shareLeft = (total: number) => (free: number) => 100 * (1 - free / total);

/** Every metric the emulator has. */
export const CMS_METRICS: readonly CmsMetric[] = [
  ecs("CPUUtilization", "cpu.utilization", "%", "CPU使用率"),
  // No machine has a public address: everything goes over the private network.
  ecs("InternetInRate", "network.in.bytes", "bits/s", "公网流入带宽", () => 0),
  ecs("InternetOutRate", "network.out.bytes", "bits/s", "公网流出带宽", () => 0),
  ecs("IntranetInRate", "network.in.bytes", "bits/s", "私网流入带宽", bits),
  ecs("IntranetOutRate", "network.out.bytes", "bits/s", "私网流出带宽", bits),
  ecs("DiskReadBPS", "disk.read.bytes", "Byte/s", "所有磁盘读取BPS"),
  ecs("DiskWriteBPS", "disk.write.bytes", "Byte/s", "所有磁盘写入BPS"),
  ecs("DiskReadIOPS", "disk.read.bytes", "Count/Second", "所有磁盘每秒读取次数", operations),
  ecs("DiskWriteIOPS", "disk.write.bytes", "Count/Second", "所有磁盘每秒写入次数", operations),
  ofAgent("cpu_total", "cpu.utilization", "%", "cpu.total"),
  ofAgent("memory_usedutilization", "memory.utilization", "%", "memory.used.utilization"),
  ofAgent("diskusage_utilization", "disk.utilization", "%", "disk.usage.utilization_device", same, true),
  ofAgent("networkin_rate", "network.in.bytes", "bit/s", "network.in.rate_device", bits, true),
  rds("CpuUsage", "cpu.utilization", "CPU使用率"),
  rds("MemoryUsage", "memory.free.bytes", "内存使用率", shareLeft(OF_DATABASE.memoryBytes)),
  rds("DiskUsage", "disk.free.bytes", "磁盘使用率", shareLeft(OF_DATABASE.diskBytes)),
  rds("ConnectionUsage", "connections.count", "连接数使用率", (count) => (100 * count) / OF_DATABASE.connections),
  ofAgent("networkout_rate", "network.out.bytes", "bit/s", "network.out.rate_device", bits, true),
];

const BY_NAME = new Map(CMS_METRICS.map((metric) => [`${metric.namespace}/${metric.name}`, metric]));

export function findMetric(namespace: string, name: string): CmsMetric | undefined {
  return BY_NAME.get(`${namespace}/${name}`);
}

/** The dimensions of a resource's one series of a metric, without `userId`; undefined where it has none. */
export function dimensionsOf(metric: CmsMetric, resource: FleetResource): Readonly<Record<string, string>> | undefined {
  if ((metric.agent && !resource.agent) || !metricsOf(resource).includes(metric.metric)) return undefined;
  const device = metric.metric.startsWith("network.") ? "eth0" : "/dev/vda1";
  return Object.fromEntries(metric.dimensions.map((name, index) => [name, index === 0 ? resource.id : device]));
}
