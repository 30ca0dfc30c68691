import { compileExpression } from "./compile-expression.ts";
import { KqlError } from "./kql-error.ts";
import type { Scope } from "./scalar.ts";
import type { Expression, Operator } from "./syntax.ts";

/** Milliseconds since the epoch, both inclusive. */
export interface TimeBounds {
  readonly fromMs: number;
  readonly toMs: number;
}

const COLUMN = "TimeGenerated";

/** Times outside which no row passes the `where` operators right after a table: such rows need not be made. */
export function timeBoundsOf(operators: readonly Operator[], scope: Omit<Scope, "columns">): TimeBounds {
  let [fromMs, toMs] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const operator of operators) {
    if (operator.kind !== "where") break;
    for (const condition of conjunctsOf(operator.predicate)) {
      const bounds = boundsOf(condition, scope);
      fromMs = Math.max(fromMs, bounds.fromMs ?? fromMs);
      toMs = Math.min(toMs, bounds.toMs ?? toMs);
    }
  }
  return { fromMs, toMs };
}

function conjunctsOf(expression: Expression): readonly Expression[] {
  if (expression.kind !== "binary" || expression.operator !== "and") return [expression];
  return [...conjunctsOf(expression.left), ...conjunctsOf(expression.right)];
}

function boundsOf(condition: Expression, scope: Omit<Scope, "columns">): { fromMs?: number | undefined; toMs?: number | undefined } {
  if ((condition.kind !== "binary" && condition.kind !== "list") || condition.left.kind !== "name" || condition.left.name !== COLUMN)
    return {};
  if (condition.kind === "list") {
    const [from, to] = condition.operator === "between" ? condition.items.map((item) => momentOf(item, scope)) : [];
    return { fromMs: from, toMs: to };
  }
  const moment = momentOf(condition.right, scope);
  switch (condition.operator) {
    case ">":
    case ">=":
      return { fromMs: moment };
    case "<":
    case "<=":
      return { toMs: moment };
    default:
      return {};
  }
}

/** The moment a constant stands for; undefined for everything else: then nothing is known about it. */
function momentOf(expression: Expression, scope: Omit<Scope, "columns">): number | undefined {
  try {
    const scalar = compileExpression(expression, { ...scope, columns: [] });
    const value = scalar.type === "datetime" ? scalar.of([]) : null;
    return typeof value === "number" ? value : undefined;
  } catch (error) {
    if (error instanceof KqlError) return undefined;
    throw error;
  }
}
