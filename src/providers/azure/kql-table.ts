import type { Column, LogPage } from "../../contracts/index.ts";
import type { KqlResult } from "./run-kql.ts";

type NativeTable = NonNullable<LogPage["table"]>;

/** KQL's scalar types that are numbers; everything else but moments is told as text. */
const NUMBERS: ReadonlySet<string> = new Set(["int", "long", "real", "double", "decimal"]);

/** The rows of a query in KQL. */
export function nativeTable({ columns, rows }: KqlResult): NativeTable {
  const described = columns.map(({ name, type }): Column => ({ name: name ?? "", type: typeOf(type ?? "") }));
  return { columns: described, rows: rows.map((row) => row.map((cell, index) => cellOf(cell, described[index]?.type))) };
}

function typeOf(type: string): Column["type"] {
  if (type === "datetime") return "time";
  return NUMBERS.has(type) ? "number" : "string";
}

function cellOf(cell: unknown, type: Column["type"] | undefined): string | number | null {
  if (cell === null || cell === undefined) return null;
  if (type === "time") return cell instanceof Date && !Number.isNaN(cell.getTime()) ? cell.toISOString() : null;
  if (type === "number") {
    const value = Number(cell);
    return Number.isFinite(value) ? value : null;
  }
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}
