import { z } from "zod";
import type { RunView, TableView } from "../shared/run-view.ts";
import { VERBS } from "./activities.ts";
import { actions, type Card, type CardAction, type CardElement, card, line, table } from "./card.ts";
import { LABELS } from "./labels.ts";
import { fits, LIMITS } from "./limits.ts";

/** The texts of a table, as they are kept for its pages. JSON-safe. */
export const keptRowsSchema = z.object({
  language: z.enum(["en", "zh"]),
  questionId: z.string(),
  titles: z.array(z.string()),
  rows: z.array(z.object({ cells: z.array(z.string()), link: z.string().nullable() })),
});
export type KeptRows = z.infer<typeof keptRowsSchema>;

/** A page that people read; what a message holds may be less. */
const MAX_PAGE_ROWS = 25;

export function rowsOf(view: TableView, { language, questionId }: Pick<RunView, "language" | "questionId">): KeptRows {
  return {
    language,
    questionId,
    titles: view.columns.map(({ title }) => title),
    rows: view.rows.map((row, index) => ({ cells: row.map((_, column) => view.text(index, column)), link: view.link(index) })),
  };
}

/** The rows from `from`, and which they are when they are not all. The link of a row is on its last cell of the fixed columns: the name. */
export function tableElements(kept: KeptRows, from: number, count: number): CardElement[] {
  const rows = kept.rows.slice(from, from + count);
  const named = Math.min(4, kept.titles.length - 1);
  const cells = rows.map(({ cells: texts, link }) => texts.map((text, column) => ({ text, link: column === named ? link : null })));
  const partly = rows.length < kept.rows.length;
  return [
    table(kept.titles, cells),
    ...(partly
      ? [line(LABELS[kept.language].shownRows(from + 1, from + rows.length, kept.rows.length), { isSubtle: true, size: "Small" }, "Small")]
      : []),
  ];
}

/** Where each page begins: as many rows on each as fit. */
function pageStarts(kept: KeptRows, extra: readonly CardElement[]): number[] {
  const starts: number[] = [];
  for (let from = 0; from < kept.rows.length; ) {
    starts.push(from);
    let count = MAX_PAGE_ROWS;
    while (count > 1 && !fits(pageMessage(kept, from, count, extra), LIMITS.messageBytes - ENVELOPE_BYTES)) count = Math.floor(count * 0.7);
    from += Math.max(1, count);
  }
  return starts;
}

/** What is around a card when it is sent. */
const ENVELOPE_BYTES = 1500;

/** One page of a table that is too long for its answer. Null: there is no such page. */
export function rowsPage(kept: KeptRows, page: number, csvBelow: boolean): Card | null {
  const labels = LABELS[kept.language];
  const note = csvBelow ? [line(labels.csvBelow, { isSubtle: true, size: "Small" }, "Small")] : [];
  const starts = pageStarts(kept, note);
  const from = starts[page];
  if (from === undefined) return null;
  const until = starts[page + 1] ?? kept.rows.length;
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
  return pageMessage(kept, from, until - from, [...note, ...(buttons.length === 0 ? [] : [actions(...buttons)])]);
}

function pageMessage(kept: KeptRows, from: number, count: number, extra: readonly CardElement[]): Card {
  return card([...tableElements(kept, from, count), ...extra]);
}
