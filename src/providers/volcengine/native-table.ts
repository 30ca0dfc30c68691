import type { Column, LogPage } from "../../contracts/index.ts";
import type { LogRecord } from "./log-fields.ts";

type NativeTable = NonNullable<LogPage["table"]>;

/** The rows of a query in the cloud's own language: columns as the analysis names them, else those of the logs. Numbers may come as texts. */
export function nativeTable({ columns, rows }: { columns: readonly string[] | undefined; rows: readonly LogRecord[] }): NativeTable {
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const typed = names.map((name): Column => ({ name, type: rows.every((row) => isNumber(row[name])) ? "number" : "string" }));
  return { columns: typed, rows: rows.map((row) => typed.map(({ name, type }) => cellOf(row[name], type))) };
}

const NUMBER = /^-?\d{1,15}(\.\d+)?(e[+-]?\d+)?$/i;

/** Nothing is a number too: it stays nothing. */
function isNumber(value: unknown): boolean {
  return value === null || value === undefined || typeof value === "number" || (typeof value === "string" && NUMBER.test(value));
}

function cellOf(value: unknown, type: Column["type"]): string | number | null {
  if (value === null || value === undefined) return null;
  if (type === "number") return Number(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
