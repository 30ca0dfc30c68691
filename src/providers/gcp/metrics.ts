import type { MetricName, MetricTarget, NativeMetric, ResourceKind } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";

/**
 * What a metric is, which decides how it may be aligned (google/monitoring/v3/common.proto, `Aligner`). `level`: GAUGE numbers.
 * `counter`: DELTA or CUMULATIVE numbers, read as rates per second. `unknown`: its descriptor has to be asked.
 */
export type Sampling = "level" | "counter" | "unknown";

/** How several series of one resource (a disk each, a device each) become one. */
export type Reducer = "REDUCE_SUM" | "REDUCE_MAX" | "REDUCE_MEAN";

export interface GcpMetric extends NativeMetric {
  readonly sampling: Sampling;
  /** Absent where a resource has one series. */
  readonly reducer?: Reducer;
  /** Further conditions of the filter, on labels of the metric. */
  readonly condition?: string;
  /** What PostgreSQL databases have instead. */
  readonly nativeOfPostgres?: string;
}

const OPS_AGENT: Text = { en: "needs the Ops Agent", zh: "需要安装 Ops Agent" };

type Row = readonly [metric: MetricName, native: string, more?: Partial<GcpMetric>];

const COUNTER = { sampling: "counter", reducer: "REDUCE_SUM" } as const;

/** Google Cloud metrics list, "compute" and "Ops Agent". */
const INSTANCE: readonly Row[] = [
  ["cpu.utilization", "compute.googleapis.com/instance/cpu/utilization", { scale: 100 }],
  ["network.in.bytes", "compute.googleapis.com/instance/network/received_bytes_count", COUNTER],
  ["network.out.bytes", "compute.googleapis.com/instance/network/sent_bytes_count", COUNTER],
  ["disk.read.bytes", "compute.googleapis.com/instance/disk/read_bytes_count", COUNTER],
  ["disk.write.bytes", "compute.googleapis.com/instance/disk/write_bytes_count", COUNTER],
  ["disk.read.operations", "compute.googleapis.com/instance/disk/read_ops_count", COUNTER],
  ["disk.write.operations", "compute.googleapis.com/instance/disk/write_ops_count", COUNTER],
  [
    "memory.utilization",
    "agent.googleapis.com/memory/percent_used",
    { needs: OPS_AGENT, condition: 'metric.labels.state = "used"', reducer: "REDUCE_MAX" },
  ],
  [
    // The fullest disk; the images of snap packages are mounted as loop devices, and always full.
    "disk.utilization",
    "agent.googleapis.com/disk/percent_used",
    {
      needs: OPS_AGENT,
      condition: 'metric.labels.state = "used" AND NOT metric.labels.device = starts_with("/dev/loop")',
      reducer: "REDUCE_MAX",
    },
  ],
];

/** Google Cloud metrics list, "cloudsql". */
const DATABASE: readonly Row[] = [
  ["cpu.utilization", "cloudsql.googleapis.com/database/cpu/utilization", { scale: 100 }],
  ["memory.utilization", "cloudsql.googleapis.com/database/memory/utilization", { scale: 100 }],
  ["disk.utilization", "cloudsql.googleapis.com/database/disk/utilization", { scale: 100 }],
  ["network.in.bytes", "cloudsql.googleapis.com/database/network/received_bytes_count", COUNTER],
  ["network.out.bytes", "cloudsql.googleapis.com/database/network/sent_bytes_count", COUNTER],
  ["disk.read.operations", "cloudsql.googleapis.com/database/disk/read_ops_count", COUNTER],
  ["disk.write.operations", "cloudsql.googleapis.com/database/disk/write_ops_count", COUNTER],
  [
    "connections.count",
    "cloudsql.googleapis.com/database/network/connections",
    // Connections of PostgreSQL are told for each database of an instance.
    { reducer: "REDUCE_SUM", nativeOfPostgres: "cloudsql.googleapis.com/database/postgresql/num_backends" },
  ],
];

/** The native metrics of the vocabulary. */
export const GCP_METRICS: readonly GcpMetric[] = [...metricsOf("virtual-machine", INSTANCE), ...metricsOf("database", DATABASE)];

/** Reads a metric type such as `compute.googleapis.com/instance/uptime`. */
export function parseNativeMetric(native: string, kind: ResourceKind): GcpMetric | undefined {
  if (!/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*\.googleapis\.com\/[\w./-]+$/.test(native)) return undefined;
  const known = GCP_METRICS.find((candidate) => candidate.native === native && candidate.kind === kind);
  if (known === undefined) return { kind, native, scale: 1, sampling: "unknown" };
  // A name that was given directly has no canonical meaning: its values stay as they are.
  const { metric: _, ...itself } = known;
  return { ...itself, scale: 1 };
}

/** The whole of a metric of which the core hands back the contract's part, as the target's resource has it. */
export function gcpMetric({ metric, resource }: MetricTarget): GcpMetric | undefined {
  if (metric.metric === undefined) return parseNativeMetric(metric.native, metric.kind);
  const known = GCP_METRICS.find((candidate) => candidate.native === metric.native && candidate.kind === metric.kind);
  const ofPostgres = String(resource.attributes.engine).startsWith("POSTGRES") ? known?.nativeOfPostgres : undefined;
  return known === undefined || ofPostgres === undefined ? known : { ...known, native: ofPostgres };
}

function metricsOf(kind: ResourceKind, rows: readonly Row[]): GcpMetric[] {
  return rows.map(([metric, native, more]) => ({ metric, kind, native, scale: 1, sampling: "level", ...more }));
}
