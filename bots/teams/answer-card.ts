import { FINAL_STATES, type RunView } from "../shared/run-view.ts";
import { VERBS } from "./activities.ts";
import { actions, type CardElement, container, line, paragraph } from "./card.ts";
import { clipLine, clipText } from "./harmless-text.ts";
import { LABELS } from "./labels.ts";
import { rowsOf, tableElements } from "./table-pages.ts";

const MAX_ANSWER_LENGTH = 4000;
const MAX_WARNINGS = 10;
const MAX_WARNING_LENGTH = 300;
const MAX_RECEIPT_LINES = 20;
const MAX_RECEIPT_LENGTH = 200;
const MAX_SUMMARY_LENGTH = 400;
const RECEIPT_ID = "receipt";

/** Headline, warnings, window, and the table where it is not in a card of its own. */
export function answerElements(view: RunView, rowsElsewhere: boolean, scale: number): CardElement[] {
  const { answer } = view;
  if (answer === null) return [];
  const shown = answer.warnings.slice(0, MAX_WARNINGS);
  const rest = answer.warnings.length - shown.length;
  const warnings = [...shown, ...(rest > 0 ? [LABELS[view.language].moreLines(rest)] : [])];
  const hasTable = answer.table !== null && !rowsElsewhere && answer.table.rows.length > 0;
  return [
    paragraph(clipText(answer.text, MAX_ANSWER_LENGTH * scale), { weight: "Bolder" }),
    ...warnings.map((warning) => line(`⚠ ${clipLine(warning, MAX_WARNING_LENGTH * scale)}`, { color: "Warning" }, "Small")),
    ...(answer.window === null ? [] : [small(clipLine(answer.window, MAX_SUMMARY_LENGTH))]),
    ...(hasTable && answer.table !== null ? tableElements(rowsOf(answer.table, view), 0, answer.table.rows.length) : []),
  ];
}

/** One line that unfolds, and what the answer cost. */
export function receiptElements(view: RunView, scale: number): CardElement[] {
  const labels = LABELS[view.language];
  const { receipt, cost } = view;
  const elements: CardElement[] = [];
  if (receipt !== null) {
    const lines = receipt.lines.slice(0, MAX_RECEIPT_LINES);
    const rest = receipt.lines.length - lines.length;
    const unfolded = [
      ...lines.map((each) => line(clipLine(each, MAX_RECEIPT_LENGTH * scale), { size: "Small" }, "None")),
      ...(rest > 0 ? [small(labels.moreLines(rest))] : []),
    ];
    elements.push(line(clipLine(receipt.summary, MAX_SUMMARY_LENGTH), { size: "Small", color: receipt.complete ? "Good" : "Warning" }));
    if (unfolded.length > 0) {
      elements.push(
        container(unfolded, { id: RECEIPT_ID, isVisible: false, style: "emphasis" }),
        actions({ type: "Action.ToggleVisibility", title: labels.receipt, targetElements: [RECEIPT_ID] }),
      );
    }
  }
  return cost === null ? elements : [...elements, small(cost)];
}

export function feedback(view: RunView): CardElement[] {
  if (!FINAL_STATES.has(view.state) || view.answer === null) return [];
  const labels = LABELS[view.language];
  const data = { question: view.questionId };
  return [
    actions(
      { type: "Action.Execute", title: labels.good, verb: VERBS.good, data, associatedInputs: "none" },
      { type: "Action.Execute", title: labels.bad, verb: VERBS.bad, data, associatedInputs: "none" },
    ),
  ];
}

function small(text: string): CardElement {
  return line(text, { isSubtle: true, size: "Small" }, "Small");
}
