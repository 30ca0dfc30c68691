import type { KnownBlock, RichTextBlock } from "@slack/types";
import type { ApprovalView, RunView } from "../shared/run-view.ts";
import { clip, escapeMrkdwn, isCut, oneLine, visible } from "./harmless-text.ts";
import { LABELS, type Labels } from "./labels.ts";
import { LIMITS } from "./limits.ts";
import { bullets, paragraph, preformatted, small, words } from "./rich-text.ts";
import { ACTIONS, reviseAction } from "./slack-actions.ts";
import type { Look, SlackFile, SlackMessage } from "./slack-message.ts";

/** The card of one approval, and a file with all of it where the card cannot hold it. */
export interface ApprovalCard {
  readonly message: SlackMessage;
  /** To be in the thread before the card: nobody decides about what they cannot read. */
  readonly file: SlackFile | null;
}

const BYTES = { why: 1200, code: 3000, operations: 2000, lines: 900 };
const BRIEF_BYTES = { why: 300, code: 800, operations: 600, lines: 200 };
const MAX_FACT_BYTES = 200;
const MAX_DECISIONS = 5;

/** `nameOf` prints a person without notifying them. The body is the same before and after a decision; only the buttons go. */
export function approvalCard(approval: ApprovalView, view: RunView, nameOf: (personId: string) => string, look: Look): ApprovalCard {
  const bytes = look === "brief" ? BRIEF_BYTES : BYTES;
  const labels = LABELS[view.language];
  const operations = approval.operations
    .map((operation) => [`${operation.id} (${operation.class})`, ...operation.lines])
    .map((lines) => lines.map(oneLine).join("\n   "));
  const cut =
    isCut(approval.why, bytes.why) ||
    isCut(approval.code, bytes.code) ||
    isCut(operations.join("\n"), bytes.operations) ||
    isCut(lines(approval.places), bytes.lines) ||
    isCut(lines(approval.rehearsal), bytes.lines) ||
    isCut(approval.estimate, MAX_FACT_BYTES);
  const file: SlackFile | null = cut
    ? { piece: `file:${approval.id}`, name: `approval-${approval.id}.txt`, content: wholeCard(approval, operations, labels) }
    : null;
  const title = clip(oneLine(approval.title), LIMITS.header);
  const blocks: KnownBlock[] = [
    { type: "header", text: { type: "plain_text", text: title || "…", emoji: false } },
    ...(approval.emulated ? [small(`⚠ ${labels.emulated}`)] : []),
    ...(file === null ? [] : [small(`⚠ ${labels.wholeCardInFile(file.name)}`)]),
    ...fact(labels.why, clip(approval.why, bytes.why)),
    paragraph(words(labels.code(approval.codeLines), { bold: true })),
    preformatted(clip(approval.code, bytes.code)),
    ...(operations.length === 0
      ? []
      : [paragraph(words(labels.operations, { bold: true })), preformatted(clip(operations.join("\n"), bytes.operations))]),
    ...fact(labels.places, clip(lines(approval.places), bytes.lines)),
    ...fact(labels.rehearsal, clip(lines(approval.rehearsal), bytes.lines)),
    ...fact(labels.estimate, clip(oneLine(approval.estimate), MAX_FACT_BYTES)),
    small(
      [
        `${labels.askedBy}: ${clip(oneLine(nameOf(approval.askedBy)), MAX_FACT_BYTES)}`,
        `${labels.expires}: ${oneLine(approval.expires)}`,
        `${labels.digest}: ${oneLine(approval.digest)}`,
      ].join(" · "),
    ),
    ...decisionBlocks(approval, nameOf),
    ...(approval.canDecide ? [buttons(approval.id, view, labels)] : []),
  ];
  return { message: { text: clip(escapeMrkdwn(`${approval.title}: ${approval.why}`), LIMITS.fallbackText), blocks }, file };
}

function fact(label: string, text: string): RichTextBlock[] {
  return text === "" ? [] : [paragraph(words(`${label}\n`, { bold: true }), words(text))];
}

function lines(each: readonly string[]): string {
  return each.map(oneLine).join("\n");
}

/** Who, when, what: stays under the card for good. */
function decisionBlocks(approval: ApprovalView, nameOf: (personId: string) => string): RichTextBlock[] {
  if (approval.decisions.length === 0) return [];
  return [
    bullets(
      approval.decisions
        .slice(-MAX_DECISIONS)
        .map(({ by, at, text }) => [
          words(clip(oneLine(text), MAX_FACT_BYTES) || "…", { bold: true }),
          words(` · ${clip(oneLine(nameOf(by)), MAX_FACT_BYTES)} · ${oneLine(at)}`),
        ]),
    ),
  ];
}

function buttons(approvalId: string, view: RunView, labels: Labels): KnownBlock {
  const text = (label: string) => ({ type: "plain_text", text: label, emoji: false }) as const;
  return {
    type: "actions",
    elements: [
      { type: "button", action_id: ACTIONS.approve, value: approvalId, style: "primary", text: text(labels.approve) },
      { type: "button", action_id: ACTIONS.reject, value: approvalId, style: "danger", text: text(labels.reject) },
      { type: "button", action_id: reviseAction(view.language), value: approvalId, text: text(labels.revise) },
    ],
  };
}

function wholeCard(approval: ApprovalView, operations: readonly string[], labels: Labels): string {
  const parts: (readonly [string, string])[] = [
    [labels.why, approval.why],
    [labels.code(approval.codeLines), approval.code],
    [labels.operations, operations.join("\n")],
    [labels.places, lines(approval.places)],
    [labels.rehearsal, lines(approval.rehearsal)],
    [labels.estimate, approval.estimate],
    [labels.digest, approval.digest],
  ];
  return `${parts.map(([label, text]) => `== ${label}\n${visible(text)}`).join("\n\n")}\n`;
}
