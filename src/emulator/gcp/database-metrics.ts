import type { MetricName } from "../../contracts/index.ts";
import type { FleetResource } from "../fleet.ts";
import { MINUTE_MS, rawMinute } from "../series.ts";
import type { MetricType, MonitoredMetric, StoredSeries } from "./monitored-series.ts";
import { isPostgres } from "./native-names.ts";

/** Every instance has so much of both: more than any has free. */
export const DATABASE_MEMORY_BYTES = 16 * 2 ** 30;
export const DATABASE_DISK_GIGABYTES = 500;
const DISK_BYTES = DATABASE_DISK_GIGABYTES * 2 ** 30;

type Values = (resource: FleetResource, minute: number) => number | undefined;

/** Metrics of `cloudsql_database` (Google Cloud metrics list, "cloudsql"). */
export const DATABASE_METRICS: readonly MonitoredMetric[] = [
  gauge("cpu/utilization", "CPU utilization", "DOUBLE", "10^2.%", (resource, minute) =>
    native(resource, "cpu.utilization", minute, (percent) => percent / 100),
  ),
  gauge("memory/quota", "Memory quota", "INT64", "By", (resource, minute) =>
    native(resource, "memory.free.bytes", minute, () => DATABASE_MEMORY_BYTES),
  ),
  gauge("memory/usage", "Memory usage", "INT64", "By", (resource, minute) =>
    native(resource, "memory.free.bytes", minute, (free) => DATABASE_MEMORY_BYTES - free),
  ),
  gauge("memory/utilization", "Memory utilization", "DOUBLE", "10^2.%", (resource, minute) =>
    native(resource, "memory.free.bytes", minute, (free) => 1 - free / DATABASE_MEMORY_BYTES),
  ),
  gauge("disk/quota", "Disk quota", "INT64", "By", (resource, minute) => native(resource, "disk.free.bytes", minute, () => DISK_BYTES)),
  gauge("disk/bytes_used", "Bytes used", "INT64", "By", (resource, minute) =>
    native(resource, "disk.free.bytes", minute, (free) => DISK_BYTES - free),
  ),
  gauge("disk/utilization", "Disk utilization", "DOUBLE", "10^2.%", (resource, minute) =>
    native(resource, "disk.free.bytes", minute, (free) => 1 - free / DISK_BYTES),
  ),
  {
    type: metricType("network/connections", "Connections", "INT64", "1", []),
    of: "database",
    seriesOf: (resource) => (isPostgres(resource) ? [] : [series(resource, {}, connections)]),
  },
  {
    // A series for each database of the instance: the connections are their sum.
    type: metricType("postgresql/num_backends", "PostgreSQL Connections", "INT64", "1", [
      { key: "database", description: "Name of the database." },
    ]),
    of: "database",
    seriesOf: (resource) => {
      if (!isPostgres(resource)) return [];
      const own = (count: number) => Math.floor(count * 0.9);
      return [
        series(resource, { database: resource.application }, (one, minute) => native(one, "connections.count", minute, own)),
        series(resource, { database: "postgres" }, (one, minute) =>
          native(one, "connections.count", minute, (count) => count - own(count)),
        ),
      ];
    },
  },
];

const connections: Values = (resource, minute) => native(resource, "connections.count", minute, (count) => count);

function gauge(name: string, displayName: string, valueType: MetricType["valueType"], unit: string, valueAt: Values): MonitoredMetric {
  return {
    type: metricType(name, displayName, valueType, unit, []),
    of: "database",
    seriesOf: (resource) => [series(resource, {}, valueAt)],
  };
}

function metricType(
  name: string,
  displayName: string,
  valueType: MetricType["valueType"],
  unit: string,
  labels: MetricType["labels"],
): MetricType {
  return {
    type: `cloudsql.googleapis.com/database/${name}`,
    displayName,
    description: `${displayName} of the Cloud SQL instance. Sampled every ${MINUTE_MS / 1_000} seconds.`,
    resourceType: "cloudsql_database",
    kind: "GAUGE",
    valueType,
    unit,
    labels,
  };
}

function series(resource: FleetResource, metric: Readonly<Record<string, string>>, valueAt: Values): StoredSeries {
  const { account, region, name, tags } = resource;
  return {
    labels: {
      metric,
      resource: { project_id: account, database_id: `${account}:${name}`, region },
      user: tags,
      system: { name, region },
    },
    key: resource.key,
    valueAt: (minute) => valueAt(resource, minute),
  };
}

function native(resource: FleetResource, metric: MetricName, minute: number, convert: (value: number) => number): number | undefined {
  const raw = rawMinute(resource, metric, minute);
  return raw === undefined ? undefined : convert(raw.sum / raw.count);
}
