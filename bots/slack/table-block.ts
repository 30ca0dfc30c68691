import type { RawTextElement, RichTextBlock, TableBlock } from "@slack/types";
import { chatColumns, shortId } from "../shared/chat-columns.ts";
import type { TableView } from "../shared/run-view.ts";
import { clip, isCut, oneLine } from "./harmless-text.ts";
import { LIMITS } from "./limits.ts";
import { paragraph, preformatted } from "./rich-text.ts";

/** The part of a table that one message holds. */
export interface ShownTable {
  readonly block: TableBlock;
  readonly rows: number;
  /** Rows, columns or the ends of long cells are missing: the whole table has to be attached. */
  readonly cut: boolean;
}

const MAX_CELL_BYTES = 160;

type TableCell = RawTextElement | RichTextBlock;

/** As many rows as fit in `maxBytes`; null where not even one does. */
export function tableBlock(table: TableView, maxBytes: number): ShownTable | null {
  const order = chatColumns(table).slice(0, LIMITS.tableColumns);
  const columns = order.flatMap((index) => table.columns[index] ?? []);
  const linked = Math.max(
    0,
    columns.findIndex((column) => column.name === "name"),
  );
  const header: TableCell[] = columns.map((column) => raw(clip(oneLine(column.title), MAX_CELL_BYTES)));
  const rows: TableCell[][] = [header];
  let cut = table.columns.length > columns.length;
  let bytes = header.reduce((sum, cell) => sum + cellBytes(cell), 0);
  for (let row = 0; row < table.rows.length; row += 1) {
    const texts = order.map((column) => textOf(table, row, column));
    const link = httpsOnly(table.link(row));
    const cells = texts.map((text, column) => {
      const shown = clip(text, MAX_CELL_BYTES);
      return column === linked && link !== null && shown !== "" ? linkCell(link, shown) : raw(shown);
    });
    const size = cells.reduce((sum, cell) => sum + cellBytes(cell), 0);
    if (rows.length === LIMITS.tableRows || bytes + size > Math.min(maxBytes, LIMITS.tableChars)) {
      cut = true;
      break;
    }
    cut ||= texts.some((text) => isCut(text, MAX_CELL_BYTES));
    bytes += size;
    rows.push(cells);
  }
  if (rows.length === 1 && table.rows.length > 0) return null;
  return {
    block: {
      type: "table",
      rows,
      column_settings: columns.map((column) => ({ align: column.type === "number" ? "right" : "left", is_wrapped: false })),
    },
    rows: rows.length - 1,
    cut,
  };
}

/** Of an id that is a path its end: the whole of it is where the row's link leads. */
function textOf(table: TableView, row: number, column: number): string {
  const text = oneLine(table.text(row, column));
  return table.columns[column]?.name === "id" && table.link(row) !== null ? shortId(text) : text;
}

/** Slack refuses empty cells. */
function raw(text: string): RawTextElement {
  return { type: "raw_text", text: text || " " };
}

function linkCell(url: string, text: string): RichTextBlock {
  return paragraph({ type: "link", url, text });
}

function cellBytes(cell: TableCell): number {
  if (cell.type === "raw_text") return Buffer.byteLength(cell.text);
  return Buffer.byteLength(JSON.stringify(cell.elements));
}

/** A link that leads where it says: of a cloud's console, over TLS, without credentials in it. */
function httpsOnly(link: string | null): string | null {
  if (link === null || !URL.canParse(link)) return null;
  const url = new URL(link);
  return url.protocol === "https:" && url.username === "" && url.href.length <= 1000 ? url.href : null;
}

/** The same rows as lines, for workspaces where the table block is refused. */
export function tableLines(
  table: TableView,
  maxBytes: number,
): { readonly block: RichTextBlock; readonly rows: number; readonly cut: boolean } {
  const order = chatColumns(table);
  const lines = [order.map((column) => oneLine(table.columns[column]?.title ?? "")).join(" | ")];
  let bytes = Buffer.byteLength(lines[0] ?? "");
  let cut = false;
  for (let row = 0; row < table.rows.length; row += 1) {
    const line = order.map((column) => clip(textOf(table, row, column), MAX_CELL_BYTES)).join(" | ");
    bytes += Buffer.byteLength(line) + 1;
    if (lines.length === LIMITS.tableRows || bytes > maxBytes) {
      cut = true;
      break;
    }
    lines.push(line);
  }
  return { block: preformatted(lines.join("\n")), rows: lines.length - 1, cut };
}
