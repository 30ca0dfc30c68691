import type { Fleet } from "../fleet.ts";
import { hash } from "../hash.ts";
import { type AlertData, type AlertPolicyData, alertPoliciesOf, CPU_METRIC, machineFilter, numericName } from "./alert-data.ts";
import { ALERT_CHANNEL_ID } from "./channel-data.ts";
import { ALIGNERS, enumValue } from "./enumerations.ts";
import { invalidArgument } from "./google-error.ts";
import { compileListFilter } from "./list-filter.ts";
import { listPage } from "./list-page.ts";
import { zoneOf } from "./native-names.ts";
import { formatTimestamp, QueryFields } from "./query-fields.ts";
import type { GoogleReply, GoogleRequest } from "./service.ts";

const COMBINERS = { COMBINE_UNSPECIFIED: 0, AND: 1, OR: 2 } as const;
const COMPARISONS = { COMPARISON_UNSPECIFIED: 0, COMPARISON_GT: 1 } as const;
const SEVERITIES = { SEVERITY_UNSPECIFIED: 0, CRITICAL: 1, ERROR: 2, WARNING: 3 } as const;
const ALERT_STATES = { STATE_UNSPECIFIED: 0, OPEN: 1, CLOSED: 2 } as const;
const MISSING_DATA = { EVALUATION_MISSING_DATA_UNSPECIFIED: 0, EVALUATION_MISSING_DATA_INACTIVE: 1 } as const;
/** The vendor tells neither; `gcloud monitoring alerts list` asks for pages of 1000. */
const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1_000;
const CREATED = "2025-06-02T08:00:00Z";
const CREATED_BY = "sre@nimbus.example.com";

type Shape = Readonly<Record<string, unknown>>;

/** `ListAlertPolicies`, with the number of policies in all pages. */
export function listAlertPolicies(fleet: Fleet, request: GoogleRequest): GoogleReply {
  const fields = new QueryFields(request.query);
  const [filter, orderBy] = [fields.text("filter"), fields.text("orderBy")];
  const matches = filterOf(filter);
  if (!["", "name", "-name", "display_name", "-display_name"].includes(orderBy)) throw invalidArgument(`Invalid order_by: "${orderBy}".`);
  const sign = orderBy.startsWith("-") ? -1 : 1;
  const key = orderBy.endsWith("display_name") ? "displayName" : "name";
  const found = alertPoliciesOf(fleet, request.project, request.nowMs)
    .map((policy) => policyShape(policy, request.numericEnums))
    .filter(matches)
    .sort((left, right) => sign * (String(left[key]) < String(right[key]) ? -1 : 1));
  const { items, rest } = listPage(found, request, { defaultSize: DEFAULT_PAGE, largestSize: LARGEST_PAGE, binding: [filter, orderBy] });
  return { ...(items.length > 0 ? { alertPolicies: items } : {}), ...rest, ...(found.length > 0 ? { totalSize: found.length } : {}) };
}

/** `ListAlerts`: open and closed ones (Cloud Monitoring API reference, `projects.alerts`). */
export function listAlerts(fleet: Fleet, request: GoogleRequest): GoogleReply {
  const fields = new QueryFields(request.query);
  const [filter, orderBy] = [fields.text("filter"), fields.text("orderBy")];
  const matches = filterOf(filter);
  const order = alertOrder(orderBy);
  const found = alertPoliciesOf(fleet, request.project, request.nowMs)
    .flatMap((policy) => policy.alerts.map((alert) => ({ policy, alert })))
    // Filters ask for the names of states, whatever the reply calls them.
    .filter(({ policy, alert }) => matches(alertShape(policy, alert, false)))
    .sort((left, right) => order(left.alert, right.alert) || (left.alert.name < right.alert.name ? -1 : 1));
  const { items, rest } = listPage(found, request, { defaultSize: DEFAULT_PAGE, largestSize: LARGEST_PAGE, binding: [filter, orderBy] });
  const alerts = items.map(({ policy, alert }) => alertShape(policy, alert, request.numericEnums));
  return { ...(alerts.length > 0 ? { alerts } : {}), ...rest, ...(found.length > 0 ? { totalSize: found.length } : {}) };
}

