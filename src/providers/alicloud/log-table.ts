import type { Column, LogPage } from "../../contracts/index.ts";
import type { RawLog } from "./log-entry.ts";

type NativeTable = NonNullable<LogPage["table"]>;

/** The rows of a query in the cloud's own language. A column is of numbers if all its values are. */
export function nativeTable(rows: readonly RawLog[]): NativeTable {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => ({ name, type: typeOf(name, rows) }));
  return { columns, rows: rows.map((row) => columns.map(({ name, type }) => cellOf(row[name], type))) };
}

const NUMBER = /^-?\d{1,15}(\.\d+)?(e[+-]?\d+)?$/i;

function typeOf(name: string, rows: readonly RawLog[]): Column["type"] {
  const values = rows.flatMap((row) => present(row[name]) ?? []);
  if (!values.every((value) => NUMBER.test(value))) return "string";
  // Seconds since the epoch.
  return name === "__time__" ? "time" : "number";
}

function cellOf(value: string | undefined, type: Column["type"]): string | number | null {
  const text = present(value);
  if (text === undefined) return null;
  if (type === "number") return Number(text);
  return type === "time" ? new Date(Number(text) * 1_000).toISOString() : text;
}

/** SQL writes an absent value as a word. */
function present(value: string | undefined): string | undefined {
  return value === undefined || value === "null" ? undefined : String(value);
}
