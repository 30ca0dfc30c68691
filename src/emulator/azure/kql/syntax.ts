import type { KqlType } from "./value.ts";

/** A scalar expression as it is written. */
export type Expression =
  | { readonly kind: "literal"; readonly type: KqlType; readonly value: unknown }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "member"; readonly object: Expression; readonly key: string | number }
  | { readonly kind: "index"; readonly object: Expression; readonly index: Expression }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "list"; readonly operator: string; readonly left: Expression; readonly items: readonly Expression[] }
  | { readonly kind: "negative"; readonly operand: Expression }
  | { readonly kind: "star" };

/** `Name = expression`; the name is absent where it follows from the expression. */
export interface NamedExpression {
  readonly name?: string;
  readonly expression: Expression;
}

export interface SortKey {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export interface JoinCondition {
  readonly left: string;
  readonly right: string;
}

export type Operator =
  | { readonly kind: "where"; readonly predicate: Expression }
  | { readonly kind: "extend"; readonly columns: readonly NamedExpression[] }
  | { readonly kind: "project"; readonly columns: readonly NamedExpression[] }
  | { readonly kind: "project-away"; readonly patterns: readonly string[] }
  | { readonly kind: "project-keep"; readonly patterns: readonly string[] }
  | { readonly kind: "project-rename"; readonly renames: readonly { readonly to: string; readonly from: string }[] }
  | { readonly kind: "summarize"; readonly aggregates: readonly NamedExpression[]; readonly by: readonly NamedExpression[] }
  | { readonly kind: "sort"; readonly keys: readonly SortKey[] }
  | { readonly kind: "top"; readonly count: Expression; readonly key: SortKey }
  | { readonly kind: "take"; readonly count: Expression }
  | { readonly kind: "distinct"; readonly columns: readonly NamedExpression[] }
  | { readonly kind: "count" }
  | { readonly kind: "mv-expand"; readonly column: NamedExpression; readonly type: KqlType | undefined }
  | { readonly kind: "join"; readonly join: string; readonly right: Pipeline; readonly on: readonly JoinCondition[] }
  | ({ readonly kind: "union" } & Union);

export interface Union {
  readonly outer: boolean;
  readonly withSource: string | undefined;
  /** Tables that are not there are left out. */
  readonly fuzzy: boolean;
  readonly parts: readonly Pipeline[];
}

export type Source =
  | { readonly kind: "table"; readonly name: string }
  | { readonly kind: "pipeline"; readonly pipeline: Pipeline }
  | { readonly kind: "print"; readonly columns: readonly NamedExpression[] }
  | ({ readonly kind: "union" } & Union);

export interface Pipeline {
  readonly source: Source;
  readonly operators: readonly Operator[];
}

/** A query: names that stand for something, then what is asked. */
export interface Query {
  readonly lets: ReadonlyMap<string, Expression | Pipeline>;
  readonly pipeline: Pipeline;
}
