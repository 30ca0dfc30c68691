import type { ApprovalView, RunView } from "../shared/run-view.ts";
import { COMMENT_INPUT, VERBS } from "./activities.ts";
import { actions, type Card, type CardElement, card, code, container, fact, line, paragraph } from "./card.ts";
import { clipLine, visible } from "./harmless-text.ts";
import { LABELS, type Labels } from "./labels.ts";
import { fits, LIMITS } from "./limits.ts";

/** Messages that one approval may take: nobody reads more, and a conversation takes 60 in 30 s. */
const MAX_PARTS = 8;
const MAX_FACT_LENGTH = 500;
const MAX_DECISIONS = 10;
/** What is around the pieces of a part: title, facts, decisions, buttons, envelope. */
const FRAME_BYTES = 8000;
const CODE_PIECE_LENGTH = 2500;

/**
 * The cards of one approval, the buttons on the last: several where it does not fit in one, because nobody decides about what they cannot
 * read. `nameOf` prints a person without notifying them. The body is the same before and after a decision; only the buttons go.
 */
export function approvalCards(approval: ApprovalView, view: RunView, nameOf: (personId: string) => string): Card[] {
  const labels = LABELS[view.language];
  const parts = packed(bodyOf(approval, labels));
  const shown = parts.slice(0, MAX_PARTS);
  const whole = shown.length === parts.length;
  return shown.map((part, index) => {
    const isLast = index === shown.length - 1;
    return card([
      line(clipLine(approval.title, MAX_FACT_LENGTH), { weight: "Bolder", size: "Medium" }),
      ...(shown.length > 1
        ? [line(`${labels.part(index + 1, shown.length)}. ${labels.continued}`, { isSubtle: true, size: "Small" }, "Small")]
        : []),
      ...(approval.emulated ? [line(`⚠ ${labels.emulated}`, { color: "Warning", size: "Small" })] : []),
      ...part,
      ...(isLast ? footOf(approval, labels, nameOf) : []),
      ...(isLast && approval.canDecide
        ? whole
          ? buttons(approval.id, labels)
          : [paragraph(labels.tooLongToDecide, { color: "Attention" })]
        : []),
    ]);
  });
}

/** In order of reading; every element fits in a part. */
function bodyOf(approval: ApprovalView, labels: Labels): CardElement[] {
  return [
    ...pieces(approval.why).map((why, index) => (index === 0 ? fact(labels.why, why) : paragraph(why))),
    line(labels.code(approval.codeLines), { weight: "Bolder" }, "Small"),
    ...pieces(approval.code).map((piece) => container([code(piece)], { style: "emphasis" })),
    ...section(
      labels.operations,
      approval.operations.flatMap((operation) => [
        `• ${operation.id} (${operation.class})`,
        ...operation.lines.map((each) => `\u00a0\u00a0\u00a0${each}`),
      ]),
    ),
    ...section(labels.places, approval.places),
    ...section(labels.rehearsal, approval.rehearsal),
    ...(approval.estimate === "" ? [] : pieces(approval.estimate).map((estimate) => fact(labels.estimate, estimate))),
  ];
}

function section(label: string, lines: readonly string[]): CardElement[] {
  return pieces(lines.join("\n")).flatMap((piece, index) =>
    piece === "" ? [] : [index === 0 ? fact(label, `\n${piece}`) : paragraph(piece)],
  );
}

/** A text in pieces of whole lines; lines that are too long are divided, nothing is left out. */
function pieces(text: string): string[] {
  const all: string[] = [];
  let piece: string | null = null;
  for (const whole of visible(text).split("\n")) {
    for (let rest = whole, first = true; first || rest !== ""; first = false) {
      const end =
        rest.length > CODE_PIECE_LENGTH && /[\uD800-\uDBFF]/.test(rest[CODE_PIECE_LENGTH - 1] ?? "")
          ? CODE_PIECE_LENGTH - 1
          : CODE_PIECE_LENGTH;
      const head = rest.slice(0, end);
      rest = rest.slice(end);
      if (piece !== null && piece.length + head.length < CODE_PIECE_LENGTH) piece = `${piece}\n${head}`;
      else {
        if (piece !== null) all.push(piece);
        piece = head;
      }
    }
  }
  return [...all, piece ?? ""];
}

function packed(elements: readonly CardElement[]): CardElement[][] {
  const parts: CardElement[][] = [[]];
  for (const element of elements) {
    const last = parts.at(-1) ?? [];
    if (last.length > 0 && !fits([...last, element], LIMITS.messageBytes - FRAME_BYTES)) parts.push([element]);
    else last.push(element);
  }
  return parts;
}

function footOf(approval: ApprovalView, labels: Labels, nameOf: (personId: string) => string): CardElement[] {
  const asked = `${labels.askedBy}: ${clipLine(nameOf(approval.askedBy), MAX_FACT_LENGTH)} · ${labels.expires}: ${approval.expires} · ${labels.digest}: ${approval.digest}`;
  return [
    line(asked, { isSubtle: true, size: "Small" }),
    ...approval.decisions
      .slice(-MAX_DECISIONS)
      .map(({ by, at, text }) =>
        line(`${clipLine(text, MAX_FACT_LENGTH)} · ${clipLine(nameOf(by), MAX_FACT_LENGTH / 2)} · ${at}`, { weight: "Bolder" }, "Small"),
      ),
  ];
}

function buttons(approvalId: string, labels: Labels): CardElement[] {
  const data = { approval: approvalId };
  return [
    {
      type: "Input.Text",
      id: COMMENT_INPUT,
      isMultiline: true,
      maxLength: LIMITS.comment,
      label: labels.reviseLabel,
      placeholder: labels.revisePlaceholder,
    },
    actions(
      { type: "Action.Execute", title: labels.approve, verb: VERBS.approve, data, style: "positive", associatedInputs: "none" },
      { type: "Action.Execute", title: labels.reject, verb: VERBS.reject, data, style: "destructive", associatedInputs: "none" },
      { type: "Action.Execute", title: labels.revise, verb: VERBS.revise, data, associatedInputs: "auto" },
    ),
  ];
}
