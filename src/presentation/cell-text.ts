import { type Cell, type Column, columnTitle, formatValue, type Language, type Unit } from "nephoscope";
import { visibleText } from "./visible-text.ts";

export interface CellContext {
  readonly language: Language;
  /** IANA zone in which times are written. */
  readonly timezone: string;
  /** What people call accounts, by id. */
  readonly accountNames?: Readonly<Record<string, string>>;
}

/** Units that stand in the header; the others change from cell to cell (kB, MB) and stand beside the number. */
const HEADER_UNITS: Partial<Readonly<Record<Unit, string>>> = { percent: "%", "count/second": "/s" };

export function headerText(column: Column, { language, timezone }: CellContext): string {
  const title = visibleText(columnTitle(column.name, language));
  if (column.type === "time") return `${title} (${timezone})`;
  const unit = column.unit === undefined ? undefined : HEADER_UNITS[column.unit];
  return unit === undefined ? title : `${title} (${unit})`;
}

export function cellText(cell: Cell, column: Column, context: CellContext): string {
  if (cell === null) return "–";
  if (typeof cell === "boolean") return context.language === "zh" ? (cell ? "是" : "否") : cell ? "yes" : "no";
  if (typeof cell === "number") return numberText(cell, column.unit);
  if (column.name === "account") return visibleText(nameOf(cell, context.accountNames));
  return visibleText(column.type === "time" ? zonedTime(cell, context.timezone) : cell);
}

/** What people call an account. An id may be any text, `__proto__` too. */
export function nameOf(id: string, names: CellContext["accountNames"] = {}): string {
  return Object.hasOwn(names, id) ? (names[id] ?? id) : id;
}

function numberText(value: number, unit: Unit | undefined): string {
  switch (unit) {
    // One decimal everywhere, so that the points of a column stand below each other.
    case "percent":
      return value.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    case "count/second":
      return value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    default:
      return formatValue(value, unit);
  }
}

/** `2026-11-20 16:30:00`; what is no time is shown as it is. */
function zonedTime(iso: string, timezone: string): string {
  const timestampMs = Date.parse(iso);
  if (Number.isNaN(timestampMs)) return iso;
  // The Swedish locale writes ISO dates.
  return new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "medium" }).format(timestampMs);
}
