import type { Fleet } from "../fleet.ts";
import { ACTIVITY_DAYS, type AzureActivity, activitiesOf, LONGEST_ACTIVITY_MS } from "./activity-data.ts";
import type { ArmCall } from "./arm-operations.ts";
import { armPage } from "./arm-page.ts";
import { AzureError } from "./azure-error.ts";
import { AZURE_TENANT, guidOf } from "./native-names.ts";
import type { AzureReply } from "./service.ts";

/** One line of the activity log. */
interface ActivityEvent {
  readonly activity: AzureActivity;
  readonly status: "Started" | "Succeeded" | "Failed";
  readonly timestampMs: number;
}

/** How long an event is on its way at most ("Azure Monitor activity log": 3 to 20 minutes). */
const INGESTION_MS = 180_000;
const DAY_MS = 86_400_000;
/** `$select` of the specification, in lower case; `id` is always there. */
const SELECTABLE = [
  "authorization",
  "claims",
  "correlationid",
  "description",
  "eventdataid",
  "eventname",
  "eventtimestamp",
  "httprequest",
  "level",
  "operationid",
  "operationname",
  "properties",
  "resourcegroupname",
  "resourceprovidername",
  "resourceid",
  "status",
  "submissiontimestamp",
  "substatus",
  "subscriptionid",
  "caller",
  "category",
  "resourcetype",
  "tenantid",
];

/** Events of a subscription, newest first. */
export function listActivity(fleet: Fleet, call: ArmCall): AzureReply {
  const { nowMs } = call.circumstances;
  const { fromMs, toMs, matches } = readFilter(call.request.query.get("$filter"), nowMs);
  const select = readSelect(call.request.query.get("$select"));
  const untilMs = Math.min(toMs, nowMs - INGESTION_MS);
  const events = activitiesOf(fleet, call.account, fromMs - LONGEST_ACTIVITY_MS, untilMs)
    .filter(matches)
    .flatMap(eventsOf)
    .filter(({ timestampMs }) => timestampMs >= fromMs && timestampMs <= untilMs)
    .sort((left, right) => right.timestampMs - left.timestampMs);
  return armPage(call, events, (event) => {
    const shape = eventShape(event);
    return select === undefined
      ? shape
      : Object.fromEntries(Object.entries(shape).filter(([name]) => name === "id" || select.has(name.toLowerCase())));
  });
}

function eventsOf(activity: AzureActivity): readonly ActivityEvent[] {
  const { startMs, endMs, succeeded } = activity;
  return [
    { activity, status: "Started", timestampMs: startMs },
    { activity, status: succeeded ? "Succeeded" : "Failed", timestampMs: endMs },
  ];
}

interface ActivityFilter {
  readonly fromMs: number;
  readonly toMs: number;
  matches(activity: AzureActivity): boolean;
}

/** The few patterns of the specification: times, and perhaps one of four fields. */
function readFilter(filter: string | undefined, nowMs: number): ActivityFilter {
  let fromMs: number | undefined;
  let toMs = nowMs;
  let matches: ActivityFilter["matches"] = () => true;
  for (const part of (filter ?? "").split(/\s+and\s+/i)) {
    const [, field = "", operator = "", value = ""] = /^\s*(\w+)\s+(ge|le|eq)\s+'([^']*)'\s*$/i.exec(part) ?? [];
    const clause = `${field} ${operator}`.toLowerCase();
    if (clause === "eventtimestamp ge") fromMs = readTime(value);
    else if (clause === "eventtimestamp le") toMs = readTime(value);
    else {
      const test = fieldTest(clause, value.toLowerCase());
      if (filter !== undefined && test === undefined) throw badFilter(`The filter '${filter}' is not supported.`);
      matches = test ?? matches;
    }
  }
  if (fromMs === undefined) throw badFilter("The $filter parameter is required and must have a start time: eventTimestamp ge '…'.");
  if (fromMs < nowMs - ACTIVITY_DAYS * DAY_MS) throw badFilter(`The start time cannot be more than ${ACTIVITY_DAYS} days in the past.`);
  if (toMs < fromMs) throw badFilter("The end time must be after the start time.");
  return { fromMs, toMs, matches };
}

function fieldTest(clause: string, wanted: string): ActivityFilter["matches"] | undefined {
  switch (clause) {
    case "resourcegroupname eq":
      return ({ resource }) => `rg-${resource.application}` === wanted;
    case "resourceuri eq":
      return ({ resource }) => resource.id.toLowerCase() === wanted;
    case "resourceprovider eq":
      return () => wanted === "microsoft.compute";
    case "correlationid eq":
      return ({ correlationId }) => correlationId === wanted;
    default:
      return undefined;
  }
}

function readTime(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw badFilter(`The time '${text}' is invalid.`);
  return ms;
}

function readSelect(select: string | undefined): ReadonlySet<string> | undefined {
  if (select === undefined) return undefined;
  const names = select.split(",").map((name) => name.trim().toLowerCase());
  const unknown = names.find((name) => !SELECTABLE.includes(name));
  if (unknown !== undefined) throw badFilter(`The property '${unknown}' cannot be selected.`);
  return new Set(names);
}

/** `ErrorResponse` of this specification has no envelope. */
function badFilter(message: string): AzureError {
  return new AzureError(400, "BadRequest", { code: "BadRequest", message });
}

/** `EventData` of the specification. */
function eventShape({ activity, status, timestampMs }: ActivityEvent): object {
  const { key, resource, action, actionName, caller, clientIp, correlationId, succeeded } = activity;
  const eventDataId = guidOf(key, "event", status);
  const operationId = guidOf(key, "operation");
  const provider = { value: "Microsoft.Compute", localizedValue: "Microsoft.Compute" };
  const subStatus = status === "Started" ? text("") : succeeded ? { value: "OK", localizedValue: "OK (HTTP Status Code: 200)" } : CONFLICT;
  return {
    authorization: { action, scope: resource.id },
    caller,
    claims: { name: caller.split("@")[0], ipaddr: clientIp, ver: "1.0" },
    correlationId,
    description: "",
    eventDataId,
    eventName:
      status === "Started"
        ? { value: "BeginRequest", localizedValue: "Begin request" }
        : { value: "EndRequest", localizedValue: "End request" },
    category: { value: "Administrative", localizedValue: "Administrative" },
    eventTimestamp: instant(timestampMs),
    id: `${resource.id}/events/${eventDataId}/ticks/${638_000_000_000_000_000n + BigInt(timestampMs) * 10_000n}`,
    level: status === "Failed" ? "Error" : "Informational",
    operationId,
    operationName: { value: action, localizedValue: actionName },
    resourceGroupName: `rg-${resource.application}`,
    resourceProviderName: provider,
    resourceType: text("Microsoft.Compute/virtualMachines"),
    resourceId: resource.id,
    status: text(status),
    subStatus,
    submissionTimestamp: instant(timestampMs + INGESTION_MS),
    subscriptionId: resource.account,
    tenantId: AZURE_TENANT,
    properties: { eventCategory: "Administrative", entity: resource.id, message: action },
    ...(status === "Started"
      ? { httpRequest: { clientRequestId: guidOf(key, "request"), clientIpAddress: clientIp, method: "POST" } }
      : {}),
  };
}

const CONFLICT = { value: "Conflict", localizedValue: "Conflict (HTTP Status Code: 409)" };

function text(value: string): object {
  return { value, localizedValue: value };
}

/** Seven digits of a second, as the activity log gives times. */
function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}0000Z`;
}
