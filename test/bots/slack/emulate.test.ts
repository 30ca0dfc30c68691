import { WebClient } from "@slack/web-api";
import { createEmulator, type Emulator } from "emulate";
import { nodeRuntime } from "nephoscope";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChatPlatform } from "../../../bots/shared/chat-platform.ts";
import { slackPlace } from "../../../bots/slack/slack-place.ts";
import { slackPlatform } from "../../../bots/slack/slack-platform.ts";
import { answer, answered, servers, table, view, waiting } from "./sample-views.ts";
import { shower } from "./slack-stage.ts";

/** An emulator that others wrote: it knows neither streams nor newer blocks, so it also shows how the bot does without them. */
let emulator: Emulator;
let platform: ChatPlatform;
let alice: WebClient;
let channel: string;

beforeAll(async () => {
  emulator = await createEmulator({
    service: "slack",
    port: 0,
    seed: {
      slack: {
        signing_secret: "shhh",
        team: { name: "Lab", domain: "lab" },
        users: [{ name: "alice", real_name: "Alice Ops", email: "alice@lab.test" }],
        channels: [{ name: "incidents", topic: "alerts" }],
        oauth_apps: [
          {
            client_id: "1.1",
            client_secret: "s",
            app_id: "A0LAB",
            name: "nephoscope",
            redirect_uris: [],
            scopes: ["chat:write", "files:write", "users:read"],
          },
        ],
        tokens: [
          { token: "xoxp-alice", user: "alice", type: "user" },
          { token: "xoxb-lab", user: "nephoscope", type: "bot", app_id: "A0LAB" },
        ],
      },
    },
  });
  const apiUrl = `${emulator.url}/api/`;
  alice = new WebClient("xoxp-alice", { slackApiUrl: apiUrl });
  const { channels } = await alice.conversations.list();
  channel = channels!.find(({ name }) => name === "incidents")!.id!;
  platform = slackPlatform({
    botToken: "xoxb-lab",
    transport: { kind: "http", signingSecret: "shhh", path: "/slack/events" },
    apiUrl,
    groups: [],
    runtime: { ...nodeRuntime(), logger: { debug: () => {}, warn: () => {} } },
  });
});
afterAll(() => emulator.close());

async function ask() {
  const { ts } = await alice.chat.postMessage({ channel, text: "list servers" });
  const { user_id: user, team_id: team } = await alice.auth.test();
  const place = slackPlace(await platform.homeTeam(), { channel, threadTs: ts!, recipientTeam: team!, recipientUser: user! });
  const replies = async () => ((await alice.conversations.replies({ channel, ts: ts! })).messages ?? []).slice(1);
  return { place, replies, person: { id: `${team}:${user}`, name: null } };
}

test("plan, card, answer and CSV stand in the thread once, without streams", async () => {
  const { place, replies } = await ask();
  const { show } = shower(platform, place);
  await show(view());
  await show(waiting());
  await show(answered({ answer: answer({ table: table(servers(300)) }) }));
  await show(answered({ answer: answer({ table: table(servers(300)) }) }));
  const stands = (await replies()).map(({ text, files }) => files?.[0]?.name ?? text);
  expect(stands).toEqual(["Answered in 2.1 s", "Approval needed: No tool lists volumes.", "2 servers", "answer-q_1.csv"]);
});

test("people and places are known, and a person can be told something alone", async () => {
  const { place, person } = await ask();
  expect(await platform.placeFacts(place)).toEqual({ isPublic: true, isShared: false });
  expect(await platform.personFacts(person, place)).toEqual({ isOutsider: false, groups: [] });
  await platform.tell(place, "only for you", person);
  expect((await platform.readiness()).detail).toContain("HTTP");
});
