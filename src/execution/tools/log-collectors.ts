import {
  type Cell,
  COUNT_COLUMN,
  type Column,
  type LogEntry,
  type LogPage,
  type ReceiptEntry,
  type Row,
  type Scope,
  TOOL_COLUMNS,
} from "../../contracts/index.ts";
import { scopeKey } from "../receipts.ts";
import { compareRows } from "../row-order.ts";

/** Gathers what reads bring, and makes rows of it once all have ended. */
export interface LogCollector {
  take(scope: Scope, page: LogPage): void;
  /** Final once all reads have ended. */
  columns(): readonly Column[];
  /** The rows, and what was cut. */
  finish(): { readonly rows: readonly Row[]; readonly receipt: readonly ReceiptEntry[] };
}

/** Entries, the newest `limit`. Where nobody asked for a limit, what it cuts is told. */
export function collectEntries(limit: number, limitIsAsked: boolean): LogCollector {
  const found: { readonly scope: Scope; readonly row: Row }[] = [];
  return {
    columns: () => TOOL_COLUMNS["logs.query"],
    take(scope, page) {
      for (const entry of page.entries ?? []) found.push({ scope, row: { cells: entryCells(scope, entry) } });
    },
    finish() {
      found.sort((a, b) => compareNewest(a.row, b.row));
      const cut = new Map<Scope, number>();
      for (const { scope } of found.slice(limit)) cut.set(scope, (cut.get(scope) ?? 0) + 1);
      const receipt = limitIsAsked ? [] : [...cut].map(([scope, count]) => cutEntry(scope, count, limit));
      return { rows: found.slice(0, limit).map(({ row }) => row), receipt };
    },
  };
}

/** How many entries have each value of a field, most frequent first; with a limit, so many values. */
export function collectCounts(field: string, limit?: number): LogCollector {
  const counts = new Map<string, number>();
  const add = (value: string, count: number) => counts.set(value, (counts.get(value) ?? 0) + count);
  return {
    columns: () => [{ name: field, type: "string" }, COUNT_COLUMN],
    take(scope, page) {
      // Where the scope itself is counted by, its own name is surer than what a cloud writes for it.
      const place = field === "provider" || field === "account" || field === "region" ? scope[field] : undefined;
      for (const { value, count } of page.counts ?? []) add(place ?? value, count);
      for (const entry of page.entries ?? []) add(place ?? fieldOf(entry, field), 1);
    },
    finish() {
      const all = [...counts].map(([value, count]): Row => ({ cells: [value === "" ? null : value, count] }));
      all.sort((a, b) => Number(b.cells[1]) - Number(a.cells[1]) || compareRows(a, b));
      const rows = all.slice(0, limit);
      const entries = all.slice(rows.length).reduce((sum, { cells }) => sum + Number(cells[1]), 0);
      return { rows, receipt: rows.length < all.length ? [valuesLeftOut(rows.length, all.length, entries)] : [] };
    },
  };
}

/** A row of a native query, and its place in the reply that it came in. */
interface FoundRow {
  readonly scope: Scope;
  readonly rank: number;
  readonly cells: ReadonlyMap<string, Cell>;
}

/**
 * Rows of native queries: where they are from, then whatever columns the clouds gave them. One question is many queries, each with an
 * order of its own: replies that are all newest first are merged like that, others are dealt out in turn. A limit holds over all.
 */
