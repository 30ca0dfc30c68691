import type { MetricName } from "../../contracts/index.ts";
import type { RawMinute } from "../series.ts";

type MetricUnit = "Percent" | "Bytes" | "Count" | "CountPerSecond" | "Seconds" | "MilliSeconds";
export type Aggregation = "average" | "minimum" | "maximum" | "total" | "count";

/** A metric of a namespace, as "Supported metrics with Azure Monitor" lists it. */
export interface MetricDefinition {
  readonly name: string;
  /** How people see it, which is not always the name. */
  readonly title: string;
  readonly unit: MetricUnit;
  readonly primary: Aggregation;
  readonly description: string;
  /** What of the world it shows; absent for metrics that exist but have no data here. */
  readonly series?: { readonly metric: MetricName; native(raw: RawMinute): RawMinute };
}

const asIs = (raw: RawMinute) => raw;
/** Native = canonical × factor. */
const times = (factor: number) => (raw: RawMinute) => ({
  count: raw.count,
  sum: raw.sum * factor,
  minimum: raw.minimum * factor,
  maximum: raw.maximum * factor,
});
/** Native = whole - canonical × factor. */
const restOf =
  (whole: number, factor = 1) =>
  (raw: RawMinute) => ({
    count: raw.count,
    sum: whole * raw.count - raw.sum * factor,
    minimum: whole - raw.maximum * factor,
    maximum: whole - raw.minimum * factor,
  });

const MEMORY_BYTES = 16 * 2 ** 30;

/** Titles of metrics whose title is not their name. */
const TITLES: Readonly<Record<string, string>> = {
  "Available Memory Percentage": "Available Memory Percentage (Preview)",
  "Available Memory Bytes": "Available Memory Bytes (Preview)",
  VmAvailabilityMetric: "VM Availability Metric (Preview)",
  cpu_percent: "CPU percent",
  memory_percent: "Memory percent",
  active_connections: "Active Connections",
  storage_free: "Storage Free",
  storage_percent: "Storage percent",
  network_bytes_ingress: "Network In",
  network_bytes_egress: "Network Out",
  read_throughput: "Read Throughput Bytes/Sec",
  write_throughput: "Write Throughput Bytes/Sec",
  read_iops: "Read IOPS",
  write_iops: "Write IOPS",
  Http5xx: "Http Server Errors",
  HttpResponseTime: "Response Time",
  FunctionExecutionCount: "Function Execution Count",
  TotalRequests: "Total Requests",
  FailedRequests: "Failed Requests",
  ApplicationGatewayTotalTime: "Application Gateway Total Time",
  UnhealthyHostCount: "Unhealthy Host Count",
};

const VIRTUAL_MACHINE: readonly MetricDefinition[] = [
  metric("Percentage CPU", "Percent", "average", "cpu.utilization", asIs, "The percentage of allocated compute units in use."),
  // Totals are amounts of a minute: the canonical rates are per second.
  metric("Network In Total", "Bytes", "total", "network.in.bytes", times(60), "Bytes received on all network interfaces."),
  metric("Network Out Total", "Bytes", "total", "network.out.bytes", times(60), "Bytes sent on all network interfaces."),
  metric("Disk Read Bytes", "Bytes", "total", "disk.read.bytes", times(60), "Bytes read from disk during the period."),
  metric("Disk Write Bytes", "Bytes", "total", "disk.write.bytes", times(60), "Bytes written to disk during the period."),
  // Of machines without an agent the world knows nothing about memory.
  metric("Available Memory Percentage", "Percent", "average", "memory.utilization", restOf(100), "Memory immediately available."),
  metric(
    "Available Memory Bytes",
    "Bytes",
    "average",
    "memory.utilization",
    restOf(MEMORY_BYTES, MEMORY_BYTES / 100),
    "Memory immediately available.",
  ),
  without("Disk Read Operations/Sec", "CountPerSecond", "average"),
  without("Disk Write Operations/Sec", "CountPerSecond", "average"),
  metric("VmAvailabilityMetric", "Count", "average", "status.check.failed", restOf(1), "Measure of availability over time."),
];
const DATABASE: readonly MetricDefinition[] = [
  metric("cpu_percent", "Percent", "average", "cpu.utilization", asIs, "Percent CPU utilization."),
  metric("memory_percent", "Percent", "average", "memory.free.bytes", restOf(100, 100 / MEMORY_BYTES), "Percent memory utilization."),
  metric("active_connections", "Count", "average", "connections.count", asIs, "Number of active connections."),
];
const DATABASE_WITHOUT_DATA = [
  without("storage_percent", "Percent", "average"),
  without("network_bytes_ingress", "Bytes", "total"),
  without("network_bytes_egress", "Bytes", "total"),
];
const FUNCTION_APP: readonly MetricDefinition[] = [
  metric("Requests", "Count", "total", "requests.count", asIs, "Requests regardless of their resulting HTTP status code."),
  metric("Http5xx", "Count", "total", "errors.count", asIs, "Requests resulting in an HTTP status code from 500 to 599."),
  metric("HttpResponseTime", "Seconds", "average", "latency.duration", times(1 / 1_000), "Time taken to serve requests."),
  without("FunctionExecutionCount", "Count", "total"),
];
const APPLICATION_GATEWAY: readonly MetricDefinition[] = [
  metric("TotalRequests", "Count", "total", "requests.count", asIs, "Successful requests that the gateway has served."),
  metric("FailedRequests", "Count", "total", "errors.count", asIs, "Failed requests that the gateway has served."),
  metric("ApplicationGatewayTotalTime", "MilliSeconds", "average", "latency.duration", asIs, "Time for a request to be processed."),
  metric("UnhealthyHostCount", "Count", "average", "targets.unhealthy", asIs, "Number of unhealthy backend hosts."),
];

/** By lower-case namespace: names of namespaces and metrics are taken in any case. */
const DEFINITIONS: Readonly<Record<string, readonly MetricDefinition[]>> = {
  "microsoft.compute/virtualmachines": VIRTUAL_MACHINE,
  "microsoft.dbforpostgresql/flexibleservers": [
    ...DATABASE,
    ...DATABASE_WITHOUT_DATA,
    metric("storage_free", "Bytes", "average", "disk.free.bytes", asIs, "Storage free."),
    without("read_throughput", "Count", "average"),
    without("write_throughput", "Count", "average"),
    without("read_iops", "Count", "average"),
    without("write_iops", "Count", "average"),
  ],
  "microsoft.dbformysql/flexibleservers": [...DATABASE, ...DATABASE_WITHOUT_DATA],
  "microsoft.web/sites": FUNCTION_APP,
  "microsoft.network/applicationgateways": APPLICATION_GATEWAY,
};

export function definitionsOf(namespace: string): readonly MetricDefinition[] | undefined {
  return DEFINITIONS[namespace.toLowerCase()];
}

function metric(
  name: string,
  unit: MetricUnit,
  primary: Aggregation,
  canonical: MetricName,
  native: (raw: RawMinute) => RawMinute,
  description: string,
): MetricDefinition {
  return { name, title: TITLES[name] ?? name, unit, primary, description, series: { metric: canonical, native } };
}

/** A metric that exists, and of which the world knows nothing. */
function without(name: string, unit: MetricUnit, primary: Aggregation): MetricDefinition {
  return { name, title: TITLES[name] ?? name, unit, primary, description: `${name}.` };
}
