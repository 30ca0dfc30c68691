import type { Expression, SelectStatement } from "./tls-sql-parser.ts";
import { sqlError } from "./tls-sql-tokens.ts";

type SqlValue = string | number | boolean | null;
export type SqlRow = ReadonlyMap<string, SqlValue>;

export interface SqlColumn {
  readonly name: string;
  readonly type: "text" | "long" | "double";
}

export interface SqlTable {
  readonly columns: readonly SqlColumn[];
  readonly rows: readonly (readonly SqlValue[])[];
}

const AGGREGATES: ReadonlySet<string> = new Set(["count", "sum", "avg", "min", "max", "approx_distinct", "approx_percentile"]);

/** Runs a statement over rows that have the columns `known`, in any order. */
export function runSelect(statement: SelectStatement, known: readonly SqlColumn[], input: readonly SqlRow[]): SqlTable {
  const items = statement.items ?? known.map(({ name }) => ({ name, expression: { type: "column", name } as const }));
  // A name that SELECT gives may stand in GROUP BY and ORDER BY.
  const given = new Map(items.map((item) => [item.name, item.expression]));
  const resolve = (expression: Expression) => (expression.type === "column" ? (given.get(expression.name) ?? expression) : expression);
  const keys = statement.groupBy.map(resolve);
  const sorts = statement.orderBy.map(({ expression, descending }) => ({ expression: resolve(expression), descending }));
  const names = new Set(known.map(({ name }) => name));
  for (const expression of [...items.map((item) => item.expression), ...keys, ...sorts.map((sort) => sort.expression)])
    checkColumns(expression, names);
  const { where } = statement;
  if (where !== undefined) checkColumns(where, names);
  const rows = where === undefined ? input : input.filter((row) => evaluate(where, [row]) === true);
  const aggregated = keys.length > 0 || items.some((item) => hasAggregate(item.expression));
  const groups = aggregated ? groupsOf(rows, keys) : rows.map((row) => [row]);
  const sorted = groups.toSorted((left, right) => {
    for (const { expression, descending } of sorts) {
      const order = compareValues(evaluate(expression, left), evaluate(expression, right));
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return {
    columns: items.map(({ name, expression }) => ({ name, type: typeOf(expression, known) })),
    rows: sorted.slice(0, statement.limit).map((group) => items.map((item) => evaluate(item.expression, group))),
  };
}

function groupsOf(rows: readonly SqlRow[], keys: readonly Expression[]): readonly (readonly SqlRow[])[] {
  // Without GROUP BY there is one group, even of no rows.
  if (keys.length === 0) return [rows];
  const groups = new Map<string, SqlRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((expression) => evaluate(expression, [row])));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** The value over a group: of aggregates over all its rows, of anything else from its first. */
function evaluate(expression: Expression, group: readonly SqlRow[]): SqlValue {
  switch (expression.type) {
    case "literal":
      return expression.value;
    case "column":
      return group[0]?.get(expression.name) ?? null;
    case "not": {
      const value = evaluate(expression.operand, group);
      return value === null ? null : value !== true;
    }
    case "is-null":
      return evaluate(expression.operand, group) === null;
    case "in": {
      const value = evaluate(expression.operand, group);
      return value === null ? null : expression.values.some((candidate) => compareValues(value, evaluate(candidate, group)) === 0);
    }
    case "binary":
      return binary(expression.operator, evaluate(expression.left, group), evaluate(expression.right, group));
    case "call":
      return AGGREGATES.has(expression.name) ? aggregate(expression, group) : scalar(expression, group);
  }
}

function binary(operator: string, left: SqlValue, right: SqlValue): SqlValue {
  if (operator === "and") return left === true && right === true;
  if (operator === "or") return left === true || right === true;
  if (left === null || right === null) return null;
  switch (operator) {
    case "like":
      return likePattern(String(right)).test(String(left));
    case "=":
      return compareValues(left, right) === 0;
    case "!=":
    case "<>":
      return compareValues(left, right) !== 0;
    case "<":
      return compareValues(left, right) < 0;
    case "<=":
      return compareValues(left, right) <= 0;
    case ">":
      return compareValues(left, right) > 0;
    case ">=":
      return compareValues(left, right) >= 0;
    case "+":
      return Number(left) + Number(right);
    case "-":
      return Number(left) - Number(right);
    case "*":
      return Number(left) * Number(right);
    case "/":
      return Number(left) / Number(right);
    default:
      return Number(left) % Number(right);
  }
}

function likePattern(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\*?]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  return new RegExp(`^${source}$`, "s");
}

type Call = Extract<Expression, { readonly type: "call" }>;

function aggregate({ name, arguments: [operand, second], distinct }: Call, group: readonly SqlRow[]): SqlValue {
  if (operand === undefined) return group.length;
  const all = group.map((row) => evaluate(operand, [row])).filter((value) => value !== null);
  const values = distinct || name === "approx_distinct" ? [...new Set(all)] : all;
  const numbers = values.map(Number);
  switch (name) {
    case "count":
    case "approx_distinct":
      return values.length;
    case "sum":
      return numbers.length === 0 ? null : total(numbers);
    case "avg":
      return numbers.length === 0 ? null : total(numbers) / numbers.length;
    case "approx_percentile": {
      const share = Number(second === undefined ? 0.5 : evaluate(second, group));
      return numbers.toSorted((left, right) => left - right)[Math.max(0, Math.ceil(share * numbers.length) - 1)] ?? null;
    }
    default:
      return values.toSorted(compareValues).at(name === "max" ? -1 : 0) ?? null;
  }
}

function scalar({ name, arguments: operands }: Call, group: readonly SqlRow[]): SqlValue {
  const [first = null, second = null] = operands.map((operand) => evaluate(operand, group));
  switch (name) {
    case "lower":
      return first === null ? null : String(first).toLowerCase();
    case "upper":
      return first === null ? null : String(first).toUpperCase();
    case "length":
      return first === null ? null : String(first).length;
    case "coalesce":
      return first ?? second;
    case "concat":
      return operands.map((operand) => String(evaluate(operand, group) ?? "")).join("");
    default:
      throw sqlError(`function ${name} is not registered`);
  }
}

function typeOf(expression: Expression, known: readonly SqlColumn[]): SqlColumn["type"] {
  switch (expression.type) {
    case "literal":
      return typeof expression.value === "number" ? "long" : "text";
    case "column":
      return known.find(({ name }) => name === expression.name)?.type ?? "text";
    case "binary":
      return ["+", "-", "*", "/", "%"].includes(expression.operator) ? "double" : "text";
    case "call":
      if (["count", "approx_distinct", "length"].includes(expression.name)) return "long";
      if (expression.name === "avg") return "double";
      return AGGREGATES.has(expression.name) && expression.arguments[0] !== undefined ? typeOf(expression.arguments[0], known) : "text";
    default:
      return "text";
  }
}

function hasAggregate(expression: Expression): boolean {
  return expression.type === "call" ? AGGREGATES.has(expression.name) : partsOf(expression).some(hasAggregate);
}

function checkColumns(expression: Expression, known: ReadonlySet<string>): void {
  if (expression.type === "column" && !known.has(expression.name)) throw sqlError(`column '${expression.name}' cannot be resolved`);
  for (const part of partsOf(expression)) checkColumns(part, known);
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case "binary":
      return [expression.left, expression.right];
    case "not":
    case "is-null":
      return [expression.operand];
    case "in":
      return [expression.operand, ...expression.values];
    case "call":
      return expression.arguments;
    default:
      return [];
  }
}

function compareValues(left: SqlValue, right: SqlValue): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (typeof left === "number" || typeof right === "number") return Number(left) - Number(right);
  return String(left) < String(right) ? -1 : Number(String(left) !== String(right));
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
