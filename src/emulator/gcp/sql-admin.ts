import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, hexDigits } from "../hash.ts";
import { DATABASE_DISK_GIGABYTES, DATABASE_MEMORY_BYTES } from "./database-metrics.ts";
import { GoogleError } from "./google-error.ts";
import { compileListFilter } from "./list-filter.ts";
import { isPostgres, projectNumber, zoneOf } from "./native-names.ts";
import { pageToken, readPageToken } from "./page-token.ts";
import { CLOUD_PLATFORM_SCOPE, type GoogleReply, type GoogleRequest, type GoogleServiceFactory } from "./service.ts";

/** The vendor tells a largest page only. */
const LARGEST_PAGE = 1_000;

/** Cloud SQL Admin: database instances. */
export const sqlAdminService: GoogleServiceFactory = (fleet) => ({
  id: "sqladmin",
  host: "sqladmin.googleapis.com",
  scopes: [CLOUD_PLATFORM_SCOPE, "https://www.googleapis.com/auth/sqlservice.admin"],
  quota: { metric: "list", limit: "ListPerMinutePerUser", title: "List requests" },
  legacyErrors: true,
  methods: [
    {
      name: "ListInstances",
      rpc: "google.cloud.sql.v1.SqlInstancesService.List",
      verb: "GET",
      path: /^\/(?:v1|sql\/v1|sql\/v1beta4)\/projects\/(?<project>[^/]+)\/instances$/,
      permission: "cloudsql.instances.list",
      answer: (request) => listInstances(fleet, request),
    },
  ],
});

function listInstances(fleet: Fleet, request: GoogleRequest): GoogleReply {
  const { project, query, nowMs } = request;
  const filter = query.get("filter") ?? "";
  const matches = compileListFilter(filter, () => invalid("filter", filter));
  const limit = pageSize(query.get("maxResults") ?? "0");
  const binding = [request.method.name, project, filter];
  const token = query.get("pageToken") ?? "";
  const page = readPageToken(token, binding, nowMs);
  if (page === undefined) throw invalid("pageToken", token);
  const unreachable = fleet.regions.map(({ id }) => id).filter((region) => request.denies(region));
  const found = fleet.regions
    .filter(({ id }) => !unreachable.includes(id))
    .flatMap(({ id }) => fleet.of(project, id, "database"))
    .map(instanceShape)
    .filter(matches);
  const end = page.position + limit;
  const items = found.slice(page.position, end);
  return {
    kind: "sql#instancesList",
    ...(items.length > 0 ? { items } : {}),
    ...(unreachable.length > 0 ? { warnings: unreachable.map(unreachableWarning) } : {}),
    ...(end < found.length ? { nextPageToken: pageToken({ position: end, snapshotMs: page.snapshotMs }, binding) } : {}),
  };
}

/** The result may be incomplete then (API reference, `ApiWarning`). */
function unreachableWarning(region: string): Readonly<Record<string, string>> {
  return { code: "REGION_UNREACHABLE", message: `The region ${region} is not reachable.`, region };
}

/** The `DatabaseInstance` of the vendor's discovery document. */
function instanceShape(database: FleetResource): Readonly<Record<string, unknown>> {
  const { key, account, region, name, tags } = database;
  const stopped = database.state === "stopped";
  const version = isPostgres(database) ? "POSTGRES_16" : "MYSQL_8_0";
  const created = new Date(Date.UTC(2025, 0, 1) + Math.floor(chance(key, "created") * 365) * 86_400_000 + 43_200_000).toISOString();
  return {
    kind: "sql#instance",
    // An instance its owner stopped is RUNNABLE too: only its activation policy tells (API reference, `SqlInstanceState`).
    state: "RUNNABLE",
    databaseVersion: version,
    databaseInstalledVersion: isPostgres(database) ? "POSTGRES_16_4" : "MYSQL_8_0_39",
    name,
    project: account,
    region,
    gceZone: zoneOf(database),
    connectionName: `${account}:${region}:${name}`,
    instanceType: "CLOUD_SQL_INSTANCE",
    backendType: "SECOND_GEN",
    createTime: created,
    etag: hexDigits(64, key, "etag"),
    selfLink: `https://sqladmin.googleapis.com/v1/projects/${account}/instances/${name}`,
    serviceAccountEmailAddress: `p${projectNumber(account)}-${hexDigits(6, key, "account")}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
    ipAddresses: [{ type: "PRIMARY", ipAddress: `198.51.100.${hash(key, "address") % 254}` }],
    settings: {
      kind: "sql#settings",
      settingsVersion: String(1 + (key % 40)),
      tier: `db-custom-4-${DATABASE_MEMORY_BYTES / 2 ** 20}`,
      edition: "ENTERPRISE",
      availabilityType: chance(key, "regional") < 0.4 ? "REGIONAL" : "ZONAL",
      activationPolicy: stopped ? "NEVER" : "ALWAYS",
      pricingPlan: "PER_USE",
      storageAutoResize: true,
      dataDiskType: "PD_SSD",
      dataDiskSizeGb: String(DATABASE_DISK_GIGABYTES),
      deletionProtectionEnabled: tags.env === "prod",
      userLabels: tags,
      locationPreference: { kind: "sql#locationPreference", zone: zoneOf(database) },
    },
  };
}

function pageSize(text: string): number {
  const size = Number(text);
  if (!/^\d+$/.test(text) || size > LARGEST_PAGE) throw invalid("maxResults", text);
  return size === 0 ? LARGEST_PAGE : size;
}

function invalid(field: string, value: string): GoogleError {
  return new GoogleError("INVALID_ARGUMENT", `Invalid request: Invalid value for ${field}: '${value}'.`, { reason: "invalid" });
}
