import type { AnswerTable, Cell } from "nephoscope";

/** All rows after RFC 4180, UTF-8 without a byte order mark; units stand in the header, numbers are not rounded. */
export function csvText(table: AnswerTable): string {
  const header = table.columns.map((column) => field(column.unit === undefined ? column.name : `${column.name} (${column.unit})`));
  return [header, ...table.rows.map((row) => row.map(field))].map((fields) => `${fields.join(",")}\r\n`).join("");
}

function field(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  // Spreadsheets run a cell that begins so: https://owasp.org/www-community/attacks/CSV_Injection
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
