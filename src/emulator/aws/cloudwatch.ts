import type { Fleet } from "../fleet.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { metricsOf } from "../series.ts";
import { describeAlarmHistory } from "./cloudwatch-alarm-history.ts";
import { describeAlarms } from "./cloudwatch-alarms.ts";
import { dashboardOperations } from "./cloudwatch-dashboards.ts";
import {
  getMetricStatisticsSchema,
  invalidCombination,
  invalidNextToken,
  invalidValue,
  listMetricsSchema,
  parseInput,
} from "./cloudwatch-input.ts";
import { CLOUDWATCH_METRICS, type Dimension, findSeries } from "./cloudwatch-metrics.ts";
import { parseStatistic, pointsOf } from "./cloudwatch-points.ts";
import { getMetricData, isPeriod, roundedStart } from "./metric-data.ts";
import type { AwsOperation, AwsRequest, AwsServiceFactory } from "./service.ts";
import { wireTime } from "./wire-time.ts";
import { outputXml } from "./xml.ts";

const MAX_STATISTICS_POINTS = 1_440;
const LIST_PAGE = 500;

/** Amazon CloudWatch: the same operations in JSON and in query XML. */
export const cloudWatchService: AwsServiceFactory = (fleet, changes) => ({
  id: "cloudwatch",
  signingName: "monitoring",
  protocols: ["json-1.0", "query"],
  iamPrefix: "cloudwatch",
  query: { version: "2010-08-01", namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/" },
  targetPrefix: "GraniteServiceVersion20100801",
  operations: {
    GetMetricData: inBothProtocols((request) => getMetricData(fleet, request)),
    GetMetricStatistics: inBothProtocols((request) => getMetricStatistics(fleet, request)),
    ListMetrics: inBothProtocols((request) => listMetrics(fleet, request)),
    DescribeAlarms: inBothProtocols((request) => describeAlarms(fleet, request)),
    DescribeAlarmHistory: inBothProtocols((request) => describeAlarmHistory(fleet, request)),
    ...Object.fromEntries(Object.entries(dashboardOperations(fleet, changes)).map(([name, one]) => [name, inBothProtocols(one)])),
  },
});

function inBothProtocols(operation: (request: AwsRequest) => Record<string, unknown>): AwsOperation {
  return (request) => (request.protocol === "query" ? outputXml(operation(request)) : operation(request));
}

function getMetricStatistics(fleet: Fleet, request: AwsRequest): Record<string, unknown> {
  const input = parseInput(getMetricStatisticsSchema, request.input);
  const names = [...input.Statistics, ...input.ExtendedStatistics];
  if (names.length === 0) throw invalidCombination("At least one of the parameters Statistics and ExtendedStatistics must be specified.");
  if (input.StartTime >= input.EndTime) throw invalidValue("The parameter StartTime must be less than the parameter EndTime.");
  if (!isPeriod(input.Period)) throw invalidValue("The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
  const statistics = names.map((name) => ({ name, statistic: parseStatistic(name), extended: input.ExtendedStatistics.includes(name) }));
  const periodMs = input.Period * 1_000;
  const startMs = roundedStart(input.StartTime, periodMs, request.nowMs);
  const requested = Math.ceil((input.EndTime - startMs) / periodMs);
  if (requested > MAX_STATISTICS_POINTS) {
    throw invalidCombination(
      `You have requested up to ${requested} datapoints, which exceeds the limit of ${MAX_STATISTICS_POINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  const series = findSeries(fleet, request, input.Namespace, input.MetricName, input.Dimensions);
  const points = new Map<number, Record<string, unknown>>();
  for (const { name, statistic, extended } of statistics) {
    if (statistic === undefined) throw invalidValue(`The value ${name} is not a supported statistic.`);
    if (series === undefined || (input.Unit !== undefined && input.Unit !== series.metric.unit)) continue;
    for (const { timestampMs, value } of pointsOf(series, { startMs, endMs: input.EndTime, periodMs, statistic, nowMs: request.nowMs })) {
      const point = points.get(timestampMs) ?? { Timestamp: wireTime(request, timestampMs), Unit: series.metric.unit };
      if (extended) point.ExtendedStatistics = withEntry(request, point.ExtendedStatistics, name, value);
      else point[name] = value;
      points.set(timestampMs, point);
    }
  }
  // The reference promises no order, and the real service keeps none.
  return { Label: input.MetricName, Datapoints: [...points.values()].reverse() };
}

/** A map as the protocol has it: entries in XML, an object in JSON. */
function withEntry(request: AwsRequest, map: unknown, name: string, value: number): unknown {
  if (request.protocol === "query") return new Map(map as ReadonlyMap<string, number> | undefined).set(name, value);
  return { ...(map as Readonly<Record<string, number>> | undefined), [name]: value };
}

function listMetrics(fleet: Fleet, request: AwsRequest): Record<string, unknown> {
  const { NextToken: token, ...input } = parseInput(listMetricsSchema, request.input);
  const binding = [request.account, request.region, input];
  const position = pagePosition(token, binding);
  if (position === undefined) throw invalidNextToken();
  const metrics = CLOUDWATCH_METRICS.filter(
    ({ namespace, name }) => (input.Namespace ?? namespace) === namespace && (input.MetricName ?? name) === name,
  );
  const wanted = (dimensions: readonly Dimension[]) =>
    input.Dimensions.every(({ Name, Value }) =>
      dimensions.some((one) => one.Name === Name && (Value === undefined || one.Value === Value)),
    );
  const page: Record<string, unknown>[] = [];
  let index = 0;
  for (const metric of metrics) {
    for (const resource of fleet.of(request.account, request.region, metric.kind)) {
      if (!metricsOf(resource).includes(metric.metric)) continue;
      for (const dimensions of metric.dimensionSets(resource)) {
        if (!wanted(dimensions) || index++ < position) continue;
        if (page.length === LIST_PAGE) return { Metrics: page, NextToken: pageToken(position + LIST_PAGE, binding) };
        page.push({ Namespace: metric.namespace, MetricName: metric.name, Dimensions: dimensions });
      }
    }
  }
  return { Metrics: page };
}
