import type { ProgramColumn } from "../contracts/index.ts";

/** What keeps a result from being rows with these columns, in a few English words with the place; undefined where it is. */
export function checkRows(value: unknown, columns: readonly ProgramColumn[]): string | undefined {
  if (!Array.isArray(value)) return "the result is no list";
  for (const [index, row] of value.entries()) {
    const wrong = checkRow(row, columns);
    if (wrong !== undefined) return `row ${index + 1}: ${wrong}`;
  }
  return undefined;
}

function checkRow(row: unknown, columns: readonly ProgramColumn[]): string | undefined {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return "it is no object";
  const record = row as Readonly<Record<string, unknown>>;
  const extra = Object.keys(record).find((name) => !columns.some((column) => column.name === name));
  if (extra !== undefined) return `${extra} is not declared`;
  for (const { name, type, nullable } of columns) {
    const cell = record[name] ?? null;
    if (cell === null && nullable) continue;
    if (cell === null) return `${name} is null`;
    if (type === "time" ? !isTime(cell) : typeof cell !== type) return `${name} is no ${type}`;
  }
  return undefined;
}

function isTime(cell: unknown): boolean {
  return typeof cell === "string" && /^\d{4}-\d\d-\d\dT/.test(cell) && !Number.isNaN(Date.parse(cell));
}
