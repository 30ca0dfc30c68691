import type { ProviderContext, Scope, TimeWindow } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";
import type { Clients } from "./clients.ts";
import { required } from "./errors.ts";
import { type MetricSeries, seriesFailure } from "./metric-series.ts";
import type { Aggregation, SeriesPlan } from "./periods.ts";

/** Resources in one call: same subscription, region and type (metrics:getBatch). */
export const MOST_RESOURCES = 50;
/**
 * Series in one reply over a whole subscription. The API's own default is 10, and it names no limit; what does not come is asked for in
 * batches.
 */
const MOST_SERIES = 5_000;

export const BATCH = "GetBatch";
export const SUBSCRIPTION_SCOPE = "ListAtSubscriptionScope";

/** Series of one type of resource in one place. */
export interface SeriesRequest {
  readonly scope: Scope;
  /** The resource type. */
  readonly namespace: string;
  readonly names: readonly string[];
  readonly aggregations: readonly Aggregation[];
  readonly plan: SeriesPlan;
  readonly window: TimeWindow;
}

/** Metrics of at most 50 resources. */
export function readBatch(
  clients: Clients,
  { scope, namespace, names, aggregations, plan, window }: SeriesRequest,
  resourceIds: readonly string[],
  context: ProviderContext,
): Promise<readonly MetricSeries[]> {
  return clients.call(
    {
      service: "batchMetrics",
      operation: BATCH,
      place: { account: scope.account, region: scope.region },
      send: (client) =>
        client.queryResources([...resourceIds], [...names], namespace, {
          startTime: new Date(window.fromMs),
          endTime: new Date(window.toMs),
          interval: plan.interval,
          aggregation: withCount(aggregations),
        }),
      read: (results) =>
        results.flatMap(({ resourceId, metrics }) =>
          metrics.map((metric) =>
            seriesOf(BATCH, required(resourceId, BATCH, "resourceid"), nameOf(metric), {
              ...metric,
              values: metric.timeseries[0] === undefined ? [] : required(metric.timeseries[0].data, BATCH, "data"),
            }),
          ),
        ),
    },
    context,
  );
}

export interface SubscriptionSeries {
  readonly series: readonly MetricSeries[];
  /** Whether resources that are not in it may have data all the same. */
  readonly cut: boolean;
}

/** Metrics of all resources of a type in a subscription and region, those that have data. One request, which later callers read along. */
export function readSubscription(clients: Clients, request: SeriesRequest, context: ProviderContext): AsyncIterable<SubscriptionSeries> {
  const { scope, namespace, names, aggregations, plan, window } = request;
  const key = JSON.stringify([SUBSCRIPTION_SCOPE, scope.account, scope.region, namespace, names, aggregations, plan.interval, window]);
  return context.shared(key, async function* () {
    yield await askSubscription(clients, request, context);
  });
}

async function askSubscription(
  clients: Clients,
  { scope, namespace, names, aggregations, plan, window }: SeriesRequest,
  context: ProviderContext,
): Promise<SubscriptionSeries> {
  try {
    return await clients.call(
      {
        service: "subscriptionMetrics",
        operation: SUBSCRIPTION_SCOPE,
        place: { account: scope.account, region: scope.region },
        send: (client) =>
          // In the body: in its query string the SDK encodes the commas between names, which the service then takes for parts of one name.
          client.metrics.listAtSubscriptionScopePost(scope.region, {
            body: {
              metricNamespace: namespace,
              metricNames: names.join(","),
              filter: "Microsoft.ResourceId eq '*'",
              timespan: `${new Date(window.fromMs).toISOString()}/${new Date(window.toMs).toISOString()}`,
              interval: plan.interval,
              aggregation: withCount(aggregations),
              top: MOST_SERIES,
            },
          }),
        read: ({ value }) => {
          const metrics = required(value, SUBSCRIPTION_SCOPE, "value");
          const series = metrics.flatMap((metric) =>
            metric.timeseries.map((each) => {
              const labels = required(each.metadatavalues, SUBSCRIPTION_SCOPE, "metadatavalues");
              const id = labels.find(({ name }) => name?.value?.toLowerCase() === "microsoft.resourceid")?.value;
              return seriesOf(SUBSCRIPTION_SCOPE, required(id, SUBSCRIPTION_SCOPE, "Microsoft.ResourceId"), metric.name.value, {
                ...metric,
                values: required(each.data, SUBSCRIPTION_SCOPE, "data"),
              });
            }),
          );
          const named = new Set(metrics.map((metric) => metric.name.value.toLowerCase()));
          for (const name of names) if (!named.has(name.toLowerCase())) required(undefined, SUBSCRIPTION_SCOPE, `the metric ${name}`);
          return { series, cut: metrics.some(({ timeseries }) => timeseries.length >= MOST_SERIES) };
        },
      },
      context,
    );
  } catch (error) {
    // What it does not take is asked for in batches, which are always possible.
    if (error instanceof ProviderError && error.code === "PROVIDER_FAILED") return { series: [], cut: true };
    throw error;
  }
}

/** The end of its id; as the name @azure/monitor-query-metrics gives what people read, such as `CPU percent` for `cpu_percent`. */
function nameOf({ id, name }: { readonly id: string; readonly name: string }): string {
  const [, last] = /\/Microsoft\.Insights\/metrics\/(.+)$/i.exec(id ?? "") ?? [];
  return last ?? name;
}

function withCount(aggregations: readonly Aggregation[]): string {
  return [...aggregations, "count"].join(",");
}

interface ReadMetric {
  readonly values: MetricSeries["values"];
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

function seriesOf(operation: string, resourceId: string, metric: string, { values, errorCode, errorMessage }: ReadMetric): MetricSeries {
  const failure = seriesFailure(operation, errorCode, errorMessage);
  return { resourceId, metric: required(metric, operation, "name"), values, ...(failure === undefined ? {} : { failure }) };
}
