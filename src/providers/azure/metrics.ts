import type { MetricName, NativeMetric, ResourceKind } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";
import { MYSQL, SQL } from "./databases.ts";

/**
 * What Azure Monitor does with samples decides how a window becomes one number.
 * `level`: a value a minute. `amount`: what a minute moved, given per second. `events`: what is added up. `per-request`: a sample for each
 * request, so that periods do not weigh the same.
 */
export type Sampling = "level" | "amount" | "events" | "per-request";

/** A series as one type of resource has it: canonical value = offset + scale × native value. */
export interface AzureSeries {
  readonly name: string;
  readonly scale: number;
  readonly offset: number;
}

export interface AzureMetric extends NativeMetric {
  readonly sampling: Sampling;
  /** By resource type, lower case: databases of several engines name their metrics differently. */
  readonly series: Readonly<Record<string, AzureSeries>>;
  /** `insights`: kept in a Log Analytics workspace, not among the metrics of the platform. */
  readonly store: "platform" | "insights";
}

const GUEST: Text = {
  en: "needs VM insights (the Azure Monitor Agent), sending to a workspace of the same subscription and region",
  zh: "需要启用 VM Insights（Azure Monitor 代理），并写入同一订阅、同一区域的工作区",
};

const MACHINE = "Microsoft.Compute/virtualMachines";
const POSTGRES_TYPE = "Microsoft.DBforPostgreSQL/flexibleServers";
const FUNCTION_APP = "Microsoft.Web/sites";
const GATEWAY = "Microsoft.Network/applicationGateways";

type Row = readonly [
  metric: MetricName,
  name: string,
  sampling: Sampling,
  conversion?: { readonly scale?: number; readonly offset?: number },
];

/** Azure Monitor, "Supported metrics" of each type. Available memory is measured by the host, without an agent. */
const MACHINES: readonly Row[] = [
  ["cpu.utilization", "Percentage CPU", "level"],
  ["memory.utilization", "Available Memory Percentage", "level", { scale: -1, offset: 100 }],
  ["memory.free.bytes", "Available Memory Bytes", "level"],
  ["network.in.bytes", "Network In Total", "amount"],
  ["network.out.bytes", "Network Out Total", "amount"],
  ["disk.read.bytes", "Disk Read Bytes", "amount"],
  ["disk.write.bytes", "Disk Write Bytes", "amount"],
  ["disk.read.operations", "Disk Read Operations/Sec", "level"],
  ["disk.write.operations", "Disk Write Operations/Sec", "level"],
  // 1 while the machine is available.
  ["status.check.failed", "VmAvailabilityMetric", "level", { scale: -1, offset: 1 }],
];

const POSTGRES_SERVERS: readonly Row[] = [
  ["cpu.utilization", "cpu_percent", "level"],
  ["memory.utilization", "memory_percent", "level"],
  ["disk.utilization", "storage_percent", "level"],
  ["disk.free.bytes", "storage_free", "level"],
  ["connections.count", "active_connections", "level"],
  ["disk.read.bytes", "read_throughput", "level"],
  ["disk.write.bytes", "write_throughput", "level"],
  ["disk.read.operations", "read_iops", "level"],
  ["disk.write.operations", "write_iops", "level"],
  ["network.in.bytes", "network_bytes_ingress", "amount"],
  ["network.out.bytes", "network_bytes_egress", "amount"],
];

/** Names of the other engines, where they have the metric. */
const OTHER_ENGINES: Readonly<Partial<Record<MetricName, Readonly<Record<string, string>>>>> = {
  "cpu.utilization": { [MYSQL]: "cpu_percent", [SQL]: "cpu_percent" },
  "memory.utilization": { [MYSQL]: "memory_percent", [SQL]: "sql_instance_memory_percent" },
  "disk.utilization": { [MYSQL]: "storage_percent", [SQL]: "storage_percent" },
  "connections.count": { [MYSQL]: "active_connections", [SQL]: "sessions_count" },
  "network.in.bytes": { [MYSQL]: "network_bytes_ingress" },
  "network.out.bytes": { [MYSQL]: "network_bytes_egress" },
};

