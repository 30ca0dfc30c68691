import type { MetricName, ResourceKind } from "../../contracts/index.ts";
import type { Fleet, FleetResource } from "../fleet.ts";
import { imageIdOf, instanceTypeOf, loadBalancerDimension, targetGroupDimension } from "./native-names.ts";

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

type CloudWatchUnit = "Percent" | "Bytes" | "Count" | "Milliseconds" | "Seconds";

/** A native metric and what it is in the world. */
export interface CloudWatchMetric {
  readonly namespace: string;
  readonly name: string;
  readonly kind: ResourceKind;
  readonly metric: MetricName;
  readonly unit: CloudWatchUnit;
  /** Native sample of a canonical one. */
  native(value: number): number;
  /** One point a minute even with basic monitoring. */
  readonly everyMinute: boolean;
  /** The exact sets of dimensions under which it is published. */
  dimensionSets(resource: FleetResource): readonly (readonly Dimension[])[];
}

/** One published series: a native metric of one resource. */
export interface CloudWatchSeries {
  readonly metric: CloudWatchMetric;
  readonly resource: FleetResource;
}

const same = (value: number) => value;
const perMinute = (value: number) => Math.round(value * 60);
const toSeconds = (value: number) => value / 1_000;

const byInstance = (resource: FleetResource) => [[{ Name: "InstanceId", Value: resource.id }]];
// The agent's wizard writes a configuration that publishes each metric in full and once more by InstanceId alone
// (CloudWatch user guide, "Create the agent configuration file": append_dimensions and aggregation_dimensions).
const byAgent = (resource: FleetResource) => [
  [{ Name: "InstanceId", Value: resource.id }],
  [
    { Name: "ImageId", Value: imageIdOf(resource) },
    { Name: "InstanceId", Value: resource.id },
    { Name: "InstanceType", Value: instanceTypeOf(resource) },
  ],
];
const byAgentDisk = (resource: FleetResource) => {
  const [alone = [], whole = []] = byAgent(resource);
  const disk = { path: "/", device: "nvme0n1p1", fstype: "xfs" };
  return [alone, [...whole, ...Object.entries(disk).map(([Name, Value]) => ({ Name, Value }))]];
};
const byDatabase = (resource: FleetResource) => [[{ Name: "DBInstanceIdentifier", Value: resource.id }]];
const byFunction = (resource: FleetResource) => [
  [{ Name: "FunctionName", Value: resource.id }],
  [
    { Name: "FunctionName", Value: resource.id },
    { Name: "Resource", Value: resource.id },
  ],
];
const byBalancer = (resource: FleetResource) => [[{ Name: "LoadBalancer", Value: loadBalancerDimension(resource) }]];
const byTargetGroup = (resource: FleetResource) => [
  [
    { Name: "LoadBalancer", Value: loadBalancerDimension(resource) },
    { Name: "TargetGroup", Value: targetGroupDimension(resource) },
  ],
];

function metricsOfKind(
  namespace: string,
  kind: ResourceKind,
  everyMinute: boolean,
  dimensionSets: CloudWatchMetric["dimensionSets"],
  rows: readonly (readonly [name: string, metric: MetricName, unit: CloudWatchUnit, native?: (value: number) => number])[],
): readonly CloudWatchMetric[] {
  return rows.map(([name, metric, unit, native = same]) => ({ namespace, name, kind, metric, unit, native, everyMinute, dimensionSets }));
}

/**
 * Every metric that is published. EC2's DiskReadBytes is not: it counts instance store volumes, which none of the emulated types has
 * (EC2 user guide, "CloudWatch metrics that are available for your instances"). Status checks come every minute with basic monitoring too (same page).
 */
export const CLOUDWATCH_METRICS: readonly CloudWatchMetric[] = [
  ...metricsOfKind("AWS/EC2", "virtual-machine", false, byInstance, [
    ["CPUUtilization", "cpu.utilization", "Percent"],
    ["NetworkIn", "network.in.bytes", "Bytes", perMinute],
    ["NetworkOut", "network.out.bytes", "Bytes", perMinute],
    ["EBSReadBytes", "disk.read.bytes", "Bytes", perMinute],
    ["EBSWriteBytes", "disk.write.bytes", "Bytes", perMinute],
  ]),
  ...metricsOfKind("AWS/EC2", "virtual-machine", true, byInstance, [["StatusCheckFailed", "status.check.failed", "Count"]]),
  ...metricsOfKind("CWAgent", "virtual-machine", true, byAgent, [["mem_used_percent", "memory.utilization", "Percent"]]),
  ...metricsOfKind("CWAgent", "virtual-machine", true, byAgentDisk, [["disk_used_percent", "disk.utilization", "Percent"]]),
  ...metricsOfKind("AWS/RDS", "database", true, byDatabase, [
    ["CPUUtilization", "cpu.utilization", "Percent"],
    ["FreeableMemory", "memory.free.bytes", "Bytes"],
    ["FreeStorageSpace", "disk.free.bytes", "Bytes"],
    ["DatabaseConnections", "connections.count", "Count"],
  ]),
  ...metricsOfKind("AWS/Lambda", "function", true, byFunction, [
    ["Invocations", "requests.count", "Count"],
    ["Errors", "errors.count", "Count"],
    ["Throttles", "throttles.count", "Count"],
    ["Duration", "latency.duration", "Milliseconds"],
  ]),
  ...metricsOfKind("AWS/ApplicationELB", "load-balancer", true, byBalancer, [
    ["RequestCount", "requests.count", "Count"],
    ["HTTPCode_Target_5XX_Count", "errors.count", "Count"],
    ["TargetResponseTime", "latency.duration", "Seconds", toSeconds],
  ]),
  ...metricsOfKind("AWS/ApplicationELB", "load-balancer", true, byTargetGroup, [["UnHealthyHostCount", "targets.unhealthy", "Count"]]),
];

const BY_NAME: ReadonlyMap<string, CloudWatchMetric> = new Map(
  CLOUDWATCH_METRICS.map((metric) => [`${metric.namespace}:${metric.name}`, metric]),
);

/** The series under exactly these dimensions; CloudWatch does not aggregate over those left out. */
export function findSeries(
  fleet: Fleet,
  place: { readonly account: string; readonly region: string },
  namespace: string,
  name: string,
  dimensions: readonly Dimension[],
): CloudWatchSeries | undefined {
  const metric = BY_NAME.get(`${namespace}:${name}`);
  const resource = metric && findResource(fleet, place, metric.kind, dimensions);
  if (metric === undefined || resource === undefined) return undefined;
  return metric.dimensionSets(resource).some((set) => sameDimensions(set, dimensions)) ? { metric, resource } : undefined;
}

function findResource(
  fleet: Fleet,
  { account, region }: { readonly account: string; readonly region: string },
  kind: ResourceKind,
  dimensions: readonly Dimension[],
): FleetResource | undefined {
  const value = (name: string) => dimensions.find((dimension) => dimension.Name === name)?.Value ?? "";
  switch (kind) {
    case "virtual-machine":
      return fleet.find(account, region, kind, value("InstanceId"));
    case "database":
      return fleet.find(account, region, kind, value("DBInstanceIdentifier"));
    case "function":
      return fleet.find(account, region, kind, value("FunctionName"));
    case "load-balancer":
      return fleet.find(account, region, kind, `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${value("LoadBalancer")}`);
  }
}

function sameDimensions(left: readonly Dimension[], right: readonly Dimension[]): boolean {
  return (
    left.length === right.length && left.every(({ Name, Value }) => right.some((other) => other.Name === Name && other.Value === Value))
  );
}
