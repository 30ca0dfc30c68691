import { z } from "zod";
import type { Fleet, FleetResource } from "../fleet.ts";
import { armWording, authorizationFailed } from "./arm-wording.ts";
import type { Aggregation } from "./metric-definitions.ts";
import { badRequest, type MetricInput, metricNamesIn, readMetricInput } from "./metric-input.ts";
import { type MetricValue, pointsOf } from "./metric-points.ts";
import { metricShape, type TimeSeries, wireInstant } from "./metric-shape.ts";
import { ResourceIndex } from "./resource-index.ts";
import type { AzureReply, AzureRequest, AzureService } from "./service.ts";
import { ARM_AUDIENCES, ARM_HOST, requireApiVersion } from "./subscriptions.ts";

const PATH = /^\/subscriptions\/([^/]+)\/providers\/Microsoft\.Insights\/metrics$/i;
const API_VERSIONS = ["2024-02-01", "2023-10-01", "2021-05-01"];
const ACTION = "Microsoft.Insights/metrics/read";
const DEFAULT_TOP = 10;
/** The dimension by which a subscription's metrics are told apart. */
const DIMENSION = "Microsoft.ResourceId";

const bodySchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** Metrics of everything of one type in one region of a subscription, from Azure Resource Manager. */
export function subscriptionMetricsService(fleet: Fleet): AzureService {
  const index = new ResourceIndex(fleet);
  const known = new Set(fleet.accounts.map(({ id }) => id));
  return {
    id: "metrics",
    host: ARM_HOST,
    audiences: ARM_AUDIENCES,
    wording: armWording(ACTION),
    route: (request) => {
      const account = PATH.exec(request.path)?.[1]?.toLowerCase();
      if (account === undefined || (request.method !== "GET" && request.method !== "POST")) return undefined;
      return { operation: "ListAtSubscriptionScope", account, region: request.query.get("region")?.toLowerCase() ?? null };
    },
    operations: {
      ListAtSubscriptionScope: (request, { nowMs }) => {
        const account = PATH.exec(request.path)?.[1]?.toLowerCase() ?? "";
        if (!known.has(account)) throw authorizationFailed(ACTION, { account });
        return listMetrics(index, account, request, nowMs);
      },
    },
  };
}

function listMetrics(index: ResourceIndex, account: string, request: AzureRequest, nowMs: number): AzureReply {
  requireApiVersion(request.query, API_VERSIONS);
  const parameters = readParameters(request);
  const region = parameters.get("region")?.toLowerCase();
  if (!region) throw badRequest("The region parameter is required for queries at subscription scope.");
  const [start, end, ...rest] = parameters.get("timespan")?.split("/") ?? [];
  if (rest.length > 0 || (start !== undefined && end === undefined)) throw badRequest("The timespan is not of the form start/end.");
  const input = readMetricInput(
    {
      metricnamespace: parameters.get("metricnamespace"),
      metricnames: request.query.has("metricnames") ? metricNamesIn(request.search) : (parameters.get("metricnames")?.split(",") ?? []),
      aggregation: parameters.get("aggregation"),
      interval: parameters.get("interval"),
      start,
      end,
    },
    nowMs,
  );
  const split = isSplit(parameters.get("filter"));
  const top = readTop(parameters.get("top"), split);
  const resources = index.of(account, region, input.namespace);
  return {
    body: {
      cost: input.metrics.length * (Math.ceil((input.endMs - input.startMs) / 60_000) - 1),
      timespan: `${wireInstant(input.startMs)}/${wireInstant(input.endMs)}`,
      interval: input.interval,
      value: input.metrics.map((metric) => {
        const scope = `/subscriptions/${account}`;
        const { definition } = metric;
        if (!split) return metricShape(scope, definition, [{ metadatavalues: [], data: together(resources, input, metric, nowMs) }]);
        const series = resources.flatMap((resource) => seriesOf(resource, input, metric, nowMs));
        return metricShape(scope, definition, ordered(series, parameters.get("orderby")).slice(0, top));
      }),
      namespace: input.namespace,
      resourceregion: region,
    },
  };
}

