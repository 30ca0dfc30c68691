import type { Resource } from "./resource.ts";
import type { Unit } from "./unit.ts";

export type Cell = string | number | boolean | null;

/** `time` cells are ISO 8601 in UTC. */
export interface Column {
  readonly name: string;
  readonly type: "string" | "number" | "boolean" | "time";
  readonly unit?: Unit;
}

/** `[timestampMs, value]`, ascending. */
export type Point = readonly [number, number];

/** Points behind one metric cell of a row. */
export interface Series {
  /** The metric column it belongs to. */
  readonly column: string;
  readonly points: readonly Point[];
}

/**
 * A row between steps: its cells in column order, and where it came from. `resource` stays with the row through filters, sorts and
 * joins, so that tags can be filtered on and console links made, and is gone after an aggregation.
 */
export interface Row {
  readonly cells: readonly Cell[];
  readonly resource?: Resource;
  readonly series?: readonly Series[];
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Every table of resources begins with these. */
export const RESOURCE_COLUMNS: readonly Column[] = [
  { name: "provider", type: "string" },
  { name: "account", type: "string" },
  { name: "region", type: "string" },
  { name: "id", type: "string" },
  { name: "name", type: "string" },
];
