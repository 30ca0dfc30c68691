import type { AnswerSeries, AnswerTable, Cell, Column } from "nephoscope";
import { accountTitles, type CellContext, cellText, headerText, padText, shortenText, textWidth } from "nephoscope/presentation";
import { fitColumns } from "./fit-columns.ts";
import { sparkline } from "./sparkline.ts";
import type { Style } from "./style.ts";

export interface TableContext extends CellContext {
  readonly style: Style;
  /** Columns of the terminal; null where there is none: then nothing is cut and all rows are shown. */
  readonly width: number | null;
}

interface ViewColumn {
  readonly title: string;
  readonly align: "left" | "right";
  readonly importance: number;
  readonly minimum: number | null;
  readonly cells: readonly string[];
  /** Which end tells one cell from another when it is cut. */
  readonly keep: "start" | "end";
  /** Where cells lead, for the ids. */
  readonly links?: readonly (string | null)[];
}

const GAP = 2;
const TERMINAL_ROWS = 50;
const SPARKLINE_WIDTH = 12;

/** Columns not named here have 10; numbers more. What a person looks for first stays longest. */
const IMPORTANCE: Readonly<Record<string, number>> = {
  provider: 1,
  kind: 2,
  type: 3,
  calls: 4,
  reason: 4,
  source: 5,
  account: 6,
  service: 8,
  state: 9,
  id: 11,
  region: 12,
  time: 18,
  message: 19,
  name: 20,
};
const SPARKLINE_IMPORTANCE = 4;
const NUMBER_IMPORTANCE = 15;
/** Cut, these say nothing any more. */
const WHOLE_OR_NOT = new Set(["provider", "account", "region", "time"]);
/** How far texts are cut before columns are left out: a name cut before its number is no name. */
const SHORTEST: Readonly<Record<string, number>> = { name: 24, message: 30, id: 22 };
const SHORTEST_TEXT = 12;

/** The lines of a table: aligned, as wide as the terminal at most; what is not shown is said below it. */
export function tableLines(table: AnswerTable, series: readonly AnswerSeries[], given: TableContext): string[] {
  const context = { ...given, accountNames: accountTitles(table, given.accountNames) };
  const { style, width, language } = context;
  const rows = table.rows.slice(0, shownRows(width));
  const view = table.columns.flatMap((column, index) => viewColumns(column, index, { ...table, rows }, series, context));
  const fit = fitColumns(
    view.map((column) => {
      const natural = column.cells.reduce((widest, cell) => Math.max(widest, textWidth(cell)), textWidth(column.title));
      return {
        natural,
        minimum: Math.min(natural, column.minimum ?? natural),
        importance: column.importance,
        // Without a title there is nothing to say about what is the same.
        constant: column.title !== "" && column.importance < NUMBER_IMPORTANCE && rows.length > 1 && new Set(column.cells).size === 1,
      };
    }),
    width ?? Number.POSITIVE_INFINITY,
    GAP,
  );
  const shown = fit.shown.flatMap(({ index, width: columnWidth }) => {
    const column = view[index];
    return column === undefined ? [] : [{ ...column, width: columnWidth }];
  });
  const separator = " ".repeat(GAP);
  const lines = [
    style.bold(shown.map((column) => padText(shortenText(column.title, column.width), column.width, column.align)).join(separator)),
  ];
  rows.forEach((_, row) => {
    const cells = shown.map((column) => {
      const text = shortenText(column.cells[row] ?? "", column.width, column.keep);
      const url = column.links?.[row];
      const padded = padText(text, column.width, column.align);
      return url ? padded.replace(text, () => style.link(text, url)) : padded;
    });
    lines.push(cells.join(separator));
  });

  const zh = language === "zh";
  const titles = (indices: readonly number[]) => indices.map((index) => view[index]?.title || "▁▂▃").join(zh ? "、" : ", ");
  if (fit.constant.length > 0) {
    const facts = fit.constant.map((index) => `${view[index]?.title} ${view[index]?.cells[0]}`).join(" · ");
    lines.push(style.dim(zh ? `每行相同：${facts}` : `Same in every row: ${facts}`));
  }
  if (shown.some(({ title, cells }) => title === headerText(ID, context) && cells.some((cell) => cell.startsWith(CUT)))) {
    lines.push(
      style.dim(
        zh ? `…/ 开头的 ID 只显示末尾：--csv 或 --json 给出全部` : `Ids that begin with …/ are cut: --csv or --json give them whole`,
      ),
    );
  }
  if (fit.hidden.length > 0) {
    const names = titles(fit.hidden);
    lines.push(style.dim(zh ? `终端放不下的列：${names}（--csv 或 --json 给出全部）` : `No room for: ${names} (--csv or --json give all)`));
  }
  const more = table.rows.length - rows.length;
  if (more > 0) {
    const [first, rest] = [rows.length.toLocaleString("en-US"), more.toLocaleString("en-US")];
    lines.push(
      style.yellow(
        zh
          ? `以上为前 ${first} 行，还有 ${rest} 行：--csv 文件 或 --json 给出全部`
          : `First ${first} rows; ${rest} more: --csv FILE or --json give all`,
      ),
    );
  }
  return lines;
}

const ID = { name: "id", type: "string" } as const;
const CUT = "…/";
const LONGEST_PATH = 64;

/** The last two parts of a long path: `…/virtualMachines/checkout-web-003` says which, and of what kind. */
function endOfPath(id: string): string {
  if (id.length <= LONGEST_PATH || !id.startsWith("/")) return id;
  return `${CUT}${id.split("/").slice(-2).join("/")}`;
}

/** A terminal shows the first rows only; where there is none, all are meant to be kept. */
export function shownRows(width: number | null): number {
  return width === null ? Number.POSITIVE_INFINITY : TERMINAL_ROWS;
}

function viewColumns(
  column: Column,
  index: number,
  table: AnswerTable,
  series: readonly AnswerSeries[],
  context: TableContext,
): ViewColumn[] {
  const numeric = column.type === "number";
  const values = table.rows.map((row): Cell => row[index] ?? null);
  const main: ViewColumn = {
    title: headerText(column, context),
    align: numeric ? "right" : "left",
    importance: IMPORTANCE[column.name] ?? (numeric ? NUMBER_IMPORTANCE : 10),
    minimum: numeric || WHOLE_OR_NOT.has(column.name) ? null : (SHORTEST[column.name] ?? SHORTEST_TEXT),
    cells: values.map((cell) => (column.name === "id" ? endOfPath(cellText(cell, column, context)) : cellText(cell, column, context))),
    // Ids that are paths (Azure, load balancers of AWS) end in what is their own.
    keep: column.name === "id" ? "end" : "start",
    ...(column.name === "id" ? { links: table.links.map((link) => link?.console ?? null) } : {}),
  };
  const own = series.filter((one) => one.column === column.name && one.row < table.rows.length);
  if (!own.some((one) => one.points.length > 1)) return [main];
  const maximum = own.reduce((highest, one) => one.points.reduce((high, [, value]) => Math.max(high, value), highest), 0);
  const byRow = new Map(own.map((one) => [one.row, one]));
  const cells = values.map((_, row) => {
    const points = byRow.get(row)?.points ?? [];
    return points.length > 1 ? sparkline(points, { width: SPARKLINE_WIDTH, unit: column.unit ?? null, maximum }) : "";
  });
  return [main, { title: "", align: "left", importance: SPARKLINE_IMPORTANCE, minimum: null, cells, keep: "start" }];
}
