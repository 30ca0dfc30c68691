import { SlsError } from "./sls-error.ts";
import { INDEXED_FIELDS, type SlsRecord } from "./sls-record.ts";
import type { Expression, SqlValue } from "./sls-sql-expression.ts";
import type { SqlColumn, SqlStatement } from "./sls-sql-parser.ts";
import { compareValues, evaluate, isAggregate, type Scope, unresolved } from "./sls-sql-scalar.ts";

export interface SqlResult {
  readonly columns: readonly string[];
  readonly types: readonly ("varchar" | "bigint" | "double" | "boolean")[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** Rows of a statement without `limit` (Log Service, "LIMIT clause"). */
export const DEFAULT_LIMIT = 100;
const MOST_ROWS = 1_000_000;
const LONG_COLUMNS = ["__time__", "__time_ns_part__"];
const ALL_COLUMNS = [...Object.keys(INDEXED_FIELDS), ...LONG_COLUMNS, "__source__", "__topic__"];

interface Row {
  readonly values: readonly SqlValue[];
  readonly order: readonly SqlValue[];
}

/** Runs a statement over the logs that its search found. Throws {@link SlsError}. */
export function runSql(statement: SqlStatement, records: readonly SlsRecord[]): SqlResult {
  const columns = statement.columns === "*" ? ALL_COLUMNS.map(columnOf) : statement.columns;
  const expressions = columns.map((column) => column.expression);
  const orders = statement.orderBy.map((item) => resolved(item.expression, columns));
  const groupBy = statement.groupBy.map((expression) => resolved(expression, columns));
  const { where, having, limit } = statement;
  for (const expression of [...expressions, ...orders, ...groupBy, ...(where === undefined ? [] : [where])]) checkColumns(expression);
  const kept = where === undefined ? records : records.filter((record) => evaluate(where, recordScope(record)) === true);
  const aggregated = groupBy.length > 0 || [...expressions, ...orders].some(hasAggregate);
  if (aggregated) for (const expression of [...expressions, ...orders]) checkGrouped(expression, groupBy);
  const scopes = aggregated ? groupsOf(kept, groupBy) : kept.map(recordScope);
  const rows = scopes
    .filter((scope) => having === undefined || evaluate(resolved(having, columns), scope) === true)
    .map(
      (scope): Row => ({
        values: expressions.map((expression) => evaluate(expression, scope)),
        order: orders.map((expression) => evaluate(expression, scope)),
      }),
    );
  if (orders.length > 0) rows.sort((left, right) => compareRows(left, right, statement));
  const { offset, count } = limit ?? { offset: 0, count: DEFAULT_LIMIT };
  if (count > MOST_ROWS) throw new SlsError(400, "ParameterInvalid", `limit must be at most ${MOST_ROWS}`);
  const page = rows.slice(offset, offset + count).map((row) => row.values);
  return { columns: columns.map((column) => column.name), types: columns.map((_, index) => typeOf(page, index)), rows: page };
}

function columnOf(name: string): SqlColumn {
  return { name, expression: { type: "column", name } };
}

/** An alias or the number of a column stands for its expression. */
function resolved(expression: Expression, columns: readonly SqlColumn[]): Expression {
  if (expression.type === "literal" && typeof expression.value === "number") return columns[expression.value - 1]?.expression ?? expression;
  if (expression.type === "column")
    return columns.find((column) => column.name.toLowerCase() === expression.name.toLowerCase())?.expression ?? expression;
  if (expression.type !== "operation") return expression;
  // Aliases in `having` and in arithmetic; numbers there are numbers.
  const inside = (part: Expression) => (part.type === "literal" ? part : resolved(part, columns));
  return { ...expression, left: inside(expression.left), right: inside(expression.right) };
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case "literal":
    case "column":
      return [];
    case "operation":
      return [expression.left, expression.right];
    case "call":
      return expression.arguments;
    case "in":
      return [expression.operand, ...expression.values];
    case "case":
      return [...expression.branches.flat(), expression.otherwise];
    default:
      return [expression.operand];
  }
}

function hasAggregate(expression: Expression): boolean {
  return (expression.type === "call" && isAggregate(expression.name)) || partsOf(expression).some(hasAggregate);
}

/** Unknown columns are refused even where there is nothing to read them from. */
function checkColumns(expression: Expression): void {
  if (expression.type === "column") fieldOf(expression.name);
  for (const part of partsOf(expression)) checkColumns(part);
}

/** What is no aggregate must be what the groups are made of. */
function checkGrouped(expression: Expression, groupBy: readonly Expression[]): void {
  if (expression.type === "call" && isAggregate(expression.name)) return;
  if (groupBy.some((group) => JSON.stringify(group) === JSON.stringify(expression))) return;
  if (expression.type === "column")
    throw new SlsError(400, "ParameterInvalid", `'${expression.name}' must be an aggregate expression or appear in GROUP BY clause`);
  for (const part of partsOf(expression)) checkGrouped(part, groupBy);
}

function fieldOf(name: string): string {
  const field = ALL_COLUMNS.find((one) => one.toLowerCase() === name.toLowerCase());
  if (field === undefined) throw unresolved(name);
  return field;
}

function recordScope({ fields }: SlsRecord): Scope {
  return {
    column: (name) => {
      const field = fieldOf(name);
      const text = fields[field];
      if (text === undefined) return null;
      return INDEXED_FIELDS[field] === "long" || LONG_COLUMNS.includes(field) ? Number(text) : text;
    },
    aggregate: ({ name }) => {
      throw new SlsError(400, "ParameterInvalid", `'${name}' must not be used without GROUP BY here`);
    },
  };
}

function groupsOf(records: readonly SlsRecord[], groupBy: readonly Expression[]): readonly Scope[] {
  const groups = new Map<string, { readonly scope: Scope; readonly members: Scope[] }>();
  for (const record of records) {
    const scope = recordScope(record);
    const key = JSON.stringify(groupBy.map((expression) => evaluate(expression, scope)));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { scope, members: [scope] });
    else group.members.push(scope);
  }
  // Without GROUP BY there is one row, even over nothing.
  if (groups.size === 0 && groupBy.length === 0) return [groupScope(undefined, [])];
  return [...groups.values()].map(({ scope, members }) => groupScope(scope, members));
}

