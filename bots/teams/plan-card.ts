import type { RunView, StepView } from "../shared/run-view.ts";
import { VERBS } from "./activities.ts";
import { answerElements, feedback, receiptElements } from "./answer-card.ts";
import { actions, type Card, type CardElement, card, line, paragraph } from "./card.ts";
import { clip } from "./harmless-text.ts";
import { LABELS } from "./labels.ts";

/** Steps beyond this are counted. */
const MAX_STEPS = 20;
const MAX_TITLE_LENGTH = 200;
const MAX_FAILURE_LENGTH = 2000;

const GLYPHS: Readonly<Record<StepView["state"], string>> = {
  waiting: "○",
  running: "◐",
  paused: "⏸",
  done: "✔",
  failed: "✖",
  skipped: "–",
};

/** The card of a question while it runs: title, steps, Stop. With `whole` it holds the answer too. */
export function planCard(view: RunView, whole: boolean, rowsElsewhere: boolean): Card {
  const labels = LABELS[view.language];
  const working = view.state === "queued" || view.state === "working" || view.state === "waiting";
  return card([
    line(clip(view.title, MAX_TITLE_LENGTH), { weight: "Bolder", size: "Medium" }),
    ...(view.emulated ? [line(`⚠ ${labels.emulated}`, { color: "Warning", size: "Small" })] : []),
    ...stepElements(view),
    ...failureElements(view),
    ...(whole ? [...answerElements(view, rowsElsewhere), ...receiptElements(view), ...feedback(view)] : []),
    ...(working
      ? [
          actions({
            type: "Action.Execute",
            title: labels.stop,
            verb: VERBS.stop,
            data: { question: view.questionId },
            associatedInputs: "none",
          }),
        ]
      : []),
  ]);
}

/** The card of an answer that came after approvals: below them, where people look. */
export function answerCard(view: RunView, rowsElsewhere: boolean): Card {
  const labels = LABELS[view.language];
  return card([
    line(clip(view.title, MAX_TITLE_LENGTH), { weight: "Bolder", size: "Medium" }),
    ...(view.emulated ? [line(`⚠ ${labels.emulated}`, { color: "Warning", size: "Small" })] : []),
    ...failureElements(view),
    ...answerElements(view, rowsElsewhere),
    ...receiptElements(view),
    ...feedback(view),
  ]);
}

/** `✔ Query metrics · 37 rows · 1.2 s` */
export function stepText({ state, title, facts }: StepView): string {
  return `${GLYPHS[state]} ${clip(title, MAX_TITLE_LENGTH)}${facts === "" ? "" : ` · ${clip(facts, MAX_TITLE_LENGTH)}`}`;
}

function stepElements(view: RunView): CardElement[] {
  const shown = view.steps.slice(0, MAX_STEPS);
  return [
    ...shown.map((step) =>
      line(stepText(step), step.state === "failed" ? { color: "Attention" } : step.state === "waiting" ? { isSubtle: true } : {}, "None"),
    ),
    ...(shown.length < view.steps.length
      ? [line(LABELS[view.language].moreLines(view.steps.length - shown.length), { isSubtle: true }, "None")]
      : []),
  ];
}

function failureElements({ failure }: RunView): CardElement[] {
  if (failure === null) return [];
  return [
    paragraph(clip(failure.message, MAX_FAILURE_LENGTH), { color: "Attention" }),
    ...(failure.hint === null ? [] : [paragraph(clip(failure.hint, MAX_FAILURE_LENGTH))]),
    line(failure.code, { isSubtle: true, size: "Small" }, "Small"),
  ];
}
