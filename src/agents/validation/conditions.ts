import type { Condition, ToolInput, Unit } from "../../contracts/index.ts";
import { type Problem, problem } from "./problem.ts";
import { columnOf, type Shape, type ShapeColumn } from "./shape.ts";

/** A number alone does not say whether bytes or gigabytes, seconds or milliseconds are meant. */
const NEEDS_UNIT: ReadonlySet<Unit> = new Set(["bytes", "bytes/second", "seconds", "milliseconds"]);

const ORDERING: ReadonlySet<string> = new Set(["gt", "gte", "lt", "lte", "between", "outside"]);

/** Conditions on columns that exist, with values and units that fit them. */
export function checkFilter(input: ToolInput<"table.filter">, shape: Shape, path: string, unknownColumn: UnknownColumn): Problem[] {
  const groups = [
    { conditions: input.all ?? [], at: `${path}.all` },
    { conditions: input.any ?? [], at: `${path}.any` },
  ];
  if (groups.every(({ conditions }) => conditions.length === 0)) {
    return [problem("TOOL_INPUT_INVALID", path, { en: "A filter needs a condition.", zh: "筛选至少需要一个条件。" })];
  }
  const each = groups.flatMap(({ conditions, at }) =>
    conditions.flatMap((condition, index) => checkCondition(condition, shape, `${at}.${index}`, unknownColumn)),
  );
  return each.length > 0 ? each : contradictions(input.all ?? [], `${path}.all`);
}

export type UnknownColumn = (name: string, shape: Shape, path: string) => Problem;

function checkCondition(condition: Condition, shape: Shape, path: string, unknownColumn: UnknownColumn): Problem[] {
  const column = columnOf(shape, condition.column);
  if (column === undefined) return [unknownColumn(condition.column, shape, path)];
  const wrong = wrongValue(condition, column, path);
  return wrong === undefined ? wrongUnit(condition, column, path) : [wrong];
}

function wrongUnit({ unit, operator, column: name }: Condition, column: Partial<ShapeColumn>, path: string): Problem[] {
  if (column.unitUnknown || operator === "present" || operator === "missing") return [];
  if (unit === undefined) {
    if (column.unit === undefined || !NEEDS_UNIT.has(column.unit)) return [];
    return [
      problem("UNIT_MISSING", path, {
        en: `The value for ${name} has no unit; the column is in ${column.unit}.`,
        zh: `${name} 的阈值没有单位；该列的单位是 ${column.unit}。`,
      }),
    ];
  }
  if (unit === column.unit) return [];
  return [
    problem("UNIT_MISMATCH", path, {
      en: `${name} is in ${column.unit ?? "no unit"}, the value in ${unit}.`,
      zh: `${name} 的单位是 ${column.unit ?? "（无）"}，而阈值的单位是 ${unit}。`,
    }),
  ];
}

function wrongValue(condition: Condition, column: Partial<ShapeColumn>, path: string): Problem | undefined {
  const { operator, value, values, column: name } = condition;
  const invalid = (en: string, zh: string) => problem("TOOL_INPUT_INVALID", path, { en, zh });
  if (operator === "present" || operator === "missing") return undefined;
  const operands = operator === "between" || operator === "outside" || operator === "in" || operator === "not-in" ? values : [value];
  const given = (operands ?? []).filter((operand) => operand !== undefined);
  if (given.length === 0)
    return values === undefined && operands === values
      ? invalid(`${operator} needs values.`, `${operator} 需要 values。`)
      : invalid(`${operator} needs a value.`, `${operator} 需要 value。`);
  if (operator === "between" || operator === "outside") {
    const [low, high] = given;
    if (given.length !== 2 || low === undefined || high === undefined || typeof low !== typeof high)
      return invalid(`${operator} needs two bounds in values.`, `${operator} 需要 values 中的两个界限。`);
    if (low > high) return invalid(`The first bound of ${operator} is above the second.`, `${operator} 的第一个界限大于第二个。`);
  }
  const numeric = given.every((operand) => typeof operand === "number");
  if (column.type === "number" && !numeric)
    return invalid(`${name} holds numbers; the value must be a number.`, `${name} 是数值列，值必须是数字。`);
  if (column.type !== undefined && column.type !== "number" && ORDERING.has(operator) && numeric)
    return invalid(
      `${name} holds no numbers; ${operator} with a number does not fit.`,
      `${name} 不是数值列，不能与数字进行 ${operator} 比较。`,
    );
  if (column.type === "time" && ORDERING.has(operator) && given.some((operand) => Number.isNaN(Date.parse(String(operand)))))
    return invalid(`${name} holds times; the value must be ISO 8601.`, `${name} 是时间列，值必须是 ISO 8601 时间。`);
  return undefined;
}

/** Conditions that hold together and exclude each other: below 10 and above 90. */
function contradictions(conditions: readonly Condition[], path: string): Problem[] {
  const columns = new Set(conditions.map(({ column }) => column));
  return [...columns].flatMap((column) => {
    const ranges = conditions.filter((condition) => condition.column === column).map(rangeOf);
    const low = Math.max(...ranges.map((range) => range.low));
    const high = Math.min(...ranges.map((range) => range.high));
    const touching = ranges.some((range) => range.open && (range.low === low || range.high === high));
    if (low < high || (low === high && !touching)) return [];
    return [
      problem("QUESTION_CONTRADICTORY", path, {
        en: `The conditions on ${column} exclude each other.`,
        zh: `对 ${column} 的条件互相矛盾。`,
      }),
    ];
  });
}

interface Range {
  readonly low: number;
  readonly high: number;
  /** Its bound itself is outside. */
  readonly open: boolean;
}

function rangeOf({ operator, value, values }: Condition): Range {
  const everything = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, open: false };
  if (operator === "between" && values !== undefined) {
    const [low, high] = values;
    return typeof low === "number" && typeof high === "number" ? { low, high, open: false } : everything;
  }
  if (typeof value !== "number") return everything;
  switch (operator) {
    case "gt":
      return { ...everything, low: value, open: true };
    case "gte":
      return { ...everything, low: value };
    case "lt":
      return { ...everything, high: value, open: true };
    case "lte":
      return { ...everything, high: value };
    case "eq":
      return { low: value, high: value, open: false };
    default:
      return everything;
  }
}
