import { SlsError } from "./sls-error.ts";
import type { Expression, SqlValue } from "./sls-sql-expression.ts";
import { wildcardPattern } from "./wildcard.ts";

/** Where the value of a column or of an aggregate comes from. */
export interface Scope {
  column(name: string): SqlValue;
  aggregate(call: Extract<Expression, { type: "call" }>): SqlValue;
}

/** The value of an expression. Throws {@link SlsError} for functions the emulator does not know. */
export function evaluate(expression: Expression, scope: Scope): SqlValue {
  const of = (operand: Expression) => evaluate(operand, scope);
  switch (expression.type) {
    case "literal":
      return expression.value;
    case "column":
      return scope.column(expression.name);
    case "not": {
      const value = of(expression.operand);
      return value === null ? null : value !== true;
    }
    case "negative": {
      const value = of(expression.operand);
      return value === null ? null : -Number(value);
    }
    case "is-null":
      return of(expression.operand) === null;
    case "in": {
      const value = of(expression.operand);
      return value === null ? null : expression.values.some((one) => compareValues(value, of(one)) === 0);
    }
    case "cast":
      return cast(of(expression.operand), expression.to);
    case "case":
      return of(expression.branches.find(([when]) => of(when) === true)?.[1] ?? expression.otherwise);
    case "call":
      return isAggregate(expression.name) ? scope.aggregate(expression) : callOf(expression.name, expression.arguments.map(of));
    case "operation": {
      const [left, right] = [of(expression.left), of(expression.right)];
      // Whole numbers divide into whole numbers, unless one of them is written or computed as a double.
      if (expression.operator === "/" && !isDouble(expression.left) && !isDouble(expression.right))
        return left === null || right === null ? null : Math.trunc(Number(left) / Number(right));
      return operation(expression.operator, left, right);
    }
  }
}

/** Below zero, zero or above zero; nulls come last. */
export function compareValues(left: SqlValue, right: SqlValue): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  if (typeof left === "number" || typeof right === "number") return Number(left) - Number(right);
  return String(left) < String(right) ? -1 : Number(String(left) !== String(right));
}

function isDouble(expression: Expression): boolean {
  switch (expression.type) {
    case "literal":
      return expression.double === true;
    case "cast":
      return expression.to === "double";
    case "call":
      return expression.name === "avg";
    case "negative":
      return isDouble(expression.operand);
    case "operation":
      return isDouble(expression.left) || isDouble(expression.right);
    default:
      return false;
  }
}

const AGGREGATES = ["count", "count_if", "sum", "avg", "min", "max", "approx_distinct", "arbitrary", "approx_percentile"];

export function isAggregate(name: string): boolean {
  return AGGREGATES.includes(name);
}

export function unresolved(name: string): SlsError {
  return new SlsError(400, "ParameterInvalid", `Column '${name}' cannot be resolved;please add the column in the index attribute`);
}

function operation(operator: string, left: SqlValue, right: SqlValue): SqlValue {
  if (operator === "and")
    return left === false || right === false ? false : left === null || right === null ? null : left === true && right === true;
  if (operator === "or") return left === true || right === true ? true : left === null || right === null ? null : false;
  if (left === null || right === null) return null;
  const order = () => compareValues(left, right);
  switch (operator) {
    case "=":
      return order() === 0;
    case "<>":
      return order() !== 0;
    case "<":
      return order() < 0;
    case "<=":
      return order() <= 0;
    case ">":
      return order() > 0;
    case ">=":
      return order() >= 0;
    case "like":
      return wildcardPattern(String(right), { many: "%", one: "_" }).test(String(left));
    case "||":
      return `${left}${right}`;
    case "+":
      return Number(left) + Number(right);
    case "-":
      return Number(left) - Number(right);
    case "*":
      return Number(left) * Number(right);
    case "%":
      return Number(left) % Number(right);
    default:
      return Number(left) / Number(right);
  }
}

function cast(value: SqlValue, to: string): SqlValue {
  if (value === null) return null;
  switch (to) {
    case "varchar":
      return String(value);
    case "bigint":
    case "integer":
      return Math.round(Number(value));
    case "double":
      return Number(value);
    default:
      throw new SlsError(400, "ParameterInvalid", `Unknown type: ${to}`);
  }
}

function callOf(name: string, values: readonly SqlValue[]): SqlValue {
  const [first = null, second = null, third = null] = values;
  if (name === "coalesce") return values.find((value) => value !== null) ?? null;
  if (name === "if") return first === true ? second : third;
  if (first === null) return null;
  switch (name) {
    case "lower":
      return String(first).toLowerCase();
    case "upper":
      return String(first).toUpperCase();
    case "trim":
      return String(first).trim();
    case "length":
      return [...String(first)].length;
    case "strpos":
      return String(first).indexOf(String(second)) + 1;
    case "substr":
      return String(first).slice(Number(second) - 1, third === null ? undefined : Number(second) - 1 + Number(third));
    case "replace":
      return String(first).replaceAll(String(second), String(third ?? ""));
    case "concat":
      return values.map(String).join("");
    case "regexp_like":
      return new RegExp(String(second), "u").test(String(first));
    case "abs":
      return Math.abs(Number(first));
    case "round":
      return Number(Number(first).toFixed(Number(second ?? 0)));
    case "floor":
      return Math.floor(Number(first));
    default:
      throw new SlsError(400, "ParameterInvalid", `Function ${name} not registered`);
  }
}
