import { COMPUTE_ROOT, type ComputeInstance, computeInstances } from "./compute-instances.ts";
import { GoogleError } from "./google-error.ts";
import { compileListFilter } from "./list-filter.ts";
import { GCP_FLEET_PLAN, zonesOf } from "./native-names.ts";
import { pageToken, readPageToken } from "./page-token.ts";
import { pageLost, unavailable } from "./refusals.ts";
import { CLOUD_PLATFORM_SCOPE, type GoogleReply, type GoogleRequest, type GoogleService, type GoogleServiceFactory } from "./service.ts";

const LARGEST_PAGE = 500;
/** Regions and zones, as names order them. */
const REGIONS: readonly string[] = GCP_FLEET_PLAN.regions.map(({ id }) => id).toSorted();
const ZONES: readonly string[] = REGIONS.flatMap(zonesOf);

/** Compute Engine: instances of all zones at once, and regions. */
export const computeService: GoogleServiceFactory = (fleet) => {
  const instances = computeInstances(fleet);
  const service: GoogleService = {
    id: "compute",
    host: "compute.googleapis.com",
    scopes: [CLOUD_PLATFORM_SCOPE, "https://www.googleapis.com/auth/compute", "https://www.googleapis.com/auth/compute.readonly"],
    quota: { metric: "default", limit: "defaultPerMinutePerProject", title: "Queries" },
    legacyErrors: true,
    methods: [
      {
        name: "AggregatedListInstances",
        rpc: "compute.v1.InstancesService.AggregatedList",
        verb: "GET",
        path: /^\/compute\/v1\/projects\/(?<project>[^/]+)\/aggregated\/instances$/,
        permission: "compute.instances.list",
        answer: (request) => aggregatedList(service, instances.get(request.project) ?? [], request),
      },
      {
        name: "ListRegions",
        rpc: "compute.v1.RegionsService.List",
        verb: "GET",
        path: /^\/compute\/v1\/projects\/(?<project>[^/]+)\/regions$/,
        permission: "compute.regions.list",
        answer: (request) => listRegions(service, request),
      },
    ],
  };
  return service;
};

function aggregatedList(service: GoogleService, all: readonly ComputeInstance[], request: GoogleRequest): GoogleReply {
  const { query, project } = request;
  const matches = filterOf(query);
  const unreachable = new Set(REGIONS.filter((region) => request.denies(region)).flatMap(zonesOf));
  const partial = query.get("returnPartialSuccess") === "true";
  if (unreachable.size > 0 && !partial) throw unavailable();
  const limit = pageSize(query);
  const position = positionOf(service, request);
  const found = all.filter((instance) => !unreachable.has(instance.zone) && matches(instance.shape));
  const page = found.slice(position, position + limit);
  const byZone = Map.groupBy(page, (instance) => instance.zone);
  const items = ZONES.map((zone) => `"zones/${zone}":${scopedList(zone, byZone.get(zone), unreachable.has(zone))}`);
  const rest = {
    ...(position + limit < found.length ? { nextPageToken: tokenAt(position + limit, request) } : {}),
    selfLink: `${COMPUTE_ROOT}/projects/${project}/aggregated/instances`,
    ...(unreachable.size > 0 ? { unreachables: [...unreachable].map((zone) => `projects/${project}/zones/${zone}`) } : {}),
  };
  return `{"kind":"compute#instanceAggregatedList","id":"projects/${project}/aggregated/instances","items":{${items.join(",")}},${JSON.stringify(rest).slice(1)}`;
}

/** An `InstancesScopedList`: every zone is in every page, if only to say that nothing of it is. */
function scopedList(zone: string, instances: readonly ComputeInstance[] | undefined, unreachable: boolean): string {
  if (instances !== undefined) return `{"instances":[${instances.map((instance) => instance.json).join(",")}]}`;
  const [code, message] = unreachable
    ? ["UNREACHABLE", `The scope 'zones/${zone}' is unreachable.`]
    : ["NO_RESULTS_ON_PAGE", `There are no results for scope 'zones/${zone}' on this page.`];
  return JSON.stringify({ warning: { code, message, data: [{ key: "scope", value: `zones/${zone}` }] } });
}

function listRegions(service: GoogleService, request: GoogleRequest): GoogleReply {
  const { query, project } = request;
  const matches = filterOf(query);
  const limit = pageSize(query);
  const position = positionOf(service, request);
  const found = REGIONS.map((region) => regionShape(project, region)).filter((region) => matches(region));
  return {
    kind: "compute#regionList",
    id: `projects/${project}/regions`,
    items: found.slice(position, position + limit),
    ...(position + limit < found.length ? { nextPageToken: tokenAt(position + limit, request) } : {}),
    selfLink: `${COMPUTE_ROOT}/projects/${project}/regions`,
  };
}

function regionShape(project: string, region: string): Readonly<Record<string, unknown>> {
  return {
    kind: "compute#region",
    id: String(1_000 + 10 * REGIONS.indexOf(region)),
    creationTimestamp: "1969-12-31T16:00:00.000-08:00",
    name: region,
    description: region,
    status: "UP",
    zones: zonesOf(region).map((zone) => `${COMPUTE_ROOT}/projects/${project}/zones/${zone}`),
    quotas: [{ metric: "CPUS", limit: 2_400, usage: 0 }],
    selfLink: `${COMPUTE_ROOT}/projects/${project}/regions/${region}`,
    supportsPzs: false,
  };
}

function filterOf(query: URLSearchParams): ReturnType<typeof compileListFilter> {
  const filter = query.get("filter") ?? "";
  const message = `Invalid value for field 'filter': '${filter}'. Invalid list filter expression.`;
  return compileListFilter(filter, () => new GoogleError("INVALID_ARGUMENT", message, { reason: "invalid" }));
}

/** From 0 to 500, and 500 without it or with 0 (API reference, `maxResults`). */
function pageSize(query: URLSearchParams): number {
  const text = query.get("maxResults") ?? "0";
  const size = Number(text);
  if (!/^\d+$/.test(text) || size > LARGEST_PAGE) {
    throw new GoogleError(
      "INVALID_ARGUMENT",
      `Invalid value for field 'maxResults': '${text}'. Value must be between 0 and ${LARGEST_PAGE}, inclusive.`,
      { reason: "invalid" },
    );
  }
  return size === 0 ? LARGEST_PAGE : size;
}

function positionOf(service: GoogleService, request: GoogleRequest): number {
  const token = request.query.get("pageToken") ?? "";
  const page = readPageToken(token, bindingOf(request), request.nowMs);
  if (page === undefined) throw pageLost(service, token);
  return page.position;
}

function tokenAt(position: number, request: GoogleRequest): string {
  return pageToken({ position, snapshotMs: request.nowMs }, bindingOf(request));
}

/** Tokens go with the filter they were made for, and with the project. */
function bindingOf({ method, project, query }: GoogleRequest): unknown {
  return [method.name, project, query.get("filter") ?? ""];
}
