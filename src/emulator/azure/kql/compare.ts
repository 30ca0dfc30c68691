import { semanticError } from "./kql-error.ts";
import type { Scalar } from "./scalar.ts";
import { isNumeric, type KqlType, type KqlValue } from "./value.ts";

/** Refuses what Kusto refuses to compare: different types, where neither is dynamic. */
export function requireComparable(left: Scalar, right: Scalar): void {
  const same = left.type === right.type || (isNumeric(left.type) && isNumeric(right.type));
  if (same || left.type === "dynamic" || right.type === "dynamic") return;
  throw semanticError("SEM0064", `Cannot compare values of types ${left.type} and ${right.type}. Try adding explicit casts`);
}

/** `==` without nulls. A dynamic datetime is text: it is compared with a datetime as what it says. */
export function equalValues(left: KqlValue, leftType: KqlType, right: KqlValue, rightType: KqlType): boolean {
  const [one, other] = sameKind(left, leftType, right, rightType);
  if (typeof one === "object" && typeof other === "object") return JSON.stringify(one) === JSON.stringify(other);
  return one === other;
}

/** Negative, 0 or positive; NaN for what has no order. */
export function orderOf(left: KqlValue, leftType: KqlType, right: KqlValue, rightType: KqlType): number {
  const [one, other] = sameKind(left, leftType, right, rightType);
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one === "boolean" && typeof other === "boolean") return Number(one) - Number(other);
  if (typeof one === "string" && typeof other === "string") return one < other ? -1 : one > other ? 1 : 0;
  return Number.NaN;
}

function sameKind(left: KqlValue, leftType: KqlType, right: KqlValue, rightType: KqlType): [unknown, unknown] {
  if (leftType === "datetime" && rightType === "dynamic" && typeof right === "string") return [left, Date.parse(right)];
  if (rightType === "datetime" && leftType === "dynamic" && typeof left === "string") return [Date.parse(left), right];
  return [left, right];
}
