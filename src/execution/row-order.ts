import type { Cell, Plan, PlanStep, Row, Table } from "../contracts/index.ts";
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
  const source = orderingStep(plan, stepId);
  if (source === undefined || UNORDERED.has(source.tool)) return { columns: table.columns, rows: table.rows.toSorted(compareRows) };
  // A program orders its rows, in each place by itself.
  if (source.tool === CODE_TOOL) return { columns: table.columns, rows: table.rows.toSorted(comparePlaces) };
  return table;
}

const CODE_TOOL = "code.run";
/** Cloud, account and region come first. */
const PLACE_CELLS = 3;

function comparePlaces(a: Row, b: Row): number {
  return compareRows({ cells: a.cells.slice(0, PLACE_CELLS) }, { cells: b.cells.slice(0, PLACE_CELLS) });
}

/** The step whose order the rows of a step have. */
function orderingStep(plan: Plan, stepId: string | undefined): PlanStep | undefined {
  const step = plan.steps.find(({ id }) => id === stepId);
  return step !== undefined && ORDER_KEEPING.has(step.tool) ? orderingStep(plan, referencesOf(step.input)[0]) : step;
}
