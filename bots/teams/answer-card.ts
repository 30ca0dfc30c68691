import { FINAL_STATES, type RunView } from "../shared/run-view.ts";
import { VERBS } from "./activities.ts";
import { actions, type CardElement, container, line, paragraph } from "./card.ts";
import { clip } from "./harmless-text.ts";
import { LABELS } from "./labels.ts";
import { rowsOf, tableElements } from "./table-pages.ts";

const MAX_ANSWER_LENGTH = 4000;
const MAX_WARNINGS = 10;
const MAX_WARNING_LENGTH = 300;
const MAX_RECEIPT_LINES = 20;
const MAX_RECEIPT_LENGTH = 200;
const RECEIPT_ID = "receipt";

/** Headline, warnings, window, and the table where it is not in a card of its own. */
export function answerElements(view: RunView, rowsElsewhere: boolean): CardElement[] {
  const { answer } = view;
  if (answer === null) return [];
  const labels = LABELS[view.language];
  const warnings = answer.warnings
    .slice(0, MAX_WARNINGS)
    .map((warning) => line(`⚠ ${clip(warning, MAX_WARNING_LENGTH)}`, { color: "Warning" }, "Small"));
  if (answer.warnings.length > MAX_WARNINGS)
    warnings.push(line(labels.moreLines(answer.warnings.length - MAX_WARNINGS), { color: "Warning" }, "Small"));
  return [
    paragraph(clip(answer.text, MAX_ANSWER_LENGTH), { weight: "Bolder" }),
    ...warnings,
    ...(answer.window === null ? [] : [line(answer.window, { isSubtle: true, size: "Small" }, "Small")]),
    ...(answer.table === null || rowsElsewhere || answer.table.rows.length === 0
      ? []
      : tableElements(rowsOf(answer.table, view), 0, answer.table.rows.length)),
  ];
}

/** One line that unfolds, and what the answer cost. */
export function receiptElements(view: RunView): CardElement[] {
  const labels = LABELS[view.language];
  const { receipt, cost } = view;
  const lines = receipt?.lines.slice(0, MAX_RECEIPT_LINES) ?? [];
  const rest = (receipt?.lines.length ?? 0) - lines.length;
  return [
    ...(receipt === null
      ? []
      : [line(clip(receipt.summary, MAX_ANSWER_LENGTH), { size: "Small", color: receipt.complete ? "Good" : "Warning" })]),
    ...(lines.length === 0
      ? []
      : [
          container(
            [
              ...lines.map((each) => line(clip(each, MAX_RECEIPT_LENGTH), { size: "Small" }, "None")),
              ...(rest > 0 ? [line(labels.moreLines(rest), { size: "Small", isSubtle: true }, "None")] : []),
            ],
            { id: RECEIPT_ID, isVisible: false, style: "emphasis" },
          ),
          actions({ type: "Action.ToggleVisibility", title: labels.receipt, targetElements: [RECEIPT_ID] }),
        ]),
    ...(cost === null ? [] : [line(cost, { isSubtle: true, size: "Small" }, "Small")]),
  ];
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
