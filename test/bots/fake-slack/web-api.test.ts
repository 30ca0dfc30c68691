import { LogLevel, WebClient } from "@slack/web-api";
import { FakeClock } from "nephoscope/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeSlack, startFakeSlack } from "../../../bots/fake-slack/start-fake-slack.ts";

let slack: FakeSlack;
let clock: FakeClock;
let client: WebClient;
let user: string;
let channel: string;
let root: string;

beforeEach(async () => {
  clock = new FakeClock(Date.UTC(2026, 0, 1), false);
  slack = await startFakeSlack({ clock });
  client = clientWith(slack.botToken);
  user = slack.workspace.addPerson({ name: "asker" });
  channel = slack.workspace.addChannel({ name: "cloud" });
  root = await slack.say(user, channel, "hello");
});
afterEach(() => slack.close());

function clientWith(token: string): WebClient {
  const silent = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} };
  return new WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger: silent });
}

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "accepted",
    (error: { data?: { error?: string }; retryAfter?: number; code?: string }) => error.data?.error ?? error.code ?? String(error),
  );
}

const section = (text: string) => ({ type: "section" as const, text: { type: "mrkdwn" as const, text } });

test("a token is wanted, and the right one", async () => {
  const other = clientWith("xoxb-other");
  expect(await refusal(other.auth.test())).toBe("invalid_auth");
  const nobody = clientWith("");
  expect(await refusal(nobody.auth.test())).toBe("not_authed");
  expect(await client.auth.test()).toMatchObject({ ok: true, user_id: slack.botUserId, team_id: slack.teamId });
});

test("messages are posted into threads, updated and deleted; replies come in order", async () => {
  const { ts } = await client.chat.postMessage({ channel, thread_ts: root, text: "one", blocks: [section("one")] });
  await client.chat.postMessage({ channel, thread_ts: ts!, text: "a reply to a reply stays in the thread" });
  await client.chat.update({ channel, ts: ts!, text: "two", blocks: [section("two")] });
  const { messages } = await client.conversations.replies({ channel, ts: root });
  expect(messages?.map((message) => message.text)).toEqual(["hello", "two", "a reply to a reply stays in the thread"]);
  expect(messages?.[1]).toMatchObject({ thread_ts: root, edited: {}, blocks: [{ type: "section", block_id: "b0" }] });
  await client.chat.delete({ channel, ts: ts! });
  expect(slack.thread(channel, root)).toHaveLength(2);
  expect(await refusal(client.chat.update({ channel, ts: ts!, text: "three" }))).toBe("message_not_found");
  expect(await refusal(client.chat.update({ channel, ts: root, text: "three" }))).toBe("cant_update_message");
});

test("an ephemeral message is seen by one person, and changed by nobody", async () => {
  const { message_ts } = await client.chat.postEphemeral({ channel, user, thread_ts: root, text: "psst" });
  expect(slack.ephemerals(user)).toMatchObject([{ text: "psst", thread: root }]);
  expect(slack.thread(channel, root)).toHaveLength(1);
  expect(await refusal(client.chat.update({ channel, ts: message_ts!, text: "x" }))).toBe("message_not_found");
  const outside = slack.workspace.addPerson({ name: "late" });
  expect(await refusal(client.chat.postEphemeral({ channel, user: outside, text: "x" }))).toBe("user_not_in_channel");
});

