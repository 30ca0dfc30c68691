import { SlackApiError } from "../slack-api-error.ts";
import type { Channel, Workspace } from "../workspace.ts";
import { page, required } from "./arguments.ts";
import { messageJson } from "./message-json.ts";
import type { Methods } from "./method.ts";

/** https://docs.slack.dev/reference/methods/conversations.info and its kin. */
export const conversationMethods: Methods = {
  "conversations.info": (args, { workspace }) => ({
    channel: channelJson(workspace.channel(required(args, "channel", "channel_not_found")), workspace),
  }),

  "conversations.members"(args, { workspace }) {
    const { items, next_cursor } = page([...workspace.channel(required(args, "channel", "channel_not_found")).members], args, 1000);
    return { members: items, response_metadata: { next_cursor } };
  },

  "conversations.history"(args, { workspace }) {
    const channel = workspace.channel(required(args, "channel", "channel_not_found"));
    const messages = workspace.messages(channel.id).filter(({ thread }) => thread === null);
    const { items, next_cursor } = page(messages.toReversed(), args, 999);
    return {
      messages: items.map((message) => messageJson(message, workspace)),
      has_more: next_cursor !== "",
      response_metadata: { next_cursor },
    };
  },

  "conversations.replies"(args, { workspace }) {
    const channel = workspace.channel(required(args, "channel", "channel_not_found"));
    const parent = workspace.message(channel.id, required(args, "ts", "thread_not_found"));
    if (parent === undefined) throw new SlackApiError("thread_not_found");
    const { items, next_cursor } = page(workspace.thread(channel.id, parent.thread ?? parent.ts), args, 1000);
    return {
      messages: items.map((message) => messageJson(message, workspace)),
      has_more: next_cursor !== "",
      response_metadata: { next_cursor },
    };
  },

  "conversations.open"(args, { workspace }) {
    const users = required(args, "users", "users_list_not_supplied").split(",");
    const [user] = users;
    if (user === undefined || users.length > 1) throw new SlackApiError("method_not_supported_for_channel_type");
    return { channel: { id: workspace.directMessage(workspace.person(user).id) } };
  },
};

/** The flags that https://docs.slack.dev/reference/objects/conversation-object describes. */
function channelJson(channel: Channel, workspace: Workspace): Readonly<Record<string, unknown>> {
  const other = [...channel.members].find((id) => id !== workspace.botUserId);
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === "public" || channel.kind === "private",
    is_group: channel.kind === "private",
    is_im: channel.kind === "im",
    is_mpim: channel.kind === "mpim",
    is_private: channel.kind !== "public",
    is_archived: false,
    is_shared: channel.shared,
    is_ext_shared: channel.shared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: true,
    context_team_id: workspace.teamId,
    shared_team_ids: channel.shared ? [workspace.teamId, workspace.strangerTeamId] : [workspace.teamId],
    ...(channel.kind === "im" ? { user: other } : {}),
  };
}
