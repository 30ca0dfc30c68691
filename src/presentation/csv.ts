import type { AnswerTable, Cell } from "nephoscope";

/** All rows after RFC 4180, UTF-8 without a byte order mark; units stand in the header, numbers are not rounded. */
export function csvText(table: AnswerTable): string {
  const header = table.columns.map((column) => field(column.unit === undefined ? column.name : `${column.name} (${column.unit})`));
  return [header, ...table.rows.map((row) => row.map(field))].map((fields) => `${fields.join(",")}\r\n`).join("");
}

function field(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  // Where a comma separates decimals, spreadsheets separate fields by semicolons.
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run a cell that begins so: https://owasp.org/www-community/attacks/CSV_Injection, ASVS 5.0 1.2.10 (NUL). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: one of those is what it looks for
const FORMULA = /^[=+\-@\t\r\n\u0000＝＋－＠]/;
