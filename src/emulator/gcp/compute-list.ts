import { COMPUTE_ROOT } from "./compute-instances.ts";
import { GoogleError } from "./google-error.ts";
import { compileListFilter } from "./list-filter.ts";
import { GCP_FLEET_PLAN, zonesOf } from "./native-names.ts";
import { pageToken, readPageToken } from "./page-token.ts";
import { pageLost, unavailable } from "./refusals.ts";
import type { GoogleReply, GoogleRequest, GoogleService } from "./service.ts";

type Shape = Readonly<Record<string, unknown>>;

/** An item of an aggregated list, with its JSON ready. */
export interface ScopedItem {
  readonly zone: string;
  readonly shape: Shape;
  readonly json: string;
}

const LARGEST_PAGE = 500;
/** Regions and zones, as names order them. */
export const REGIONS: readonly string[] = GCP_FLEET_PLAN.regions.map(({ id }) => id).toSorted();
const ZONES: readonly string[] = REGIONS.flatMap(zonesOf);

/** What of an aggregated list differs from one kind of resource to the next. */
interface AggregatedKind {
  /** `instances`: the last part of the address, and the field of each scope. */
  readonly field: string;
  /** `compute#instanceAggregatedList`. */
  readonly kind: string;
  /** Whether there are regional ones too: then regions are scopes as well. */
  readonly regional: boolean;
}

/** `aggregatedList`: a page over all zones, in which every scope stands. */
export function aggregatedList(
  service: GoogleService,
  { field, kind, regional }: AggregatedKind,
  all: readonly ScopedItem[],
  request: GoogleRequest,
): GoogleReply {
  const { query, project } = request;
  const matches = filterOf(query);
  const filtered = query.has("filter");
  const deniedRegions = REGIONS.filter((region) => request.denies(region));
  const unreachable = new Set([...deniedRegions.flatMap(zonesOf).map(zoneScope), ...(regional ? deniedRegions.map(regionScope) : [])]);
  const partial = query.get("returnPartialSuccess") === "true";
  if (unreachable.size > 0 && !partial) throw unavailable();
  const limit = pageSize(query);
  const position = positionOf(service, request);
  const found = all.filter((item) => !unreachable.has(zoneScope(item.zone)) && (!filtered || matches(item.shape)));
  const page = found.slice(position, position + limit);
  const byScope = Map.groupBy(page, (item) => zoneScope(item.zone));
  const scopes = [...(regional ? REGIONS.map(regionScope) : []), ...ZONES.map(zoneScope)];
  const items = scopes.map((scope) => `"${scope}":${scopedList(field, scope, byScope.get(scope), unreachable.has(scope))}`);
  const rest = {
    ...(position + limit < found.length ? { nextPageToken: tokenAt(position + limit, request) } : {}),
    selfLink: `${COMPUTE_ROOT}/projects/${project}/aggregated/${field}`,
    ...(unreachable.size > 0 ? { unreachables: [...unreachable].map((scope) => `projects/${project}/${scope}`) } : {}),
  };
  return `{"kind":"${kind}","id":"projects/${project}/aggregated/${field}","items":{${items.join(",")}},${JSON.stringify(rest).slice(1)}`;
}

/** A page of a list of things that are in no zone. `path`: `global/snapshots`. */
export function globalList<Item>(
  service: GoogleService,
  { path, kind, shape }: { readonly path: string; readonly kind: string; readonly shape: (item: Item) => Shape },
  all: readonly Item[],
  request: GoogleRequest,
): GoogleReply {
  const { query, project } = request;
  const filter = query.get("filter") ?? "";
  const matches = filterOf(query);
  const limit = pageSize(query);
  const position = positionOf(service, request);
  // Without a filter only the page is put into shape.
  const found = filter === "" ? all : all.filter((item) => matches(shape(item)));
  const items = found.slice(position, position + limit).map(shape);
  return {
    kind,
    id: `projects/${project}/${path}`,
    ...(items.length > 0 ? { items } : {}),
    ...(position + limit < found.length ? { nextPageToken: tokenAt(position + limit, request) } : {}),
    selfLink: `${COMPUTE_ROOT}/projects/${project}/${path}`,
  };
}

const zoneScope = (zone: string) => `zones/${zone}`;
const regionScope = (region: string) => `regions/${region}`;

/** An `InstancesScopedList` or the like: every scope is in every page, if only to say that nothing of it is. */
function scopedList(field: string, scope: string, items: readonly ScopedItem[] | undefined, unreachable: boolean): string {
  if (items !== undefined) return `{"${field}":[${items.map(({ json }) => json).join(",")}]}`;
  const [code, message] = unreachable
    ? ["UNREACHABLE", `The scope '${scope}' is unreachable.`]
    : ["NO_RESULTS_ON_PAGE", `There are no results for scope '${scope}' on this page.`];
  return JSON.stringify({ warning: { code, message, data: [{ key: "scope", value: scope }] } });
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
