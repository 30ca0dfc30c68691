import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { manifestOf, SLACK_EVENTS, SLACK_SCOPES, slackManifest } from "../../../bots/slack/manifest.ts";

/** Bot scopes that a method asks for, by the "Scopes" of its page at https://docs.slack.dev/reference/methods. */
const SCOPES_OF_METHODS: Readonly<Record<string, readonly string[]>> = {
  "auth.test": [],
  "assistant.threads.setSuggestedPrompts": ["assistant:write"],
  "chat.appendStream": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.startStream": ["chat:write"],
  "chat.stopStream": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.info": ["channels:read", "groups:read", "im:read", "mpim:read"],
  "conversations.replies": ["channels:history", "groups:history", "im:history", "mpim:history"],
  "files.uploadV2": ["files:write"],
  "usergroups.users.list": ["usergroups:read"],
  "users.info": ["users:read"],
  "views.open": [],
};

/** By the pages of https://docs.slack.dev/reference/events. */
const SCOPES_OF_EVENTS: Readonly<Record<string, readonly string[]>> = {
  app_mention: ["app_mentions:read"],
  "message.im": ["im:history"],
};

test("every method that the bot calls is known here, and the scopes are those that methods and events need, and no others", () => {
  const source = globSync("bots/slack/*.ts")
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const called = new Set([...source.matchAll(/client\.((?:\w+\.)+\w+)\(/g)].map(([, method]) => method!));
  expect([...called].sort()).toEqual(Object.keys(SCOPES_OF_METHODS).sort());
  expect(Object.keys(SLACK_EVENTS).sort()).toEqual(Object.keys(SCOPES_OF_EVENTS).sort());
  const needed = new Set([...Object.values(SCOPES_OF_METHODS), ...Object.values(SCOPES_OF_EVENTS)].flat());
  expect(Object.keys(SLACK_SCOPES).sort()).toEqual([...needed].sort());
});

test("with an address events and clicks go there, without one the app uses Socket Mode", () => {
  const http = manifestOf({ url: "https://bots.example.com/" });
  expect(http.settings).toMatchObject({
    socket_mode_enabled: false,
    event_subscriptions: { request_url: "https://bots.example.com/slack/events" },
    interactivity: { is_enabled: true, request_url: "https://bots.example.com/slack/events" },
  });
  const socket = manifestOf({});
  expect(socket.settings.socket_mode_enabled).toBe(true);
  expect(socket.features.agent_view.suggested_prompts).toHaveLength(4);
  expect(JSON.stringify(socket)).not.toContain("request_url");
});

test("the manifest is JSON within Slack's limits, with every scope and event explained in the docs", () => {
  const manifest = JSON.parse(slackManifest({ url: "https://bots.example.com" }));
  // https://docs.slack.dev/reference/app-manifest: name 35, description 140.
  expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
  expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
  const docs = readFileSync("docs/slack.md", "utf8");
  for (const name of [...Object.keys(SLACK_SCOPES), ...Object.keys(SLACK_EVENTS)]) expect(docs).toContain(`\`${name}\``);
});
