import type { LogEntry, LogSeverity } from "../../contracts/index.ts";
import { fieldOf, LEVEL_FIELDS, MESSAGE_FIELDS, SERVICE_FIELDS, severityOfLevel, severityOfText } from "../shared/log-vocabulary.ts";
import { required } from "./errors.ts";
import { ENTRY_SERVICE_LABELS, logIdOf, NATIVE_SEVERITIES, SERVICE_LABELS } from "./log-filter.ts";

const OPERATION = "ListLogEntries";

type Fields = Readonly<Record<string, unknown>>;

/** The parts of google.logging.v2.LogEntry that are read. */
export interface NativeEntry {
  readonly logName?: string;
  readonly timestamp?: string;
  /** A number where google-gax asks for numbers; left out for DEFAULT. */
  readonly severity?: number | string;
  readonly textPayload?: string;
  readonly jsonPayload?: Fields;
  readonly protoPayload?: Fields;
  readonly httpRequest?: { readonly requestMethod?: string; readonly requestUrl?: string; readonly status?: number };
  readonly resource?: { readonly type?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly labels?: Readonly<Record<string, string>>;
}

/** An entry, and the fields of it that can be counted by. */
export interface ReadEntry {
  readonly entry: LogEntry;
  field(name: string): string;
}

/** google/logging/type/log_severity.proto */
const SEVERITY_NUMBERS: Readonly<Record<number, string>> = {
  0: "DEFAULT",
  100: "DEBUG",
  200: "INFO",
  300: "NOTICE",
  400: "WARNING",
  500: "ERROR",
  600: "CRITICAL",
  700: "ALERT",
  800: "EMERGENCY",
};

const SEVERITIES: ReadonlyMap<string, LogSeverity> = new Map(
  Object.entries(NATIVE_SEVERITIES).flatMap(([severity, names]) => names.map((name) => [name, severity as LogSeverity] as const)),
);

/** Reads an entry. Throws `PROVIDER_REPLY_INVALID` where its name or time is missing. */
export function readEntry(native: NativeEntry): ReadEntry {
  const source = required(native.logName, OPERATION, "logName");
  const timestampMs = Date.parse(required(native.timestamp, OPERATION, "timestamp"));
  if (Number.isNaN(timestampMs)) required(undefined, OPERATION, "a readable timestamp");
  const message = messageOf(native);
  const entry = { timestampMs, source, service: serviceOf(native, source), severity: severityOf(native, message), message };
  return { entry, field: (name) => countedField(native, name) };
}

function messageOf({ textPayload, jsonPayload, protoPayload, httpRequest }: NativeEntry): string {
  if (textPayload !== undefined) return textPayload.trimEnd();
  const said = fieldOf(jsonPayload, MESSAGE_FIELDS);
  if (said !== undefined) return said;
  if (jsonPayload !== undefined) return JSON.stringify(jsonPayload);
  // Audit logs: what was called, and on what.
  const called = [protoPayload?.methodName, protoPayload?.resourceName].filter((part) => typeof part === "string");
  if (called.length > 0) return called.join(" ");
  if (protoPayload !== undefined) return JSON.stringify(protoPayload);
  return [httpRequest?.requestMethod, httpRequest?.requestUrl, httpRequest?.status].filter((part) => part !== undefined).join(" ");
}

function serviceOf({ jsonPayload, resource, labels }: NativeEntry, source: string): string | null {
  const named =
    fieldOf(jsonPayload, [...SERVICE_FIELDS, "serviceContext.service"]) ??
    fieldOf(resource?.labels, SERVICE_LABELS) ??
    fieldOf(labels, ENTRY_SERVICE_LABELS);
  if (named !== undefined) return named;
  // Logs of Google's own services, of systems and of containers hold many; one that an application named holds its own.
  const id = logIdOf(source);
  return /[./]|^(stdout|stderr|syslog)$/.test(id) ? null : id;
}

function severityOf({ severity, jsonPayload, textPayload }: NativeEntry, message: string): LogSeverity | null {
  const name = typeof severity === "number" ? SEVERITY_NUMBERS[severity] : severity;
  if (name !== undefined && name !== "DEFAULT") return SEVERITIES.get(name) ?? null;
  const level = fieldOf(jsonPayload, LEVEL_FIELDS);
  if (level !== undefined) return severityOfLevel(level);
  return textPayload === undefined ? null : severityOfText(message);
}

/** By its name in the payload, or by its whole path: `status`, `jsonPayload.status`, `resource.labels.zone`. */
function countedField({ jsonPayload, labels, resource, ...entry }: NativeEntry, name: string): string {
  const found = [jsonPayload, labels, resource?.labels].map((fields) => fieldOf(fields, [name])).find((value) => value !== undefined);
  if (found !== undefined) return found;
  let value: unknown = { jsonPayload, labels, resource, ...entry };
  for (const part of name.split(".")) value = typeof value === "object" && value !== null ? (value as Fields)[part] : undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Whether a text occurs in an entry's payload, without regard to case. */
export function payloadContains({ textPayload, jsonPayload, protoPayload }: NativeEntry, text: string): boolean {
  const wanted = text.toLowerCase();
  const occurs = (value: unknown): boolean => {
    if (typeof value === "object" && value !== null) return Object.values(value).some(occurs);
    return value !== undefined && value !== null && String(value).toLowerCase().includes(wanted);
  };
  return [textPayload, jsonPayload, protoPayload].some(occurs);
}
