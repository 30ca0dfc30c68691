import { type AnswerTable, columnTitle, formatWindow, type RunDocument, statisticTitle, type Unit } from "nephoscope";
import { type CellContext, cellText } from "./cell-text.ts";
import { visibleText } from "./visible-text.ts";

/** What is drawn: lines over time where there are points, bars of single values where there are none. */
export type ChartData = LineChart | BarChart;

interface ChartHead {
  readonly title: string;
  readonly subtitle: string;
  readonly valueTitle: string;
  readonly unit: Unit | null;
}

export interface LineChart extends ChartHead {
  readonly type: "line";
  readonly lines: readonly { readonly label: string; readonly points: readonly (readonly [number, number])[] }[];
}

export interface BarChart extends ChartHead {
  readonly type: "bar";
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}

/** More lines than that cannot be told apart. */
const MOST_LINES = 12;
const MOST_BARS = 24;

/** The first metric of the answer as a chart; undefined when there is no number in it. */
export function chartData(document: RunDocument, context: CellContext): ChartData | undefined {
  const table = document.answer?.table;
  if (!table) return undefined;
  const labels = rowLabels(table, context);
  const series = document.answer?.series ?? [];
  const drawn = series.filter((one) => one.column === series[0]?.column && one.points.length > 0).slice(0, MOST_LINES);
  // In a short window some clouds give one point only: bars tell more than lines that are dots.
  if (drawn.filter((one) => one.points.length > 1).length * 2 > drawn.length) {
    const lines = drawn.map((one) => ({ label: labels[one.row] ?? "", points: one.points }));
    const count = { shown: lines.length, of: table.rows.length };
    return { type: "line", ...head(document, drawn[0]?.column ?? "", drawn[0]?.unit ?? null, count, context), lines };
  }
  const index = table.columns.findIndex((column) => column.type === "number");
  const column = table.columns[index];
  if (column === undefined) return undefined;
  const bars = table.rows.flatMap((row, number) => {
    const value = row[index];
    return typeof value === "number" ? [{ label: labels[number] ?? "", value }] : [];
  });
  if (bars.length === 0) return undefined;
  const shown = bars.slice(0, MOST_BARS);
  return {
    type: "bar",
    ...head(document, column.name, column.unit ?? null, { shown: shown.length, of: table.rows.length }, context),
    bars: shown,
  };
}

function head(
  document: RunDocument,
  column: string,
  unit: Unit | null,
  count: { shown: number; of: number },
  { language }: CellContext,
): ChartHead {
  const zh = language === "zh";
  const facts: string[] = [];
  const { window } = document;
  if (window !== null) {
    if (window.statistic !== null) facts.push(statisticTitle(window.statistic, language));
    facts.push(formatWindow(Date.parse(window.from), Date.parse(window.to), window.timezone));
  }
  if (count.of > count.shown)
    facts.push(
      zh ? `图中 ${count.shown} 个，另有 ${count.of - count.shown} 个未画出` : `${count.shown} shown, and ${count.of - count.shown} more`,
    );
  if (document.receipt?.complete === false) facts.push(zh ? "不完整" : "incomplete");
  if (document.emulated) facts.push(zh ? "模拟数据" : "emulated");
  const title = columnTitle(column, language);
  return {
    title: visibleText(document.question),
    subtitle: visibleText(facts.join(" · ")),
    valueTitle: visibleText(unit === "percent" ? `${title} (%)` : unit === "count/second" ? `${title} (/s)` : title),
    unit,
  };
}

/** The name, or the id of what has none; with region and id where names repeat; of rows that are no resources all texts together. */
function rowLabels(table: AnswerTable, context: CellContext): string[] {
  const [nameAt, idAt] = [table.columns.findIndex(({ name }) => name === "name"), table.columns.findIndex(({ name }) => name === "id")];
  const texts = (names: readonly string[]) => {
    const columns = names.map((name) => table.columns.findIndex((column) => column.name === name)).filter((index) => index >= 0);
    return table.rows.map((row) => textOf(row, columns));
  };
  const textOf = (row: AnswerTable["rows"][number], columns: readonly number[]) =>
    columns
      .flatMap((wanted) => {
        const index = wanted === nameAt && idAt >= 0 && (row[nameAt] ?? null) === null ? idAt : wanted;
        const column = table.columns[index];
        return column === undefined ? [] : [cellText(row[index] ?? null, column, context)];
      })
      .join(" ");
  for (const names of [["name"], ["name", "region"], ["name", "id"]]) {
    const labels = texts(names);
    if (labels.every((label) => label !== "") && new Set(labels).size === labels.length) return labels;
  }
  return texts(table.columns.filter((column) => column.type !== "number").map((column) => column.name));
}
