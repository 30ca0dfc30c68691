import type { ChatPostMessageResponse } from "@slack/web-api";
import type { Message, Workspace } from "../workspace.ts";
import { fileJson } from "./file-json.ts";

type MessageJson = NonNullable<ChatPostMessageResponse["message"]> & { readonly ts: string };

/** A message as the Web API and interaction payloads have it. */
export function messageJson(message: Message, workspace: Workspace): MessageJson {
  const isBot = message.user === workspace.botUserId;
  const replies = message.thread === null ? workspace.thread(message.channel, message.ts).filter(({ ts }) => ts !== message.ts) : [];
  return {
    type: "message",
    user: message.user,
    team: workspace.teamOf(message.user),
    ts: message.ts,
    text: message.text || (message.markdown ?? ""),
    ...(isBot ? { bot_id: workspace.botId, app_id: workspace.appId } : {}),
    ...(message.thread === null ? {} : { thread_ts: message.thread }),
    ...(replies.length === 0 ? {} : { thread_ts: message.ts, reply_count: replies.length }),
    // Block ids that were left out are made up: https://docs.slack.dev/reference/block-kit/blocks.
    ...(message.blocks.length === 0
      ? {}
      : { blocks: message.blocks.map((block, index) => ({ block_id: `b${index}`, ...block })) as never }),
    ...(message.files.length === 0 ? {} : { files: message.files.map((id) => fileJson(workspace.files.get(id))) }),
    ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata as never }),
  } as MessageJson;
}
