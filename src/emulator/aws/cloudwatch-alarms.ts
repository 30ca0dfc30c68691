import type { Fleet } from "../fleet.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { type AwsAlarm, type AwsCompositeAlarm, type AwsMetricAlarm, alarmsOf } from "./alarm-data.ts";
import { describeAlarmsSchema, invalidNextToken, invalidValue, parseInput } from "./cloudwatch-input.ts";
import type { AwsRequest } from "./service.ts";
import { wireTime } from "./wire-time.ts";

const MAX_RECORDS = 100;

/** DescribeAlarms: metric alarms, and composite ones where they are asked for. */
export function describeAlarms(fleet: Fleet, request: AwsRequest): Record<string, unknown> {
  const { NextToken: token, MaxRecords: maxRecords, ...input } = parseInput(describeAlarmsSchema, request.input);
  if (!Number.isInteger(maxRecords) || maxRecords < 1 || maxRecords > MAX_RECORDS) {
    throw invalidValue(`The value ${maxRecords} for parameter MaxRecords must be between 1 and ${MAX_RECORDS}.`);
  }
  const binding = [request.account, request.region, input];
  const position = pagePosition(token, binding);
  if (position === undefined) throw invalidNextToken();
  const names = input.AlarmNames && new Set(input.AlarmNames);
  const matching = alarmsOf(fleet, request.account, request.region, request.nowMs)
    .filter((alarm) => input.AlarmTypes.includes(alarm.type === "metric" ? "MetricAlarm" : "CompositeAlarm"))
    .filter((alarm) => input.StateValue === undefined || alarm.state === input.StateValue)
    .filter((alarm) => alarm.name.startsWith(input.AlarmNamePrefix ?? ""))
    .filter((alarm) => names === undefined || names.has(alarm.name));
  const page = matching.slice(position, position + maxRecords);
  return {
    MetricAlarms: page.filter((alarm) => alarm.type === "metric").map((alarm) => metricAlarm(request, alarm)),
    CompositeAlarms: page.filter((alarm) => alarm.type === "composite").map((alarm) => compositeAlarm(request, alarm)),
    ...(position + maxRecords < matching.length ? { NextToken: pageToken(position + maxRecords, binding) } : {}),
  };
}

function common(request: AwsRequest, alarm: AwsAlarm, description: string, reason: string): Record<string, unknown> {
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: description,
    AlarmConfigurationUpdatedTimestamp: wireTime(request, Date.UTC(2024, 0, 15, 8)),
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    StateValue: alarm.state,
    StateReason: reason,
    StateReasonData: "{}",
    StateUpdatedTimestamp: wireTime(request, alarm.sinceMs),
    StateTransitionedTimestamp: wireTime(request, alarm.sinceMs),
  };
}

function metricAlarm(request: AwsRequest, alarm: AwsMetricAlarm): Record<string, unknown> {
  return {
    ...common(request, alarm, `CPU of ${alarm.resource.name} above ${alarm.threshold} % for five minutes`, REASONS[alarm.state]),
    Namespace: "AWS/EC2",
    MetricName: "CPUUtilization",
    Dimensions: [{ Name: "InstanceId", Value: alarm.resource.id }],
    Statistic: "Average",
    Period: 300,
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
    Threshold: alarm.threshold,
    ComparisonOperator: "GreaterThanThreshold",
    TreatMissingData: "missing",
  };
}

function compositeAlarm(request: AwsRequest, alarm: AwsCompositeAlarm): Record<string, unknown> {
  const ringing = alarm.children.find((child) => child.state === "ALARM");
  const reason = ringing === undefined ? "No child alarm is in the state ALARM" : `${ringing.arn} transitioned to ALARM`;
  return {
    ...common(request, alarm, "Any CPU alarm of this region", reason),
    AlarmRule: alarm.children.map((child) => `ALARM("${child.name}")`).join(" OR "),
  };
}

const REASONS = {
  ALARM:
    "Threshold Crossed: 1 out of the last 1 datapoints was greater than the threshold (80.0) (minimum 1 datapoint for OK -> ALARM transition).",
  OK: "Threshold Crossed: 1 out of the last 1 datapoints was not greater than the threshold (80.0) (minimum 1 datapoint for ALARM -> OK transition).",
  INSUFFICIENT_DATA: "Insufficient Data: 1 datapoint was unknown.",
} as const;
