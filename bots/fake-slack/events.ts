import type { AppMentionEvent, AssistantThreadStartedEvent, GenericMessageEvent } from "@slack/types";
import type { Message, Workspace } from "./workspace.ts";

/** https://docs.slack.dev/apis/events-api/#event-type-structure: the envelope of every event. */
export function eventEnvelope(
  event: Readonly<Record<string, unknown>>,
  workspace: Workspace,
): { readonly id: string; readonly body: string } {
  const id = workspace.newId("Ev");
  const body = {
    token: "deprecated",
    team_id: workspace.teamId,
    context_team_id: workspace.teamId,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event,
    type: "event_callback",
    event_id: id,
    event_time: Math.floor(workspace.now() / 1000),
    is_ext_shared_channel: typeof event.channel === "string" && (workspace.channels.get(event.channel)?.shared ?? false),
    authorizations: [
      { enterprise_id: null, team_id: workspace.teamId, user_id: workspace.botUserId, is_bot: true, is_enterprise_install: false },
    ],
  };
  return { id, body: JSON.stringify(body) };
}

/** https://docs.slack.dev/reference/events/app_mention. */
export function appMention(message: Message, workspace: Workspace): AppMentionEvent & Record<string, unknown> {
  return {
    type: "app_mention",
    user: message.user,
    user_team: workspace.teamOf(message.user),
    team: workspace.teamOf(message.user),
    text: message.text,
    ts: message.ts,
    event_ts: message.ts,
    channel: message.channel,
    ...(message.thread === null ? {} : { thread_ts: message.thread }),
  } as AppMentionEvent & Record<string, unknown>;
}

/** https://docs.slack.dev/reference/events/message.im. */
export function directMessageEvent(message: Message, workspace: Workspace): GenericMessageEvent & Record<string, unknown> {
  return {
    type: "message",
    subtype: undefined,
    user: message.user,
    team: workspace.teamOf(message.user),
    text: message.text,
    ts: message.ts,
    event_ts: message.ts,
    channel: message.channel,
    channel_type: "im",
    ...(message.thread === null ? {} : { thread_ts: message.thread }),
  } as GenericMessageEvent & Record<string, unknown>;
}

/** https://docs.slack.dev/reference/events/assistant_thread_started. */
export function assistantThreadStarted(user: string, channel: string, thread: string, workspace: Workspace) {
  const event: AssistantThreadStartedEvent = {
    type: "assistant_thread_started",
    assistant_thread: { user_id: user, context: { team_id: workspace.teamId }, channel_id: channel, thread_ts: thread },
    event_ts: thread,
  };
  return event as AssistantThreadStartedEvent & Record<string, unknown>;
}
