import { afterEach, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./slack-stage.ts";

let stage: Stage;
afterEach(() => stage[Symbol.asyncDispose]());

describe.each([{ socket: false }, { socket: true }])("over a socket: $socket", ({ socket }) => {
  test("a mention in a channel, a direct message and a message in an assistant thread are questions", async () => {
    stage = await openStage({ socket });
    const { slack, people, received } = stage;
    const ts = await slack.say(people.asker, stage.channel, `<@${slack.botUserId}> list servers`);
    const direct = slack.workspace.directMessage(people.asker);
    await slack.say(people.asker, direct, "列出服务器");
    const assistant = await slack.openAssistant(people.asker);
    await slack.say(people.asker, assistant.channel, "alarms?", { thread: assistant.thread });
    await slack.settled();
    expect(received.questions.map(({ text, place }) => [text, place.kind])).toEqual([
      ["list servers", "channel"],
      ["列出服务器", "personal"],
      ["alarms?", "personal"],
    ]);
    const [first] = received.questions;
    expect(first!.person.id).toBe(`${slack.teamId}:${people.asker}`);
    expect(first!.place).toMatchObject({
      threadKey: `slack:${slack.teamId}:${stage.channel}:${ts}`,
      channel: `${slack.teamId}:${stage.channel}`,
    });
    expect(received.questions[2]!.place.threadKey).toBe(`slack:${slack.teamId}:${assistant.channel}:${assistant.thread}`);
    expect(slack.calls.map(({ method }) => method)).toContain("assistant.threads.setSuggestedPrompts");
  });

  test("an event is acknowledged only after the question is kept", async () => {
    stage = await openStage({ socket });
    const { slack, people } = stage;
    const asked = Promise.withResolvers<void>();
    const kept = Promise.withResolvers<"taken">();
    stage.onAsk(() => {
      asked.resolve();
      return kept.promise;
    });
    const saying = slack.say(people.asker, stage.channel, `<@${slack.botUserId}> list servers`);
    await asked.promise;
    // An acknowledgement that was sent by now has arrived when these calls are through.
    for (let calls = 0; calls < 5; calls += 1) await stage.platform.readiness();
    expect(slack.deliveries[0]!.acknowledged).toBe(false);
    kept.resolve("taken");
    await saying;
    await slack.settled();
    expect(slack.deliveries[0]!.acknowledged).toBe(true);
  });
});

test("a message in a thread of a channel needs a mention, in a direct message it does not", async () => {
  stage = await openStage();
  const { slack, people, received } = stage;
  const place = await stage.ask();
  const thread = String(place.reference.threadTs);
  await slack.say(people.asker, stage.channel, "and in prod?", { thread });
  await slack.say(people.asker, stage.channel, `<@${slack.botUserId}> and in test?`, { thread });
  await slack.settled();
  expect(received.questions.map(({ text }) => text)).toEqual(["list servers", "and in test?"]);
  expect(received.questions[1]!.place.threadKey).toBe(place.threadKey);
});

test("a question that could not be kept is sent again by Slack, with the same delivery id", async () => {
  stage = await openStage();
  const { slack, people, received } = stage;
  let failures = 1;
  stage.onAsk(async () => {
    if (failures-- > 0) throw new Error("store is down");
    return "taken";
  });
  await slack.say(people.asker, stage.channel, `<@${slack.botUserId}> list servers`);
  await slack.settled();
  expect(received.questions.length).toBeGreaterThan(1);
  expect(new Set(received.questions.map(({ deliveryId }) => deliveryId)).size).toBe(1);
});

test("a wrong signature and an old timestamp are refused", async () => {
  stage = await openStage();
  const { slack, received } = stage;
  await stage.ask();
  const { id } = slack.deliveries[0]!;
  expect(await slack.redeliver(id, { secret: "wrong" })).toBe(401);
  expect(await slack.redeliver(id, { atSeconds: Math.floor(slack.workspace.now() / 1000) - 600 })).toBe(401);
  expect(received.questions).toHaveLength(1);
  expect(await slack.redeliver(id)).toBe(200);
  expect(received.questions.map(({ deliveryId }) => deliveryId)).toEqual([id, id]);
});

test("a platform that was stopped refuses events, so that another process gets them", async () => {
  stage = await openStage();
  const { slack } = stage;
  await stage.ask();
  await stage.platform.stop();
  expect(await slack.redeliver(slack.deliveries[0]!.id)).toBe(503);
});

test("readiness tells who the bot is, and a token that is not accepted", async () => {
  stage = await openStage();
  expect(await stage.platform.readiness()).toEqual({ ready: true, detail: expect.stringContaining("HTTP") });
  stage.slack.faults.add({ method: "auth.test", kind: "500" });
  expect(await stage.platform.readiness()).toMatchObject({ ready: false });
});
