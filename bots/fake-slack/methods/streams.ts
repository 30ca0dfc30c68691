import type { AnyChunk, BlocksChunk, MarkdownTextChunk, PlanUpdateChunk, TaskUpdateChunk } from "@slack/types";
import type { ChatAppendStreamResponse, ChatStartStreamResponse, ChatStopStreamResponse } from "@slack/web-api";
import { z } from "zod";
import { urlSource } from "../rules/element-rules.ts";
import { MAX_MARKDOWN_TEXT, parseBlocks } from "../rules/message-rules.ts";
import { published, text } from "../rules/published-shape.ts";
import { SlackApiError } from "../slack-api-error.ts";
import type { Message, Workspace } from "../workspace.ts";
import { optional, required, structured } from "./arguments.ts";
import { isStreaming, ownMessage, threadOf } from "./chat.ts";
import { checkPictures } from "./message-content.ts";
import { messageJson } from "./message-json.ts";
import type { CallArguments, Methods } from "./method.ts";

/** @slack/types, chunk.d.ts; `details` and `output` are markdown and no longer than a text object. */
const chunkRule = z.discriminatedUnion("type", [
  published<MarkdownTextChunk>()({ type: z.literal("markdown_text"), text: text(MAX_MARKDOWN_TEXT) }),
  published<PlanUpdateChunk>()({ type: z.literal("plan_update"), title: text(3000) }),
  published<TaskUpdateChunk>()({
    type: z.literal("task_update"),
    id: text(255),
    title: text(3000),
    status: z.enum(["pending", "in_progress", "complete", "error"]),
    details: z.string().max(3000).optional(),
    output: z.string().max(3000).optional(),
    sources: z.array(urlSource).optional(),
  }),
  published<BlocksChunk>()({ type: z.literal("blocks"), blocks: z.array(z.looseObject({ type: z.string() })) }),
]);

/** https://docs.slack.dev/reference/methods/chat.startStream, .appendStream, .stopStream; errors as listed there. */
export const streamMethods: Methods = {
  "chat.startStream"(args, { workspace }) {
    const channel = workspace.channel(required(args, "channel", "channel_not_found"));
    const thread = threadOf({ thread_ts: required(args, "thread_ts") }, channel, workspace);
    // "Required when streaming to channels", both of them.
    if (channel.kind !== "im") {
      required(args, "recipient_user_id", "missing_recipient_user_id");
      required(args, "recipient_team_id", "missing_recipient_team_id");
    }
    const recipient = optional(args, "recipient_user_id");
    if (recipient !== undefined) workspace.person(recipient);
    const display = optional(args, "task_display_mode") ?? "timeline";
    if (display !== "plan" && display !== "timeline") throw new SlackApiError("invalid_arguments");
    const message = workspace.add({
      channel: channel.id,
      thread,
      user: workspace.botUserId,
      text: "",
      stream: { mode: null, display, startedMs: workspace.now(), open: true, chunks: [] },
    });
    try {
      append(message, args, workspace);
    } catch (error) {
      message.deleted = true;
      throw error;
    }
    workspace.changed();
    return { channel: channel.id, ts: message.ts } satisfies Partial<ChatStartStreamResponse>;
  },

  "chat.appendStream"(args, { workspace }) {
    const channel = workspace.channel(required(args, "channel", "channel_not_found"));
    const message = streamingMessage(ownMessage(args, channel, { workspace }, "message_not_owned_by_app"), workspace.now());
    if (!append(message, args, workspace)) throw new SlackApiError("no_text");
    workspace.changed();
    return { channel: channel.id, ts: message.ts } satisfies Partial<ChatAppendStreamResponse>;
  },

  "chat.stopStream"(args, { workspace }) {
    const channel = workspace.channel(required(args, "channel", "channel_not_found"));
    const message = streamingMessage(ownMessage(args, channel, { workspace }, "message_not_owned_by_app"), workspace.now());
    const given = structured(args, "blocks", "invalid_blocks_format");
    // "A list of blocks that will be rendered at the bottom of the finalized message", 50 besides those of chunks.
    const blocks = given === undefined ? [] : parseBlocks(given);
    checkPictures(blocks, workspace);
    append(message, args, workspace);
    message.blocks = blocks;
    if (message.stream !== null) message.stream.open = false;
    workspace.changed();
    const reply = { channel: channel.id, ts: message.ts } satisfies Partial<ChatStopStreamResponse>;
    return { ...reply, message: messageJson(message, workspace) };
  },
};

function streamingMessage(message: Message, nowMs: number): Message {
  if (!isStreaming(message, nowMs)) throw new SlackApiError("message_not_in_streaming_state");
  return message;
}

/** @returns whether there was something to append. */
function append(message: Message, args: CallArguments, workspace: Workspace): boolean {
  const { stream } = message;
  if (stream === null) return false;
  const markdown = optional(args, "markdown_text");
  const given = structured(args, "chunks", "invalid_chunks");
  const chunks = given === undefined ? [] : chunksOf(given);
  if (markdown !== undefined && markdown.length > MAX_MARKDOWN_TEXT) throw new SlackApiError("msg_too_long");
  const mode = given !== undefined && chunks.length > 0 ? "chunks" : markdown !== undefined ? "markdown_text" : null;
  if (mode === null) return false;
  // Measured by others (no page of Slack says so): a stream is of the kind that its first content was, all its life.
  if (stream.mode !== null && stream.mode !== mode) throw new SlackApiError("streaming_mode_mismatch");
  for (const chunk of chunks) if (chunk.type === "blocks") checkPictures(chunk.blocks, workspace);
  stream.mode = mode;
  stream.chunks.push(...(mode === "chunks" ? chunks : [{ type: "markdown_text" as const, text: markdown ?? "" }]));
  message.version += 1;
  return true;
}

function chunksOf(given: unknown): readonly AnyChunk[] {
  const checked = z.array(chunkRule).safeParse(given);
  if (!checked.success) {
    throw new SlackApiError(
      "invalid_chunks",
      checked.error.issues.map(({ message, path }) => `${message} [json-pointer:/chunks/${path.join("/")}]`),
    );
  }
  return checked.data.map(
    (chunk, index): AnyChunk =>
      chunk.type === "blocks" ? { type: "blocks", blocks: [...parseBlocks(chunk.blocks, `/chunks/${index}/blocks`)] } : (chunk as AnyChunk),
  );
}
