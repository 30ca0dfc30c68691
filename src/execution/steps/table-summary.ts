import type { Cell, Column, Row, Table } from "../../contracts/index.ts";
import { quantileOf, sumOf } from "./numbers.ts";
import { redactText } from "./redact-text.ts";

/** What a model may know of a table. Its size does not depend on the number of rows. */
export interface TableSummary {
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
  readonly sampleRows: readonly Readonly<Record<string, Cell>>[];
}

interface ColumnSummary {
  readonly name: string;
  readonly type: Column["type"];
  readonly unit?: string;
  readonly empty: number;
  readonly numbers?: Readonly<Record<"average" | "minimum" | "p25" | "p50" | "p75" | "p90" | "p99" | "maximum", number | null>>;
  readonly distinct?: number;
  /** The most frequent values. */
  readonly values?: Readonly<Record<string, number>>;
}

/** Columns whose values are the clouds' words, not people's. */
const CATEGORIES: ReadonlySet<string> = new Set(["provider", "region", "kind", "type", "state", "severity", "status"]);
/** Columns that a model does not need. */
const HIDDEN: ReadonlySet<string> = new Set(["account", "id"]);
const MAX_VALUES = 8;
const MAX_COLUMNS = 24;
const MAX_TEXT_LENGTH = 80;
const MAX_READ_LENGTH = 400;

/** Sums a table up. Cells that people wrote appear only in sample rows, redacted, and in none if `maxSampleRows` is 0. */
export function summarizeTable({ columns, rows }: Table, maxSampleRows: number): TableSummary {
  const shown = columns.map((column, index) => ({ column, index })).slice(0, MAX_COLUMNS);
  return {
    rows: rows.length,
    columns: shown.map(({ column, index }) => summarizeColumn(column, rows, index)),
    sampleRows: rows
      .slice(0, maxSampleRows)
      .map((row) =>
        Object.fromEntries(
          shown
            .filter(({ column }) => !HIDDEN.has(column.name))
            .map(({ column, index }) => [column.name, shownCell(row.cells[index] ?? null)]),
        ),
      ),
  };
}

function summarizeColumn({ name, type, unit }: Column, rows: readonly Row[], index: number): ColumnSummary {
  const cells = rows.map((row) => row.cells[index] ?? null).filter((cell) => cell !== null);
  const base = { name, type, ...(unit === undefined ? {} : { unit }), empty: rows.length - cells.length };
  if (type === "number") return { ...base, numbers: summarizeNumbers(cells.filter((cell) => typeof cell === "number")) };
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1);
  const frequent = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, MAX_VALUES);
  return { ...base, distinct: counts.size, ...(CATEGORIES.has(name) ? { values: Object.fromEntries(frequent) } : {}) };
}

function summarizeNumbers(values: readonly number[]): NonNullable<ColumnSummary["numbers"]> {
  const ascending = values.toSorted((a, b) => a - b);
  const at = (ratio: number) => rounded(quantileOf(ascending, ratio));
  return {
    average: values.length === 0 ? null : rounded(sumOf(values) / values.length),
    minimum: at(0),
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    p99: at(0.99),
    maximum: at(1),
  };
}

function shownCell(cell: Cell): Cell {
  if (typeof cell === "number") return rounded(cell);
  // Cut before it is redacted: the patterns must not meet a message of a megabyte, which anybody may have logged.
  return typeof cell === "string" ? redactText(cell.slice(0, MAX_READ_LENGTH)).slice(0, MAX_TEXT_LENGTH) : cell;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}
