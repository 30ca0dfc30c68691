import { type Row, type Tool, tableSortSchema } from "../../contracts/index.ts";
import { accessColumn, type ColumnAccess } from "../column-access.ts";
import { compareCells, compareRows } from "../row-order.ts";

/** Orders rows, nulls last in both directions, and keeps the first ones. Ties are broken by the other columns: the order is total. */
export const tableSort: Tool<typeof tableSortSchema> = {
  name: "table.sort",
  description: "orders rows; limit keeps the first ones (top-N)",
  effect: "read",
  streaming: false,
  input: tableSortSchema,
  async execute({ rows: { from }, by, limit }, context) {
    const dataset = await context.dataset(from);
    const keys = by.map(({ column, direction }) => ({
      access: accessColumn(dataset.columns, column),
      descending: direction === "descending",
    }));
    const { rows } = await dataset.table();
    const sorted = rows.toSorted((a, b) => compareBy(keys, a, b) || compareRows(a, b));
    const kept = limit === undefined ? sorted : sorted.slice(0, limit);
    context.progress({ done: rows.length, total: rows.length, rows: kept.length });
    return {
      columns: dataset.columns,
      batches: (async function* () {
        yield { rows: kept, receipt: [] };
      })(),
    };
  },
};

function compareBy(keys: readonly { readonly access: ColumnAccess; readonly descending: boolean }[], a: Row, b: Row): number {
  for (const { access, descending } of keys) {
    const [left, right] = [access.read(a), access.read(b)];
    const order = compareCells(left, right);
    if (order !== 0) return descending && left !== null && right !== null ? -order : order;
  }
  return 0;
}
