import { z } from "zod";
import type { Fleet, FleetResource } from "../fleet.ts";
import { type CloudMonitorMetric, findSpace, type MetricSpace, reportsTo } from "./metric-catalogue.ts";
import { type PointQuery, periodStarts, pointsJson } from "./observe-points.ts";
import type { VolcengineHandler, VolcengineRequest } from "./service.ts";
import { VolcengineError } from "./volcengine-error.ts";

/** Instances and points of one request (API reference, GetMetricData, "Limits"). */
const MOST_INSTANCES = 50;
const MOST_POINTS = 1_440;
const LEAST_PERIOD_SECONDS = 30;
const DAY_SECONDS = 86_400;
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: DAY_SECONDS, w: 7 * DAY_SECONDS };
const RESOURCE = "ResourceID";

const inputSchema = z.object({
  Namespace: z.string(),
  SubNamespace: z.string(),
  MetricName: z.string(),
  StartTime: z.int().positive(),
  EndTime: z.int().positive(),
  Period: z.string().optional(),
  GroupBy: z.array(z.string()).optional(),
  Instances: z.array(z.object({ Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })) })).min(1),
});
type Input = z.infer<typeof inputSchema>;

/** GetMetricData: one metric of up to fifty instances. */
export function getMetricData(fleet: Fleet): VolcengineHandler {
  return (request) => {
    const parsed = inputSchema.safeParse(request.input);
    if (!parsed.success) throw invalid(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
    const input = parsed.data;
    const space = findSpace(input.Namespace, input.SubNamespace);
    const metric = space?.metrics.get(input.MetricName);
    if (space === undefined || metric === undefined)
      throw invalid(`metric ${input.Namespace}/${input.SubNamespace}/${input.MetricName} does not exist`);
    const period = input.Period ?? usualPeriod(input);
    const query = pointQuery(input, period, space, request);
    const starts = periodStarts(query);
    if (input.Instances.length > MOST_INSTANCES) throw invalid(`the number of Instances must not exceed ${MOST_INSTANCES}`);
    if (input.Instances.length * starts.length > MOST_POINTS)
      throw invalid(`the number of data points of a request must not exceed ${MOST_POINTS}`);
    const results = seriesOf(fleet, request, input, space, metric)
      // In the order of the store, not of the request.
      .sort((left, right) => left.resource.key - right.resource.key)
      .map(({ resource, dimensions }) => seriesJson(dimensions, pointsJson(resource, metric, query, starts)));
    const head = JSON.stringify({
      MetricName: metric.name,
      Namespace: space.namespace,
      Period: period,
      StartTime: input.StartTime,
      EndTime: input.EndTime,
      Unit: metric.unit,
      DescriptionCN: metric.description.zh,
      DescriptionEN: metric.description.en,
    });
    return `{"Data":${head.slice(0, -1)},"MetricDataResults":[${results.join(",")}]}}`;
  };
}

function pointQuery(input: Input, period: string, space: MetricSpace, { nowMs }: VolcengineRequest): PointQuery {
  const [, count = "", unit = ""] = /^([1-9]\d{0,5})([smhdw])$/.exec(period) ?? [];
  const periodSeconds = Number(count) * (UNITS[unit] ?? 0);
  if (periodSeconds < LEAST_PERIOD_SECONDS) throw invalid(`Period ${period} is invalid`);
  const { StartTime: startSeconds, EndTime: endSeconds } = input;
  if (endSeconds <= startSeconds) throw invalid("EndTime must be greater than StartTime");
  if (endSeconds * 1_000 > nowMs) throw invalid("EndTime cannot be in the future");
  if (endSeconds - startSeconds > space.keptDays * DAY_SECONDS)
    throw invalid(`the time range must not exceed the ${space.keptDays} days for which ${space.namespace} is kept`);
  return { startSeconds, endSeconds, periodSeconds, oldestSeconds: nowMs / 1_000 - space.keptDays * DAY_SECONDS, nowMs };
}

/** The API reference does not say which period a request without one has. */
function usualPeriod({ StartTime: start, EndTime: end }: Input): string {
  const seconds = end - start;
  return seconds <= 3_600 ? "1m" : seconds <= DAY_SECONDS ? "1h" : "1d";
}

interface Series {
  readonly resource: FleetResource;
  readonly dimensions: readonly (readonly [name: string, value: string])[];
}

/** What the instances of a request name; those nobody knows give nothing. */
function seriesOf(
  fleet: Fleet,
  { account, region }: VolcengineRequest,
  input: Input,
  space: MetricSpace,
  { kind }: CloudMonitorMetric,
): Series[] {
  const { part } = space;
  const grouped = new Set(input.GroupBy);
  const asked = [...grouped, ...input.Instances.flatMap(({ Dimensions }) => Dimensions.map(({ Name }) => Name))];
  const unknown = asked.find((name) => name !== RESOURCE && name !== part?.name);
  if (unknown !== undefined) throw invalid(`dimension ${unknown} does not exist in ${space.namespace}/${space.subNamespace}`);
  return input.Instances.flatMap(({ Dimensions: dimensions }) => {
    const given = new Map(dimensions.map(({ Name, Value }) => [Name, Value]));
    const id = given.get(RESOURCE);
    if (id === undefined) throw invalid(`dimension ${RESOURCE} is required`);
    const resource = fleet.find(account, region, kind, id);
    if (resource === undefined || !reportsTo(space, resource)) return [];
    if (part === undefined || !(given.has(part.name) || grouped.has(part.name))) return [{ resource, dimensions: [[RESOURCE, id]] }];
    const value = part.valueOf(resource);
    if ((given.get(part.name) ?? value) !== value) return [];
    return [
      {
        resource,
        dimensions: [
          [RESOURCE, id],
          [part.name, value],
        ],
      },
    ];
  });
}

function seriesJson(dimensions: Series["dimensions"], points: string): string {
  const shown = dimensions.map(([Name, Value]) => ({ Name, Value }));
  const legend = dimensions.map(([, value]) => value).join("/");
  return `{"Legend":${JSON.stringify(legend)},"Dimensions":${JSON.stringify(shown)},"DataPoints":[${points}]}`;
}

function invalid(reason: string): VolcengineError {
  return new VolcengineError("InvalidParameter", `The parameter is invalid: ${reason}.`);
}
