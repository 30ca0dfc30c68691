import { MAIN, type openGcp, signedToken } from "../open-gcp.ts";
import { OPERATION_PATHS, recordOperationErrors, recordOperations } from "./recorded-operations.ts";
import type { RecordedReply } from "./violations.ts";

type Gcp = Awaited<ReturnType<typeof openGcp>>;
type Query = Readonly<Record<string, string | number | readonly string[]>>;

/** Those without a page token in the query string. */
const UNPAGED: ReadonlySet<string> = new Set(["ListLogEntries", "projects.secrets.versions.access"]);
const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const INTERVAL = { "interval.startTime": "2026-03-10T08:50:00Z", "interval.endTime": "2026-03-10T09:00:00Z" };
const NUMERIC = { $alt: "json;enum-encoding=int" };
const CPU = { filter: 'metric.type="compute.googleapis.com/instance/cpu/utilization"', ...INTERVAL };
const SENT = { filter: 'metric.type="compute.googleapis.com/instance/network/sent_bytes_count"', ...INTERVAL };
const PATHS: Readonly<Record<string, string>> = {
  AggregatedListInstances: `/compute/v1/projects/${MAIN}/aggregated/instances`,
  ListRegions: `/compute/v1/projects/${MAIN}/regions`,
  ListTimeSeries: `/v3/projects/${MAIN}/timeSeries`,
  ListMetricDescriptors: `/v3/projects/${MAIN}/metricDescriptors`,
  GetMetricDescriptor: `/v3/projects/${MAIN}/metricDescriptors/compute.googleapis.com/instance/network/sent_bytes_count`,
  ListAlertPolicies: `/v3/projects/${MAIN}/alertPolicies`,
  ListAlerts: `/v3/projects/${MAIN}/alerts`,
  ListLogEntries: "/v2/entries:list",
  ListLogs: `/v2/projects/${MAIN}/logs`,
  ListTraces: `/v1/projects/${MAIN}/traces`,
  SearchProjects: "/v3/projects:search",
  ListInstances: `/v1/projects/${MAIN}/instances`,
  ...OPERATION_PATHS,
};

/** Every kind of success of every operation. */
export async function recordReplies(gcp: Gcp): Promise<readonly RecordedReply[]> {
  const replies: RecordedReply[] = [];
  const record = async (operation: string, query: Query = {}) => replies.push(await ask(gcp, operation, query));
  await record("AggregatedListInstances", { maxResults: 40 });
  await gcp.control("faults", { deny: ["gcp:asia-east1"] });
  await record("AggregatedListInstances", { returnPartialSuccess: "true", filter: "status!=RUNNING" });
  await record("ListInstances", { maxResults: 10 });
  await gcp.control("faults", { deny: [] });
  await record("ListRegions", { maxResults: 2 });
  replies.push(...(await recordOperations(gcp)));
  for (const query of [CPU, SENT]) {
    await record("ListTimeSeries", { ...query, pageSize: 30 });
    await record("ListTimeSeries", { ...query, ...NUMERIC, pageSize: 30 });
  }
  const aligned = { "aggregation.alignmentPeriod": "300s", "aggregation.perSeriesAligner": "ALIGN_MEAN" };
  const grouped = ["metadata.user_labels.env", "metadata.system_labels.region", "resource.labels.zone"];
  await record("ListTimeSeries", {
    ...CPU,
    ...aligned,
    "aggregation.crossSeriesReducer": "REDUCE_MEAN",
    "aggregation.groupByFields": grouped,
  });
  await record("ListTimeSeries", { ...SENT, ...aligned, "aggregation.perSeriesAligner": "ALIGN_DELTA" });
  await record("ListTimeSeries", { ...CPU, view: "HEADERS", pageSize: 5 });
  await record("ListTimeSeries", { ...CPU, filter: 'metric.type="cloudsql.googleapis.com/database/postgresql/num_backends"' });
  await record("ListTimeSeries", { ...CPU, filter: `${CPU.filter} AND resource.labels.zone="nowhere"` });
  for (const query of [{}, NUMERIC]) {
    await record("ListMetricDescriptors", { ...query, pageSize: 8 });
    await record("GetMetricDescriptor", query);
    await record("ListAlertPolicies", { ...query, pageSize: 5 });
    await record("ListAlerts", { pageSize: 20, ...query });
    await record("ListAlerts", { filter: 'state="CLOSED"', pageSize: 2, ...query });
    await record("ListTraces", { view: "COMPLETE", pageSize: 10, ...query });
    await record("SearchProjects", { pageSize: 1, ...query });
    replies.push(await entries(gcp, query, { filter: "severity>=WARNING", pageSize: 20 }));
  }
  replies.push(await entries(gcp, {}, { filter: 'jsonPayload.message="nobody wrote this"', pageSize: 20 }));
  await record("ListTraces", { view: "ROOTSPAN", pageSize: 2 });
  await record("ListTraces", { pageSize: 2 });
  await record("ListLogs", { pageSize: 2 });
  const traces = JSON.parse((await ask(gcp, "ListTraces", { pageSize: 1 })).body) as { traces: { traceId: string }[] };
  const trace = await gcp.get(`${PATHS.ListTraces}/${traces.traces[0]?.traceId}`);
  replies.push({ operation: "GetTrace", status: trace.status, body: trace.text, numericEnums: false }, await exchange(gcp, {}));
  return replies;
}

