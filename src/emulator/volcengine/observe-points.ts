import { METRICS } from "../../contracts/index.ts";
import type { FleetResource } from "../fleet.ts";
import { noise } from "../hash.ts";
import { MINUTE_MS, metricsOf, rawMinute } from "../series.ts";
import type { CloudMonitorMetric } from "./metric-catalogue.ts";

export interface PointQuery {
  /** Seconds since the epoch, inclusive. */
  readonly startSeconds: number;
  /** Exclusive: ten minutes at one a minute are ten points (API reference, GetMetricData, `Period`). */
  readonly endSeconds: number;
  readonly periodSeconds: number;
  /** Seconds since the epoch: nothing older is kept. */
  readonly oldestSeconds: number;
  readonly nowMs: number;
}

const MINUTE_SECONDS = MINUTE_MS / 1_000;

/** When the periods begin that a query covers, oldest first; they lie at multiples of their length. */
export function periodStarts({ startSeconds, endSeconds, periodSeconds }: PointQuery): readonly number[] {
  const starts: number[] = [];
  const first = Math.floor(startSeconds / periodSeconds) * periodSeconds;
  for (let start = first; start < endSeconds; start += periodSeconds) if (start >= startSeconds || start === first) starts.push(start);
  return starts;
}

/** The points of a series as `{"Timestamp":…,"Value":…}`, joined with commas: the average of each period's minutes, stamped at its start. */
export function pointsJson(resource: FleetResource, metric: CloudMonitorMetric, query: PointQuery, starts: readonly number[]): string {
  if (!metricsOf(resource).includes(metric.metric) || (metric.agent && !resource.agent)) return "";
  const total = METRICS[metric.metric].kind === "total";
  const points: string[] = [];
  for (const start of starts) {
    let count = 0;
    let sum = 0;
    const until = Math.min(start + query.periodSeconds, query.endSeconds);
    for (let stamp = Math.ceil(start / MINUTE_SECONDS) * MINUTE_SECONDS; stamp < until; stamp += MINUTE_SECONDS) {
      if (stamp < query.startSeconds || stamp < query.oldestSeconds) continue;
      const minute = stamp / MINUTE_SECONDS;
      if ((minute + 1) * MINUTE_MS + delayMs(resource.key, minute) > query.nowMs) break;
      const raw = rawMinute(resource, metric.metric, minute);
      // A minute without requests is one with none of them, but it has no latency.
      if (raw === undefined && !total) continue;
      count += total ? 1 : (raw?.count ?? 0);
      sum += raw?.sum ?? 0;
    }
    if (count > 0) points.push(`{"Timestamp":${start},"Value":${(sum / count) * metric.scale}}`);
  }
  return points.join(",");
}

/** How long after its end a minute becomes visible. */
function delayMs(key: number, minute: number): number {
  return 30_000 + Math.floor(noise(key, minute, 12) * 80_000);
}
