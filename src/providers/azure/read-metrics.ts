import type { MetricReading, MetricRequest, MetricsCapability, MetricTarget, ProviderContext, Scope } from "../../contracts/index.ts";
import { smoothedExtremes } from "../shared/smoothed-extremes.ts";
import type { Clients } from "./clients.ts";
import { PROVIDER_NAME, required } from "./errors.ts";
import { readGuestMetrics } from "./guest-metrics.ts";
import { leftOut, type MetricSeries, pointsOf, statisticImpossible } from "./metric-series.ts";
import { type AzureMetric, type AzureSeries, azureMetric } from "./metrics.ts";
import { type Aggregation, aggregationOf, isPossible, type SeriesPlan, seriesPlan } from "./periods.ts";
import { readingOf } from "./readings.ts";
import { BATCH, MOST_RESOURCES, readBatch, readSubscription, type SeriesRequest, SUBSCRIPTION_SCOPE } from "./series-calls.ts";
import type { Workspaces } from "./workspaces.ts";

/** Targets in one `read`. Beyond 50 machines one call answers for the whole place, however many they are. */
export const MOST_TARGETS = 1_000;

/** Types that can be asked for over a whole subscription ("Azure monitoring REST API walkthrough", several resources at a time). */
const SUBSCRIPTION_TYPES: ReadonlySet<string> = new Set(["microsoft.compute/virtualmachines"]);

/** A target on its way. */
interface Job {
  readonly target: MetricTarget;
  readonly metric: AzureMetric;
  readonly series: AzureSeries;
  readonly aggregation: Aggregation;
}

/** Platform metrics, in one call for a subscription, region and type, or in batches of 50 where those are not more. */
export function readMetrics(clients: Clients, workspaces: Workspaces): MetricsCapability["read"] {
  return async function* (scope, request, context) {
    const plan = seriesPlan(request.statistic, request.window);
    const { jobs, settled } = jobsOf(request, plan);
    if (settled.length > 0) yield settled;
    // Amounts are added up by period: how much one minute of it moved is not told.
    const smoothed = smoothedExtremes(PROVIDER_NAME, request.statistic, plan.periodMs);
    if (smoothed !== undefined && jobs.some(({ aggregation }) => aggregation === "total")) context.note(smoothed);
    const { insights = [], platform = [] } = Object.groupBy(jobs, ({ metric }) => metric.store);
    const types = Map.groupBy(platform, ({ target }) => typeOf(target));
    yield* together([
      ...(insights.length > 0 ? [readGuestMetrics({ clients, workspaces }, scope, insights, request, context)] : []),
      ...[...types].map(([type, members]) => readType(clients, scope, type, members, plan, request, context)),
    ]);
  };
}

