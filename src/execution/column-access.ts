import type { Cell, Column, Resource, Row } from "../contracts/index.ts";
import { nearest, PlanError } from "../errors/index.ts";

/** A column of a table, or a tag of the rows' resources. */
export interface ColumnAccess {
  readonly column: Column;
  readonly isTag: boolean;
  read(row: Row): Cell;
}

const TAG_PREFIX = "tag:";

/** Finds a column, or `tag:KEY`. Throws `TOOL_INPUT_INVALID`, with the nearest names, for what is neither. */
export function accessColumn(columns: readonly Column[], name: string): ColumnAccess {
  const index = columns.findIndex((column) => column.name === name);
  const column = columns[index];
  if (name.startsWith(TAG_PREFIX)) {
    const key = name.slice(TAG_PREFIX.length);
    // The tags themselves come first: a stored table has the column, its rows have the resources.
    const read = (row: Row) => (row.resource === undefined ? (row.cells[index] ?? null) : tagOf(row.resource, key));
    return { column: { name, type: "string" }, isTag: true, read };
  }
  if (column !== undefined) return { column, isTag: false, read: (row) => row.cells[index] ?? null };
  const names = columns.map((known) => known.name);
  const near = nearest(name, names);
  throw new PlanError({
    code: "TOOL_INPUT_INVALID",
    message: { en: `There is no column ${name}.`, zh: `没有名为 ${name} 的列。` },
    hint: {
      en: near.length > 0 ? `Did you mean ${near.join(", ")}?` : `The columns are ${names.join(", ")}.`,
      zh: near.length > 0 ? `是否想用：${near.join("、")}？` : `可用的列：${names.join("、")}。`,
    },
    details: { column: name, nearest: near.join(",") },
  });
}

/** As {@link accessColumn}, for what can be calculated with. */
export function accessNumbers(columns: readonly Column[], name: string): ColumnAccess {
  const access = accessColumn(columns, name);
  if (access.column.type === "number") return access;
  const numeric = columns.filter((column) => column.type === "number").map((column) => column.name);
  throw new PlanError({
    code: "TOOL_INPUT_INVALID",
    message: { en: `The column ${name} does not hold numbers.`, zh: `列 ${name} 不是数值。` },
    hint: {
      en: numeric.length > 0 ? `Columns with numbers are ${numeric.join(", ")}.` : "No column of these rows holds numbers.",
      zh: numeric.length > 0 ? `数值列有：${numeric.join("、")}。` : "这些行没有数值列。",
    },
    details: { column: name },
  });
}

/** The value of a tag: the key as given, else without regard to case; null where the resource has none. */
export function tagOf(resource: Pick<Resource, "tags">, key: string): string | null {
  const exact = Object.hasOwn(resource.tags, key) ? resource.tags[key] : undefined;
  if (exact !== undefined) return exact;
  const wanted = key.toLowerCase();
  // Of several keys that differ only in case the first by name, so that the answer does not depend on the cloud's order.
  const known = Object.keys(resource.tags)
    .filter((candidate) => candidate.toLowerCase() === wanted)
    .sort()[0];
  return known === undefined ? null : (resource.tags[known] ?? null);
}
