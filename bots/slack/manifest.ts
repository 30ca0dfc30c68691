import { LABELS } from "./labels.ts";

/** Where Slack finds the bot: its public base address, or none, for Socket Mode. */
export interface SlackManifestOptions {
  readonly url?: string;
  /** @defaultValue nephoscope */
  readonly name?: string;
}

/** Path of events and interactions. */
export const SLACK_PATH = "/slack/events";

/** What the bot may do, and why. */
export const SLACK_SCOPES = {
  "app_mentions:read": "questions in channels: the bot reads messages that mention it, and no others",
  "assistant:write": "conversations in the app's own tab: suggested prompts",
  "channels:history": "finds its own messages again in threads of public channels after a lost connection",
  "channels:read": "whether a public channel is shared with other organisations",
  "chat:write": "answers, plans and approval cards",
  "files:write": "CSV files, charts and long programs",
  "groups:history": "the same as channels:history in private channels",
  "groups:read": "whether a channel is private, and shared with other organisations",
  "im:history": "questions in direct messages",
  "im:read": "whether a conversation is a direct message",
  "mpim:history": "the same as channels:history in group messages",
  "mpim:read": "whether a conversation is a group message",
  "usergroups:read": "access rules and approvers that name user groups",
  "users:read": "whether somebody is a guest or of another organisation; names on cards; the language of prompts",
} as const;

/** Events that are sent to the bot, and what for. */
export const SLACK_EVENTS = {
  app_mention: "a question in a channel",
  "message.im": "a question in a direct message, in the app's own tab included",
} as const;

/** The app as data, to be pasted at api.slack.com/apps. Source: https://docs.slack.dev/reference/app-manifest */
export function slackManifest(options: SlackManifestOptions = {}): string {
  return `${JSON.stringify(manifestOf(options), null, 2)}\n`;
}

export function manifestOf({ url, name = "nephoscope" }: SlackManifestOptions) {
  const requestUrl = url === undefined ? {} : { request_url: new URL(SLACK_PATH, url).href };
  return {
    display_information: {
      name,
      description: "Answers questions about what runs in your clouds, with a receipt.",
      background_color: "#1d3557",
    },
    features: {
      bot_user: { display_name: name, always_online: true },
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      // New apps may not have `assistant_view` any more: https://docs.slack.dev/ai/migrating-to-agent-messaging
      agent_view: {
        agent_description: "Ask in Chinese or English what runs in AWS, Azure, Google Cloud, Alibaba Cloud and Volcengine.",
        suggested_prompts: [...LABELS.en.prompts.slice(0, 2), ...LABELS.zh.prompts.slice(0, 2)],
      },
    },
    oauth_config: { scopes: { bot: Object.keys(SLACK_SCOPES) } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: Object.keys(SLACK_EVENTS) },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  };
}
