export type KqlType = "bool" | "int" | "long" | "real" | "string" | "datetime" | "timespan" | "dynamic";

/**
 * A value of any type: datetimes are milliseconds since the epoch, timespans milliseconds, dynamics whatever JSON has. Null is the null of its
 * type; strings have none.
 */
export type KqlValue = unknown;

export interface KqlColumn {
  readonly name: string;
  readonly type: KqlType;
}

export type KqlRow = readonly KqlValue[];

/** Rows are made as they are read. */
export interface KqlTable {
  readonly columns: readonly KqlColumn[];
  readonly rows: Iterable<KqlRow>;
}

export function isNumeric(type: KqlType): boolean {
  return type === "int" || type === "long" || type === "real";
}

/** Text of a value as `tostring` gives it. */
export function textOf(value: KqlValue, type: KqlType): string {
  if (value === null || value === undefined) return "";
  switch (type) {
    case "string":
      return String(value);
    case "bool":
      return value === true ? "True" : "False";
    case "datetime":
      return datetimeText(Number(value));
    case "timespan":
      return timespanText(Number(value));
    case "real":
      return Number.isInteger(value) ? `${value}.0` : String(value);
    case "dynamic":
      return typeof value === "object" ? JSON.stringify(value) : String(value);
    default:
      return String(value);
  }
}

/** `2026-03-10T09:00:00.1230000Z`: ticks of 100 nanoseconds. */
export function datetimeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.(\d{3})Z$/, ".$10000Z");
}

/** `1.02:03:04.5000000`. */
export function timespanText(ms: number): string {
  const absolute = Math.abs(ms);
  const pad = (value: number, length = 2) => String(Math.floor(value)).padStart(length, "0");
  const days = Math.floor(absolute / 86_400_000);
  const ticks = Math.round((absolute % 1_000) * 10_000);
  const clock = `${pad((absolute / 3_600_000) % 24)}:${pad((absolute / 60_000) % 60)}:${pad((absolute / 1_000) % 60)}`;
  return `${ms < 0 ? "-" : ""}${days > 0 ? `${days}.` : ""}${clock}${ticks > 0 ? `.${pad(ticks, 7)}` : ""}`;
}

/** Reads a timespan as Kusto writes it; null for what is none. */
export function parseTimespan(text: string): number | null {
  const match = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(text.trim());
  if (match === null) return null;
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0"] = match;
  const ms = Number(days) * 86_400_000 + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000;
  return sign === undefined ? ms : -ms;
}

/** Reads a datetime; without a zone it is UTC. Null for what is none. */
export function parseDatetime(text: string): number | null {
  const trimmed = text.trim().replace(/(\.\d{3})\d+/, "$1");
  if (!/^\d{4}-\d{1,2}(-\d{1,2})?/.test(trimmed)) return null;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(trimmed) || !/[T ]\d/.test(trimmed) ? trimmed : `${trimmed}Z`;
  const ms = Date.parse(zoned.replace(" ", "T"));
  return Number.isNaN(ms) ? null : ms;
}
