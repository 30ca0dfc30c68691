import type { ChatDeleteResponse, ChatPostEphemeralResponse, ChatPostMessageResponse, ChatUpdateResponse } from "@slack/web-api";
import { SlackApiError } from "../slack-api-error.ts";
import type { Channel, Message } from "../workspace.ts";
import { optional, required } from "./arguments.ts";
import { messageContent } from "./message-content.ts";
import { messageJson } from "./message-json.ts";
import type { ApiContext, CallArguments, Methods } from "./method.ts";

/** https://docs.slack.dev/reference/methods/chat.postMessage, .update, .delete, .postEphemeral; errors as listed there. */
export const chatMethods: Methods = {
  "chat.postMessage"(args, { workspace }) {
    const channel = workspace.channel(required(args, "channel", "channel_not_found"));
    const thread = threadOf(args, channel, workspace);
    const message = workspace.add({ channel: channel.id, thread, user: workspace.botUserId, ...messageContent(args, workspace) });
    return {
      channel: channel.id,
      ts: message.ts,
      message: messageJson(message, workspace),
    } satisfies Partial<ChatPostMessageResponse>;
  },

  "chat.postEphemeral"(args, { workspace }) {
    const channel = workspace.channel(required(args, "channel", "channel_not_found"));
    const user = required(args, "user", "user_not_found");
    // "The user should be in the channel."
    if (!channel.members.has(user)) throw new SlackApiError("user_not_in_channel");
    const thread = threadOf(args, channel, workspace);
    const message = workspace.add({
      channel: channel.id,
      thread,
      user: workspace.botUserId,
      onlyFor: user,
      ...messageContent(args, workspace),
    });
    return { message_ts: message.ts } satisfies Partial<ChatPostEphemeralResponse>;
  },

  "chat.update"(args, { workspace }) {
    const channel = workspace.channel(required(args, "channel", "channel_not_found"));
    const message = ownMessage(args, channel, { workspace }, "cant_update_message");
    // "The message is currently streaming text and cannot be edited."
    if (message.stream !== null && isStreaming(message, workspace.now())) throw new SlackApiError("streaming_state_conflict");
    const content = messageContent(args, workspace);
    Object.assign(message, content, { metadata: content.metadata ?? message.metadata, edited: true, version: message.version + 1 });
    // What was streamed is replaced.
    message.stream = null;
    workspace.changed();
    const reply = { channel: channel.id, ts: message.ts, text: message.text } satisfies Partial<ChatUpdateResponse>;
    return { ...reply, message: messageJson(message, workspace) };
  },

  "chat.delete"(args, { workspace }) {
    const channel = workspace.channel(required(args, "channel", "channel_not_found"));
    const message = ownMessage(args, channel, { workspace }, "cant_delete_message");
    message.deleted = true;
    workspace.changed();
    return { channel: channel.id, ts: message.ts } satisfies Partial<ChatDeleteResponse>;
  },
};

/** Slack's servers end a stream about five minutes after it began, appends or not: slackapi/python-slack-sdk#1859, vercel/chat#637. */
const STREAM_LIFETIME_MS = 5 * 60_000;

export function isStreaming(message: Message, nowMs: number): boolean {
  return message.stream?.open === true && nowMs - message.stream.startedMs < STREAM_LIFETIME_MS;
}

/** A reply to a reply is put into the thread of its parent; an unknown parent is refused. */
export function threadOf(args: CallArguments, channel: Channel, workspace: ApiContext["workspace"]): string | null {
  const thread = optional(args, "thread_ts");
  if (thread === undefined) return null;
  const parent = workspace.message(channel.id, thread);
  if (parent === undefined) throw new SlackApiError("thread_not_found");
  return parent.thread ?? parent.ts;
}

export function ownMessage(args: CallArguments, channel: Channel, { workspace }: Pick<ApiContext, "workspace">, foreign: string): Message {
  const message = workspace.message(channel.id, required(args, "ts", "message_not_found"));
  // Ephemeral messages cannot be changed by these methods: https://docs.slack.dev/messaging/sending-and-scheduling-messages#ephemeral
  if (message === undefined || message.onlyFor !== null) throw new SlackApiError("message_not_found");
  if (message.user !== workspace.botUserId) throw new SlackApiError(foreign);
  return message;
}