function groupScope(first: Scope | undefined, members: readonly Scope[]): Scope {
  return {
    column: (name) => first?.column(name) ?? null,
    aggregate: ({ name, arguments: [operand, share], distinct }) => {
      if (operand === undefined) return members.length;
      const all = members.map((member) => evaluate(operand, member)).filter((value) => value !== null);
      const values = distinct || name === "approx_distinct" ? [...new Set(all)] : all;
      return aggregate(name, values, share);
    },
  };
}

function aggregate(name: string, values: readonly Exclude<SqlValue, null>[], share: Expression | undefined): SqlValue {
  if (name === "count" || name === "approx_distinct") return values.length;
  if (name === "count_if") return values.filter((value) => value === true).length;
  if (values.length === 0) return null;
  const sum = () => values.reduce<number>((total, value) => total + Number(value), 0);
  const sorted = () => values.toSorted(compareValues);
  switch (name) {
    case "sum":
      return sum();
    case "avg":
      return sum() / values.length;
    case "min":
      return sorted()[0] ?? null;
    case "max":
      return sorted().at(-1) ?? null;
    case "approx_percentile": {
      const at = share?.type === "literal" ? Number(share.value) : 0.5;
      return sorted()[Math.max(0, Math.ceil(at * values.length) - 1)] ?? null;
    }
    default:
      return values[0] ?? null;
  }
}

function compareRows(left: Row, right: Row, { orderBy }: SqlStatement): number {
  for (const [index, { descending }] of orderBy.entries()) {
    const order = compareValues(left.order[index] ?? null, right.order[index] ?? null);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

function typeOf(rows: readonly (readonly SqlValue[])[], index: number): SqlResult["types"][number] {
  const values = rows.map((row) => row[index] ?? null).filter((value) => value !== null);
  if (values.length > 0 && values.every((value) => typeof value === "boolean")) return "boolean";
  if (values.length === 0 || values.some((value) => typeof value !== "number")) return "varchar";
  return values.every(Number.isInteger) ? "bigint" : "double";
}
