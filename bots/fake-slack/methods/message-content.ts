import type { AnyBlock, KnownBlock } from "@slack/types";
import { MAX_MARKDOWN_TEXT, MAX_MESSAGE_TEXT, parseBlocks } from "../rules/message-rules.ts";
import { SlackApiError } from "../slack-api-error.ts";
import type { Workspace } from "../workspace.ts";
import { optional, structured } from "./arguments.ts";
import type { CallArguments } from "./method.ts";

export interface MessageContent {
  readonly text: string;
  readonly markdown: string | null;
  readonly blocks: readonly KnownBlock[];
  readonly metadata: unknown;
}

/** What postMessage, postEphemeral and update say in common. */
export function messageContent(args: CallArguments, workspace: Workspace): MessageContent {
  const text = optional(args, "text") ?? "";
  const markdown = optional(args, "markdown_text") ?? null;
  const given = structured(args, "blocks", "invalid_blocks_format");
  // https://docs.slack.dev/reference/methods/chat.update, errors.
  if (markdown !== null && (given !== undefined || text !== "")) throw new SlackApiError("markdown_text_conflict");
  if (markdown !== null && markdown.length > MAX_MARKDOWN_TEXT) throw new SlackApiError("msg_too_long");
  if (text.length > MAX_MESSAGE_TEXT) throw new SlackApiError("msg_too_long");
  const blocks = given === undefined ? [] : parseBlocks(given);
  checkPictures(blocks, workspace);
  if (text === "" && markdown === null && blocks.length === 0) throw new SlackApiError("no_text");
  return { text, markdown, blocks, metadata: structured(args, "metadata", "invalid_metadata_format") };
}

/** A picture of the workspace is one that was uploaded: https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object. */
export function checkPictures(blocks: readonly AnyBlock[], workspace: Workspace): void {
  for (const [index, block] of blocks.entries()) {
    const id = "slack_file" in block && block.slack_file !== undefined && "id" in block.slack_file ? block.slack_file.id : undefined;
    if (id !== undefined && !workspace.files.get(id)?.shared) {
      throw new SlackApiError("invalid_blocks", [`invalid slack file [json-pointer:/blocks/${index}/slack_file]`]);
    }
  }
}
