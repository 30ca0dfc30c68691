import type { Cell, Plan, Row, Table } from "../contracts/index.ts";
import { referencesOf } from "../contracts/index.ts";

/** Orders cells of one column: numbers by value, strings by code unit, false before true; nulls last. */
export function compareCells(a: Cell, b: Cell): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A total order over rows of one table: by their cells, from the first column on. Rows it calls equal look the same. */
export function compareRows(a: Row, b: Row): number {
  for (let index = 0; index < a.cells.length; index++) {
    const order = compareCells(a.cells[index] ?? null, b.cells[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** Tools whose rows come as the clouds answer, in no order that means anything. */
const UNORDERED: ReadonlySet<string> = new Set(["resources.list", "metrics.query"]);
/** Tools that keep the order of their first input. */
const ORDER_KEEPING: ReadonlySet<string> = new Set(["table.filter", "table.derive", "table.join", "table.analyze"]);

/** The rows of an answer: as the plan orders them, else by their first columns, so that the same answer always looks the same. */
export function inStableOrder(table: Table, plan: Plan, stepId: string): Table {
  if (isOrdered(plan, stepId)) return table;
  return { columns: table.columns, rows: table.rows.toSorted(compareRows) };
}

function isOrdered(plan: Plan, stepId: string | undefined): boolean {
  const step = plan.steps.find(({ id }) => id === stepId);
  if (step === undefined || UNORDERED.has(step.tool)) return false;
  return !ORDER_KEEPING.has(step.tool) || isOrdered(plan, referencesOf(step.input)[0]);
}
