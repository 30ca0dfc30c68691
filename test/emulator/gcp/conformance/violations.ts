import { ALERTS, CLOUD_TRACE, COMPUTE, RESOURCE_MANAGER, SQL_ADMIN } from "./discovery-documents.ts";
import { discoverySchema } from "./discovery-schemas.ts";
import { COMPUTE_STORAGE, DASHBOARDS, SECRET_MANAGER } from "./operation-documents.ts";
import { ERROR_PROTOS, LOGGING_PROTOS, MONITORING_PROTOS, sharedEnumNames } from "./proto-schemas.ts";
import { renamedMembers, SCALARS, schemaViolations, type WireSchema } from "./wire-schema.ts";

/** A reply as it came over the wire. */
export interface RecordedReply {
  readonly operation: string;
  readonly status: number;
  readonly body: string;
  /** Whether the client wanted numbers for enumerations. */
  readonly numericEnums: boolean;
}

/** Schemas of successes, by operation. */
const REPLIES: Readonly<Record<string, WireSchema>> = {
  AggregatedListInstances: discoverySchema(COMPUTE, "InstanceAggregatedList", true),
  ListRegions: discoverySchema(COMPUTE, "RegionList", true),
  ListInstances: discoverySchema(SQL_ADMIN, "InstancesListResponse", false),
  ListTraces: discoverySchema(CLOUD_TRACE, "ListTracesResponse", false),
  GetTrace: discoverySchema(CLOUD_TRACE, "Trace", false),
  SearchProjects: discoverySchema(RESOURCE_MANAGER, "SearchProjectsResponse", false),
  ListAlerts: discoverySchema(ALERTS, "ListAlertsResponse", false),
  ListAlertPolicies: MONITORING_PROTOS.message("google.monitoring.v3.ListAlertPoliciesResponse"),
  ListTimeSeries: MONITORING_PROTOS.message("google.monitoring.v3.ListTimeSeriesResponse"),
  ListMetricDescriptors: MONITORING_PROTOS.message("google.monitoring.v3.ListMetricDescriptorsResponse"),
  GetMetricDescriptor: MONITORING_PROTOS.message("google.api.MetricDescriptor"),
  ListLogEntries: LOGGING_PROTOS.message("google.logging.v2.ListLogEntriesResponse"),
  ListLogs: LOGGING_PROTOS.message("google.logging.v2.ListLogsResponse"),
  "disks.aggregatedList": discoverySchema(COMPUTE_STORAGE, "DiskAggregatedList", true),
  "snapshots.list": discoverySchema(COMPUTE_STORAGE, "SnapshotList", true),
  "firewalls.list": discoverySchema(COMPUTE_STORAGE, "FirewallList", true),
  "instances.stop": discoverySchema(COMPUTE_STORAGE, "Operation", true),
  "disks.delete": discoverySchema(COMPUTE_STORAGE, "Operation", true),
  "projects.dashboards.list": discoverySchema(DASHBOARDS, "ListDashboardsResponse", false),
  "projects.notificationChannels.list": MONITORING_PROTOS.message("google.monitoring.v3.ListNotificationChannelsResponse"),
  "projects.sinks.list": LOGGING_PROTOS.message("google.logging.v2.ListSinksResponse"),
  "projects.metrics.list": LOGGING_PROTOS.message("google.logging.v2.ListLogMetricsResponse"),
  "projects.secrets.list": discoverySchema(SECRET_MANAGER, "ListSecretsResponse", false),
  "projects.secrets.versions.access": discoverySchema(SECRET_MANAGER, "AccessSecretVersionResponse", false),
  // RFC 6749, section 5.1.
  token: plainMessage("token", { access_token: SCALARS.string, expires_in: SCALARS.int32, token_type: SCALARS.string }),
};
/** Services whose errors have the older list too (Compute Engine and Cloud SQL guides, "Troubleshooting API errors"). */
const LEGACY: ReadonlySet<string> = new Set([
  "AggregatedListInstances",
  "ListRegions",
  "ListInstances",
  "disks.aggregatedList",
  "snapshots.list",
  "firewalls.list",
  "instances.stop",
  "disks.delete",
]);
/** HTTP statuses of the canonical codes (google/rpc/code.proto). */
const HTTP_STATUSES: Readonly<Record<string, number>> = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};
/** Labels of monitored resources (Cloud Monitoring, "Monitored resource types"). */
const RESOURCE_LABELS: Readonly<Record<string, readonly string[]>> = {
  gce_instance: ["project_id", "instance_id", "zone"],
  cloudsql_database: ["project_id", "database_id", "region"],
};
const REASONS = sharedEnumNames("google/api/error_reason.proto");
const CODES = sharedEnumNames("google/rpc/code.proto");
const TYPE_PREFIX = "type.googleapis.com/";

/** What in a reply does not fit the vendor's published description; empty for a good one. */
export function violations(reply: RecordedReply): string[] {
  const body = parse(reply.body);
  if (body === undefined) return [`${reply.operation}: no JSON`];
  if (reply.status !== 200) return reply.operation === "token" ? tokenErrorViolations(body) : errorViolations(reply, body);
  return [
    ...schemaViolations(schemaOf(reply.operation), body, reply.operation, reply.numericEnums),
    ...labelViolations(body, reply.operation),
  ];
}

