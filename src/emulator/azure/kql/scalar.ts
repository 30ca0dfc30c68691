import type { Expression, Pipeline } from "./syntax.ts";
import type { KqlColumn, KqlRow, KqlType, KqlValue } from "./value.ts";

/** An expression that is ready to be evaluated for rows. */
export interface Scalar {
  readonly type: KqlType;
  /** Whether it is the same for every row. */
  readonly constant: boolean;
  /** What a column of it is called where the query gives no name. */
  readonly columnName?: string | undefined;
  readonly of: (row: KqlRow) => KqlValue;
}

/** What names in an expression stand for. */
export interface Scope {
  readonly columns: readonly KqlColumn[];
  readonly lets: ReadonlyMap<string, Expression | Pipeline>;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Within `summarize`: what an aggregate stands for. */
  aggregate?(call: Extract<Expression, { kind: "call" }>): Scalar | undefined;
}

/** Makes a call of a function. Throws `KqlError` for arguments it does not take. */
export type ScalarFunction = (name: string, given: readonly Scalar[], scope: Scope) => Scalar;

/** The string of a value as string operators see it: dynamics as text. */
export function stringOf(scalar: Scalar): (row: KqlRow) => string {
  if (scalar.type === "string") return scalar.of as (row: KqlRow) => string;
  return (row) => {
    const value = scalar.of(row);
    return value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
  };
}
