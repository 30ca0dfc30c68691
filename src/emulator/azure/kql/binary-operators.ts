import { compileArithmetic } from "./arithmetic.ts";
import { equalValues, orderOf, requireComparable } from "./compare.ts";
import { semanticError } from "./kql-error.ts";
import { type Scalar, stringOf } from "./scalar.ts";
import { STRING_TESTS } from "./string-tests.ts";
import type { KqlRow } from "./value.ts";

/** An operator with two operands. @throws KqlError for types it is not defined for. */
export function compileBinary(operator: string, left: Scalar, right: Scalar): Scalar {
  const constant = left.constant && right.constant;
  const bool = (of: (row: KqlRow) => unknown): Scalar => ({ type: "bool", constant, of });
  switch (operator) {
    case "and":
      requireBool(operator, left, right);
      return bool((row) => left.of(row) === true && right.of(row) === true);
    case "or":
      requireBool(operator, left, right);
      return bool((row) => left.of(row) === true || right.of(row) === true);
    case "==":
    case "!=":
      requireComparable(left, right);
      return bool(equality(left, right, operator === "!="));
    case "<":
    case "<=":
    case ">":
    case ">=":
      requireComparable(left, right);
      return bool(order(operator, left, right));
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return compileArithmetic(operator, left, right);
    default:
      return compileStringTest(operator, left, right);
  }
}

/** Between two nulls there is no answer, between null and anything else "not equal" ("Null values", Comparison operators). */
function equality(left: Scalar, right: Scalar, negated: boolean): (row: KqlRow) => boolean | null {
  return (row) => {
    const [one, other] = [left.of(row) ?? null, right.of(row) ?? null];
    if (one === null && other === null) return null;
    return (one !== null && other !== null && equalValues(one, left.type, other, right.type)) !== negated;
  };
}

function order(operator: "<" | "<=" | ">" | ">=", left: Scalar, right: Scalar): (row: KqlRow) => boolean | null {
  return (row) => {
    const [one, other] = [left.of(row) ?? null, right.of(row) ?? null];
    if (one === null || other === null) return null;
    const difference = orderOf(one, left.type, other, right.type);
    switch (operator) {
      case "<":
        return difference < 0;
      case "<=":
        return difference <= 0;
      case ">":
        return difference > 0;
      case ">=":
        return difference >= 0;
    }
  };
}

function compileStringTest(operator: string, left: Scalar, right: Scalar): Scalar {
  const negated = operator.startsWith("!");
  const name = operator === "!~" ? "=~" : negated ? operator.slice(1) : operator;
  const test = STRING_TESTS[name];
  if (test === undefined) throw semanticError("SEM0001", `The operator '${operator}' is not known.`);
  for (const { type } of [left, right]) {
    if (type !== "string" && type !== "dynamic")
      throw semanticError("SEM0025", `The operator '${operator}' is not defined for values of type ${type}. Try adding explicit casts`);
  }
  const [text, pattern] = [stringOf(left), stringOf(right)];
  if (!right.constant) return { type: "bool", constant: false, of: (row) => test(pattern(row))(text(row)) !== negated };
  const fixed = test(pattern([]));
  return { type: "bool", constant: left.constant, of: (row) => fixed(text(row)) !== negated };
}

function requireBool(operator: string, ...operands: readonly Scalar[]): void {
  const wrong = operands.find(({ type }) => type !== "bool" && type !== "dynamic");
  if (wrong !== undefined)
    throw semanticError("SEM0077", `Operator '${operator}' expects boolean operands and not one of type ${wrong.type}`);
}