/** Paths of all fields of a reply; keys of maps are data, not fields. */
export function fieldPathsOf(reply: RecordedReply): string[] {
  const paths = new Set<string>();
  rewrite(reply, (path, name) => {
    paths.add(path);
    return name;
  });
  return [...paths];
}

/** The body with one field called otherwise, wherever it stands. */
export function renameField(reply: RecordedReply, path: string): string {
  return rewrite(reply, (each, name) => (each === path ? `${name}Renamed` : name));
}

function rewrite(reply: RecordedReply, visit: (path: string, name: string) => string): string {
  const schema = reply.status === 200 ? schemaOf(reply.operation) : undefined;
  const error = schema === undefined ? errorSchema(reply) : schema;
  return JSON.stringify(renamedMembers(error, JSON.parse(reply.body), "", visit));
}

function schemaOf(operation: string): WireSchema {
  const schema = REPLIES[operation];
  if (schema === undefined) throw new RangeError(`Nobody described ${operation}.`);
  return schema;
}

/** `{ error: google.rpc.Status }` (AIP-193). */
function errorViolations({ operation, status }: RecordedReply, body: unknown): string[] {
  const found = schemaViolations(errorSchema({ operation }), body, operation, false);
  const { code, status: name, details = [], errors } = (body as { error?: Record<string, unknown> }).error ?? {};
  if (code !== status) found.push(`${operation}: the code is ${String(code)} in a reply with status ${status}`);
  if (!CODES.has(String(name)) || HTTP_STATUSES[String(name)] !== status)
    found.push(`${operation}: ${String(name)} does not go with ${status}`);
  if (LEGACY.has(operation) !== Array.isArray(errors))
    found.push(`${operation}: errors of this service ${LEGACY.has(operation) ? "have" : "have no"} list`);
  for (const detail of Array.isArray(details) ? details : []) found.push(...detailViolations(detail, operation));
  return found;
}

function detailViolations(detail: Readonly<Record<string, unknown>>, operation: string): string[] {
  const { "@type": type, ...fields } = detail;
  if (typeof type !== "string" || !type.startsWith(TYPE_PREFIX)) return [`${operation}: a detail without a type`];
  const name = type.slice(TYPE_PREFIX.length);
  const found = schemaViolations(ERROR_PROTOS.message(name), fields, `${operation}.${name}`, false);
  if (name !== "google.rpc.ErrorInfo") return found.concat(Object.keys(fields).length === 0 ? [`${operation}: an empty ${name}`] : []);
  if (fields.domain === undefined) found.push(`${operation}: an ErrorInfo without a domain`);
  // Domains have reasons of their own: those of googleapis.com and iam.googleapis.com are published.
  if (!REASONS.has(String(fields.reason))) found.push(`${operation}: nobody knows the reason ${String(fields.reason)}`);
  return found;
}

function errorSchema({ operation }: Pick<RecordedReply, "operation">): WireSchema {
  if (operation === "token") return plainMessage("error", { error: SCALARS.string, error_description: SCALARS.string });
  const item = plainMessage("errors", { message: SCALARS.string, domain: SCALARS.string, reason: SCALARS.string });
  const inner = plainMessage("error", { code: SCALARS.int32, message: SCALARS.string, status: SCALARS.string });
  if (inner.type !== "message") throw new TypeError("A message is a message.");
  const members = new Map([
    ...inner.members,
    ["errors", { schema: () => ({ type: "list", item, mayBeEmpty: false }) as const, required: false }] as const,
    ["details", { schema: () => ({ type: "list", item: DETAIL, mayBeEmpty: false }) as const, required: false }] as const,
  ]);
  return plainMessage("reply", { error: { ...inner, members } });
}

/** Any detail: what belongs to which type of detail is looked at apart. */
const DETAIL: WireSchema = {
  type: "message",
  name: "detail",
  members: new Map([
    ["@type", { schema: () => SCALARS.string, required: true }],
    ["reason", { schema: () => SCALARS.string, required: false }],
    ["domain", { schema: () => SCALARS.string, required: false }],
    ["metadata", { schema: () => ({ type: "map", value: SCALARS.string }), required: false }],
    ["retryDelay", { schema: () => SCALARS.duration, required: false }],
  ]),
  alternatives: [],
};

/** RFC 6749, section 5.2. */
function tokenErrorViolations(body: unknown): string[] {
  return schemaViolations(errorSchema({ operation: "token" }), body, "token", false);
}

function plainMessage(name: string, fields: Readonly<Record<string, WireSchema>>): WireSchema {
  const members = Object.entries(fields).map(([field, schema]) => [field, { schema: () => schema, required: true }] as const);
  return { type: "message", name, members: new Map(members), alternatives: [] };
}

/** Keys of resource labels that the type of resource does not have, wherever a monitored resource stands. */
function labelViolations(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => labelViolations(one, path));
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name !== "resource") return labelViolations(inner, `${path}.${name}`);
    const { type, labels = {} } = inner as { type?: string; labels?: Readonly<Record<string, string>> };
    const known = RESOURCE_LABELS[type ?? ""];
    if (known === undefined) return [`${path}.resource: nobody knows the type ${type}`];
    return Object.keys(labels)
      .filter((label) => !known.includes(label))
      .map((label) => `${path}.resource: ${type} has no label ${label}`);
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
