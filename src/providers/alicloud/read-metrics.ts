import type {
  MetricReading,
  MetricRequest,
  MetricsCapability,
  MetricTarget,
  Point,
  ProviderContext,
  TimeWindow,
} from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";
import { shellQuote } from "../shared/shell-quote.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { type Datapoint, parseDatapoints, seriesKey, statisticOf } from "./datapoints.ts";
import { required } from "./errors.ts";
import { type AlicloudMetric, alicloudMetric } from "./metrics.ts";
import { pagesOf } from "./paging.ts";
import { chartPoints, isPercentile, LONGEST_SLICE_MS, reducePoints, type SeriesPlan, seriesPlan } from "./periods.ts";

const OPERATION = "DescribeMetricList";
/** Instances in one request, and points in one reply (CMS API reference). */
export const MOST_INSTANCES = 50;
const MOST_POINTS = 1_440;

/** DescribeMetricList takes one metric of 50 instances at a time. */
export function readMetrics(accounts: Accounts): MetricsCapability["read"] {
  return async function* (scope, request, context) {
    const connection = await accounts.connect(scope, context);
    const { targets } = request;
    for (let start = 0; start < targets.length; start += MOST_INSTANCES) {
      yield await readBatch(connection, targets.slice(start, start + MOST_INSTANCES), request, context);
    }
  };
}

async function readBatch(
  connection: Connection,
  targets: readonly MetricTarget[],
  { statistic, window }: MetricRequest,
  context: ProviderContext,
): Promise<readonly MetricReading[]> {
  const metric = metricOf(targets[0]);
  let plan: SeriesPlan;
  try {
    plan = seriesPlan(statistic, metric, window, context.runtime.clock.now());
  } catch (error) {
    // No request can answer it, and the other metrics of the question can go on.
    if (!(error instanceof ProviderError)) throw error;
    return targets.map((target) => ({ target, value: null, points: [], periodMs: metric.periodsMs[0] ?? 1, failure: error }));
  }
  const byInstance = new Map<string, Datapoint[]>();
  const ids = [...new Set(targets.map(({ resource }) => resource.id))];
  for (const slice of slicesOf(window)) {
    for await (const page of datapointsOf(connection, metric, ids, plan, slice)) {
      for (const point of page) {
        const known = byInstance.get(point.instanceId);
        if (known === undefined) byInstance.set(point.instanceId, [point]);
        else known.push(point);
      }
    }
  }
  return targets.map((target) => readingOf(target, metric, plan, byInstance.get(target.resource.id) ?? [], window));
}

function datapointsOf(connection: Connection, metric: AlicloudMetric, ids: readonly string[], plan: SeriesPlan, slice: TimeWindow) {
  const input = inputOf(metric, ids, plan, slice);
  return pagesOf(OPERATION, (token) =>
    connection.cms(
      OPERATION,
      (client, sdk, runtime) =>
        client.describeMetricListWithOptions(
          new sdk.DescribeMetricListRequest({ ...input, ...(token === undefined ? {} : { nextToken: token }) }),
          runtime,
        ),
      (body) => ({ page: parseDatapoints(required(body.datapoints, OPERATION, "Datapoints")), next: body.nextToken }),
    ),
  );
}

/** Points are stamped with the start of their period, and the window of a request is open at its start and closed at its end. */
function inputOf({ namespace, name }: AlicloudMetric, ids: readonly string[], { periodMs }: SeriesPlan, { fromMs, toMs }: TimeWindow) {
  return {
    namespace,
    metricName: name,
    period: String(periodMs / 1_000),
    startTime: String(fromMs - 1),
    endTime: String(toMs - 1),
    dimensions: JSON.stringify(ids.map((instanceId) => ({ instanceId }))),
    length: String(MOST_POINTS),
  };
}

function readingOf(
  target: MetricTarget,
  metric: AlicloudMetric,
  plan: SeriesPlan,
  datapoints: readonly Datapoint[],
  { fromMs, toMs }: TimeWindow,
): MetricReading {
  const series = new Map<string, Point[]>();
  for (const point of datapoints) {
    if (point.timestamp < fromMs || point.timestamp >= toMs) continue;
    const value = statisticOf(point, plan.field, metric.native);
    if (value instanceof ProviderError) return { target, value: null, points: [], periodMs: plan.periodMs, failure: value };
    const key = seriesKey(point);
    const known = series.get(key);
    if (known === undefined) series.set(key, [[point.timestamp, value * metric.scale]]);
    else known.push([point.timestamp, value * metric.scale]);
  }
  // Of several disks the fullest counts: it is the one that will be full first.
  let value: number | null = null;
  let points: readonly Point[] = [];
  for (const candidate of series.values()) {
    candidate.sort(([left], [right]) => left - right);
    const reduced = reducePoints(candidate, plan);
    if (reduced === null || (value !== null && reduced <= value)) continue;
    value = reduced;
    points = candidate;
  }
  return { target, value, ...chartPoints(points, plan) };
}

function* slicesOf({ fromMs, toMs }: TimeWindow): Generator<TimeWindow> {
  for (let start = fromMs; start < toMs; start += LONGEST_SLICE_MS) yield { fromMs: start, toMs: Math.min(toMs, start + LONGEST_SLICE_MS) };
}

function metricOf(target: MetricTarget | undefined): AlicloudMetric {
  const metric = required(target, OPERATION, "a target").metric;
  return required(alicloudMetric(metric), OPERATION, `the metric ${metric.native}`);
}

/** The query behind one value, as a command of the Alibaba Cloud CLI. */
export function nativeMetricQuery(target: MetricTarget, request: Pick<MetricRequest, "statistic" | "window">): string {
  const metric = metricOf(target);
  const { window, statistic } = request;
  // Where the statistic cannot be had, the points that it would be of.
  const offered = metric.sampled || !isPercentile(statistic) ? statistic : "average";
  const input = inputOf(metric, [target.resource.id], seriesPlan(offered, metric, window, window.toMs), window);
  return [
    "aliyun cms DescribeMetricList",
    `--region ${shellQuote(target.resource.region)}`,
    `--Namespace ${shellQuote(input.namespace)}`,
    `--MetricName ${shellQuote(input.metricName)}`,
    `--Period ${input.period}`,
    `--StartTime ${input.startTime}`,
    `--EndTime ${input.endTime}`,
    `--Length ${input.length}`,
    `--Dimensions ${shellQuote(input.dimensions)}`,
  ].join(" ");
}
