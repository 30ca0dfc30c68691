import type {
  MetricReading,
  MetricRequest,
  MetricsCapability,
  MetricTarget,
  Point,
  ProviderContext,
  Scope,
} from "../../contracts/index.ts";
import { shellQuote } from "../shared/shell-quote.ts";
import type { Accounts } from "./accounts.ts";
import { required } from "./errors.ts";
import { type Dimension, dimensionOf, targetGroupDimension } from "./metric-dimensions.ts";
import { addPart, type MetricSeries, seriesPart, unfinished } from "./metric-series.ts";
import { type AwsMetric, awsMetric } from "./metrics.ts";
import { pagesOf } from "./paging.ts";
import { basePeriodMs, reducePoints, type SeriesPlan, seriesPlan } from "./periods.ts";
import { targetGroupsOf } from "./target-groups.ts";

const OPERATION = "GetMetricData";
/** Metrics in one call (CloudWatch API reference). */
export const MOST_QUERIES = 500;

/** $0.01 per 1,000 metrics requested (CloudWatch pricing, most regions). */
const USD_PER_METRIC = 0.01 / 1_000;

/** A target on its way: one series, or one for each target group behind a load balancer. */
interface Job {
  readonly target: MetricTarget;
  readonly metric: AwsMetric;
  readonly plan: SeriesPlan;
  readonly series: readonly MetricSeries[];
  done: boolean;
}

interface Query {
  readonly job: Job;
  readonly series: MetricSeries;
  readonly dimensions: Dimension[];
}

/** GetMetricData in calls of 500 metrics; a target is answered as soon as its last point has come. */
export function readMetrics(accounts: Accounts): MetricsCapability["read"] {
  return async function* (scope, request, context) {
    const { jobs, queries } = await jobsOf(accounts, scope, request, context);
    // A load balancer without target groups has nothing to ask for.
    const silent = jobs.filter((job) => job.series.length === 0);
    if (silent.length > 0) yield finish(silent);
    for (let start = 0; start < queries.length; start += MOST_QUERIES) {
      const batch = queries.slice(start, start + MOST_QUERIES);
      yield* readBatch(accounts, scope, batch, request, context);
    }
    const missing = jobs.filter((job) => !job.done);
    for (const series of missing.flatMap((job) => job.series)) if (!series.complete) series.failure ??= unfinished();
    if (missing.length > 0) yield finish(missing);
  };
}

async function* readBatch(accounts: Accounts, scope: Scope, batch: readonly Query[], request: MetricRequest, context: ProviderContext) {
  const { sdk, call } = await accounts.connect("cloudwatch", scope, context);
  const { window } = request;
  const input = {
    StartTime: new Date(window.fromMs),
    EndTime: new Date(window.toMs),
    ScanBy: "TimestampAscending" as const,
    MetricDataQueries: batch.map(({ job, dimensions }, index) => ({
      Id: `m${index}`,
      MetricStat: {
        Metric: { Namespace: job.metric.namespace, MetricName: job.metric.name, Dimensions: dimensions },
        Period: job.plan.periodMs / 1_000,
        Stat: job.plan.stat,
      },
    })),
  };
  const list = pagesOf(OPERATION, (token) =>
    call(
      OPERATION,
      (client, send) => client.send(new sdk.GetMetricDataCommand({ ...input, ...(token === undefined ? {} : { NextToken: token }) }), send),
      (reply) => ({ page: required(reply.MetricDataResults, OPERATION, "MetricDataResults").map(seriesPart), next: reply.NextToken }),
      // Each page of a reply is a request, but metrics are charged once.
      () => (token === undefined ? batch.length * USD_PER_METRIC : 0),
    ),
  );
  for await (const parts of list) {
    const finished = new Set<Job>();
    for (const part of parts) {
      const { job, series } = required(batch[Number(part.id.slice(1))], OPERATION, `a metric that was asked for instead of ${part.id}`);
      addPart(series, part);
      if (!job.done && job.series.every((each) => each.complete)) finished.add(job);
    }
    if (finished.size > 0) yield finish([...finished]);
  }
}