/** Parameters stand in the query string or in the body of a POST; in both is an error. `$filter` goes by `filter`. */
function readParameters({ query, json, method }: AzureRequest): ReadonlyMap<string, string> {
  const own = new Map([...query].map(([name, value]) => [name.replace(/^\$/, ""), value]));
  const body = method === "POST" ? bodySchema.safeParse(json ?? {}) : undefined;
  if (body?.success === false) throw badRequest("The request body is invalid.");
  for (const [name, value] of Object.entries(body?.data ?? {})) {
    if (own.has(name.toLowerCase())) throw badRequest(`The parameter '${name}' is specified in the query and in the body.`);
    own.set(name.toLowerCase(), String(value));
  }
  return own;
}

/** Whether each resource has a series of its own. */
function isSplit(filter: string | undefined): boolean {
  if (filter === undefined || filter === "") return false;
  if (new RegExp(`^\\s*${DIMENSION.replace(".", "\\.")}\\s+eq\\s+'\\*'\\s*$`, "i").test(filter)) return true;
  throw badRequest(`The filter '${filter}' is not supported: only ${DIMENSION} eq '*' is emulated.`);
}

function readTop(text: string | undefined, split: boolean): number {
  if (text === undefined) return DEFAULT_TOP;
  if (!split) throw badRequest("The top parameter is valid only if a filter is specified.");
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1) throw badRequest(`The top parameter '${text}' must be a positive number.`);
  return top;
}

type Metric = MetricInput["metrics"][number];

interface OwnSeries extends TimeSeries {
  readonly data: readonly MetricValue[];
}

/** None for a resource without data. Resource ids stand there in lower case. */
function seriesOf(
  resource: FleetResource,
  { startMs, endMs, intervalMs }: MetricInput,
  metric: Metric,
  nowMs: number,
): readonly OwnSeries[] {
  const { definition, aggregations } = metric;
  const data = pointsOf(resource, definition, { startMs, endMs, intervalMs, aggregations, nowMs });
  if (data.length === 0) return [];
  const name = { value: DIMENSION, localizedValue: DIMENSION };
  return [{ metadatavalues: [{ name, value: resource.id.toLowerCase() }], data }];
}

/** One series over all resources. */
function together(resources: readonly FleetResource[], input: MetricInput, { definition, aggregations }: Metric, nowMs: number) {
  const { startMs, endMs, intervalMs } = input;
  const all = ["average", "minimum", "maximum", "total", "count"] as const;
  const points = resources.map((resource) => pointsOf(resource, definition, { startMs, endMs, intervalMs, aggregations: all, nowMs }));
  const timeStamps = points.find((one) => one.length > 0)?.map(({ timeStamp }) => timeStamp) ?? [];
  return timeStamps.map((timeStamp, index) => {
    const there = points.flatMap((one) => (one[index]?.count === undefined ? [] : [one[index]]));
    if (there.length === 0) return { timeStamp };
    const sum = (name: Aggregation) => there.reduce((amount, point) => amount + (point[name] ?? 0), 0);
    const values: Record<Aggregation, number> = {
      average: sum("total") / sum("count"),
      minimum: Math.min(...there.map((point) => point.minimum ?? Number.POSITIVE_INFINITY)),
      maximum: Math.max(...there.map((point) => point.maximum ?? Number.NEGATIVE_INFINITY)),
      total: sum("total"),
      count: sum("count"),
    };
    return { timeStamp, ...Object.fromEntries(aggregations.map((aggregation) => [aggregation, values[aggregation]])) };
  });
}

/** `average desc`: by the mean of the points; without an order as they come. */
function ordered(series: readonly OwnSeries[], orderBy: string | undefined): readonly OwnSeries[] {
  if (orderBy === undefined) return series;
  const match = /^\s*(average|minimum|maximum|total|count|sum)(?:\s+(asc|desc))?\s*$/i.exec(orderBy);
  if (match === null) throw badRequest(`The orderby '${orderBy}' is invalid.`);
  const name = (match[1]?.toLowerCase() === "sum" ? "total" : match[1]?.toLowerCase()) as Aggregation;
  const sign = match[2]?.toLowerCase() === "desc" ? -1 : 1;
  const meanOf = ({ data }: OwnSeries) => {
    const values = data.flatMap((point) => point[name] ?? []);
    return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  };
  return series.toSorted((left, right) => (meanOf(left) - meanOf(right)) * sign);
}
