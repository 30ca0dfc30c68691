import type { MetricName, ResourceKind } from "../../contracts/index.ts";
import type { FleetResource } from "../fleet.ts";
import { serial } from "./native-names.ts";

/** A metric as the cloud monitor publishes it (console, "metrics of cloud products"). */
export interface CloudMonitorMetric {
  readonly name: string;
  readonly kind: ResourceKind;
  readonly metric: MetricName;
  readonly unit: string;
  readonly description: { readonly en: string; readonly zh: string };
  /** Native value = canonical value × scale; of totals, the total of a minute. */
  readonly scale: number;
  /** Reported from inside the machine: only where the agent runs. */
  readonly agent: boolean;
}

export interface MetricSpace {
  readonly namespace: string;
  readonly subNamespace: string;
  /** A second dimension beside `ResourceID`, of which every resource has one value. */
  readonly part: { readonly name: string; valueOf(resource: FleetResource): string } | undefined;
  /** How long points are kept (volcengine.com/docs/6408/1115078). */
  readonly keptDays: number;
  readonly metrics: ReadonlyMap<string, CloudMonitorMetric>;
}

type Row = readonly [name: string, metric: MetricName, unit: string, en: string, zh: string, scale: number, agent: boolean];

const BITS = "Bits/Second(IEC)";
const BYTES = "Bytes/Second(IEC)";
const INSTANCE_ROWS: readonly Row[] = [
  ["Instance_CpuBusy", "cpu.utilization", "Percent", "Out-of-band CPU utilization", "带外CPU使用率", 1, false],
  ["Instance_DiskReadBytes", "disk.read.bytes", BYTES, "Out-of-band disk read bandwidth", "带外磁盘读带宽", 1, false],
  ["Instance_DiskWriteBytes", "disk.write.bytes", BYTES, "Out-of-band disk write bandwidth", "带外磁盘写带宽", 1, false],
  ["Instance_NetRxBits", "network.in.bytes", BITS, "Out-of-band network inbound rate", "带外网络流入速率", 8, false],
  ["Instance_NetTxBits", "network.out.bytes", BITS, "Out-of-band network outbound rate", "带外网络流出速率", 8, false],
  ["CpuTotal", "cpu.utilization", "Percent", "CPU utilization", "CPU使用率", 1, true],
  ["MemoryUsedUtilization", "memory.utilization", "Percent", "Memory utilization", "内存使用率", 1, true],
  ["NetworkInRate", "network.in.bytes", BITS, "Network inbound rate", "网络流入速率", 8, true],
  ["NetworkOutRate", "network.out.bytes", BITS, "Network outbound rate", "网络流出速率", 8, true],
];
const STORAGE_ROWS: readonly Row[] = [
  ["DiskUsageUtilization", "disk.utilization", "Percent", "Disk usage", "磁盘使用率", 1, true],
  ["DiskReadBytes", "disk.read.bytes", "Bytes/Second(SI)", "Disk read bandwidth", "磁盘读带宽", 1, true],
  ["DiskWriteBytes", "disk.write.bytes", "Bytes/Second(SI)", "Disk write bandwidth", "磁盘写带宽", 1, true],
];

/** All but the first have no numbers in this world: their series are empty. */
const DATABASE_ROWS: readonly Row[] = [
  ["CpuUtil", "cpu.utilization", "Percent", "CPU utilization", "CPU使用率", 1, false],
  ["MemUtil", "memory.utilization", "Percent", "Memory utilization", "内存使用率", 1, false],
  ["DiskUtil", "disk.utilization", "Percent", "Disk utilization", "磁盘利用率", 1, false],
  ["NetworkReceiveThroughput", "network.in.bytes", "Bytes/Second(SI)", "Network inbound throughput", "网络输入流量", 1, false],
  ["NetworkTransmitThroughput", "network.out.bytes", "Bytes/Second(SI)", "Network outbound throughput", "网络输出流量", 1, false],
];
const ENGINE_ROWS: readonly Row[] = [["ThreadsConnected", "connections.count", "Count", "Current connections", "当前打开连接数", 1, false]];
const BALANCER_ROWS: readonly Row[] = [
  ["load_balancer_qps", "requests.count", "Count/Second", "QPS", "每秒请求数", 1 / 60, false],
  ["load_balancer_http_5xx_send_count", "errors.count", "Count/Second", "Sent 5xx status codes", "返回5xx状态码数", 1 / 60, false],
  ["load_balancer_response_time", "latency.duration", "Millisecond", "Average response time", "平均响应时间", 1, false],
];
const LISTENER_ROWS: readonly Row[] = [
  ["listener_unhealthy_rs_count", "targets.unhealthy", "Count", "Unhealthy backend servers", "异常后端服务器数", 1, false],
];

const DISK = { name: "DiskName", valueOf: () => "vda" };
const NODE = { name: "Node", valueOf: ({ id }: FleetResource) => `${id}-0` };
const LISTENER = { name: "ListenerID", valueOf: ({ key }: FleetResource) => `lsn-${serial(24, key, "listener")}` };

const SPACES: readonly MetricSpace[] = [
  space("virtual-machine", "VCM_ECS", "Instance", undefined, 60, INSTANCE_ROWS),
  space("virtual-machine", "VCM_ECS", "Storage", DISK, 60, STORAGE_ROWS),
  space("database", "VCM_RDS_MySQL", "resource_monitor_new", NODE, 30, DATABASE_ROWS),
  space("database", "VCM_RDS_MySQL", "engine_monitor_new", NODE, 30, ENGINE_ROWS),
  space("load-balancer", "VCM_ALB", "loadbalancer", undefined, 60, BALANCER_ROWS),
  space("load-balancer", "VCM_ALB", "listener", LISTENER, 60, LISTENER_ROWS),
];

export function findSpace(namespace: string, subNamespace: string): MetricSpace | undefined {
  return SPACES.find((candidate) => candidate.namespace === namespace && candidate.subNamespace === subNamespace);
}

/** Whether a resource reports to a namespace: databases of other engines than MySQL have one of their own. */
export function reportsTo(space: MetricSpace, resource: FleetResource): boolean {
  return space.namespace !== "VCM_RDS_MySQL" || resource.id.startsWith("mysql-");
}

function space(
  kind: ResourceKind,
  namespace: string,
  subNamespace: string,
  part: MetricSpace["part"],
  keptDays: number,
  rows: readonly Row[],
): MetricSpace {
  const metrics = rows.map(([name, metric, unit, en, zh, scale, agent]) => ({
    name,
    kind,
    metric,
    unit,
    description: { en, zh },
    scale,
    agent,
  }));
  return { namespace, subNamespace, part, keptDays, metrics: new Map(metrics.map((metric) => [metric.name, metric])) };
}
