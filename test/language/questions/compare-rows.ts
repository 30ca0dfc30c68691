import type { AnswerTable, Cell } from "../../../src/contracts/index.ts";
import { around } from "./conditions.ts";
import type { Expected, Order, TruthAlarm, TruthLog, TruthResource, TruthTrace } from "./question.ts";

/** What identifies a row, in the answer and in the truth. Ids alone may repeat between accounts and regions. */
export interface Key<Item> {
  readonly columns: readonly string[];
  readonly of: (item: Item) => string;
  readonly timeOf?: (item: Item) => number;
}

export const RESOURCE_KEY: Key<TruthResource> = {
  columns: ["account", "region", "id"],
  of: ({ account, region, id }) => joined([account, region, id]),
};
export const LOG_KEY: Key<TruthLog> = {
  columns: ["account", "region", "source", "time"],
  of: ({ account, region, source, timestampMs }) => joined([account, region, source, new Date(timestampMs).toISOString()]),
  timeOf: (log) => log.timestampMs,
};
export const TRACE_KEY: Key<TruthTrace> = {
  columns: ["account", "region", "id"],
  of: ({ account, region, id }) => joined([account, region, id]),
};
export const ALARM_KEY: Key<TruthAlarm> = {
  columns: ["account", "region", "name"],
  of: ({ account, region, name }) => joined([account, region, name]),
};

export interface CompareOptions<Item> {
  readonly order?: Order<Item> | undefined;
  /** Set when the receipt says that rows are missing: at least so many must be there, and as far as they reach, all of the newest. */
  readonly cutAt?: number;
}

export interface Comparison<Item> {
  readonly problems: string[];
  /** For each row of the table the item it shows. */
  readonly items: readonly (Item | undefined)[];
}

export function compareRows<Item>(
  table: AnswerTable,
  key: Key<Item>,
  expected: Expected<Item>,
  options: CompareOptions<Item>,
): Comparison<Item> {
  const positions = key.columns.map((name) => table.columns.findIndex((column) => column.name === name));
  const absent = key.columns.filter((_, index) => positions[index] === -1);
  if (absent.length > 0) return { problems: [`columns are missing: ${absent.join(", ")}`], items: [] };

  const byKey = new Map([...expected.must, ...expected.may].map((item) => [key.of(item), item]));
  const keys = table.rows.map((row) => joined(positions.map((position, index) => keyCell(key.columns[index], row[position]))));
  const items = keys.map((rowKey) => byKey.get(rowKey));
  const shown = new Set(keys);
  const problems = [
    ...some(
      "rows that should not be there",
      keys.filter((rowKey) => !byKey.has(rowKey)),
    ),
    ...some(
      "rows that are there twice",
      keys.filter((rowKey, index) => keys.indexOf(rowKey) !== index),
    ),
    ...missingProblems(key, expected, shown, items, options),
  ];
  if (options.order !== undefined) problems.push(...orderProblems(items, options.order));
  return { problems, items };
}

function missingProblems<Item>(
  key: Key<Item>,
  expected: Expected<Item>,
  shown: ReadonlySet<string>,
  items: readonly (Item | undefined)[],
  { order, cutAt }: CompareOptions<Item>,
): string[] {
  const missing = expected.must.filter((item) => !shown.has(key.of(item)));
  if (order?.limit !== undefined) return limitProblems(expected, items, order, order.limit);
  if (cutAt === undefined) return some("rows that are missing", missing.map(key.of));
  if (missing.length === 0) return ["the receipt says that rows are missing, and none is"];
  if (shown.size < cutAt) return [`${shown.size} rows: cut before ${cutAt}`];
  const { timeOf } = key;
  if (timeOf === undefined) return [];
  const oldest = Math.min(...items.flatMap((item) => (item === undefined ? [] : [timeOf(item)])));
  return some("newer rows that are missing", missing.filter((item) => timeOf(item) > oldest).map(key.of));
}

function limitProblems<Item>(expected: Expected<Item>, items: readonly (Item | undefined)[], order: Order<Item>, limit: number): string[] {
  const keysOf = (list: readonly Item[]) => list.map(order.by).filter((value) => value !== undefined);
  const certain = keysOf(expected.must).sort((left, right) => (precedes(left, right, order) ? -1 : 1));
  const least = Math.min(limit, certain.length);
  const most = Math.min(limit, certain.length + keysOf(expected.may).length);
  const problems = items.length < least || items.length > most ? [`${items.length} rows instead of ${least}`] : [];
  const worst = certain[least - 1];
  for (const item of items) {
    const value = item === undefined ? undefined : order.by(item);
    if (item !== undefined && (value === undefined || (worst !== undefined && !precedes(value, worst, order)))) {
      problems.push(`a row with ${value ?? "no value"} is not among the first ${limit}, which end at ${worst}`);
    }
  }
  return problems;
}

function orderProblems<Item>(items: readonly (Item | undefined)[], order: Order<Item>): string[] {
  const values = items.flatMap((item) => (item === undefined ? [] : [order.by(item)]));
  const problems: string[] = [];
  values.forEach((value, index) => {
    const next = values[index + 1];
    if (index + 1 === values.length || next === undefined) return;
    if (value === undefined) problems.push(`row ${index + 1} without a value stands before one with ${next}`);
    else if (!precedes(value, next, order)) problems.push(`row ${index + 1} with ${value} stands before one with ${next}`);
  });
  return problems;
}

/** Whether `left` may stand before `right`: values that rounding could swap may stand either way, and texts by code or by locale. */
function precedes(left: number | string, right: number | string, { direction }: Pick<Order<never>, "direction">): boolean {
  const [low, high] = direction === "ascending" ? [left, right] : [right, left];
  if (typeof low === "number" && typeof high === "number") return around(low)[0] <= around(high)[1];
  const [lowText, highText] = [String(low), String(high)];
  return lowText <= highText || lowText.localeCompare(highText, "zh") <= 0 || lowText.localeCompare(highText, "en") <= 0;
}

function keyCell(column: string | undefined, cell: Cell | undefined): string {
  const time = column === "time" && typeof cell === "string" ? Date.parse(cell) : Number.NaN;
  return Number.isNaN(time) ? String(cell ?? "") : new Date(time).toISOString();
}

function joined(parts: readonly string[]): string {
  return parts.join(" ");
}

function some(what: string, keys: readonly string[]): string[] {
  return keys.length === 0 ? [] : [`${keys.length} ${what}: ${keys.slice(0, 3).join("; ")}${keys.length > 3 ? "; …" : ""}`];
}
