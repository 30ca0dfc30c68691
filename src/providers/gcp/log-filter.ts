import type { LogRequest, LogSeverity } from "../../contracts/index.ts";
import { LEVEL_FIELDS, LEVEL_VALUES, SERVICE_FIELDS } from "../shared/log-vocabulary.ts";
import { quote } from "./quote.ts";

/** Cloud Logging's severities (google/logging/type/log_severity.proto) in the common vocabulary. */
export const NATIVE_SEVERITIES: Readonly<Record<LogSeverity, readonly string[]>> = {
  debug: ["DEBUG"],
  info: ["INFO", "NOTICE"],
  warning: ["WARNING"],
  error: ["ERROR"],
  critical: ["CRITICAL", "ALERT", "EMERGENCY"],
};

/** Labels that name the service of an entry: of monitored resources, then of the entry. */
export const SERVICE_LABELS = ["service_name", "function_name", "configuration_name", "job_name", "container_name", "module_id"] as const;
export const ENTRY_SERVICE_LABELS = ["service", "k8s-pod/app"] as const;

/** Which entries of a project belong to the scope. */
export interface Place {
  /** Entries of these regions, or with `except` all others. */
  readonly regions: readonly string[];
  readonly except: boolean;
}

/** A filter in the Logging query language. String comparisons do not regard case, so neither does it. */
export function logFilter(request: Omit<LogRequest, "limit" | "countBy">, place: Place): string {
  const { window, severities, contains = [], native } = request;
  const parts = [
    `timestamp >= ${quote(new Date(window.fromMs).toISOString())}`,
    `timestamp < ${quote(new Date(window.toMs).toISOString())}`,
    ...placeCondition(place),
    sourceCondition(request),
    ...(severities === undefined ? [] : [severityCondition(severities)]),
    // In any field; whether it is in the payload, and what must not be there, is checked here.
    ...contains.map(quote),
    // On lines of its own, because it may end in a comment.
    ...(native === undefined ? [] : [`(\n${native}\n)`]),
  ];
  return parts.join(" AND ");
}

function placeCondition({ regions, except }: Place): string[] {
  if (regions.length === 0) return [];
  const any = regions
    .flatMap((region) => {
      const place = quote(`^${region}(-[a-z])?$`);
      return ["zone", "location", "region"].map((label) => `resource.labels.${label} =~ ${place}`);
    })
    .join(" OR ");
  return [except ? `NOT (${any})` : `(${any})`];
}

/** The logs asked for; of a service all of those that bear its name, and its entries in the others. */
function sourceCondition({ sources, service }: Pick<LogRequest, "sources" | "service">): string {
  const all = sources.map(({ name }) => name);
  if (service === undefined) return `logName = ${anyOf(all)}`;
  const [own, others] = [all.filter((name) => bearsName(name, service)), all.filter((name) => !bearsName(name, service))];
  const parts = [
    ...(own.length === 0 ? [] : [`logName = ${anyOf(own)}`]),
    ...(others.length === 0 ? [] : [`(logName = ${anyOf(others)} AND ${serviceCondition(service)})`]),
  ];
  return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(" OR ")})`;
}

function serviceCondition(service: string): string {
  const fields = [
    ...SERVICE_FIELDS.map((field) => `jsonPayload.${path(field)}`),
    "jsonPayload.serviceContext.service",
    ...SERVICE_LABELS.map((label) => `resource.labels.${label}`),
    ...ENTRY_SERVICE_LABELS.map((label) => `labels.${path(label)}`),
  ];
  return `(${fields.map((field) => `${field} = ${quote(service)}`).join(" OR ")})`;
}

/** Entries that were written without a severity may have a level of their own. */
function severityCondition(severities: readonly LogSeverity[]): string {
  const native = severities.flatMap((severity) => NATIVE_SEVERITIES[severity]);
  const values = anyOf(severities.flatMap((severity) => LEVEL_VALUES[severity]));
  const levels = LEVEL_FIELDS.map((field) => `jsonPayload.${path(field)} = ${values}`).join(" OR ");
  return `(severity = (${native.join(" OR ")}) OR (severity = DEFAULT AND (${levels})))`;
}

/** Whether the id of a log contains the name of the service. */
export function bearsName(logName: string, service: string): boolean {
  return logIdOf(logName).toLowerCase().includes(service.toLowerCase());
}

/** `projects/p/logs/run.googleapis.com%2Fstdout` → `run.googleapis.com/stdout` */
export function logIdOf(logName: string): string {
  const id = logName.slice(logName.indexOf("/logs/") + "/logs/".length);
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function anyOf(values: readonly string[]): string {
  return `(${values.map(quote).join(" OR ")})`;
}

/** A part of a path that is no plain word stands in quotes. */
function path(name: string): string {
  return /^\w+$/.test(name) ? name : quote(name);
}
