import { type Batch, type Cell, type Column, type Condition, type Row, type Tool, tableFilterSchema } from "../../contracts/index.ts";
import { PlanError, QuestionError } from "../../errors/index.ts";
import { accessColumn } from "../column-access.ts";

/** Keeps the rows that fulfil conditions, as they come. */
export const tableFilter: Tool<typeof tableFilterSchema> = {
  name: "table.filter",
  description: "keeps rows by conditions on columns or tag:KEY",
  effect: "read",
  streaming: true,
  input: tableFilterSchema,
  async execute({ rows: { from }, all = [], any = [] }, context) {
    const dataset = await context.dataset(from);
    const every = all.map((condition) => rowTest(dataset.columns, condition));
    const some = any.map((condition) => rowTest(dataset.columns, condition));
    const keeps = (row: Row) => every.every((test) => test(row)) && (some.length === 0 || some.some((test) => test(row)));

    async function* batches(): AsyncGenerator<Batch> {
      let done = 0;
      let rows = 0;
      for await (const page of dataset.batches()) {
        const kept = page.rows.filter(keeps);
        done += page.rows.length;
        rows += kept.length;
        context.progress({ done, rows });
        yield { ...page, rows: kept, receipt: [] };
      }
    }
    return { columns: dataset.columns, batches: batches() };
  },
};

type RowTest = (row: Row) => boolean;
type CellTest = (cell: NonNullable<Cell>) => boolean;

function rowTest(columns: readonly Column[], condition: Condition): RowTest {
  const access = accessColumn(columns, condition.column);
  checkUnit(access.column, condition);
  if (condition.operator === "present") return (row) => access.read(row) !== null;
  if (condition.operator === "missing") return (row) => access.read(row) === null;
  const test = cellTest(access.column, condition);
  // A comparison with nothing is never true; but a resource without a tag is not one that has it, as in conditions on tags.
  const ofNothing = access.isTag && NEGATIVE.has(condition.operator);
  return (row) => {
    const cell = access.read(row);
    return cell === null ? ofNothing : test(cell);
  };
}

const NEGATIVE: ReadonlySet<Condition["operator"]> = new Set(["ne", "not-in", "not-contains"]);

function cellTest(column: Column, condition: Condition): CellTest {
  const { operator } = condition;
  switch (operator) {
    case "eq":
    case "ne": {
      const wanted = keyOf(column, requireValue(condition), condition);
      return (cell) => (keyOf(column, cell, condition) === wanted) === (operator === "eq");
    }
    case "in":
    case "not-in": {
      const wanted = new Set(requireValues(condition).map((value) => keyOf(column, value, condition)));
      return (cell) => wanted.has(keyOf(column, cell, condition)) === (operator === "in");
    }
    case "contains":
    case "not-contains": {
      const wanted = String(requireValue(condition)).toLowerCase();
      return (cell) => String(cell).toLowerCase().includes(wanted) === (operator === "contains");
    }
    case "between":
    case "outside": {
      const [low, high, ...more] = requireValues(condition).map((value) => magnitudeOf(column, value, condition));
      if (low === undefined || high === undefined || more.length > 0) throw invalid(condition, "needs two bounds", "需要两个边界值");
      return (cell) => {
        const value = magnitudeOf(column, cell, condition);
        return (value >= low && value <= high) === (operator === "between");
      };
    }
    case "gt":
    case "gte":
    case "lt":
    case "lte": {
      const bound = magnitudeOf(column, requireValue(condition), condition);
      const holds = COMPARATORS[operator];
      return (cell) => holds(magnitudeOf(column, cell, condition), bound);
    }
    default:
      throw invalid(condition, "is no comparison", "不是比较条件");
  }
}

const COMPARATORS = {
  gt: (a: number, b: number) => a > b,
  gte: (a: number, b: number) => a >= b,
  lt: (a: number, b: number) => a < b,
  lte: (a: number, b: number) => a <= b,
} as const;

/** What two equal values share: texts are compared without regard to case. */
function keyOf(column: Column, value: NonNullable<Cell>, condition: Condition): string | number {
  if (column.type === "number" || column.type === "time") return magnitudeOf(column, value, condition);
  return String(value).toLowerCase();
}

function magnitudeOf(column: Column, value: NonNullable<Cell>, condition: Condition): number {
  if (column.type === "number" && typeof value === "number") return value;
  if (column.type === "time") {
    const timestampMs = typeof value === "number" ? value : Date.parse(String(value));
    if (Number.isFinite(timestampMs)) return timestampMs;
    throw invalid(condition, "needs a time (ISO 8601)", "需要一个时间（ISO 8601）");
  }
  if (column.type === "number") throw invalid(condition, "needs a number", "需要一个数值");
  throw invalid(condition, "compares sizes, but the column holds no numbers", "比较大小，但该列不是数值");
}

function requireValue(condition: Condition): string | number | boolean {
  if (condition.value !== undefined) return condition.value;
  throw invalid(condition, "needs a value", "缺少比较值");
}

function requireValues(condition: Condition): readonly (string | number)[] {
  if (condition.values !== undefined && condition.values.length > 0) return condition.values;
  throw invalid(condition, "needs values", "缺少比较值列表");
}

function checkUnit(column: Column, { unit, column: name }: Condition): void {
  if (unit === undefined || unit === column.unit) return;
  throw new QuestionError({
    code: "UNIT_MISMATCH",
    message: {
      en: `${name} is measured in ${column.unit ?? "no unit"}, not in ${unit}.`,
      zh: `${name} 的单位是 ${column.unit ?? "（无单位）"}，而不是 ${unit}。`,
    },
    hint: { en: "Give the threshold in the unit of the column.", zh: "请使用该列的单位给出阈值。" },
    details: { column: name, unit },
  });
}

function invalid({ column, operator }: Condition, en: string, zh: string): PlanError {
  return new PlanError({
    code: "TOOL_INPUT_INVALID",
    message: { en: `The condition ${column} ${operator} ${en}.`, zh: `条件 ${column} ${operator} ${zh}。` },
    hint: { en: "Correct the step's input.", zh: "请修正该步骤的输入。" },
    details: { column, operator },
  });
}
