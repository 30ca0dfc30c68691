import type { MetricName, NativeMetric, ResourceKind } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";

/**
 * The metrics of Cloud Monitor (云监控).
 *
 * Namespaces, names, units and dimensions of ECS are those of the schema in Volcengine's own Cloud Monitor MCP server (volcengine/mcp-server,
 * `mcp_server_cloudmonitor`); 50 instances and 1,440 points a request, one metric at a time and Unix seconds are those of the API
 * reference of GetMetricData (volcengine.com/docs/6408/105542, docs.byteplus.com/docs/cloudmonitor/GetMetricData); the 60 days that
 * ECS metrics and the 30 that most others are kept are those of volcengine.com/docs/6408/1115078.
 *
 * Names, units and dimensions of RDS for MySQL and of ALB are those of Guance's collectors (docs.guance.com, "VolcEngine MySQL" and
 * "VolcEngine ALB"). Disks, nodes and listeners have series of their own, of which the largest counts.
 *
 * Not confirmed from a published source, and therefore assumed:
 * - `(IEC)` and `(SI)` behind a unit say how the console shortens numbers, not that values come in multiples: a `Bits/Second(IEC)` is a bit
 *   per second.
 * - A point carries the start of its period, periods begin at multiples of their length, and a point of a longer period is the average of
 *   its minutes (the reference names no statistic that could be asked for).
 * - The 1,440 points are those of all instances of a request together, the stricter reading of "1440 data points per request".
 * - Points are visible within two minutes; this provider waits for three.
 * - Which ECS metrics need the monitoring agent: the ones that Guance's collector documents as "out-of-band" (`Instance_…`) are taken not to,
 *   the others to. CPU and network have both kinds; the vocabulary takes the one that every machine has.
 */
export interface VolcengineMetric extends NativeMetric {
  readonly namespace: string;
  readonly subNamespace: string;
  readonly name: string;
}

const AGENT: Text = { en: "needs the Cloud Monitor agent in the machine", zh: "需要在云服务器内安装云监控插件" };

/** Network rates are in bits. */
const BITS = 1 / 8;

type Row = readonly [metric: MetricName, subNamespace: string, name: string, more?: Partial<Pick<VolcengineMetric, "scale" | "needs">>];

const ECS: readonly Row[] = [
  ["cpu.utilization", "Instance", "Instance_CpuBusy"],
  ["memory.utilization", "Instance", "MemoryUsedUtilization", { needs: AGENT }],
  ["memory.free.bytes", "Instance", "MemoryFreeSpace", { needs: AGENT }],
  ["disk.utilization", "Storage", "DiskUsageUtilization", { needs: AGENT }],
  ["network.in.bytes", "Instance", "Instance_NetRxBits", { scale: BITS }],
  ["network.out.bytes", "Instance", "Instance_NetTxBits", { scale: BITS }],
  ["disk.read.bytes", "Instance", "Instance_DiskReadBytes"],
  ["disk.write.bytes", "Instance", "Instance_DiskWriteBytes"],
  ["disk.read.operations", "Instance", "Instance_DiskReadIOPS"],
  ["disk.write.operations", "Instance", "Instance_DiskWriteIOPS"],
];

const ONLY_MYSQL = { needs: { en: "RDS for MySQL only", zh: "仅限云数据库 MySQL 版" } } as const;

const MYSQL: readonly Row[] = [
  ["cpu.utilization", "resource_monitor_new", "CpuUtil", ONLY_MYSQL],
  ["memory.utilization", "resource_monitor_new", "MemUtil", ONLY_MYSQL],
  ["disk.utilization", "resource_monitor_new", "DiskUtil", ONLY_MYSQL],
  ["network.in.bytes", "resource_monitor_new", "NetworkReceiveThroughput", ONLY_MYSQL],
  ["network.out.bytes", "resource_monitor_new", "NetworkTransmitThroughput", ONLY_MYSQL],
  ["connections.count", "engine_monitor_new", "ThreadsConnected", ONLY_MYSQL],
];

/** Counts come as averages per second; what adds up over the window is counts per minute. */
const PER_MINUTE = { scale: 60 } as const;

const ALB: readonly Row[] = [
  ["requests.count", "loadbalancer", "load_balancer_qps", PER_MINUTE],
  ["errors.count", "loadbalancer", "load_balancer_http_5xx_send_count", PER_MINUTE],
  ["latency.duration", "loadbalancer", "load_balancer_response_time"],
  ["targets.unhealthy", "listener", "listener_unhealthy_rs_count"],
];

/** The native metrics of the vocabulary. */
export const VOLCENGINE_METRICS: readonly VolcengineMetric[] = [
  ...metricsOf("virtual-machine", "VCM_ECS", ECS),
  ...metricsOf("database", "VCM_RDS_MySQL", MYSQL),
  ...metricsOf("load-balancer", "VCM_ALB", ALB),
];

/** The dimension under which Cloud Monitor keeps a resource's metrics. */
export const RESOURCE_DIMENSION = "ResourceID";

/** Reads `NAMESPACE/SUBNAMESPACE:NAME`. */
export function parseNativeMetric(native: string, kind: ResourceKind): VolcengineMetric | undefined {
  const [, namespace, subNamespace, name] = /^(VCM_\w+)\/(\w+):(\w+)$/.exec(native) ?? [];
  if (namespace === undefined || subNamespace === undefined || name === undefined) return undefined;
  return { kind, native, namespace, subNamespace, name, scale: 1 };
}

/** The whole of a metric of which the core hands back the contract's part. */
export function volcengineMetric(metric: NativeMetric): VolcengineMetric | undefined {
  // A name that was given directly has no canonical meaning: its values stay as they are.
  if (metric.metric === undefined) return parseNativeMetric(metric.native, metric.kind);
  return VOLCENGINE_METRICS.find(({ native, kind }) => native === metric.native && kind === metric.kind);
}

function metricsOf(kind: ResourceKind, namespace: string, rows: readonly Row[]): VolcengineMetric[] {
  return rows.map(([metric, subNamespace, name, more]) => ({
    metric,
    kind,
    native: `${namespace}/${subNamespace}:${name}`,
    namespace,
    subNamespace,
    name,
    scale: 1,
    ...more,
  }));
}
