import type { CompositeAlarm, MetricAlarm, StateValue } from "@aws-sdk/client-cloudwatch";
import type { Alarm, AlarmState, AlarmsCapability, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { required } from "./errors.ts";
import { resourceOfDimensions } from "./metric-dimensions.ts";
import { pagesOf } from "./paging.ts";
import { partitionOf } from "./regions.ts";

const OPERATION = "DescribeAlarms";
const PAGE_SIZE = 100;

const NATIVE_STATES = { alarm: "ALARM", ok: "OK", "insufficient-data": "INSUFFICIENT_DATA" } as const satisfies Record<
  AlarmState,
  StateValue
>;
const STATES: Readonly<Record<string, AlarmState>> = Object.fromEntries(
  Object.entries(NATIVE_STATES).map(([state, native]) => [native, state as AlarmState]),
);

/** Metric and composite alarms. CloudWatch can be asked for one state or for all. */
export function listAlarms(accounts: Accounts): AlarmsCapability["list"] {
  return async function* (scope, states, context) {
    const { sdk, call } = await accounts.connect("cloudwatch", scope, context);
    const [only, ...others] = states;
    const list = pagesOf(OPERATION, (token) =>
      call(
        OPERATION,
        (client, send) =>
          client.send(
            new sdk.DescribeAlarmsCommand({
              AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
              MaxRecords: PAGE_SIZE,
              ...(only === undefined || others.length > 0 ? {} : { StateValue: NATIVE_STATES[only] }),
              ...(token === undefined ? {} : { NextToken: token }),
            }),
            send,
          ),
        (reply) => ({
          page: [
            ...required(reply.MetricAlarms, OPERATION, "MetricAlarms").map((alarm) => metricAlarm(alarm, scope)),
            ...required(reply.CompositeAlarms, OPERATION, "CompositeAlarms").map(commonOf),
          ],
          next: reply.NextToken,
        }),
      ),
    );
    for await (const alarms of list) yield alarms.filter((alarm) => states.includes(alarm.state));
  };
}

function metricAlarm(alarm: MetricAlarm, scope: Scope): Alarm {
  const place = { partition: partitionOf(scope.region), region: scope.region, account: scope.account };
  // Alarms on metric math have no metric of their own, but those they are made of.
  const stat = alarm.MetricName === undefined ? alarm.Metrics?.find((query) => query.MetricStat !== undefined)?.MetricStat?.Metric : alarm;
  const metric = stat?.Namespace && stat.MetricName ? `${stat.Namespace}:${stat.MetricName}` : null;
  const dimensions = (stat?.Dimensions ?? []).map(({ Name = "", Value = "" }) => ({ Name, Value }));
  return { ...commonOf(alarm), metric, resource: resourceOfDimensions(dimensions, place) };
}

function commonOf(alarm: MetricAlarm | CompositeAlarm): Alarm {
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return {
    id: required(alarm.AlarmArn, OPERATION, "AlarmArn"),
    name: required(alarm.AlarmName, OPERATION, "AlarmName"),
    state: required(STATES[required(alarm.StateValue, OPERATION, "StateValue")], OPERATION, "a known StateValue"),
    sinceMs: since?.getTime() ?? null,
    metric: null,
    resource: null,
    reason: alarm.StateReason ?? null,
  };
}
