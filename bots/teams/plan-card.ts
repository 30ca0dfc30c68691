import type { RunView, StepView } from "../shared/run-view.ts";
import { VERBS } from "./activities.ts";
import { answerElements, feedback, receiptElements } from "./answer-card.ts";
import { actions, type Card, type CardElement, card, line, paragraph } from "./card.ts";
import { clipLine, clipText } from "./harmless-text.ts";
import { LABELS } from "./labels.ts";
import { ENVELOPE_BYTES, fits, LIMITS } from "./limits.ts";

/** Steps beyond this are counted. */
const MAX_STEPS = 20;
const MAX_TITLE_LENGTH = 200;
const MAX_FAILURE_LENGTH = 2000;

/** How much of their usual length texts have; the least holds whatever a view holds. */
const SCALES = [1, 0.5, 0.2, 0.05];

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
  return fitted((scale) => [
    ...headElements(view),
    ...stepElements(view, scale),
    ...failureElements(view, scale),
    ...(whole ? [...answerElements(view, rowsElsewhere, scale), ...receiptElements(view, scale), ...feedback(view)] : []),
    ...stopElements(view),
  ]);
}

/** The card of an answer that came after approvals: below them, where people look. */
export function answerCard(view: RunView, rowsElsewhere: boolean): Card {
  return fitted((scale) => [
    ...headElements(view),
    ...failureElements(view, scale),
    ...answerElements(view, rowsElsewhere, scale),
    ...receiptElements(view, scale),
    ...feedback(view),
  ]);
}

/** Texts are shortened until the card can be sent; what was cut ends in `…`, what was left out is counted. */
function fitted(build: (scale: number) => readonly CardElement[]): Card {
  const cards = SCALES.values().map((scale) => card(build(scale)));
  return cards.find((each) => fits(each, LIMITS.messageBytes - ENVELOPE_BYTES)) ?? card(build(SCALES.at(-1) ?? 0));
}

/** `✔ Query metrics · 37 rows · 1.2 s` */
export function stepText({ state, title, facts }: StepView, scale = 1): string {
  const length = MAX_TITLE_LENGTH * scale;
  return `${GLYPHS[state]} ${clipLine(title, length)}${facts === "" ? "" : ` · ${clipLine(facts, length)}`}`;
}

function headElements(view: RunView): CardElement[] {
  return [
    line(clipLine(view.title, MAX_TITLE_LENGTH), { weight: "Bolder", size: "Medium" }),
    ...(view.emulated ? [line(`⚠ ${LABELS[view.language].emulated}`, { color: "Warning", size: "Small" })] : []),
  ];
}

function stepElements(view: RunView, scale: number): CardElement[] {
  const shown = view.steps.slice(0, MAX_STEPS);
  const rest = view.steps.length - shown.length;
  return [
    ...shown.map((step) => line(stepText(step, scale), lookOf(step), "None")),
    ...(rest > 0 ? [line(LABELS[view.language].moreLines(rest), { isSubtle: true }, "None")] : []),
  ];
}

function lookOf({ state }: StepView): Parameters<typeof line>[1] {
  if (state === "failed") return { color: "Attention" };
  return state === "waiting" ? { isSubtle: true } : {};
}

function failureElements({ failure }: RunView, scale: number): CardElement[] {
  if (failure === null) return [];
  const length = MAX_FAILURE_LENGTH * scale;
  return [
    paragraph(clipText(failure.message, length), { color: "Attention" }),
    ...(failure.hint === null ? [] : [paragraph(clipText(failure.hint, length))]),
    line(failure.code, { isSubtle: true, size: "Small" }, "Small"),
  ];
}

function stopElements(view: RunView): CardElement[] {
  if (view.state !== "queued" && view.state !== "working" && view.state !== "waiting") return [];
  const data = { question: view.questionId };
  return [actions({ type: "Action.Execute", title: LABELS[view.language].stop, verb: VERBS.stop, data, associatedInputs: "none" })];
}
