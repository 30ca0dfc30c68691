import {
  type Cell,
  type Column,
  type MEASURES,
  type ReceiptEntry,
  type Row,
  type Tool,
  type ToolInput,
  tableAggregateSchema,
} from "../../contracts/index.ts";
import { PlanError } from "../../errors/index.ts";
import { accessColumn, accessNumbers, type ColumnAccess } from "../column-access.ts";
import { compareRows } from "../row-order.ts";
import { quantileOf, sumOf } from "./numbers.ts";
import { sharedRegions } from "./shared-regions.ts";

type Measure = ToolInput<"table.aggregate">["measures"][number];

/** Summarises groups of rows, ordered by group. Empty cells are left out of measures, and told. */
export const tableAggregate: Tool<typeof tableAggregateSchema> = {
  name: "table.aggregate",
  description: "groups rows by columns or tag:KEY; count, average, sum, maximum, minimum, percentiles",
  effect: "read",
  streaming: false,
  input: tableAggregateSchema,
  async execute({ rows: { from }, groupBy, measures }, context) {
    const dataset = await context.dataset(from);
    const keys = groupBy.map((name) => accessColumn(dataset.columns, name));
    const measured = measures.map((measure) => measuredColumn(dataset.columns, measure));
    const columns = [...keys.map(({ column }) => column), ...measured.map(({ column }) => column)];
    refuseDoubles(columns);
    const { rows } = await dataset.table();
    const groups = groupRows(rows, keys);
    // One row over all, even over nothing.
    if (groupBy.length === 0 && groups.length === 0) groups.push({ key: [], rows: [] });
    const summaries = groups.map(
      ({ key, rows: members }): Row => ({ cells: [...key, ...measured.map(({ measure }) => measure(members))] }),
    );
    const receipt: ReceiptEntry[] = measured.flatMap(({ access }) => missingNote(rows, access));
    const merged = sharedRegions(groupBy, groups);
    if (merged !== undefined) receipt.push({ type: "note", text: merged });
    context.progress({ done: rows.length, total: rows.length, rows: summaries.length });
    return {
      columns,
      batches: (async function* () {
        yield { rows: summaries.sort(compareRows), receipt };
      })(),
    };
  },
};

function groupRows(rows: readonly Row[], keys: readonly ColumnAccess[]): { key: Cell[]; rows: Row[] }[] {
  const groups = new Map<string, { key: Cell[]; rows: Row[] }>();
  for (const row of rows) {
    const key = keys.map((access) => access.read(row));
    const id = JSON.stringify(key);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { key, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups.values()];
}

interface MeasuredColumn {
  readonly column: Column;
  /** Absent when rows are counted. */
  readonly access: ColumnAccess | undefined;
  measure(rows: readonly Row[]): number | null;
}

function measuredColumn(columns: readonly Column[], { function: name, column: of, as }: Measure): MeasuredColumn {
  if (name === "count") {
    const access = of === undefined ? undefined : accessColumn(columns, of);
    return {
      column: { name: as ?? (of === undefined ? "count" : `count(${of})`), type: "number", unit: "count" },
      access: undefined,
      measure: (rows) => (access === undefined ? rows.length : rows.filter((row) => access.read(row) !== null).length),
    };
  }
  if (of === undefined) throw withoutColumn(name);
  const access = accessNumbers(columns, of);
  return {
    column: { ...access.column, name: as ?? `${name}(${of})` },
    access,
    measure: (rows) =>
      measureOf(
        name,
        rows.map((row) => access.read(row)).filter((cell) => typeof cell === "number"),
      ),
  };
}

function measureOf(name: Exclude<(typeof MEASURES)[number], "count">, values: readonly number[]): number | null {
  if (values.length === 0) return null;
  switch (name) {
    case "average":
      return sumOf(values) / values.length;
    case "sum":
      return sumOf(values);
    case "maximum":
      return values.reduce((a, b) => Math.max(a, b));
    case "minimum":
      return values.reduce((a, b) => Math.min(a, b));
    default:
      return quantileOf(
        values.toSorted((a, b) => a - b),
        Number(name.slice(1)) / 100,
      );
  }
}

function missingNote(rows: readonly Row[], access: ColumnAccess | undefined): ReceiptEntry[] {
  if (access === undefined) return [];
  const missing = rows.filter((row) => access.read(row) === null).length;
  if (missing === 0) return [];
  const { name } = access.column;
  return [
    {
      type: "note",
      text: {
        en: `${missing} of ${rows.length} rows have no ${name} and were left out of the calculation.`,
        zh: `${rows.length} 行中有 ${missing} 行没有 ${name}，未计入统计。`,
      },
    },
  ];
}

function withoutColumn(name: string): PlanError {
  return new PlanError({
    code: "TOOL_INPUT_INVALID",
    message: { en: `The measure ${name} needs a column.`, zh: `统计 ${name} 需要指定列。` },
    hint: { en: "Only count can do without one.", zh: "只有 count 可以不指定列。" },
  });
}

function refuseDoubles(columns: readonly Column[]): void {
  const names = columns.map(({ name }) => name);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double === undefined) return;
  throw new PlanError({
    code: "TOOL_INPUT_INVALID",
    message: { en: `Two columns would be called ${double}.`, zh: `会出现两个名为 ${double} 的列。` },
    hint: { en: "Name one of them with as.", zh: "请用 as 为其中一个命名。" },
    details: { column: double },
  });
}
