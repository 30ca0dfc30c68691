import type { KnownBlock } from "@slack/types";

/** What Slack publishes, and where it is not published what was measured. Counted in UTF-16 units: never less than Slack counts. */
export const LIMITS = {
  /** https://docs.slack.dev/reference/block-kit/blocks */
  blocks: 50,
  /** https://docs.slack.dev/reference/block-kit/blocks/section-block and …/composition-objects/text-object */
  text: 3000,
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block */
  header: 150,
  /** https://docs.slack.dev/reference/block-kit/blocks/context-block */
  contextElements: 10,
  /** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
  actionsElements: 25,
  /** https://docs.slack.dev/reference/block-kit/blocks/context-actions-block */
  contextActionsElements: 5,
  /** https://docs.slack.dev/reference/block-kit/blocks/container-block */
  containerTitle: 150,
  containerBlocks: 10,
  /** https://docs.slack.dev/reference/block-kit/blocks/table-block: characters are those of all cells together. */
  tableRows: 100,
  tableColumns: 20,
  tableChars: 10_000,
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
  buttonText: 75,
  buttonValue: 2000,
  actionId: 255,
  /** Of fields of streamed tasks and plans: https://docs.slack.dev/reference/methods/chat.appendStream */
  task: 256,
  /**
   * All texts of one message, in UTF-8 bytes. `msg_blocks_too_long` came near 13,200 characters, `msg_too_long` of streams between 10,600
   * and 11,300 bytes (https://github.com/openclaw/openclaw/pull/143882); neither is published.
   */
  messageBytes: 12_000,
  streamBytes: 9000,
  streamTasks: 50,
  /** Past 40,000 characters Slack cuts `text`: https://docs.slack.dev/changelog/2018-truncating-really-long-messages */
  fallbackText: 3000,
  /** https://docs.slack.dev/reference/views/modal-views */
  privateMetadata: 3000,
  modalTitle: 24,
  modalInput: 3000,
} as const;

/** What of a message is over a limit; empty when it can be sent. */
export function limitProblems(message: { readonly text: string; readonly blocks: readonly KnownBlock[] }): string[] {
  const problems: string[] = [];
  const atMost = (what: string, size: number, limit: number): void => {
    if (size > limit) problems.push(`${what}: ${size} of ${limit}`);
  };
  atMost("text", message.text.length, LIMITS.fallbackText);
  atMost("blocks", message.blocks.length, LIMITS.blocks);
  atMost("tables", message.blocks.filter((block) => block.type === "table").length, 1);
  for (const block of message.blocks) checkBlock(block, atMost, problems);
  atMost("bytes of all texts", textBytes(message.blocks), LIMITS.messageBytes);
  return problems;
}

type AtMost = (what: string, size: number, limit: number) => void;

function checkBlock(block: KnownBlock, atMost: AtMost, problems: string[]): void {
  for (const text of textsOf(block)) if (text === "") problems.push(`${block.type}: an empty text`);
  switch (block.type) {
    case "header":
      atMost("header", block.text.text.length, LIMITS.header);
      return;
    case "section":
      atMost("section", block.text?.text.length ?? 0, LIMITS.text);
      return;
    case "context":
      atMost("context elements", block.elements.length, LIMITS.contextElements);
      for (const element of block.elements) if ("text" in element) atMost("context text", element.text.length, LIMITS.text);
      return;
    case "actions":
      atMost("actions", block.elements.length, LIMITS.actionsElements);
      for (const element of block.elements) {
        if (element.type !== "button") continue;
        atMost("button text", element.text.text.length, LIMITS.buttonText);
        atMost("button value", element.value?.length ?? 0, LIMITS.buttonValue);
        atMost("action id", element.action_id?.length ?? 0, LIMITS.actionId);
      }
      return;
    case "context_actions":
      atMost("context actions", block.elements.length, LIMITS.contextActionsElements);
      return;
    case "table":
      atMost("table rows", block.rows.length, LIMITS.tableRows);
      for (const row of block.rows) atMost("table columns", row.length, LIMITS.tableColumns);
      atMost("table characters", textsOf(block).join("").length, LIMITS.tableChars);
      return;
    case "container":
      atMost("container title", block.title?.text.length ?? 0, LIMITS.containerTitle);
      atMost("container blocks", block.child_blocks.length, LIMITS.containerBlocks);
      for (const child of block.child_blocks) checkBlock(child, atMost, problems);
      return;
    case "plan":
      atMost("plan title", block.title.length, LIMITS.task);
      atMost("plan tasks", block.tasks?.length ?? 0, LIMITS.streamTasks);
      for (const task of block.tasks ?? []) atMost("task title", String(task.title).length, LIMITS.task);
      return;
  }
}

/** Every text in a structure of blocks: what people read, titles of tasks, links. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "string" ? (READ_FIELDS.has(key) ? [inner] : []) : textsOf(inner),
  );
}

const READ_FIELDS: ReadonlySet<string> = new Set(["text", "title", "url", "alt_text", "value"]);

/** UTF-8 bytes of all texts: Slack measures whole messages in bytes. */
export function textBytes(value: unknown): number {
  return textsOf(value).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
