import type { MetricName } from "../../contracts/index.ts";
import type { FleetResource } from "../fleet.ts";
import { chance } from "../hash.ts";
import { rawMinute } from "../series.ts";
import type { MonitoredMetric, SeriesLabels, StoredSeries } from "./monitored-series.ts";
import { machineTypeOf, zoneOf } from "./native-names.ts";

const INSTANCE_NAME = { key: "instance_name", description: "The name of the VM." } as const;
const DISK_LABELS = [
  INSTANCE_NAME,
  { key: "device_name", description: "The name of the disk device." },
  { key: "storage_type", description: "The storage type: `pd-standard`, `pd-ssd`, or `local-ssd`." },
  { key: "device_type", description: "The disk type: `ephemeral` or `permanent`." },
] as const;

/** Metrics of `gce_instance` (Google Cloud metrics list; Ops Agent metrics list). */
export const MACHINE_METRICS: readonly MonitoredMetric[] = [
  {
    type: {
      type: "compute.googleapis.com/instance/cpu/utilization",
      displayName: "CPU utilization",
      description: "Fractional utilization of allocated CPU on this instance.",
      resourceType: "gce_instance",
      kind: "GAUGE",
      valueType: "DOUBLE",
      unit: "10^2.%",
      labels: [INSTANCE_NAME],
    },
    of: "virtual-machine",
    seriesOf: (resource) => [
      seriesFor(resource, { instance_name: resource.name }, (minute) => scaled(resource, "cpu.utilization", minute, 0.01)),
    ],
  },
  networkMetric("received", "Received bytes", "Count of bytes received from the network.", "network.in.bytes"),
  networkMetric("sent", "Sent bytes", "Count of bytes sent over the network.", "network.out.bytes"),
  diskMetric("read", "Disk read bytes", "Count of bytes read from disk.", "disk.read.bytes"),
  diskMetric("write", "Disk write bytes", "Count of bytes written to disk.", "disk.write.bytes"),
  {
    type: {
      type: "agent.googleapis.com/memory/percent_used",
      displayName: "Memory utilization",
      description: "Current percentage of memory used by memory state.",
      resourceType: "gce_instance",
      kind: "GAUGE",
      valueType: "DOUBLE",
      unit: "%",
      labels: [{ key: "state", description: "One of [buffered, cached, free, slab, used]." }],
    },
    of: "virtual-machine",
    seriesOf: (resource) => stateSeries(resource, "memory.utilization", {}, { used: 1 }, { free: 0.5, cached: 0.375, buffered: 0.125 }),
  },
  {
    type: {
      type: "agent.googleapis.com/disk/percent_used",
      displayName: "Disk utilization",
      description: "Current percentage of disk used by disk state.",
      resourceType: "gce_instance",
      kind: "GAUGE",
      valueType: "DOUBLE",
      unit: "%",
      labels: [
        { key: "device", description: "Device name." },
        { key: "state", description: "One of [free, used]." },
      ],
    },
    of: "virtual-machine",
    seriesOf: (resource) => stateSeries(resource, "disk.utilization", { device: "/dev/sda1" }, { used: 1 }, { free: 1 }),
  },
];

function networkMetric(direction: "received" | "sent", displayName: string, description: string, metric: MetricName): MonitoredMetric {
  return {
    type: {
      type: `compute.googleapis.com/instance/network/${direction}_bytes_count`,
      displayName,
      description,
      resourceType: "gce_instance",
      kind: "DELTA",
      valueType: "INT64",
      unit: "By",
      labels: [
        INSTANCE_NAME,
        {
          key: "loadbalanced",
          valueType: "BOOL",
          description: "Whether traffic was sent to an L3 loadbalanced IP address assigned to the VM.",
        },
      ],
    },
    of: "virtual-machine",
    // A machine behind a load balancer has two series: whoever takes one of them for the whole is wrong.
    seriesOf: (resource) =>
      partSeries(resource, metric, chance(resource.key, "balanced") < 0.4 ? 0.625 : 0, (first) => ({
        instance_name: resource.name,
        loadbalanced: String(first),
      })),
  };
}

function diskMetric(direction: "read" | "write", displayName: string, description: string, metric: MetricName): MonitoredMetric {
  return {
    type: {
      type: `compute.googleapis.com/instance/disk/${direction}_bytes_count`,
      displayName,
      description,
      resourceType: "gce_instance",
      kind: "DELTA",
      valueType: "INT64",
      unit: "By",
      labels: DISK_LABELS,
    },
    of: "virtual-machine",
    // A series for each disk; the second one, where there is one, is a data disk.
    seriesOf: (resource) =>
      partSeries(resource, metric, chance(resource.key, "data disk") < 0.3 ? 0.75 : 0, (first) => ({
        instance_name: resource.name,
        device_name: first ? "data-1" : "persistent-disk-0",
        storage_type: first ? "pd-ssd" : "pd-standard",
        device_type: "permanent",
      })),
  };
}

/** A byte count in one or two series: the first gets `share` of it, in whole bytes, the second the rest. */
function partSeries(
  resource: FleetResource,
  metric: MetricName,
  share: number,
  labelsOf: (first: boolean) => Readonly<Record<string, string>>,
): readonly StoredSeries[] {
  const whole = (minute: number) => {
    const value = scaled(resource, metric, minute, 60);
    return value === undefined ? undefined : Math.round(value);
  };
  const part = (value: number | undefined) => (value === undefined ? undefined : Math.floor(value * share));
  const rest = seriesFor(resource, labelsOf(false), (minute) => {
    const value = whole(minute);
    return value === undefined ? undefined : value - Math.floor(value * share);
  });
  return share === 0 ? [rest] : [seriesFor(resource, labelsOf(true), (minute) => part(whole(minute))), rest];
}

/** A percentage by state: `used` states share what is used, the others what is not, so that all add up to 100. */
function stateSeries(
  resource: FleetResource,
  metric: MetricName,
  labels: Readonly<Record<string, string>>,
  used: Readonly<Record<string, number>>,
  others: Readonly<Record<string, number>>,
): readonly StoredSeries[] {
  if (!resource.agent) return [];
  const of = (state: string, value: (percent: number) => number) =>
    seriesFor(resource, { ...labels, state }, (minute) => {
      const percent = scaled(resource, metric, minute, 1);
      return percent === undefined ? undefined : value(percent);
    });
  return [
    ...Object.entries(others).map(([state, share]) => of(state, (percent) => (100 - percent) * share)),
    ...Object.entries(used).map(([state, share]) => of(state, (percent) => percent * share)),
  ];
}

function seriesFor(
  resource: FleetResource,
  metric: Readonly<Record<string, string>>,
  valueAt: (minute: number) => number | undefined,
): StoredSeries {
  return { labels: { ...placeLabels(resource), metric }, key: resource.key, valueAt };
}

function placeLabels(resource: FleetResource): Omit<SeriesLabels, "metric"> {
  const zone = zoneOf(resource);
  return {
    resource: { project_id: resource.account, zone, instance_id: resource.id },
    user: resource.tags,
    system: { name: resource.name, region: resource.region, machine_type: machineTypeOf(resource), state: "ACTIVE" },
  };
}

function scaled(resource: FleetResource, metric: MetricName, minute: number, factor: number): number | undefined {
  const raw = rawMinute(resource, metric, minute);
  return raw === undefined ? undefined : (raw.sum / raw.count) * factor;
}
