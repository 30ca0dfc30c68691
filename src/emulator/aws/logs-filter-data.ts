import { chance } from "../hash.ts";
import type { LogSourceData } from "../log-data.ts";

export interface AwsMetricFilter {
  readonly name: string;
  readonly pattern: string;
  readonly metric: string;
  readonly namespace: string;
  readonly createdMs: number;
}

export interface AwsSubscriptionFilter {
  readonly name: string;
  /** Empty: every line. */
  readonly pattern: string;
  readonly destinationArn: string;
  readonly roleArn: string;
  readonly createdMs: number;
}

const DAY_MS = 86_400_000;

export function groupCreatedMs({ key }: LogSourceData): number {
  return Date.UTC(2025, 0, 1) + Math.floor(chance(key, "created") * 365) * DAY_MS;
}

/** What of a group is counted as a metric: errors of half of the groups, slow requests of some applications. */
export function metricFiltersOf(source: LogSourceData): readonly AwsMetricFilter[] {
  const { key, kind, name, service } = source;
  const filter = (what: string, pattern: string) => ({
    name: `${name}-${what}`,
    pattern,
    metric: `${what}-count`,
    namespace: `App/${service}`,
    createdMs: groupCreatedMs(source) + DAY_MS,
  });
  return [
    ...(chance(key, "counts errors") < 0.5 ? [filter("errors", '{ $.level = "ERROR" }')] : []),
    ...(kind === "application" && chance(key, "counts slow requests") < 0.4 ? [filter("slow", "{ $.latencyMs > 1000 }")] : []),
  ];
}

/** Where the lines of a group are sent on: those of every fourth group to a stream of the same account and region. */
export function subscriptionFiltersOf(source: LogSourceData): readonly AwsSubscriptionFilter[] {
  const { key, account, region, name } = source;
  if (chance(key, "is sent on") >= 0.25) return [];
  return [
    {
      name: `${name}-to-lake`,
      pattern: chance(key, "sends errors only") < 0.5 ? '{ $.level = "ERROR" }' : "",
      destinationArn: `arn:aws:kinesis:${region}:${account}:stream/log-lake`,
      roleArn: `arn:aws:iam::${account}:role/logs-to-kinesis`,
      createdMs: groupCreatedMs(source) + 2 * DAY_MS,
    },
  ];
}
