import { alarmSinceMs, isWatched } from "../alarm-data.ts";
import type { Fleet, FleetResource } from "../fleet.ts";
import type { TruthAlarm } from "../truth-rows.ts";

type AwsAlarmState = "ALARM" | "OK" | "INSUFFICIENT_DATA";

export interface AwsMetricAlarm {
  readonly type: "metric";
  readonly arn: string;
  readonly name: string;
  readonly resource: FleetResource;
  /** Percent. */
  readonly threshold: number;
  readonly state: AwsAlarmState;
  /** Milliseconds since the epoch. */
  readonly sinceMs: number;
}

export interface AwsCompositeAlarm {
  readonly type: "composite";
  readonly arn: string;
  readonly name: string;
  readonly children: readonly AwsMetricAlarm[];
  readonly state: AwsAlarmState;
  readonly sinceMs: number;
}

export type AwsAlarm = AwsMetricAlarm | AwsCompositeAlarm;

/** The alarms of one account and region: CPU alarms on about a tenth of the machines, and one composite alarm over them where there are two. */
export function alarmsOf(fleet: Fleet, account: string, region: string, nowMs: number): readonly AwsAlarm[] {
  const alarms = fleet
    .of(account, region, "virtual-machine")
    .filter(isWatched)
    .map((resource) => metricAlarm(resource, nowMs));
  const [first, second] = alarms;
  if (first === undefined || second === undefined) return alarms;
  const name = `${region}-fleet-cpu`;
  const ringing = alarms.filter((alarm) => alarm.state === "ALARM");
  const sinceMs = Math.min(...(ringing.length > 0 ? ringing : alarms).map((alarm) => alarm.sinceMs));
  const state = ringing.length > 0 ? "ALARM" : "OK";
  return [...alarms, { type: "composite", arn: arnOf(account, region, name), name, children: alarms, state, sinceMs }];
}

/** The alarms of the whole fleet, as truth tells them. */
export function alarmTruth(fleet: Fleet, nowMs: number): readonly TruthAlarm[] {
  const places = fleet.accounts.flatMap((account) => fleet.regions.map((region) => ({ account: account.id, region: region.id })));
  return places.flatMap(({ account, region }) =>
    alarmsOf(fleet, account, region, nowMs).map((alarm) => ({
      provider: fleet.provider,
      account,
      region,
      id: alarm.arn,
      name: alarm.name,
      state: STATES[alarm.state],
      resource: alarm.type === "metric" ? alarm.resource.id : null,
      metric: alarm.type === "metric" ? "cpu.utilization" : null,
    })),
  );
}

const STATES = { ALARM: "alarm", OK: "ok", INSUFFICIENT_DATA: "insufficient-data" } as const;

function metricAlarm(resource: FleetResource, nowMs: number): AwsMetricAlarm {
  const { account, region, key } = resource;
  const name = `cpu-high-${resource.name}`;
  const state = resource.state !== "running" ? "INSUFFICIENT_DATA" : resource.hot ? "ALARM" : "OK";
  const sinceMs = alarmSinceMs(key, nowMs);
  return { type: "metric", arn: arnOf(account, region, name), name, resource, threshold: 80, state, sinceMs };
}

function arnOf(account: string, region: string, name: string): string {
  return `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
}
