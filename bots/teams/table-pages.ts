import { z } from "zod";
import { chatColumns, shortId } from "../shared/chat-columns.ts";
import type { RunView, TableView } from "../shared/run-view.ts";
import { VERBS } from "./activities.ts";
import { actions, type Card, type CardAction, type CardElement, card, line, type TableCellText, table, tableRow } from "./card.ts";
import { clip, oneLine } from "./harmless-text.ts";
import { LABELS } from "./labels.ts";
import { ENVELOPE_BYTES, LIMITS, messageBytes } from "./limits.ts";

/** The texts of a table, as they are kept for its pages. JSON-safe. */
export const keptRowsSchema = z.object({
  language: z.enum(["en", "zh"]),
  questionId: z.string(),
  titles: z.array(z.string()),
  /** Shares of the width, by column. */
  widths: z.array(z.number()),
  /** What every row says alike, in a sentence instead of columns; empty where nothing is. */
  common: z.string(),
  rows: z.array(z.object({ cells: z.array(z.string()), link: z.string().nullable() })),
});
export type KeptRows = z.infer<typeof keptRowsSchema>;
type KeptRow = KeptRows["rows"][number];

/** A page that people read; what a message holds may be less. */
const MAX_PAGE_ROWS = 25;
const MAX_COMMON_LENGTH = 600;

export function rowsOf(view: TableView, { language, questionId }: Pick<RunView, "language" | "questionId">): KeptRows {
  const text = (row: number, column: number): string => {
    const full = view.text(row, column);
    // As it is seen: stores refuse characters that nobody sees.
    return oneLine(view.columns[column]?.name === "id" ? shortId(full) : full);
  };
  const texts = view.rows.map((_, row) => view.columns.map((_, column) => text(row, column)));
  const title = (column: number): string => view.columns[column]?.title ?? "";
  const isCommon = (column: number): boolean => texts.length > 1 && texts.every((row) => row[column] === texts[0]?.[column]);
  // Cards are narrow: a column that says the same in every row is said once. The first one names the rows and stays.
  const [first = 0, ...others] = chatColumns(view);
  const groups = withPlaces(view, [first, ...others.filter((column) => !isCommon(column))]);
  const joined = (group: readonly number[], of: (column: number) => string): string => group.map(of).join(" · ");
  return {
    language,
    questionId,
    titles: groups.map((group) => joined(group, title)),
    widths: groups.map((group, index) =>
      Math.max(index === 0 ? 3 : 0, shareOf(texts.map((row) => joined(group, (column) => row[column] ?? "")))),
    ),
    common: others
      .filter(isCommon)
      .map((column) => `${title(column)}: ${texts[0]?.[column] || "–"}`)
      .join(" · "),
    rows: texts.map((row, index) => ({
      cells: groups.map((group) => joined(group, (column) => row[column] ?? "")),
      link: view.link(index),
    })),
  };
}

/** Cloud, account and region together are one column: each by itself would be a letter wide. */
function withPlaces({ columns }: TableView, order: readonly number[]): number[][] {
  const isPlace = (column: number): boolean => PLACES.has(columns[column]?.name ?? "");
  const places = order.filter(isPlace);
  return order.flatMap((column) => (!isPlace(column) ? [[column]] : column === places[0] ? [places] : []));
}

const PLACES: ReadonlySet<string> = new Set(["provider", "account", "region"]);

/** By its longest text, from 2 to 5. */
function shareOf(texts: readonly string[]): number {
  const longest = texts.reduce((length, text) => Math.max(length, text.length), 0);
  return Math.min(5, Math.max(2, Math.ceil(longest / 7)));
}

/** Rows from `from`, and which they are when they are not all. */
export function tableElements(kept: KeptRows, from: number, count: number): CardElement[] {
  const rows = kept.rows.slice(from, from + count);
  return [
    ...(kept.common === "" ? [] : [line(clip(kept.common, MAX_COMMON_LENGTH), { isSubtle: true, size: "Small" }, "Small")]),
    table(kept.titles, kept.widths, rows.map(cellsOf)),
    ...(rows.length < kept.rows.length
      ? [line(LABELS[kept.language].shownRows(from + 1, from + rows.length, kept.rows.length), { isSubtle: true, size: "Small" }, "Small")]
      : []),
  ];
}

/** The first cell, which is the name where there is one, opens the row in its cloud. */
function cellsOf({ cells, link }: KeptRow): TableCellText[] {
  return cells.map((text, column) => ({ text, link: column === 0 ? link : null }));
}

/** Where each page begins: as many rows on each as fit, and at least one. */
export function pageStarts(kept: KeptRows): number[] {
  const emptyBytes = messageBytes(card(tableElements(kept, 0, 0))) + ENVELOPE_BYTES;
  const starts = [0];
  let bytes = emptyBytes;
  for (const [index, row] of kept.rows.entries()) {
    const rowBytes = messageBytes(tableRow(cellsOf(row))) + 1;
    const rows = index - (starts.at(-1) ?? 0);
    if (rows > 0 && (rows >= MAX_PAGE_ROWS || bytes + rowBytes > LIMITS.messageBytes)) {
      starts.push(index);
      bytes = emptyBytes;
    }
    bytes += rowBytes;
  }
  return starts;
}

/** One page of a table that is too long for its answer. Null: there is no such page. */
export function rowsPage(kept: KeptRows, starts: readonly number[], page: number, csvBelow: boolean): Card | null {
  const from = starts[page];
  if (from === undefined) return null;
  const labels = LABELS[kept.language];
  const count = (starts[page + 1] ?? kept.rows.length) - from;
  const to = (title: string, which: number): CardAction => ({
    type: "Action.Execute",
    title,
    verb: VERBS.rows,
    data: { question: kept.questionId, page: which, language: kept.language },
    associatedInputs: "none",
  });
  const buttons = [
    ...(page > 0 ? [to(labels.previousRows, page - 1)] : []),
    ...(page + 1 < starts.length ? [to(labels.nextRows, page + 1)] : []),
  ];
  return card([
    ...tableElements(kept, from, count),
    ...(csvBelow ? [line(labels.csvBelow, { isSubtle: true, size: "Small" }, "Small")] : []),
    ...(buttons.length === 0 ? [] : [actions(...buttons)]),
  ]);
}
