import type { KnownBlock, RichTextElement } from "@slack/types";
import type { AnswerView, ReceiptView, RunView, TableView } from "../shared/run-view.ts";
import { clip, escapeMrkdwn, isCut, oneLine } from "./harmless-text.ts";
import { LABELS, type Labels } from "./labels.ts";
import { LIMITS, textBytes } from "./limits.ts";
import { bullets, paragraph, preformatted, small, words } from "./rich-text.ts";
import { ACTIONS } from "./slack-actions.ts";
import type { Look, SlackFile, SlackMessage } from "./slack-message.ts";
import { tableBlock, tableLines } from "./table-block.ts";

/** The message with the answer, and the files that hold what did not fit in it. */
export interface AnswerMessage {
  readonly message: SlackMessage;
  readonly files: readonly SlackFile[];
}

const MAX_TEXT_BYTES = 3000;
const MAX_WARNING_BYTES = 300;
const MAX_WARNINGS = 5;
const MAX_RECEIPT_BYTES = 2500;
/** Kept for the line that says how much of the table is shown. */
const SPARE_BYTES = 400;

/** What stands in the thread at the end: the answer, or why there is none. Null where the run was stopped with nothing to show. */
export function answerMessage(
  view: RunView,
  { look, chartMissing }: { readonly look: Look; readonly chartMissing: boolean },
): AnswerMessage | null {
  const { answer, failure } = view;
  if (answer === null && failure === null) return null;
  const labels = LABELS[view.language];
  const head = [
    ...(view.emulated ? [small(`⚠ ${labels.emulated}`)] : []),
    ...(failure === null ? [] : [paragraph(words(`✖ ${clip(failure.message, MAX_TEXT_BYTES)}`, { bold: true }))]),
    ...(failure?.hint ? [paragraph(words(clip(failure.hint, MAX_WARNING_BYTES * 2)))] : []),
    ...(answer === null ? [] : [paragraph(...headline(answer.text)), ...warningBlocks(answer.warnings)]),
  ];
  const foot = [
    ...(chartMissing ? [small(labels.noChart)] : []),
    ...(answer?.window ? [small(clip(oneLine(answer.window), MAX_WARNING_BYTES))] : []),
    ...receiptBlocks(view.receipt, labels, look),
    ...(view.cost === null ? [] : [small(clip(oneLine(view.cost), MAX_WARNING_BYTES))]),
    ...(answer === null ? [] : [feedbackBlock(view.questionId, labels, look)]),
  ];
  const table = answer?.table ? tablePart(answer.table, view, look, LIMITS.messageBytes - SPARE_BYTES - textBytes([head, foot])) : null;
  const whole = wholeText(view);
  const textFile: SlackFile | null = whole === null ? null : { piece: "text", name: `answer-${view.questionId}.txt`, content: whole };
  return {
    message: {
      text: clip(escapeMrkdwn(answer?.text ?? failure?.message ?? view.title), LIMITS.fallbackText),
      blocks: [...head, ...(textFile === null ? [] : [small(labels.wholeTextInFile(textFile.name))]), ...(table?.blocks ?? []), ...foot],
    },
    files: [...(textFile === null ? [] : [textFile]), ...(table?.file ? [table.file] : [])],
  };
}

function headline(text: string): RichTextElement[] {
  const [first = "", ...rest] = clip(text, MAX_TEXT_BYTES).split("\n");
  return rest.length === 0 ? [words(first, { bold: true })] : [words(first, { bold: true }), words(`\n${rest.join("\n")}`)];
}

function warningBlocks(warnings: readonly string[]): KnownBlock[] {
  if (warnings.length === 0) return [];
  const shown = warnings.slice(0, MAX_WARNINGS).map((warning) => [words(`⚠ ${clip(oneLine(warning), MAX_WARNING_BYTES)}`)]);
  return [bullets(warnings.length > MAX_WARNINGS ? [...shown, [words(`… +${warnings.length - MAX_WARNINGS}`)]] : shown)];
}