/** What several readers yield, as it comes. A failure of one is thrown once the others have ended. */
async function* together(readers: readonly AsyncIterator<MetricReading[]>[]): AsyncGenerator<MetricReading[]> {
  const failures: unknown[] = [];
  const advance = (reader: AsyncIterator<MetricReading[]>) =>
    reader.next().then(
      (result) => ({ reader, result }),
      (error: unknown) => {
        failures.push(error);
        return { reader, result: { done: true, value: undefined } as const };
      },
    );
  const waiting = new Map(readers.map((reader) => [reader, advance(reader)]));
  while (waiting.size > 0) {
    const { reader, result } = await Promise.race(waiting.values());
    if (result.done === true) waiting.delete(reader);
    else {
      yield result.value;
      waiting.set(reader, advance(reader));
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function* readType(
  clients: Clients,
  scope: Scope,
  namespace: string,
  jobs: readonly Job[],
  plan: SeriesPlan,
  request: MetricRequest,
  context: ProviderContext,
): AsyncGenerator<MetricReading[]> {
  const asked: SeriesRequest = {
    scope,
    namespace,
    names: [...new Set(jobs.map(({ series }) => series.name))].sort(),
    aggregations: [...new Set(jobs.map(({ aggregation }) => aggregation))].sort(),
    plan,
    window: request.window,
  };
  const byId = Map.groupBy(jobs, ({ target }) => target.resource.id.toLowerCase());
  let missing = [...byId.keys()];
  if (missing.length > MOST_RESOURCES && SUBSCRIPTION_TYPES.has(namespace)) {
    for await (const { series, cut } of readSubscription(clients, asked, context)) {
      const found = indexOf(series);
      // Whoever has no data is not in the reply, unless it was cut.
      const answered = missing.filter((id) => !cut || found.has(id));
      yield answered.flatMap((id) => readingsOf(byId.get(id) ?? [], found.get(id) ?? new Map(), plan, request, SUBSCRIPTION_SCOPE));
      missing = missing.filter((id) => cut && !found.has(id));
    }
  }
  const batches: AsyncGenerator<MetricReading[]>[] = [];
  for (let start = 0; start < missing.length; start += MOST_RESOURCES) {
    const ids = missing.slice(start, start + MOST_RESOURCES);
    batches.push(readIds(clients, asked, ids, byId, request, context));
  }
  yield* together(batches);
}

async function* readIds(
  clients: Clients,
  asked: SeriesRequest,
  ids: readonly string[],
  byId: ReadonlyMap<string, readonly Job[]>,
  request: MetricRequest,
  context: ProviderContext,
): AsyncGenerator<MetricReading[]> {
  const found = indexOf(await readBatch(clients, asked, idsOf(ids, byId), context));
  yield ids.flatMap((id) => readingsOf(byId.get(id) ?? [], found.get(id), asked.plan, request, BATCH));
}

/** As they were listed, whose spelling a reply repeats. */
function idsOf(ids: readonly string[], byId: ReadonlyMap<string, readonly Job[]>): string[] {
  return ids.map((id) => byId.get(id)?.[0]?.target.resource.id ?? id);
}

type SeriesByMetric = ReadonlyMap<string, MetricSeries>;

/** Series by resource and metric, lower case. */
function indexOf(series: readonly MetricSeries[]): ReadonlyMap<string, SeriesByMetric> {
  const index = new Map<string, Map<string, MetricSeries>>();
  for (const each of series) {
    const id = each.resourceId.toLowerCase();
    const known = index.get(id);
    if (known === undefined) index.set(id, new Map([[each.metric.toLowerCase(), each]]));
    else known.set(each.metric.toLowerCase(), each);
  }
  return index;
}

/** `found` is undefined for a resource that a reply should have and does not. */
function readingsOf(
  jobs: readonly Job[],
  found: SeriesByMetric | undefined,
  plan: SeriesPlan,
  request: MetricRequest,
  operation: string,
): MetricReading[] {
  return jobs.map(({ target, metric, series, aggregation }) => {
    const part = found?.get(series.name.toLowerCase());
    const nothing = { target, value: null, points: [], periodMs: plan.periodMs };
    if (part?.failure !== undefined) return { ...nothing, failure: part.failure };
    // A batch names every metric of every resource; over a subscription those with data.
    if (part === undefined) return operation === BATCH ? { ...nothing, failure: leftOut(operation) } : nothing;
    const points = pointsOf(part, aggregation, request.window, operation);
    return readingOf(target, { points, sampling: metric.sampling, series }, plan, request);
  });
}

/** What is to be asked for, and what is known to have no answer. */
function jobsOf({ targets, statistic, window }: MetricRequest, plan: SeriesPlan): { jobs: Job[]; settled: MetricReading[] } {
  const jobs: Job[] = [];
  const settled: MetricReading[] = [];
  for (const target of targets) {
    const metric = required(azureMetric(target.metric), BATCH, `the metric ${target.metric.native}`);
    const series = metric.series[typeOf(target)];
    const nothing = { target, value: null, points: [], periodMs: plan.periodMs };
    // Not every engine has every metric.
    if (series === undefined) settled.push(nothing);
    else if (!isPossible(statistic, metric.sampling, window))
      settled.push({ ...nothing, failure: statisticImpossible(statistic, metric.native) });
    else jobs.push({ target, metric, series, aggregation: aggregationOf(statistic, metric.sampling, series) });
  }
  return { jobs, settled };
}

/** The resource's type, lower case; of one that was not listed by us, what its id says. */
function typeOf({ resource }: MetricTarget): string {
  const { resourceType } = resource.attributes;
  return typeof resourceType === "string" ? resourceType : typeOfId(resource.id);
}

/** `…/providers/Microsoft.Sql/servers/S/databases/D` → `microsoft.sql/servers/databases`. */
function typeOfId(id: string): string {
  const [namespace = "", ...parts] = id.toLowerCase().split("/providers/").at(-1)?.split("/") ?? [];
  return [namespace, ...parts.filter((_, index) => index % 2 === 0)].join("/");
}