/** Every kind of refusal of every operation. */
export async function recordErrors(gcp: Gcp): Promise<readonly RecordedReply[]> {
  const replies: RecordedReply[] = [];
  for (const operation of Object.keys(PATHS)) {
    const call = (query: Query = {}, token?: string) =>
      operation === "ListLogEntries" ? entries(gcp, {}, {}, token) : ask(gcp, operation, query, token);
    for (const kind of ["throttle", "500", "expired"]) {
      await gcp.control("faults", { faults: [`gcp:${operation}:${kind}`] });
      replies.push(await call(operation === "ListTimeSeries" ? CPU : {}));
    }
    await gcp.control("faults", { faults: [] });
    const narrow = signedToken(gcp.credentials, { scope: "https://www.googleapis.com/auth/devstorage.read_only" });
    replies.push(await call({}, ""), await call({}, "nonsense"), await call({}, narrow));
    if (!operation.startsWith("Get") && !UNPAGED.has(operation))
      replies.push(await ask(gcp, operation, { ...(operation === "ListTimeSeries" ? CPU : {}), pageToken: "bm8" }));
  }
  const foreign = await gcp.get(`/v2/projects/somebody-else/logs`);
  const missing = await gcp.get(`${PATHS.ListTraces}/${"1".repeat(32)}`);
  const noMetric = await ask(gcp, "ListTimeSeries", { ...CPU, filter: 'metric.type="custom.googleapis.com/nothing"' });
  const foreignList = await gcp.get("/compute/v1/projects/somebody-else/aggregated/instances");
  return [
    ...replies,
    noMetric,
    { operation: "ListLogs", status: foreign.status, body: foreign.text, numericEnums: false },
    { operation: "GetTrace", status: missing.status, body: missing.text, numericEnums: false },
    { operation: "AggregatedListInstances", status: foreignList.status, body: foreignList.text, numericEnums: false },
    ...(await recordOperationErrors(gcp)),
    await exchange(gcp, { scope: "" }),
    await exchange(gcp, { aud: "https://example.com" }),
  ];
}

async function ask(gcp: Gcp, operation: string, query: Query, token?: string): Promise<RecordedReply> {
  const { status, text } = await gcp.get(PATHS[operation] ?? "", query, token);
  return { operation, status, body: text, numericEnums: query.$alt !== undefined };
}

async function entries(gcp: Gcp, query: Query, body: object, token?: string): Promise<RecordedReply> {
  const path = query.$alt === undefined ? "" : `?$alt=${encodeURIComponent(String(query.$alt))}`;
  const { status, text } = await gcp.post(`${PATHS.ListLogEntries}${path}`, { resourceNames: [`projects/${MAIN}`], ...body }, token);
  return { operation: "ListLogEntries", status, body: text, numericEnums: query.$alt !== undefined };
}

async function exchange(gcp: Gcp, claims: object): Promise<RecordedReply> {
  const scope = "https://www.googleapis.com/auth/cloud-platform";
  const assertion = signedToken(gcp.credentials, { aud: "https://oauth2.googleapis.com/token", scope, ...claims });
  const response = await fetch(`${gcp.url}/token`, { method: "POST", body: new URLSearchParams({ grant_type: GRANT, assertion }) });
  return { operation: "token", status: response.status, body: await response.text(), numericEnums: false };
}