export function collectTables(limit?: number): LogCollector {
  const columns = new Map<string, Column>();
  const found: FoundRow[] = [];
  const place = TOOL_COLUMNS["logs.query"].slice(1, 4);
  const add = (scope: Scope, own: readonly Column[], rows: readonly (readonly Cell[])[]) => {
    for (const column of own) columns.set(column.name, column);
    rows.forEach((row, rank) => {
      found.push({ scope, rank, cells: new Map(own.map(({ name }, index) => [name, row[index] ?? null])) });
    });
  };
  return {
    columns: () => [...place, ...[...columns.values()].filter(({ name }) => !place.some((column) => column.name === name))],
    take(scope, { table, entries = [] }) {
      if (table !== undefined) add(scope, table.columns, table.rows);
      const cells = entries.map((entry) => entryCells(scope, entry));
      if (entries.length > 0) add(scope, TOOL_COLUMNS["logs.query"], cells);
    },
    finish() {
      const names = this.columns().map(({ name }) => name);
      const time = [...columns.values()].find(({ type }) => type === "time")?.name;
      const newestFirst = time !== undefined && isNewestFirst(found, time);
      const all = found.map(({ scope, rank, cells }) => {
        const placed = new Map(cells).set("provider", scope.provider).set("account", scope.account).set("region", scope.region);
        const row: Row = { cells: names.map((name) => placed.get(name) ?? null) };
        return { row, rank, scope: scopeKey(scope), timeMs: newestFirst ? timeOf(cells.get(time)) : 0 };
      });
      all.sort((a, b) => b.timeMs - a.timeMs || a.rank - b.rank || compareTexts(a.scope, b.scope) || compareRows(a.row, b.row));
      const rows = all.slice(0, limit).map(({ row }) => row);
      return { rows, receipt: rows.length < all.length ? [rowsLeftOut(rows.length, all.length, newestFirst)] : [] };
    },
  };
}

/** Whether every reply gave its rows by this time, newest first. Rows of one reply stand together. */
function isNewestFirst(found: readonly FoundRow[], time: string): boolean {
  return found.every(({ rank, cells }, index) => {
    const timeMs = timeOf(cells.get(time));
    return !Number.isNaN(timeMs) && (rank === 0 || timeOf(found[index - 1]?.cells.get(time)) >= timeMs);
  });
}

/** Milliseconds since the epoch; NaN for what is no time. */
function timeOf(cell: Cell | undefined): number {
  return typeof cell === "number" ? cell : Date.parse(String(cell));
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function entryCells(scope: Scope, { timestampMs, source, service, severity, message }: LogEntry): Cell[] {
  return [new Date(timestampMs).toISOString(), scope.provider, scope.account, scope.region, source, service, severity, message];
}

/** By time, newest first; entries of one moment by their other cells. */
function compareNewest(a: Row, b: Row): number {
  const [left, right] = [String(a.cells[0]), String(b.cells[0])];
  return left === right ? compareRows(a, b) : left < right ? 1 : -1;
}

function fieldOf(entry: LogEntry, field: string): string {
  const value: unknown = Object.hasOwn(entry, field) ? entry[field as keyof LogEntry] : undefined;
  return value === null || value === undefined ? "" : String(value);
}

function cutEntry(scope: Scope, count: number, limit: number): ReceiptEntry {
  const text = {
    en: `only the newest ${limit} entries are shown; ask for more by number`,
    zh: `只显示最新的 ${limit} 条；如需更多，请在问题中写明条数`,
  };
  return { type: "truncated", scope, count, reason: { code: "log-entries-cut", text } };
}

function valuesLeftOut(shown: number, total: number, entries: number): ReceiptEntry {
  const text = {
    en: `The ${shown} most frequent of ${total} values are shown; entries with the others: ${entries}.`,
    zh: `共 ${total} 个取值，显示最多的 ${shown} 个；其余取值的日志共 ${entries} 条。`,
  };
  return { type: "note", text };
}

function rowsLeftOut(shown: number, total: number, newestFirst: boolean): ReceiptEntry {
  const text = newestFirst
    ? {
        en: `The native query gave ${total} rows over all places, of which the newest ${shown} are shown, as the limit says.`,
        zh: `原生查询在所有位置共返回 ${total} 行，按条数限制只显示最新的 ${shown} 行。`,
      }
    : {
        en: `The native query gave ${total} rows over all places, of which ${shown} are shown, as the limit says: the first of each place in turn, which is no ranking over all.`,
        zh: `原生查询在所有位置共返回 ${total} 行，按条数限制只显示 ${shown} 行：依次取各处靠前的行，并非整体排名。`,
      };
  return { type: "note", text };
}