function policyShape(policy: AlertPolicyData, numeric: boolean): Shape {
  const { resource, region } = policy;
  const which = resource === null ? `resource.labels.zone = starts_with("${region}-")` : machineFilter(resource);
  const displayName = `VM Instance - CPU utilization above ${policy.threshold * 100} %`;
  const record = { mutateTime: CREATED, mutatedBy: CREATED_BY };
  return {
    name: policy.name,
    displayName: policy.displayName,
    documentation: { content: "CPU is high: look at the busiest processes, then add machines.", mimeType: "text/markdown" },
    userLabels: { scope: resource === null ? "region" : "machine" },
    conditions: [
      {
        name: `${policy.name}/conditions/${numericName(hash(policy.name), "condition")}`,
        displayName,
        conditionThreshold: {
          filter: `resource.type = "gce_instance" AND ${which} AND metric.type = "${CPU_METRIC}"`,
          aggregations: [{ alignmentPeriod: "300s", perSeriesAligner: enumValue(ALIGNERS, "ALIGN_MEAN", numeric) }],
          comparison: enumValue(COMPARISONS, "COMPARISON_GT", numeric),
          thresholdValue: policy.threshold,
          duration: "300s",
          trigger: { count: 1 },
          evaluationMissingData: enumValue(MISSING_DATA, "EVALUATION_MISSING_DATA_INACTIVE", numeric),
        },
      },
    ],
    combiner: enumValue(COMBINERS, "OR", numeric),
    enabled: true,
    notificationChannels: [`projects/${policy.project}/notificationChannels/${ALERT_CHANNEL_ID}`],
    creationRecord: record,
    mutationRecord: record,
    alertStrategy: { autoClose: "604800s" },
    severity: enumValue(SEVERITIES, "CRITICAL", numeric),
  };
}

function alertShape(policy: AlertPolicyData, { name, resource, openMs, closeMs }: AlertData, numeric: boolean): Shape {
  return {
    name,
    state: enumValue(ALERT_STATES, closeMs === null ? "OPEN" : "CLOSED", numeric),
    openTime: formatTimestamp(openMs),
    ...(closeMs === null ? {} : { closeTime: formatTimestamp(closeMs) }),
    resource: { type: "gce_instance", labels: { project_id: resource.account, zone: zoneOf(resource), instance_id: resource.id } },
    metadata: { systemLabels: { name: resource.name, region: resource.region }, userLabels: resource.tags },
    metric: { type: CPU_METRIC, labels: { instance_name: resource.name } },
    policy: {
      name: policy.name,
      displayName: policy.displayName,
      userLabels: { scope: policy.resource === null ? "region" : "machine" },
      severity: enumValue(SEVERITIES, "CRITICAL", numeric),
    },
  };
}

function filterOf(filter: string): (shape: Shape) => boolean {
  return compileListFilter(filter, () => invalidArgument(`Field filter had an invalid value of "${filter}": syntax error in the filter`));
}

/** `open_time` and `close_time`, each perhaps with `desc`; the newest first without an order. */
function alertOrder(orderBy: string): (left: AlertData, right: AlertData) => number {
  const orders = (orderBy === "" ? "open_time desc" : orderBy).split(",").map((part) => {
    const [, field, descending] = /^(open_time|close_time)( desc)?$/.exec(part.trim()) ?? [];
    if (field === undefined) throw invalidArgument(`Invalid order_by: "${orderBy}".`);
    const timeOf = (alert: AlertData) => (field === "open_time" ? alert.openMs : (alert.closeMs ?? Number.MAX_SAFE_INTEGER));
    const sign = descending === undefined ? 1 : -1;
    return (left: AlertData, right: AlertData) => sign * (timeOf(left) - timeOf(right));
  });
  return (left, right) => orders.reduce((found, order) => found || order(left, right), 0);
}
