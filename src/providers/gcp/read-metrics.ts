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
import type { Clients } from "./clients.ts";
import { required } from "./errors.ts";
import { mergeStreams } from "./merge-streams.ts";
import { resolveMetric } from "./metric-descriptors.ts";
import { keptTooShortly, noPercentile } from "./metric-limits.ts";
import { readSeries } from "./metric-series.ts";
import { type GcpMetric, gcpMetric } from "./metrics.ts";
import { MONITORED_RESOURCES } from "./monitored-resources.ts";
import { MOST_POINTS, reducePoints, type SeriesPlan, seriesPlan } from "./periods.ts";
import { quote } from "./quote.ts";

/** Targets of one `read`. All of a project share one request, so small batches cost none, and the first leaves early. */
export const BATCH_SIZE = 100;

/** One `timeSeries.list` for each project and metric, over all regions. */
export function readMetrics(clients: Clients): MetricsCapability["read"] {
  return async function* (scope, request, context) {
    const groups = new Map<string, { metric: GcpMetric; targets: MetricTarget[] }>();
    for (const target of request.targets) {
      const metric = metricOf(target);
      const key = `${metric.native}/${metric.metric ?? ""}/${metric.kind}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { metric, targets: [target] });
      else group.targets.push(target);
    }
    const { statistic, window } = request;
    yield* mergeStreams([...groups.values()].map((group) => readMetric(clients, scope, { ...group, statistic, window }, context)));
  };
}

interface MetricGroup extends MetricRequest {
  readonly metric: GcpMetric;
}

/** Targets of one metric. */
async function* readMetric(
  clients: Clients,
  scope: Scope,
  { metric: named, targets, statistic, window }: MetricGroup,
  context: ProviderContext,
): AsyncGenerator<readonly MetricReading[]> {
  const [first] = targets;
  if (first === undefined) return;
  const metric = await resolveMetric(clients, scope.account, named, context);
  const { type, label, labelOf } = monitoredResource(first);
  const failure = keptTooShortly(metric, window, context.runtime.clock.now());
  const plan = failure === undefined ? seriesPlan(statistic, metric, window, `resource.labels.${label}`) : undefined;
  if (plan === undefined) {
    yield targets.map((target) => ({ target, value: null, points: [], periodMs: 60_000, failure: failure ?? noPercentile(statistic) }));
    return;
  }
  const found = new Map<MetricTarget, Point[]>(targets.map((target) => [target, []]));
  if (plan.window.fromMs < plan.window.toMs) {
    const query = { project: scope.account, filter: filterOf(metric, type), label, plan };
    for await (const page of readSeries(clients, query, context)) {
      for (const [target, points] of found) {
        for (const [endMs, value] of page.get(labelOf(target.resource)) ?? []) points.push([endMs - plan.periodMs, value * metric.scale]);
      }
    }
  }
  yield targets.map((target) => readingOf(target, found.get(target) ?? [], plan));
}

function readingOf(target: MetricTarget, unsorted: readonly Point[], plan: SeriesPlan): MetricReading {
  const points = unsorted
    .filter(([timeMs]) => timeMs >= plan.window.fromMs && timeMs < plan.window.toMs)
    .sort(([left], [right]) => left - right);
  const value = reducePoints(
    points.map(([, each]) => each),
    plan,
  );
  const step = Math.ceil(points.length / MOST_POINTS);
  // Only percentiles have more than can be drawn.
  return { target, value, points: step <= 1 ? points : points.filter((_, index) => index % step === 0), periodMs: plan.periodMs };
}

function metricOf(target: MetricTarget): GcpMetric {
  return required(gcpMetric(target), "ListTimeSeries", `the metric ${target.metric.native}`);
}

function monitoredResource({ resource }: MetricTarget) {
  return required(MONITORED_RESOURCES[resource.kind], "ListTimeSeries", `metrics of a ${resource.kind}`);
}

function filterOf({ native, condition }: GcpMetric, resourceType: string, ...more: readonly string[]): string {
  const parts = [`metric.type = ${quote(native)}`, `resource.type = ${quote(resourceType)}`];
  return [...parts, ...(condition === undefined ? [] : [condition]), ...more].join(" AND ");
}

/** The query behind one value, as a request that curl can send. */
export function nativeMetricQuery(target: MetricTarget, { statistic, window }: Pick<MetricRequest, "statistic" | "window">): string {
  const metric = metricOf(target);
  const { type, label, labelOf } = monitoredResource(target);
  const sampling = metric.sampling === "unknown" ? "level" : metric.sampling;
  const plan = seriesPlan(statistic, { ...metric, sampling }, window, `resource.labels.${label}`);
  const one = `resource.labels.${label} = ${quote(labelOf(target.resource))}`;
  const parameters: Record<string, string> = {
    filter: filterOf(metric, type, one),
    "interval.startTime": new Date(window.fromMs).toISOString(),
    "interval.endTime": new Date(window.toMs).toISOString(),
  };
  for (const name of ["aggregation", "secondaryAggregation"] as const) {
    const aggregation = plan?.[name];
    if (aggregation === undefined) continue;
    parameters[`${name}.alignmentPeriod`] = `${aggregation.alignmentPeriod.seconds}s`;
    parameters[`${name}.perSeriesAligner`] = aggregation.perSeriesAligner;
    if (aggregation.crossSeriesReducer !== undefined) parameters[`${name}.crossSeriesReducer`] = aggregation.crossSeriesReducer;
    for (const field of aggregation.groupByFields ?? []) parameters[`${name}.groupByFields`] = field;
  }
  return [
    "curl -sG",
    '-H "Authorization: Bearer $(gcloud auth print-access-token)"',
    shellQuote(`https://monitoring.googleapis.com/v3/projects/${target.resource.account}/timeSeries`),
    ...Object.entries(parameters).map(([name, value]) => `--data-urlencode ${shellQuote(`${name}=${value}`)}`),
  ].join(" ");
}
