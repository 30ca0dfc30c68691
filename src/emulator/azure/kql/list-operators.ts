import { compileBinary } from "./binary-operators.ts";
import { semanticError } from "./kql-error.ts";
import { type Scalar, stringOf } from "./scalar.ts";
import { STRING_TESTS } from "./string-tests.ts";
import type { KqlRow } from "./value.ts";

/** `in`, `between` and the like. */
export function compileList(operator: string, left: Scalar, items: readonly Scalar[]): Scalar {
  const negated = operator.startsWith("!");
  const test = testOf(negated ? operator.slice(1) : operator, left, items);
  return { type: "bool", constant: false, of: negated ? (row) => !test(row) : test };
}

function testOf(operator: string, left: Scalar, items: readonly Scalar[]): (row: KqlRow) => boolean {
  switch (operator) {
    case "between": {
      const [from, to] = items;
      if (from === undefined || to === undefined) throw semanticError("SEM0001", "between needs two bounds");
      // The upper bound may be a distance from the lower one.
      const upper = left.type === "datetime" && to.type === "timespan" ? compileBinary("+", from, to) : to;
      const least = compileBinary(">=", left, from);
      const most = compileBinary("<=", left, upper);
      return (row) => least.of(row) === true && most.of(row) === true;
    }
    case "in":
      return membership(left, items, (text) => text);
    case "in~":
      return membership(left, items, (text) => text.toLowerCase());
    default: {
      const has = STRING_TESTS.has;
      const [text, terms] = [stringOf(left), itemValues(items).map((term) => has?.(String(term)))];
      return operator === "has_any" ? (row) => terms.some((test) => test?.(text(row))) : (row) => terms.every((test) => test?.(text(row)));
    }
  }
}

function membership(left: Scalar, items: readonly Scalar[], fold: (text: string) => string): (row: KqlRow) => boolean {
  for (const item of items) if (item.type !== "dynamic") compileBinary("==", left, item);
  const folded = (value: unknown) => (typeof value === "string" ? fold(value) : value);
  const known = new Set(itemValues(items).map(folded));
  return (row) => known.has(folded(left.of(row)));
}

/** Values of constants; a dynamic array stands for its items. */
function itemValues(items: readonly Scalar[]): readonly unknown[] {
  return items.flatMap((item) => {
    if (!item.constant) throw semanticError("SEM0001", "in: only constants can stand in the list");
    return item.of([]);
  });
}
