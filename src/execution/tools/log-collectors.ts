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

/** How many entries have each value of a field, most frequent first. */
export function collectCounts(field: string): LogCollector {
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
      const rows = [...counts].map(([value, count]): Row => ({ cells: [value === "" ? null : value, count] }));
      return { rows: rows.sort((a, b) => Number(b.cells[1]) - Number(a.cells[1]) || compareRows(a, b)), receipt: [] };
    },
  };
}

/** Rows of native queries: where they are from, then whatever columns the clouds gave them. */
export function collectTables(): LogCollector {
  const columns = new Map<string, Column>();
  const found: { readonly scope: Scope; readonly cells: ReadonlyMap<string, Cell> }[] = [];
  const place = TOOL_COLUMNS["logs.query"].slice(1, 4);
  return {
    columns: () => [...place, ...[...columns.values()].filter(({ name }) => !place.some((column) => column.name === name))],
    take(scope, { table, entries = [] }) {
      const own = table?.columns ?? [];
      for (const column of own) columns.set(column.name, column);
      for (const row of table?.rows ?? []) found.push({ scope, cells: new Map(own.map(({ name }, index) => [name, row[index] ?? null])) });
      if (entries.length > 0) for (const column of TOOL_COLUMNS["logs.query"]) columns.set(column.name, column);
      for (const entry of entries) {
        const cells = entryCells(scope, entry);
        found.push({ scope, cells: new Map(TOOL_COLUMNS["logs.query"].map(({ name }, index) => [name, cells[index] ?? null])) });
      }
    },
    finish() {
      const names = this.columns().map(({ name }) => name);
      const rows = found.map(({ scope, cells }): Row => {
        const all = new Map(cells).set("provider", scope.provider).set("account", scope.account).set("region", scope.region);
        return { cells: names.map((name) => all.get(name) ?? null) };
      });
      return { rows, receipt: [] };
    },
  };
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
