import { z } from "zod";
import type { Fleet, FleetResource } from "../fleet.ts";
import { armWording } from "./arm-wording.ts";
import { armError } from "./azure-error.ts";
import { badRequest, type MetricInput, metricNamesIn, readMetricInput } from "./metric-input.ts";
import { pointsOf } from "./metric-points.ts";
import { metricShape, wireInstant } from "./metric-shape.ts";
import { ResourceIndex, typeOf } from "./resource-index.ts";
import type { AzureReply, AzureRequest, AzureService } from "./service.ts";
import { requireApiVersion } from "./subscriptions.ts";

const PATH = /^\/subscriptions\/([^/]+)\/metrics:getBatch$/i;
const HOST = /^([a-z0-9]+)\.metrics\.monitor\.azure\.com$/;
const API_VERSIONS = ["2024-02-01", "2023-10-01"];
/** "How to migrate from the metrics API to the getBatch API": at most 50 resources of one subscription, region and type. */
const MAX_RESOURCES = 50;

const bodySchema = z.object({ resourceids: z.array(z.string()).min(1) });

/** The metrics data plane: one host a region. */
export function metricsBatchService(fleet: Fleet): AzureService {
  const index = new ResourceIndex(fleet);
  return {
    id: "metrics",
    host: HOST,
    audiences: ["https://metrics.monitor.azure.com"],
    wording: armWording("Microsoft.Insights/metrics/read"),
    route: ({ method, path, host }) => {
      const account = PATH.exec(path)?.[1];
      if (method !== "POST" || account === undefined) return undefined;
      return { operation: "GetBatch", account: account.toLowerCase(), region: HOST.exec(host)?.[1] ?? null };
    },
    operations: { GetBatch: (request, { nowMs }) => getBatch(index, request, nowMs) },
  };
}

function getBatch(index: ResourceIndex, request: AzureRequest, nowMs: number): AzureReply {
  const { query } = request;
  requireApiVersion(query, API_VERSIONS);
  const input = readMetricInput(
    {
      metricnamespace: query.get("metricnamespace"),
      metricnames: metricNamesIn(request.search),
      aggregation: query.get("aggregation"),
      interval: query.get("interval"),
      start: query.get("starttime"),
      end: query.get("endtime"),
    },
    nowMs,
  );
  // Metrics with dimensions to split by are not in this world: an honest refusal rather than a half-true answer.
  if (query.has("filter")) throw badRequest("The filter refers to dimensions that the metrics do not have.");
  const body = bodySchema.safeParse(request.json);
  if (!body.success) throw badRequest("The request body must contain a list of resource IDs in 'resourceids'.");
  const { resourceids } = body.data;
  if (resourceids.length > MAX_RESOURCES) throw badRequest(`The number of resource IDs in a batch should not exceed ${MAX_RESOURCES}.`);
  if (new Set(resourceids.map((id) => id.toLowerCase())).size < resourceids.length) throw badRequest("The resource IDs must be unique.");
  const values = resourceids.map((id) => resourceValue(id, found(index, id, request, input), input, nowMs));
  return { body: { values } };
}

function found(index: ResourceIndex, id: string, { path, host }: AzureRequest, { namespace }: MetricInput): FleetResource {
  const resource = index.find(id);
  const account = PATH.exec(path)?.[1]?.toLowerCase();
  if (!id.toLowerCase().startsWith(`/subscriptions/${account}/`))
    throw badRequest(`The resource '${id}' does not belong to the subscription '${account}'.`);
  if (resource === undefined) throw armError(404, "ResourceNotFound", `The Resource '${id}' was not found.`);
  if (resource.region !== HOST.exec(host)?.[1]) throw badRequest(`The resource '${id}' is not in the region of the endpoint '${host}'.`);
  if (typeOf(resource) !== namespace.toLowerCase()) throw badRequest(`The resource '${id}' is not of the type '${namespace}'.`);
  return resource;
}

function resourceValue(id: string, resource: FleetResource, input: MetricInput, nowMs: number) {
  const { startMs, endMs, intervalMs } = input;
  return {
    starttime: wireInstant(startMs),
    endtime: wireInstant(endMs),
    interval: input.interval,
    namespace: input.namespace,
    resourceregion: resource.region,
    resourceid: id,
    value: input.metrics.map(({ definition, aggregations }) => {
      const data = pointsOf(resource, definition, { startMs, endMs, intervalMs, aggregations, nowMs });
      return metricShape(id, definition, data.length === 0 ? [] : [{ metadatavalues: [], data }]);
    }),
  };
}
