import { semanticError } from "./kql-error.ts";
import type { Scalar } from "./scalar.ts";
import { isNumeric, type KqlType } from "./value.ts";

type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";

/** `+ - * / %` between numbers, and where they mean something between times. Null with anything is null. */
export function compileArithmetic(operator: ArithmeticOperator, left: Scalar, right: Scalar): Scalar {
  const type = typeOf(operator, left.type, right.type);
  const whole = type === "long" || type === "int";
  return {
    type,
    constant: left.constant && right.constant,
    of: (row) => {
      const [one, other] = [left.of(row) ?? null, right.of(row) ?? null];
      if (one === null || other === null) return null;
      const result = apply(operator, Number(one), Number(other));
      if (!whole) return result;
      return Number.isFinite(result) ? Math.trunc(result) : null;
    },
  };
}

function apply(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      // Never negative ("Numerical operators", About modulo operations).
      return ((left % right) + Math.abs(right)) % Math.abs(right);
  }
}

function typeOf(operator: ArithmeticOperator, left: KqlType, right: KqlType): KqlType {
  if (isNumeric(left) && isNumeric(right))
    return left === "real" || right === "real" ? "real" : left === "int" && right === "int" ? "int" : "long";
  const types = `${left} ${operator} ${right}`;
  switch (types) {
    case "datetime - datetime":
    case "timespan + timespan":
    case "timespan - timespan":
      return "timespan";
    case "datetime + timespan":
    case "timespan + datetime":
    case "datetime - timespan":
      return "datetime";
    case "timespan / timespan":
      return "real";
    default:
      if ((operator === "*" || operator === "/") && left === "timespan" && isNumeric(right)) return "timespan";
      if (operator === "*" && isNumeric(left) && right === "timespan") return "timespan";
      throw semanticError("SEM0064", `Arithmetic expression cannot be carried-out between ${left} and ${right}`);
  }
}
