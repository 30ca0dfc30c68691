import type { Fleet, FleetResource } from "../fleet.ts";
import { dimensionsOf, illegal, lengthOf, periodOf, requiredMetric, timeOf, type WantedDimensions } from "./cms-input.ts";
import { type CmsMetric, dimensionsOf as ownDimensions } from "./cms-metrics.ts";
import { type CmsPoint, type PointRange, pointsOf } from "./cms-points.ts";
import { pagePosition, pageToken } from "./page-token.ts";
import type { RpcRequest } from "./rpc-service.ts";

interface Series {
  readonly resource: FleetResource;
  /** The members of its points that tell whose they are, as JSON without braces. */
  readonly label: string;
}

const HOUR_MS = 3_600_000;
const LONGEST_RANGE_MS = 31 * 24 * HOUR_MS;
/** How far DescribeMetricLast looks back: data by the second, and by the minute (its reference, `EndTime`). */
const LAST_LOOK_BACK_MS = { seconds: 20 * 60_000, minutes: 2 * HOUR_MS } as const;
const UNBOUND = ["NextToken", "Length"];

/** DescribeMetricList: every point of the resources in the range. */
export function describeMetricList(fleet: Fleet, request: RpcRequest): string {
  const { input, nowMs } = request;
  const metric = requiredMetric(input);
  const periodSeconds = periodOf(input, metric);
  const untilMs = timeOf(input.EndTime) ?? nowMs;
  const afterMs = timeOf(input.StartTime) ?? untilMs - HOUR_MS;
  if (afterMs >= untilMs) throw illegal("StartTime is not before EndTime");
  if (untilMs - afterMs > LONGEST_RANGE_MS) throw illegal("StartTime and EndTime are more than 31 days apart");
  const range = { afterMs, untilMs, periodSeconds, nowMs };
  return reply(fleet, request, metric, range, (series) => pointsOf(metric, series.resource, range));
}

/** DescribeMetricLast: the newest point of each resource. */
export function describeMetricLast(fleet: Fleet, request: RpcRequest): string {
  const { input, nowMs } = request;
  const metric = requiredMetric(input);
  const periodSeconds = periodOf(input, metric);
  const untilMs = timeOf(input.EndTime) ?? nowMs;
  const lookBackMs = LAST_LOOK_BACK_MS[periodSeconds < 60 ? "seconds" : "minutes"];
  const afterMs = Math.max(timeOf(input.StartTime) ?? 0, untilMs - lookBackMs);
  const range = { afterMs, untilMs, periodSeconds, nowMs };
  return reply(fleet, request, metric, range, (series) => pointsOf(metric, series.resource, range).slice(-1));
}

function reply(
  fleet: Fleet,
  request: RpcRequest,
  metric: CmsMetric,
  { periodSeconds }: PointRange,
  read: (series: Series) => readonly CmsPoint[],
): string {
  const { input, account, region } = request;
  if (input.Express) throw illegal("The emulator does not know Express");
  const length = lengthOf(input);
  const wanted = dimensionsOf(input);
  const binding = [
    account,
    region,
    Object.entries(input)
      .filter(([name]) => !UNBOUND.includes(name))
      .sort(),
  ];
  const from = pagePosition(input.NextToken, binding);
  if (from === undefined) throw illegal("NextToken is not known");
  const page: string[] = [];
  let position = 0;
  let more = false;
  for (const series of seriesOf(fleet, request, metric, wanted)) {
    const points = read(series);
    if (position + points.length <= from) {
      position += points.length;
      continue;
    }
    for (const point of points) {
      if (position++ < from) continue;
      more = page.length === length;
      if (more) break;
      page.push(pointJson(metric, series, point));
    }
    if (more) break;
  }
  const next = more ? `,"NextToken":"${pageToken(from + length, binding)}"` : "";
  const datapoints = JSON.stringify(`[${page.join(",")}]`);
  return `"Code":"200","Success":true,"Period":"${periodSeconds}","Datapoints":${datapoints}${next}`;
}

function* seriesOf(
  fleet: Fleet,
  { account, region }: RpcRequest,
  metric: CmsMetric,
  wanted: readonly WantedDimensions[] | undefined,
): Generator<Series> {
  const [idName = ""] = metric.dimensions;
  const seen = new Set<string>();
  for (const filter of wanted ?? [{}]) {
    if (filter.userId !== undefined && filter.userId !== account) continue;
    const id = filter[idName];
    const found = id === undefined ? undefined : fleet.find(account, region, metric.kind, id);
    const resources = id === undefined ? fleet.of(account, region, metric.kind) : found === undefined ? [] : [found];
    for (const resource of resources) {
      const own = ownDimensions(metric, resource);
      if (own === undefined || seen.has(resource.id)) continue;
      if (Object.entries(filter).some(([name, value]) => name !== "userId" && own[name] !== value)) continue;
      seen.add(resource.id);
      yield { resource, label: JSON.stringify({ userId: account, ...own }).slice(1, -1) };
    }
  }
}

function pointJson(metric: CmsMetric, { label }: Series, { timestampMs, average, minimum, maximum }: CmsPoint): string {
  const values = { Average: average, Minimum: minimum, Maximum: maximum, Value: average };
  const statistics = metric.statistics.map((name) => `"${name}":${values[name]}`).join(",");
  return `{"timestamp":${timestampMs},${label},${statistics}}`;
}