test.each([
  ["51 blocks", { blocks: Array.from({ length: 51 }, () => ({ type: "divider" })) }, "invalid_blocks"],
  ["an unknown block", { blocks: [{ type: "chart", points: [] }] }, "invalid_blocks"],
  ["an unknown field", { blocks: [{ ...section("x"), colour: "red" }] }, "invalid_blocks"],
  ["3001 characters in a section", { blocks: [section("x".repeat(3001))] }, "invalid_blocks"],
  ["an empty text", { blocks: [section("")] }, "invalid_blocks"],
  ["a header of 151 characters", { blocks: [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }] }, "invalid_blocks"],
  [
    "an input outside of views",
    { blocks: [{ type: "input", label: { type: "plain_text", text: "x" }, element: { type: "plain_text_input" } }] },
    "invalid_blocks",
  ],
  [
    "101 rows",
    { blocks: [{ type: "table", rows: Array.from({ length: 101 }, () => [{ type: "raw_text", text: "x" }]) }] },
    "invalid_blocks",
  ],
  [
    "21 cells",
    { blocks: [{ type: "table", rows: [Array.from({ length: 21 }, () => ({ type: "raw_text", text: "x" }))] }] },
    "invalid_blocks",
  ],
  ["an empty cell", { blocks: [{ type: "table", rows: [[{ type: "raw_text", text: "" }]] }] }, "invalid_blocks"],
  [
    "cells of 10,001 characters in all",
    { blocks: [{ type: "table", rows: Array.from({ length: 73 }, () => [{ type: "raw_text", text: "x".repeat(137) }]) }] },
    "invalid_blocks",
  ],
  ["a picture nobody uploaded", { blocks: [{ type: "image", alt_text: "x", slack_file: { id: "F1" } }] }, "invalid_blocks"],
  [
    "a size of more than 13,296",
    {
      blocks: [
        section("x".repeat(3000)),
        section("x".repeat(3000)),
        section("x".repeat(3000)),
        section("x".repeat(3000)),
        section("<".repeat(300)),
      ],
    },
    "msg_blocks_too_long",
  ],
  ["40,001 characters", { text: "x".repeat(40_001) }, "msg_too_long"],
  ["nothing", { text: "" }, "no_text"],
  [
    "two buttons of one action id",
    {
      blocks: [
        { type: "actions", elements: [1, 2].map(() => ({ type: "button", action_id: "a", text: { type: "plain_text", text: "x" } })) },
      ],
    },
    "invalid_blocks",
  ],
  ["50 dividers", { blocks: Array.from({ length: 50 }, () => ({ type: "divider" })) }, "accepted"],
  [
    "100 rows of 20 cells",
    {
      blocks: [
        { type: "table", rows: Array.from({ length: 100 }, () => Array.from({ length: 20 }, () => ({ type: "raw_text", text: "12345" }))) },
      ],
    },
    "accepted",
  ],
])("%s", async (_title, content, expected) => {
  expect(await refusal(client.chat.postMessage({ channel, ...content } as never))).toBe(expected);
});

test("a refusal says where", async () => {
  const error = await client.chat.postMessage({ channel, blocks: [section("x".repeat(3001))] }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ data: { errors: ["must be less than 3001 characters [json-pointer:/blocks/0/text/text]"] } });
});

test("a stream grows, is stopped, and then takes updates only", async () => {
  const stream = client.chatStream({
    channel,
    thread_ts: root,
    recipient_user_id: user,
    recipient_team_id: slack.teamId,
    task_display_mode: "plan",
  });
  await stream.append({ chunks: [{ type: "task_update", id: "a", title: "Look", status: "in_progress" }] });
  expect(await refusal(client.chat.update({ channel, ts: stream.ts!, text: "x" }))).toBe("streaming_state_conflict");
  expect(await refusal(client.chat.appendStream({ channel, ts: stream.ts!, markdown_text: "x" }))).toBe("streaming_mode_mismatch");
  await stream.stop({ chunks: [{ type: "task_update", id: "a", title: "Look", status: "complete" }], blocks: [section("done")] });
  expect(slack.thread(channel, root)[1]).toMatchObject({
    stream: { open: false, chunks: [{ status: "in_progress" }, { status: "complete" }] },
  });
  expect(await refusal(client.chat.appendStream({ channel, ts: stream.ts!, chunks: [] }))).toBe("message_not_in_streaming_state");
  expect(await refusal(client.chat.update({ channel, ts: stream.ts!, text: "x" }))).toBe("accepted");
});

