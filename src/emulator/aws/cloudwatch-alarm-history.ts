import type { Fleet } from "../fleet.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { alarmHistoryOf } from "./alarm-history-data.ts";
import { describeAlarmHistorySchema, invalidNextToken, invalidValue, parseInput } from "./cloudwatch-input.ts";
import type { AwsRequest } from "./service.ts";
import { wireTime } from "./wire-time.ts";

const MOST_RECORDS = 100;

/** DescribeAlarmHistory: of metric alarms, and of composite ones where they are asked for. */
export function describeAlarmHistory(fleet: Fleet, request: AwsRequest): Record<string, unknown> {
  const { NextToken: token, MaxRecords: maxRecords, ...input } = parseInput(describeAlarmHistorySchema, request.input);
  if (!Number.isInteger(maxRecords) || maxRecords < 1 || maxRecords > MOST_RECORDS)
    throw invalidValue(`The value ${maxRecords} for parameter MaxRecords must be between 1 and ${MOST_RECORDS}.`);
  const { StartDate: startMs = 0, EndDate: endMs = request.nowMs } = input;
  if (startMs > endMs) throw invalidValue("The parameter StartDate must not be later than the parameter EndDate.");
  const binding = [request.account, request.region, request.operation, input];
  const position = pagePosition(token, binding);
  if (position === undefined) throw invalidNextToken();
  const matching = alarmHistoryOf(fleet, request.account, request.region, request.nowMs).filter(
    ({ alarm, type, timestampMs }) =>
      input.AlarmTypes.includes(alarm.type === "metric" ? "MetricAlarm" : "CompositeAlarm") &&
      (input.AlarmName ?? alarm.name) === alarm.name &&
      (input.HistoryItemType ?? type) === type &&
      timestampMs >= startMs &&
      timestampMs <= endMs,
  );
  const ordered = input.ScanBy === "TimestampDescending" ? matching : matching.toReversed();
  const end = position + maxRecords;
  return {
    AlarmHistoryItems: ordered.slice(position, end).map(({ alarm, type, timestampMs, summary, data }) => ({
      AlarmName: alarm.name,
      AlarmType: alarm.type === "metric" ? "MetricAlarm" : "CompositeAlarm",
      Timestamp: wireTime(request, timestampMs),
      HistoryItemType: type,
      HistorySummary: summary,
      HistoryData: data,
    })),
    ...(end < ordered.length ? { NextToken: pageToken(end, binding) } : {}),
  };
}
