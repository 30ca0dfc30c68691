import type { Column, LogPage } from "../../contracts/index.ts";

type NativeTable = NonNullable<LogPage["table"]>;

/** The rows of a query in the cloud's own language. A column is of numbers or times if all its values are. */
export function nativeTable(rows: readonly ReadonlyMap<string, string>[]): NativeTable {
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))].filter((name) => name !== "@ptr");
  const columns = names.map((name) => ({ name, type: typeOf(rows.flatMap((row) => row.get(name) ?? [])) }));
  return { columns, rows: rows.map((row) => columns.map(({ name, type }) => cellOf(row.get(name), type))) };
}

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/;
const NUMBER = /^-?\d{1,15}(\.\d+)?(e[+-]?\d+)?$/i;

function typeOf(values: readonly string[]): Column["type"] {
  if (values.every((value) => TIME.test(value))) return "time";
  return values.every((value) => NUMBER.test(value)) ? "number" : "string";
}

function cellOf(value: string | undefined, type: Column["type"]): string | number | null {
  if (value === undefined) return null;
  if (type === "number") return Number(value);
  return type === "time" ? `${value.replace(" ", "T")}Z` : value;
}
