import { hash } from "../hash.ts";
import { type LogLine, type LogSourceData, logLinesBetween } from "../log-data.ts";
import { retentionDays } from "./sls-project-data.ts";

/** A log as Log Service returns it: everything is text. */
export interface SlsRecord {
  readonly timestampMs: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** Field index of every logstore: what can be searched by field, and what SQL sees. Columns of type long are no part of full-text search. */
export const INDEXED_FIELDS: Readonly<Record<string, "text" | "long">> = {
  level: "text",
  service: "text",
  message: "text",
  path: "text",
  requestId: "text",
  status: "long",
  latencyMs: "long",
};

const DAY_MS = 86_400_000;

/** The logs of a logstore whose time is in `[fromMs, toMs)` and that were indexed by now, oldest first. */
export function* recordsOf(source: LogSourceData, fromMs: number, toMs: number, nowMs: number): Generator<SlsRecord> {
  const from = Math.max(fromMs, nowMs - retentionDays(source) * DAY_MS);
  for (const line of logLinesBetween(source, from, Math.min(toMs, nowMs + 1))) {
    if (line.ingestedMs <= nowMs) yield { timestampMs: line.timestampMs, fields: fieldsOf(source, line) };
  }
}

function fieldsOf(source: LogSourceData, line: LogLine): Record<string, string> {
  const address = hash(source.key, "writer", line.writer);
  const fields: Record<string, string> = {
    __source__: `172.${16 + (address & 15)}.${(address >>> 8) & 255}.${4 + (((address >>> 16) & 255) % 250)}`,
    __topic__: "",
    __time__: String(Math.floor(line.timestampMs / 1_000)),
    // Below the second, in nanoseconds (Log Service, "Reserved fields").
    __time_ns_part__: String((line.timestampMs % 1_000) * 1_000_000),
  };
  for (const [name, value] of Object.entries(JSON.parse(line.text) as Record<string, string | number>)) fields[name] = String(value);
  return fields;
}
