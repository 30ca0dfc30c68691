import { semanticError, unresolved } from "./kql-error.ts";
import type { JoinCondition } from "./syntax.ts";
import { uniqueNames } from "./unique-names.ts";
import type { KqlRow, KqlTable } from "./value.ts";

const KINDS: ReadonlySet<string> = new Set(["inner", "innerunique", "leftouter", "leftanti", "leftsemi"]);

/** Rows of two tables that agree in columns. Columns of the right table whose names are taken get a number. */
export function join(kind: string, left: KqlTable, right: KqlTable, on: readonly JoinCondition[]): KqlTable {
  if (!KINDS.has(kind)) throw semanticError("SEM0002", `join kind '${kind}' is not emulated.`);
  const leftKeys = on.map((condition) => keyIndex(left, condition.left));
  const rightKeys = on.map((condition) => keyIndex(right, condition.right));
  const onlyLeft = kind === "leftanti" || kind === "leftsemi";
  const columns = onlyLeft ? left.columns : uniqueNames([...left.columns, ...right.columns]);
  return { columns, rows: joined(kind, left, right, leftKeys, rightKeys) };
}

function* joined(
  kind: string,
  left: KqlTable,
  right: KqlTable,
  leftKeys: readonly number[],
  rightKeys: readonly number[],
): Generator<KqlRow> {
  const byKey = new Map<string, KqlRow[]>();
  for (const row of right.rows) {
    const key = keyOf(row, rightKeys);
    const there = byKey.get(key);
    if (there === undefined) byKey.set(key, [row]);
    else there.push(row);
  }
  const nothing = right.columns.map(({ type }) => (type === "string" ? "" : null));
  const seen = new Set<string>();
  for (const row of left.rows) {
    const key = keyOf(row, leftKeys);
    const matches = byKey.get(key) ?? [];
    if (kind === "innerunique") {
      if (seen.has(key)) continue;
      seen.add(key);
    }
    if (kind === "leftanti" || kind === "leftsemi") {
      if (matches.length > 0 === (kind === "leftsemi")) yield row;
    } else if (matches.length === 0) {
      if (kind === "leftouter") yield [...row, ...nothing];
    } else for (const match of matches) yield [...row, ...match];
  }
}

function keyIndex({ columns }: KqlTable, name: string): number {
  const index = columns.findIndex((column) => column.name === name);
  if (index < 0) throw unresolved("column", name);
  if (columns[index]?.type === "dynamic")
    throw semanticError("SEM0024", `join key '${name}' is of a 'dynamic' type. Please use an explicit cast using extend operator.`);
  return index;
}

/** A null is equal to nothing, hence a key that no other row has. */
function keyOf(row: KqlRow, indexes: readonly number[]): string {
  return JSON.stringify(indexes.map((index) => row[index] ?? null));
}
