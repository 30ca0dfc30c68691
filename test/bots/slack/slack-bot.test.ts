import { ConfigurationError, nodeRuntime } from "nephoscope";
import { slackBot } from "nephoscope/bots/slack";
import { expect, test } from "vitest";

// Nothing of it is used before the bot starts.
const options = {
  access: { rules: [] },
  timezone: "UTC",
  runtime: nodeRuntime(),
  store: null,
  orchestrator: null,
} as unknown as Parameters<typeof slackBot>[0];

test.each([
  ["a token of a user", { botToken: "xoxp-1", signingSecret: "s" }],
  ["neither a secret nor an app token", { botToken: "xoxb-1" }],
  ["a bot token for the socket", { botToken: "xoxb-1", appToken: "xoxb-2" }],
])("%s is refused, and not repeated", async (_, connection) => {
  const refused = await slackBot({ ...options, ...connection }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ConfigurationError);
  expect(String(refused)).not.toContain(connection.botToken);
});