async function jobsOf(accounts: Accounts, scope: Scope, request: MetricRequest, context: ProviderContext) {
  const jobs: Job[] = [];
  const queries: Query[] = [];
  const nowMs = context.runtime.clock.now();
  const plans = new Map<string, SeriesPlan>();
  let groups: ReadonlyMap<string, readonly string[]> | undefined;
  for (const target of request.targets) {
    const metric = required(awsMetric(target.metric), OPERATION, `the metric ${target.metric.native}`);
    if (metric.perTargetGroup) groups ??= await targetGroupsOf(accounts, scope, context);
    const own = dimensionOf(target.resource);
    const dimensionSets = metric.perTargetGroup
      ? (groups?.get(target.resource.id) ?? []).map((arn) => [own, targetGroupDimension(arn)])
      : [[own]];
    const series = dimensionSets.map((): MetricSeries => ({ points: new Map(), complete: false }));
    const planKey = `${target.metric.native}/${isBasic(target, metric)}`;
    const plan = plans.get(planKey) ?? planOf(target, metric, request, nowMs);
    plans.set(planKey, plan);
    const job: Job = { target, metric, plan, series, done: false };
    jobs.push(job);
    for (const [index, dimensions] of dimensionSets.entries())
      queries.push({ job, dimensions, series: required(series[index], OPERATION, "series") });
  }
  return { jobs, queries };
}

function planOf(target: MetricTarget, metric: AwsMetric, { statistic, window }: Omit<MetricRequest, "targets">, nowMs: number): SeriesPlan {
  return seriesPlan(statistic, metric.sampling, window, basePeriodMs(window, isBasic(target, metric) ? "basic" : "detailed", nowMs));
}

function isBasic({ resource }: MetricTarget, metric: AwsMetric): boolean {
  return resource.kind === "virtual-machine" && resource.attributes.monitoring === "basic" && !metric.everyMinute;
}

function finish(jobs: readonly Job[]): MetricReading[] {
  return jobs.map((job) => {
    job.done = true;
    const { target, plan, series } = job;
    const failure = series.find((each) => each.failure !== undefined)?.failure;
    if (failure !== undefined) return { target, value: null, points: [], periodMs: plan.periodMs, failure };
    const points = pointsOf(series, job.metric.scale);
    const value = reducePoints(
      points.map(([, each]) => each),
      plan,
    );
    return { target, value, points, periodMs: plan.periodMs };
  });
}

/** Canonical points in order; those of several target groups add up. */
function pointsOf(series: readonly MetricSeries[], scale: number): Point[] {
  const [only, ...others] = series;
  if (only !== undefined && others.length === 0) {
    return Array.from(only.points, ([timeMs, value]): Point => [timeMs, value * scale]).sort(byTime);
  }
  const sums = new Map<number, number>();
  for (const { points } of series) for (const [timeMs, value] of points) sums.set(timeMs, (sums.get(timeMs) ?? 0) + value * scale);
  return [...sums].sort(byTime);
}

function byTime([left]: Point, [right]: Point): number {
  return left - right;
}

/** The query behind one value, as a command of the AWS CLI. */
export function nativeMetricQuery(target: MetricTarget, request: Pick<MetricRequest, "statistic" | "window">): string {
  const metric = required(awsMetric(target.metric), OPERATION, `the metric ${target.metric.native}`);
  const plan = planOf(target, metric, request, request.window.toMs);
  const { Name, Value } = dimensionOf(target.resource);
  const query = [
    {
      Id: "m0",
      MetricStat: {
        Metric: { Namespace: metric.namespace, MetricName: metric.name, Dimensions: [{ Name, Value }] },
        Period: plan.periodMs / 1_000,
        Stat: plan.stat,
      },
    },
  ];
  return [
    "aws cloudwatch get-metric-data",
    `--region ${shellQuote(target.resource.region)}`,
    `--start-time ${new Date(request.window.fromMs).toISOString()}`,
    `--end-time ${new Date(request.window.toMs).toISOString()}`,
    `--metric-data-queries ${shellQuote(JSON.stringify(query))}`,
  ].join(" ");
}