const FUNCTION_APPS: readonly Row[] = [
  ["requests.count", "Requests", "events"],
  ["errors.count", "Http5xx", "events"],
  // In seconds.
  ["latency.duration", "HttpResponseTime", "per-request", { scale: 1_000 }],
];

const GATEWAYS: readonly Row[] = [
  ["requests.count", "TotalRequests", "events"],
  ["errors.count", "FailedRequests", "events"],
  ["latency.duration", "ApplicationGatewayTotalTime", "per-request"],
  ["targets.unhealthy", "UnhealthyHostCount", "level"],
];

const GUEST_NAME = "FreeSpacePercentage";

/** Free space of all mounts (VM insights, `InsightsMetrics`). */
const DISK_UTILIZATION: AzureMetric = {
  metric: "disk.utilization",
  kind: "virtual-machine",
  native: `InsightsMetrics:LogicalDisk/${GUEST_NAME}`,
  scale: -1,
  sampling: "level",
  series: { [MACHINE.toLowerCase()]: { name: GUEST_NAME, scale: -1, offset: 100 } },
  store: "insights",
  needs: GUEST,
};

/** The native metrics of the vocabulary. */
export const AZURE_METRICS: readonly AzureMetric[] = [
  ...metricsOf("virtual-machine", MACHINE, MACHINES),
  DISK_UTILIZATION,
  ...metricsOf("database", POSTGRES_TYPE, POSTGRES_SERVERS, OTHER_ENGINES),
  ...metricsOf("function", FUNCTION_APP, FUNCTION_APPS),
  ...metricsOf("load-balancer", GATEWAY, GATEWAYS),
];

/** Reads `NAMESPACE:NAME`, the namespace being a resource type: `Microsoft.Compute/virtualMachines:Percentage CPU`. */
export function parseNativeMetric(native: string, kind: ResourceKind): AzureMetric | undefined {
  if (native === DISK_UTILIZATION.native && kind === DISK_UTILIZATION.kind)
    return { ...raw(native, kind, MACHINE, GUEST_NAME), store: "insights" };
  const [, namespace, name] = /^(microsoft\.\w+(?:\/\w+)+):(\S.*)$/i.exec(native) ?? [];
  return namespace === undefined || name === undefined ? undefined : raw(native, kind, namespace, name);
}

/** A name that was given directly has no canonical meaning: its values stay as they are. */
function raw(native: string, kind: ResourceKind, namespace: string, name: string): AzureMetric {
  const series = { [namespace.toLowerCase()]: { name, scale: 1, offset: 0 } };
  return { kind, native, scale: 1, sampling: "level", store: "platform", series };
}

/** The whole of a metric of which the core hands back the contract's part. */
export function azureMetric(metric: NativeMetric): AzureMetric | undefined {
  if (metric.metric === undefined) return parseNativeMetric(metric.native, metric.kind);
  return AZURE_METRICS.find((candidate) => candidate.native === metric.native && candidate.kind === metric.kind);
}

/** The catalogue's spelling of a native name; Azure compares both parts without regard to case. */
export function nativeName(namespace: string, name: string): string {
  const native = `${namespace}:${name}`;
  return AZURE_METRICS.find((metric) => metric.native.toLowerCase() === native.toLowerCase())?.native ?? native;
}

function metricsOf(
  kind: ResourceKind,
  type: string,
  rows: readonly Row[],
  others: Readonly<Partial<Record<MetricName, Readonly<Record<string, string>>>>> = {},
): AzureMetric[] {
  return rows.map(([metric, name, sampling, { scale = 1, offset = 0 } = {}]) => {
    const names = { [type.toLowerCase()]: name, ...others[metric] };
    const series = Object.fromEntries(Object.entries(names).map(([each, called]) => [each, { name: called, scale, offset }]));
    return { metric, kind, native: `${type}:${name}`, scale, sampling, series, store: "platform" };
  });
}
