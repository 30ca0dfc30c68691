import type { KnownBlock } from "@slack/types";
import { messageJson } from "./methods/message-json.ts";
import { viewJson } from "./methods/views.ts";
import type { Message, OpenView, Workspace } from "./workspace.ts";

/** A button as it stands in a message. */
export interface Clickable {
  readonly blockId: string;
  readonly element: Readonly<Record<string, unknown>>;
}

/** Every element with an `action_id` of what a message shows, in order. */
export function clickables(message: Message): readonly Clickable[] {
  const streamed = message.stream?.chunks.flatMap((chunk) => ("blocks" in chunk ? (chunk.blocks as KnownBlock[]) : [])) ?? [];
  const blocks = [...streamed, ...message.blocks].flatMap((block) => (block.type === "container" ? block.child_blocks : [block]));
  return blocks.flatMap((block, index) => {
    const elements: unknown[] = [...("elements" in block ? block.elements : []), ...("accessory" in block ? [block.accessory] : [])];
    return elements
      .filter((element): element is Record<string, unknown> => typeof element === "object" && element !== null && "action_id" in element)
      .map((element) => ({ blockId: block.block_id ?? `b${index}`, element }));
  });
}

/** Fields that every interaction has: https://docs.slack.dev/reference/interaction-payloads. */
function common(user: string, triggerId: string, workspace: Workspace): Readonly<Record<string, unknown>> {
  return {
    user: { id: user, username: workspace.person(user).name, name: workspace.person(user).name, team_id: workspace.teamOf(user) },
    api_app_id: workspace.appId,
    token: "deprecated",
    trigger_id: triggerId,
    team: { id: workspace.teamId, domain: "fake" },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload. */
export function blockActions(
  click: { readonly user: string; readonly message: Message; readonly clickable: Clickable; readonly value: string | undefined },
  ids: { readonly triggerId: string; readonly responseUrl: string },
  workspace: Workspace,
): Readonly<Record<string, unknown>> {
  const { message, clickable, value } = click;
  const { type, action_id, text, value: own } = clickable.element;
  return {
    type: "block_actions",
    ...common(click.user, ids.triggerId, workspace),
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: message.onlyFor !== null,
      ...(message.thread === null ? {} : { thread_ts: message.thread }),
    },
    channel: { id: message.channel, name: workspace.channel(message.channel).name },
    // Of ephemeral messages only ids come: https://docs.slack.dev/interactivity/handling-user-interaction.
    ...(message.onlyFor === null ? { message: messageJson(message, workspace) } : {}),
    state: { values: {} },
    response_url: ids.responseUrl,
    actions: [{ type, action_id, block_id: clickable.blockId, text, value: value ?? own, action_ts: message.ts }],
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_submission. */
export function viewSubmission(
  opened: OpenView,
  values: Readonly<Record<string, Readonly<Record<string, string>>>>,
  triggerId: string,
  workspace: Workspace,
): Readonly<Record<string, unknown>> {
  const state = Object.fromEntries(
    Object.entries(values).map(([blockId, actions]) => [
      blockId,
      Object.fromEntries(Object.entries(actions).map(([actionId, value]) => [actionId, { type: "plain_text_input", value }])),
    ]),
  );
  return {
    type: "view_submission",
    ...common(opened.user, triggerId, workspace),
    view: { ...viewJson(opened, workspace), state: { values: state } },
    response_urls: [],
  };
}
