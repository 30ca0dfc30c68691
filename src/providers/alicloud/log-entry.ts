import type { LogEntry, LogRequest } from "../../contracts/index.ts";
import { fieldOf, LEVEL_FIELDS, MESSAGE_FIELDS, SERVICE_FIELDS, severityOfLevel, severityOfText } from "../shared/log-vocabulary.ts";
import { required } from "./errors.ts";
import { type LogPlace, sourceName } from "./log-sources.ts";

/** A log as the service hands it out: fields of text, and its own ones, which begin with two underscores. */
export type RawLog = Readonly<Record<string, string>>;

/** Where collectors put lines that they do not take apart. */
const WHOLE_LINE_FIELDS = ["content", "log"] as const;
const LEVELS = [...LEVEL_FIELDS, "__level__", "loglevel", "log_level"];

function timeMsOf(log: RawLog): number {
  const seconds = Number(required(log.__time__, "GetLogsV2", "__time__"));
  const nanoseconds = Number(log.__time_ns_part__ ?? 0);
  return (
    required(Number.isFinite(seconds) ? seconds : undefined, "GetLogsV2", "a readable __time__") * 1_000 + Math.floor(nanoseconds / 1e6)
  );
}

/** What a log says about itself. The logstore names the service where the log does not. */
export function entryOf(log: RawLog, place: LogPlace): LogEntry {
  const line = fieldOf(log, WHOLE_LINE_FIELDS);
  const fields = { ...fieldsOf(line), ...log };
  const message = fieldOf(fields, MESSAGE_FIELDS) ?? line ?? JSON.stringify(ownFields(log));
  const level = fieldOf(fields, LEVELS);
  return {
    timestampMs: timeMsOf(log),
    source: sourceName(place),
    service: fieldOf(fields, SERVICE_FIELDS) ?? place.logstore,
    severity: level === undefined ? severityOfText(message) : severityOfLevel(level),
    message,
  };
}

type Picker = (entry: LogEntry, log: RawLog) => boolean;

/** Whether an entry is one of those that are asked for. A text may stand in any field, in any case. */
export function picker({ severities, contains = [], excludes = [], window }: LogRequest, service: string | undefined): Picker {
  const [wanted, unwanted] = [contains, excludes].map((texts) => texts.map((text) => text.toLowerCase()));
  return (entry, log) => {
    if (entry.timestampMs < window.fromMs || entry.timestampMs >= window.toMs) return false;
    if (severities !== undefined && (entry.severity === null || !severities.includes(entry.severity))) return false;
    if (service !== undefined && entry.service?.toLowerCase() !== service.toLowerCase()) return false;
    if (wanted?.length === 0 && unwanted?.length === 0) return true;
    const values = Object.values(ownFields(log)).map((value) => value.toLowerCase());
    const has = (text: string) => values.some((value) => value.includes(text));
    return (wanted ?? []).every(has) && !(unwanted ?? []).some(has);
  };
}

function ownFields(log: RawLog): RawLog {
  return Object.fromEntries(Object.entries(log).filter(([name]) => !name.startsWith("__")));
}

function fieldsOf(line: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (!line?.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
