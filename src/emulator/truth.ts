import { METRICS, type MetricName, RESOURCE_KINDS } from "../contracts/index.ts";
import type { Cloud } from "./cloud.ts";
import type { FleetResource } from "./fleet.ts";
import { MINUTE_MS, metricsOf, rawMinute } from "./series.ts";
import type { TruthAlarm, TruthLog, TruthMetric, TruthRecord, TruthResource, TruthTrace } from "./truth-rows.ts";

export interface Truth {
  readonly from: string;
  readonly to: string;
  readonly resources: readonly TruthResource[];
  readonly logs: readonly TruthLog[];
  readonly traces: readonly TruthTrace[];
  readonly alarms: readonly TruthAlarm[];
  readonly records: readonly TruthRecord[];
}

/** What is so, straight from the world: nothing here passes through the code that forms replies. `fromMs` inclusive, `toMs` exclusive. */
export function truthOf(clouds: readonly Cloud[], fromMs: number, toMs: number, nowMs: number): Truth {
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    resources: clouds.flatMap((cloud) => cloud.fleet.resources.map((resource) => resourceRow(cloud, resource, fromMs, toMs))),
    logs: clouds.flatMap((cloud) => cloud.truth.logs(cloud.fleet, fromMs, toMs)),
    traces: clouds.flatMap((cloud) => cloud.truth.traces(cloud.fleet, fromMs, toMs)),
    alarms: clouds.flatMap((cloud) => cloud.truth.alarms(cloud.fleet, nowMs)),
    records: clouds.flatMap((cloud) => cloud.truth.records?.(cloud.fleet, nowMs) ?? []),
  };
}

function resourceRow({ truth }: Cloud, resource: FleetResource, fromMs: number, toMs: number): TruthResource {
  const { provider, account, region, kind, id, name, tags, monitoring } = resource;
  const { state } = truth.current?.(resource) ?? resource;
  const metrics: Partial<Record<MetricName, TruthMetric>> = {};
  for (const metric of metricsOf(resource)) {
    const value = truthMetric(resource, metric, fromMs, toMs);
    if (value !== undefined) metrics[metric] = value;
  }
  return { provider, account, region, service: RESOURCE_KINDS[kind].service, kind, id, name, state, tags, monitoring, metrics };
}

/** Over the whole minutes in the window: totals by minute, everything else by sample. Undefined where there are none. */
function truthMetric(resource: FleetResource, metric: MetricName, fromMs: number, toMs: number): TruthMetric | undefined {
  const { unit, kind } = METRICS[metric];
  let count = 0;
  let sum = 0;
  let max = Number.NEGATIVE_INFINITY;
  let min = Number.POSITIVE_INFINITY;
  let last = 0;
  for (let minute = Math.ceil(fromMs / MINUTE_MS); (minute + 1) * MINUTE_MS <= toMs; minute++) {
    const raw = rawMinute(resource, metric, minute);
    if (raw === undefined) continue;
    count += kind === "total" ? 1 : raw.count;
    sum += raw.sum;
    max = Math.max(max, kind === "total" ? raw.sum : raw.maximum);
    min = Math.min(min, kind === "total" ? raw.sum : raw.minimum);
    last = kind === "total" ? raw.sum : raw.sum / raw.count;
  }
  if (count === 0) return undefined;
  return { unit, avg: sum / count, max, min, last, ...(kind === "total" ? { sum } : {}) };
}
