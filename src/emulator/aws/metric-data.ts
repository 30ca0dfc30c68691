import type { Fleet } from "../fleet.ts";
import { pagePosition, pageToken } from "../page-token.ts";
import { MINUTE_MS } from "../series.ts";
import { type GetMetricDataInput, getMetricDataSchema, invalidNextToken, parseInput, validationError } from "./cloudwatch-input.ts";
import { findSeries } from "./cloudwatch-metrics.ts";
import { type CloudWatchPoint, parseStatistic, pointsOf } from "./cloudwatch-points.ts";
import type { AwsRequest } from "./service.ts";
import { wireTime } from "./wire-time.ts";

const MAX_QUERIES = 500;
const MAX_DATAPOINTS = 100_800;
// A place in a result is one number: query × this + point. No series keeps more points.
const POINTS_PER_QUERY = 1_000_000;
const DAY_MS = 86_400_000;

type Query = GetMetricDataInput["MetricDataQueries"][number];

interface MetricDataResult {
  readonly Id: string;
  readonly Label: string;
  readonly Timestamps: readonly (string | number)[];
  readonly Values: readonly number[];
  readonly StatusCode: "Complete" | "PartialData";
}

/** GetMetricData for metrics as they are; expressions of every kind are refused. */
export function getMetricData(fleet: Fleet, request: AwsRequest): Record<string, unknown> {
  const input = parseInput(getMetricDataSchema, request.input);
  validate(input);
  const { NextToken: token, ...rest } = input;
  const binding = [request.account, request.region, rest];
  const position = pagePosition(token, binding);
  if (position === undefined) throw invalidNextToken();
  const results: MetricDataResult[] = [];
  let budget = input.MaxDatapoints;
  let skip = position % POINTS_PER_QUERY;
  for (let index = Math.floor(position / POINTS_PER_QUERY); index < input.MetricDataQueries.length; index++) {
    const query = input.MetricDataQueries[index];
    if (query === undefined || !query.ReturnData) continue;
    if (budget === 0) return { MetricDataResults: results, NextToken: pageToken(index * POINTS_PER_QUERY, binding), Messages: [] };
    const points = queryPoints(fleet, request, input, query);
    const page = points.slice(skip, skip + budget);
    const whole = skip + page.length === points.length;
    results.push(toResult(request, query, page, whole));
    if (!whole)
      return { MetricDataResults: results, NextToken: pageToken(index * POINTS_PER_QUERY + skip + page.length, binding), Messages: [] };
    budget -= page.length;
    skip = 0;
  }
  return { MetricDataResults: results, Messages: [] };
}

/** Start of the first period, as GetMetricData rounds it: by how long ago it is, or to a period under a minute. */
export function roundedStart(startMs: number, periodMs: number, nowMs: number): number {
  const agoMs = nowMs - startMs;
  const stepMs = periodMs < MINUTE_MS ? periodMs : agoMs < 15 * DAY_MS ? MINUTE_MS : agoMs <= 63 * DAY_MS ? 5 * MINUTE_MS : 60 * MINUTE_MS;
  return Math.floor(startMs / stepMs) * stepMs;
}

/** Periods CloudWatch takes, in seconds. */
export function isPeriod(seconds: number): boolean {
  return [1, 5, 10, 20, 30].includes(seconds) || (Number.isInteger(seconds) && seconds >= 60 && seconds % 60 === 0);
}

function queryPoints(fleet: Fleet, request: AwsRequest, input: GetMetricDataInput, query: Query): readonly CloudWatchPoint[] {
  const stat = query.MetricStat;
  const statistic = stat && parseStatistic(stat.Stat);
  if (stat === undefined || statistic === undefined) return [];
  const series = findSeries(fleet, request, stat.Metric.Namespace, stat.Metric.MetricName, stat.Metric.Dimensions);
  if (series === undefined || (stat.Unit !== undefined && stat.Unit !== series.metric.unit)) return [];
  const periodMs = stat.Period * 1_000;
  const startMs = roundedStart(input.StartTime, periodMs, request.nowMs);
  const points = pointsOf(series, { startMs, endMs: input.EndTime, periodMs, statistic, nowMs: request.nowMs });
  return input.ScanBy === "TimestampAscending" ? points : points.toReversed();
}

function toResult(request: AwsRequest, query: Query, points: readonly CloudWatchPoint[], whole: boolean): MetricDataResult {
  return {
    Id: query.Id,
    Label: query.Label ?? query.MetricStat?.Metric.MetricName ?? query.Id,
    Timestamps: points.map((point) => wireTime(request, point.timestampMs)),
    Values: points.map((point) => point.value),
    StatusCode: whole ? "Complete" : "PartialData",
  };
}

function validate(input: GetMetricDataInput): void {
  const queries = input.MetricDataQueries;
  if (queries.length > MAX_QUERIES)
    throw validationError(`The collection MetricDataQueries must not have a size greater than ${MAX_QUERIES}.`);
  if (input.StartTime >= input.EndTime) throw validationError("The parameter StartTime must be less than the parameter EndTime.");
  if (!(input.MaxDatapoints >= 1 && input.MaxDatapoints <= MAX_DATAPOINTS)) {
    throw validationError(`The value ${input.MaxDatapoints} for parameter MaxDatapoints must be between 1 and ${MAX_DATAPOINTS}.`);
  }
  const ids = new Set<string>();
  for (const query of queries) {
    if (!/^[a-z]\w{0,254}$/.test(query.Id))
      throw validationError(`The value ${query.Id} is not matching the required pattern ^[a-z][a-zA-Z0-9_]*$.`);
    if (ids.has(query.Id))
      throw validationError(`The values for parameter id in MetricDataQueries are not unique. Duplicate id: ${query.Id}.`);
    ids.add(query.Id);
    validateQuery(query);
  }
  if (!queries.some((query) => query.ReturnData))
    throw validationError("At least one of the elements of MetricDataQueries must have ReturnData set to true.");
}

function validateQuery(query: Query): void {
  if ((query.Expression === undefined) === (query.MetricStat === undefined)) {
    throw validationError(`Exactly one of the parameters Expression and MetricStat must be set in the query ${query.Id}.`);
  }
  // Neither Metrics Insights (SELECT) nor SEARCH nor metric math: an honest refusal rather than a half-true answer.
  if (query.MetricStat === undefined)
    throw validationError(`Error in expression '${query.Id}': Unsupported expression: ${query.Expression}`);
  const { Period, Stat } = query.MetricStat;
  if (!isPeriod(Period)) throw validationError(`The value ${Period} for parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.`);
  if (parseStatistic(Stat) === undefined) throw validationError(`The value ${Stat} for parameter Stat is not supported.`);
}