test("a stream dies after five minutes, and says in channels for whom it is", async () => {
  const args = { channel, thread_ts: root };
  expect(await refusal(client.chat.startStream(args))).toBe("missing_recipient_user_id");
  expect(await refusal(client.chat.startStream({ ...args, recipient_user_id: user }))).toBe("missing_recipient_team_id");
  const { ts } = await client.chat.startStream({ ...args, recipient_user_id: user, recipient_team_id: slack.teamId });
  await clock.advance(299_000);
  await client.chat.appendStream({ channel, ts: ts!, chunks: [{ type: "plan_update", title: "Plan" }] });
  await clock.advance(1_000);
  expect(await refusal(client.chat.appendStream({ channel, ts: ts!, chunks: [{ type: "plan_update", title: "Plan" }] }))).toBe(
    "message_not_in_streaming_state",
  );
  expect(await refusal(client.chat.stopStream({ channel, ts: ts! }))).toBe("message_not_in_streaming_state");
  expect(await refusal(client.chat.update({ channel, ts: ts!, text: "still there" }))).toBe("accepted");
});

test("files are uploaded in three steps and shown in the thread", async () => {
  await client.files.uploadV2({ channel_id: channel, thread_ts: root, filename: "rows.csv", content: "a,b\n1,2\n", title: "Rows" });
  const message = slack.thread(channel, root)[1];
  expect(message?.files).toHaveLength(1);
  expect(slack.workspace.files.get(message?.files[0] ?? "")).toMatchObject({
    name: "rows.csv",
    title: "Rows",
    bytes: Buffer.from("a,b\n1,2\n"),
  });
  await client.files.uploadV2({ channel_id: channel, thread_ts: root, filename: "chart.png", file: Buffer.from([1, 2, 3]) });
  const { messages } = await client.conversations.replies({ channel, ts: root });
  expect(messages?.[2]?.files).toMatchObject([{ name: "chart.png", size: 3, mimetype: "image/png" }]);
});

test("too many calls are told to wait: one message a second in a channel, updates by the minute", async () => {
  const post = () => refusal(client.chat.postMessage({ channel, text: "x" }));
  for (let index = 0; index < 4; index += 1) expect(await post()).toBe("accepted");
  const error = await client.chat.postMessage({ channel, text: "x" }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: "slack_webapi_rate_limited_error", retryAfter: 1 });
  await clock.advance(1000);
  expect(await post()).toBe("accepted");
  const { ts } = await client.chat.postMessage({ channel: slack.workspace.directMessage(user), text: "x" });
  const update = () => refusal(client.chat.update({ channel: slack.workspace.directMessage(user), ts: ts!, text: "y" }));
  for (let index = 0; index < 50; index += 1) expect(await update()).toBe("accepted");
  expect(await update()).toBe("slack_webapi_rate_limited_error");
});

test.each(["429", "500", "reset-before", "reset-after"] as const)("a fault of kind %s befalls the calls it is meant for", async (kind) => {
  slack.faults.add({ method: "chat.postMessage", kind, skip: 1, times: 1 });
  const post = () => refusal(client.chat.postMessage({ channel, text: "x" }));
  expect(await post()).toBe("accepted");
  expect(await post()).not.toBe("accepted");
  expect(await post()).toBe("accepted");
  expect(slack.workspace.messages(channel).filter(({ text }) => text === "x")).toHaveLength(kind === "reset-after" ? 3 : 2);
});

test("who people are and what channels are is told as Slack tells it", async () => {
  const guest = slack.workspace.addPerson({ name: "guest", kind: "guest" });
  const stranger = slack.workspace.addPerson({ name: "stranger", kind: "stranger" });
  const group = slack.workspace.addGroup({ handle: "oncall", users: [user] });
  const shared = slack.workspace.addChannel({ name: "with-others", kind: "private", shared: true, members: [stranger] });
  expect((await client.users.info({ user: guest })).user).toMatchObject({ is_restricted: true });
  expect((await client.users.info({ user: stranger })).user).toMatchObject({ is_stranger: true, team_id: slack.workspace.strangerTeamId });
  expect((await client.usergroups.users.list({ usergroup: group })).users).toEqual([user]);
  expect((await client.conversations.info({ channel: shared })).channel).toMatchObject({ is_private: true, is_ext_shared: true });
  expect((await client.conversations.open({ users: user })).channel?.id).toBe(slack.workspace.directMessage(user));
  expect(await refusal(client.conversations.info({ channel: "C404" }))).toBe("channel_not_found");
});
