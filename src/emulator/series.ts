import type { MetricName } from "../contracts/index.ts";
import type { FleetResource } from "./fleet.ts";
import { chance, noise } from "./hash.ts";

export const MINUTE_MS = 60_000;

/** What was measured within one minute: `count` samples and their sum, least and greatest, in canonical units. */
export interface RawMinute {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

const OF_MACHINES = [
  "cpu.utilization",
  "network.in.bytes",
  "network.out.bytes",
  "disk.read.bytes",
  "disk.write.bytes",
  "status.check.failed",
] as const satisfies readonly MetricName[];
const OF_AGENTS = [...OF_MACHINES, "memory.utilization", "disk.utilization"] as const satisfies readonly MetricName[];
const OF_DATABASES = [
  "cpu.utilization",
  "memory.free.bytes",
  "disk.free.bytes",
  "connections.count",
] as const satisfies readonly MetricName[];
const OF_FUNCTIONS = ["requests.count", "errors.count", "throttles.count", "latency.duration"] as const satisfies readonly MetricName[];
const OF_BALANCERS = ["requests.count", "errors.count", "latency.duration", "targets.unhealthy"] as const satisfies readonly MetricName[];

/** The metrics a resource has, as canonical names; none when it does not run. */
export function metricsOf(resource: FleetResource): readonly MetricName[] {
  if (resource.state !== "running" && resource.state !== "available") return [];
  switch (resource.kind) {
    case "virtual-machine":
      return resource.agent ? OF_AGENTS : OF_MACHINES;
    case "database":
      return OF_DATABASES;
    case "function":
      return OF_FUNCTIONS;
    case "load-balancer":
      return OF_BALANCERS;
  }
}

/**
 * What a resource measured in a minute (minutes since the epoch); undefined where nothing was. A pure function: there is no history to keep.
 * Gauges and rates have one sample a minute, requests and their latencies one per request.
 */
export function rawMinute(resource: FleetResource, metric: MetricName, minute: number): RawMinute | undefined {
  if (!metricsOf(resource).includes(metric)) return undefined;
  switch (metric) {
    case "requests.count": {
      const requests = requestsOf(resource, minute);
      return requests === 0 ? undefined : { count: requests, sum: requests, minimum: 1, maximum: 1 };
    }
    case "errors.count":
      return eventsOf(resource, minute, 3, resource.hot ? 0.08 : chance(resource.key, "errors") < 0.5 ? 0.01 : 0);
    case "throttles.count":
      return eventsOf(resource, minute, 4, resource.hot ? 0.03 : 0);
    case "latency.duration":
      return latencyOf(resource, minute);
    default: {
      const value = gauge(resource, metric, minute);
      return { count: 1, sum: value, minimum: value, maximum: value };
    }
  }
}

function gauge(resource: FleetResource, metric: MetricName, minute: number): number {
  const { key } = resource;
  const level = chance(key, metric);
  switch (metric) {
    case "cpu.utilization": {
      // Hot ones stay above 80 at every hour, the others below 78: a threshold of 80 never hangs on rounding.
      const base = resource.hot ? 88 + level * 6 : 6 + level * 56;
      return rounded(
        clamp(base + day(key, minute) * (resource.hot ? 2 : 8) + (noise(key, minute, 1) - 0.5) * (resource.hot ? 8 : 14), 0.5, 99.5),
      );
    }
    case "memory.utilization":
      return rounded(clamp(25 + level * 65 + day(key, minute) * 3 + (noise(key, minute, 2) - 0.5) * 2, 1, 99));
    case "disk.utilization":
      return rounded(clamp(10 + level * 85 + (noise(key, minute, 5) - 0.5) * 0.2, 1, 99.5));
    case "network.in.bytes":
    case "network.out.bytes":
    case "disk.read.bytes":
    case "disk.write.bytes": {
      // Whole bytes a minute, given per second: three orders of magnitude between the quiet and the busy.
      const perMinute = 60 * 2_000 * 1_000 ** level * (1 + day(key, minute) * 0.3) * (0.7 + 0.6 * noise(key, minute, metric.length));
      return Math.round(perMinute) / 60;
    }
    case "status.check.failed":
      return resource.hot && level < 0.15 ? 1 : 0;
    case "memory.free.bytes":
      return Math.round((resource.hot ? 0.2e9 : 1e9 + level * 12e9) * (0.9 + 0.2 * noise(key, minute, 6)));
    case "disk.free.bytes":
      return Math.round((level < 0.15 ? 1.5e9 : 20e9 + level * 400e9) * (0.99 + 0.02 * noise(key, minute, 7)));
    case "connections.count":
      return Math.round((5 + level * 180) * (1 + day(key, minute) * 0.3) * (0.9 + 0.2 * noise(key, minute, 8)));
    case "targets.unhealthy":
      return level < 0.25 ? 1 + Math.floor(level * 8) : 0;
    default:
      return 0;
  }
}

function requestsOf(resource: FleetResource, minute: number): number {
  const { key } = resource;
  const busy = 2 * 100 ** chance(key, "requests.count");
  return Math.round(busy * (1 + day(key, minute) * 0.4) * (0.6 + 0.8 * noise(key, minute, 9)));
}

/** One sample a request: 1 for those that failed, 0 for the others. */
function eventsOf(resource: FleetResource, minute: number, salt: number, ratio: number): RawMinute | undefined {
  const requests = requestsOf(resource, minute);
  if (requests === 0) return undefined;
  const events = Math.min(requests, Math.round(requests * ratio * 2 * noise(resource.key, minute, salt)));
  // Load balancers publish error counts only for minutes with errors (ELB user guide, "CloudWatch metrics": nonzero value).
  if (events === 0 && resource.kind === "load-balancer") return undefined;
  return { count: requests, sum: events, minimum: events === requests ? 1 : 0, maximum: events > 0 ? 1 : 0 };
}

/** How long each request of a minute took, in milliseconds, in no order; empty where there were none. */
export function latencySamples(resource: FleetResource, minute: number): readonly number[] {
  const { key } = resource;
  const typical = (resource.hot ? 1_200 : 10 * 40 ** chance(key, "latency.duration")) * (0.8 + 0.4 * noise(key, minute, 10));
  // The fifth power makes a long tail: the mean is about 1.6 times the shortest, p99 about five times.
  return Array.from({ length: requestsOf(resource, minute) }, (_, index) =>
    rounded(typical * (1 + 4 * noise(key, minute, 100 + index) ** 5)),
  );
}

function latencyOf(resource: FleetResource, minute: number): RawMinute | undefined {
  const samples = latencySamples(resource, minute);
  if (samples.length === 0) return undefined;
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = 0;
  for (const sample of samples) {
    sum += sample;
    minimum = Math.min(minimum, sample);
    maximum = Math.max(maximum, sample);
  }
  return { count: samples.length, sum, minimum, maximum };
}

/** The rhythm of a day, from -1 to 1, with each resource's own peak hour. */
function day(key: number, minute: number): number {
  return Math.sin((2 * Math.PI * (minute + (key % 1_440))) / 1_440);
}

/** To 1/1024: such numbers add up exactly in any order, so that truth and replies can be compared without tolerance games. */
function rounded(value: number): number {
  return Math.round(value * 1_024) / 1_024;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
