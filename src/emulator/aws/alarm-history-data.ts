import type { Fleet } from "../fleet.ts";
import { chance, hash } from "../hash.ts";
import { type AwsAlarm, alarmsOf } from "./alarm-data.ts";

type AlarmHistoryType = "StateUpdate" | "ConfigurationUpdate" | "Action";

export interface AlarmHistoryItem {
  readonly alarm: AwsAlarm;
  readonly type: AlarmHistoryType;
  readonly timestampMs: number;
  readonly summary: string;
  /** JSON. */
  readonly data: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** "CloudWatch retains the history of an alarm for 30 days" (API reference, DescribeAlarmHistory). */
const KEPT_MS = 30 * DAY_MS;

/**
 * What happened to the alarms of a place within the last 30 days, newest first: how each came into the state it is in, that it rang
 * between none and four times before, whom it told, and that some were changed.
 */
export function alarmHistoryOf(fleet: Fleet, account: string, region: string, nowMs: number): readonly AlarmHistoryItem[] {
  return alarmsOf(fleet, account, region, nowMs)
    .flatMap((alarm) => historyOf(alarm))
    .filter(({ timestampMs }) => timestampMs > nowMs - KEPT_MS && timestampMs <= nowMs)
    .sort((left, right) => right.timestampMs - left.timestampMs || (left.alarm.name < right.alarm.name ? -1 : 1));
}

function historyOf(alarm: AwsAlarm): readonly AlarmHistoryItem[] {
  const key = hash(alarm.arn);
  const before = alarm.state === "OK" ? "ALARM" : "OK";
  const earlier = Array.from({ length: Math.floor(chance(key, "rang") * 5) }, (_, index) => {
    const rangMs = alarm.sinceMs - (2 + index * 5) * DAY_MS - Math.floor(chance(key, "hour", index) * 20 * HOUR_MS);
    const calmMs = rangMs + Math.floor((0.2 + chance(key, "length", index)) * 3 * HOUR_MS);
    return [...stateUpdate(alarm, "OK", "ALARM", rangMs), ...stateUpdate(alarm, "ALARM", "OK", calmMs)];
  });
  const changedMs = alarm.sinceMs - Math.floor(chance(key, "changed") * 60) * DAY_MS - HOUR_MS;
  return [
    ...stateUpdate(alarm, before, alarm.state, alarm.sinceMs),
    ...earlier.flat(),
    {
      alarm,
      type: "ConfigurationUpdate",
      timestampMs: changedMs,
      summary: `Alarm "${alarm.name}" updated`,
      data: JSON.stringify({ version: "1.0", type: "Update", updatedAlarm: { alarmName: alarm.name, alarmArn: alarm.arn } }),
    },
  ];
}

/** A change of state; an alarm that begins to ring tells somebody. */
function stateUpdate(alarm: AwsAlarm, from: string, to: string, timestampMs: number): readonly AlarmHistoryItem[] {
  const update = {
    alarm,
    type: "StateUpdate" as const,
    timestampMs,
    summary: `Alarm updated from ${from} to ${to}`,
    data: JSON.stringify({ version: "1.0", oldState: { stateValue: from }, newState: { stateValue: to } }),
  };
  if (to !== "ALARM") return [update];
  const topic = alarm.arn.replace("cloudwatch", "sns").replace(/:alarm:.*$/, ":on-call");
  const data = JSON.stringify({ actionState: "Succeeded", notificationResource: topic });
  return [update, { alarm, type: "Action", timestampMs: timestampMs + 250, summary: `Successfully executed action ${topic}`, data }];
}