/** One line that unfolds. */
function receiptBlocks(receipt: ReceiptView | null, labels: Labels, look: Look): KnownBlock[] {
  if (receipt === null) return [];
  const lines = clip(receiptLines(receipt), MAX_RECEIPT_BYTES);
  const title = clip(oneLine(receipt.summary), LIMITS.containerTitle) || labels.receipt;
  if (lines === "") return [small(title)];
  if (look !== "new") return [small(title), preformatted(lines)];
  return [
    {
      type: "container",
      title: { type: "plain_text", text: title, emoji: false },
      is_collapsible: true,
      default_collapsed: true,
      // Slack's live validator takes no rich_text in a container, whatever its reference says:
      // https://docs.rs/slack-morphism/latest/slack_morphism/prelude/struct.SlackContainerBlock.html
      child_blocks: [{ type: "section", text: { type: "plain_text", text: lines, emoji: false }, expand: true }],
    },
  ];
}

function receiptLines({ lines }: ReceiptView): string {
  return lines.map(oneLine).filter(Boolean).join("\n");
}

function feedbackBlock(questionId: string, labels: Labels, look: Look): KnownBlock {
  const good = { text: { type: "plain_text", text: labels.good, emoji: false } as const, value: `good:${questionId}` };
  const bad = { text: { type: "plain_text", text: labels.bad, emoji: false } as const, value: `bad:${questionId}` };
  if (look !== "new") {
    return {
      type: "actions",
      elements: [
        { type: "button", action_id: `${ACTIONS.feedback}_good`, ...good },
        { type: "button", action_id: `${ACTIONS.feedback}_bad`, ...bad },
      ],
    };
  }
  return {
    type: "context_actions",
    elements: [{ type: "feedback_buttons", action_id: ACTIONS.feedback, positive_button: good, negative_button: bad }],
  };
}

function tablePart(
  table: TableView,
  view: RunView,
  look: Look,
  maxBytes: number,
): { readonly blocks: KnownBlock[]; readonly file: SlackFile | null } {
  if (table.columns.length === 0 || table.rows.length === 0) return { blocks: [], file: null };
  const shown = look === "brief" ? null : look === "classic" ? tableLines(table, maxBytes) : tableBlock(table, maxBytes);
  if (shown !== null && !shown.cut) return { blocks: [shown.block], file: null };
  const file: SlackFile = { piece: "csv", name: `answer-${view.questionId}.csv`, content: table.csv() };
  const count = (rows: number): string => rows.toLocaleString("en-US");
  const note = small(LABELS[view.language].shownRows(count(shown?.rows ?? 0), count(table.rows.length), file.name));
  return { blocks: shown === null ? [note] : [shown.block, note], file };
}

/** All that is said, where the message cannot hold it; null where it does. */
function wholeText(view: RunView): string | null {
  const { answer, receipt, failure } = view;
  const cut =
    isCut(answer?.text ?? "", MAX_TEXT_BYTES) ||
    isCut(failure?.message ?? "", MAX_TEXT_BYTES) ||
    isCut(failure?.hint ?? "", MAX_WARNING_BYTES * 2) ||
    warningsCut(answer) ||
    isCut(receipt?.summary ?? "", LIMITS.containerTitle) ||
    (receipt !== null && isCut(receiptLines(receipt), MAX_RECEIPT_BYTES));
  if (!cut) return null;
  const parts = [
    [answer?.text, failure?.message, failure?.hint],
    answer?.warnings ?? [],
    [receipt?.summary, ...(receipt?.lines ?? [])],
  ].map((part) => part.filter((line) => line !== undefined && line !== null).join("\n"));
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function warningsCut(answer: AnswerView | null): boolean {
  const warnings = answer?.warnings ?? [];
  return warnings.length > MAX_WARNINGS || warnings.some((warning) => isCut(warning, MAX_WARNING_BYTES));
}
