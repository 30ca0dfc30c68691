import { expect, test } from "vitest";
import { questionIn, threadStartedIn } from "../../../bots/slack/slack-events.ts";

const identity = { team: "T1", botUser: "UBOT", botId: "B1" };
const mention = { type: "app_mention", channel: "C1", user: "U1", team: "T1", text: "<@UBOT> list servers", ts: "1700000000.000100" };

function envelope(event: object) {
  return { type: "event_callback", team_id: "T1", event_id: "Ev1", event };
}

test("a mention is a question with the event's id, the thread it begins, and who asked", () => {
  expect(questionIn(envelope(mention), identity)).toEqual({
    deliveryId: "Ev1",
    place: {
      platform: "slack",
      threadKey: "slack:T1:C1:1700000000.000100",
      channel: "T1:C1",
      kind: "channel",
      reference: { channel: "C1", threadTs: "1700000000.000100", recipientTeam: "T1", recipientUser: "U1" },
    },
    person: { id: "T1:U1", name: null },
    text: "list servers",
    atMs: 1_700_000_000_000,
  });
});

test("somebody of another organisation keeps their own workspace, and the place keeps the bot's", () => {
  const question = questionIn(envelope({ ...mention, user_team: "T2", team: "T2", source_team: "T2" }), identity);
  expect(question?.person.id).toBe("T2:U1");
  expect(question?.place.channel).toBe("T1:C1");
});

test.each([
  ["of another app", { bot_id: "B2", app_id: "A2" }],
  ["of the bot itself", { user: "UBOT" }],
  ["without an author", { user: undefined }],
  ["that was edited", { edited: { user: "U1", ts: "2.0" } }],
  ["with a subtype", { subtype: "message_changed" }],
  ["of a bot, the old way", { subtype: "bot_message", bot_id: "B2" }],
  ["in a channel, without a mention", { type: "message", channel_type: "channel" }],
  ["that is a mention in a direct message, which comes as a message too", { channel: "D1" }],
  ["of another type", { type: "reaction_added" }],
])("a message %s is no question", (_, change) => {
  expect(questionIn(envelope({ ...mention, ...change }), identity)).toBeNull();
});

test("what is no event is no question", () => {
  for (const body of [null, "x", {}, { type: "event_callback" }, { event: mention }]) {
    expect(questionIn(body, identity)).toBeNull();
    expect(threadStartedIn(body)).toBeNull();
  }
});
