import { type Cell, type Row, type Tool, tableJoinSchema } from "../../contracts/index.ts";
import { accessColumn, type ColumnAccess } from "../column-access.ts";

/** Adds the columns of other rows where the named columns are equal. Columns that the left rows have already are not added again. */
export const tableJoin: Tool<typeof tableJoinSchema> = {
  name: "table.join",
  description: "adds columns of another step's rows where key columns are equal",
  effect: "read",
  streaming: false,
  input: tableJoinSchema,
  async execute({ left: { from: leftId }, right: { from: rightId }, on, kind }, context) {
    const [leftData, rightData] = await Promise.all([context.dataset(leftId), context.dataset(rightId)]);
    const leftKeys = on.map((name) => accessColumn(leftData.columns, name));
    const rightKeys = on.map((name) => accessColumn(rightData.columns, name));
    const taken = new Set(leftData.columns.map(({ name }) => name));
    const added = rightData.columns.filter(({ name }) => !taken.has(name)).map(({ name }) => accessColumn(rightData.columns, name));
    const [left, right] = await Promise.all([leftData.table(), rightData.table()]);

    const partners = Map.groupBy(right.rows, (row) => keyOf(row, rightKeys));
    const rows = left.rows.flatMap((row): Row[] => {
      const key = keyOf(row, leftKeys);
      const matches = key === null ? undefined : partners.get(key);
      if (matches !== undefined) return matches.map((match) => joined(row, match, added));
      return kind === "left" ? [{ ...row, cells: [...row.cells, ...added.map(() => null)] }] : [];
    });
    context.progress({ done: left.rows.length, total: left.rows.length, rows: rows.length });
    return {
      columns: [...leftData.columns, ...added.map(({ column }) => column)],
      batches: (async function* () {
        yield { rows, receipt: [] };
      })(),
    };
  },
};

/** Null where a cell is missing: nothing equals nothing. */
function keyOf(row: Row, keys: readonly ColumnAccess[]): string | null {
  const cells = keys.map((access): Cell => access.read(row));
  return cells.includes(null) ? null : JSON.stringify(cells);
}

function joined(left: Row, right: Row, added: readonly ColumnAccess[]): Row {
  const resource = left.resource ?? right.resource;
  const names = new Set(added.map(({ column }) => column.name));
  const series = [...(left.series ?? []), ...(right.series ?? []).filter(({ column }) => names.has(column))];
  return {
    cells: [...left.cells, ...added.map((access) => access.read(right))],
    ...(resource === undefined ? {} : { resource }),
    ...(series.length === 0 ? {} : { series }),
  };
}
