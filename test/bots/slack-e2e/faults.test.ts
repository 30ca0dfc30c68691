import { describe, expect, test } from "vitest";
import type { Fault } from "../../../bots/fake-slack/fault-book.ts";
import type { Message } from "../../../bots/fake-slack/workspace.ts";
import { CODE_QUESTIONS } from "../../../scripts/demo-slack/demo-model.ts";
import { approvalCard, BUTTONS } from "./approval-cards.ts";
import { ShiftingClock } from "./shifting-clock.ts";
import { type SlackWorld, startSlackWorld } from "./slack-world.ts";

const KINDS: readonly Fault["kind"][] = ["429", "500", "reset-before", "reset-after"];

/** What the bot calls while it answers. */
const METHODS = [
  "auth.test",
  "chat.startStream",
  "chat.appendStream",
  "chat.stopStream",
  "chat.update",
  "chat.postMessage",
  "files.getUploadURLExternal",
  "upload",
  "files.completeUploadExternal",
];

/** What it asks about people and places before it does anything. */
const FACTS = ["conversations.info", "users.info", "usergroups.users.list"];

const hasTable = ({ blocks }: Message) => blocks.some(({ type }) => type === "table");
const isChart = ({ slack }: SlackWorld, { files }: Message) => files.some((id) => slack.workspace.files.get(id)?.name.endsWith(".png"));

/** Everything that belongs into the thread is there, once, and nothing is under way any more. */
function isAnsweredOnce(world: SlackWorld, thread: readonly Message[]): boolean {
  const planned = JSON.stringify(thread.map(({ blocks }) => blocks)).match(/"status":"(in_progress|pending)"/g) ?? [];
  return (
    thread.filter(hasTable).length === 1 &&
    thread.filter((message) => isChart(world, message)).length === 1 &&
    thread.every(({ stream }) => stream?.open !== true) &&
    planned.length === 0
  );
}

describe("whatever goes wrong with calls to Slack, the thread ends in the right state", { timeout: 300_000 }, () => {
  test.each(KINDS)("%s, at the first calls of every method, and then at one call after the other", async (kind) => {
    await using world = await startSlackWorld({ rateLimits: false, instances: 4, clock: new ShiftingClock(10) });
    const { slack, place } = world;
    const answered = async () => {
      const thread = await slack.say(place.asker, place.cloud, `<@${slack.botUserId}> top 5 servers by cpu`);
      await slack.until(() => isAnsweredOnce(world, slack.thread(place.cloud, thread)));
    };
    for (const method of METHODS) slack.faults.add({ method, kind, times: 1 });
    await answered();
    for (let nth = 0; nth < 8; nth += 1) {
      slack.faults.clear();
      slack.faults.add({ kind, skip: nth, times: 1 });
      await answered();
    }
    expect(slack.calls.filter(({ status, error }) => status !== 200 && error !== null).length).toBeGreaterThan(10);
  });

  test.each(FACTS)("who may ask is not known while %s fails: nothing is told to anybody, but that", async (method) => {
    await using world = await startSlackWorld({ rateLimits: false, instances: 4, clock: new ShiftingClock(10) });
    const { slack, place } = world;
    slack.faults.add({ method, kind: "500" });
    const thread = await slack.say(place.asker, place.cloud, `<@${slack.botUserId}> top 5 servers by cpu`);
    await slack.until(() => slack.thread(place.cloud, thread).length > 1);
    await slack.settled();
    expect(
      slack
        .thread(place.cloud, thread)
        .slice(1)
        .map(({ blocks }) => blocks.map(({ type }) => type)),
    ).toEqual([["rich_text"]]);
  });

  test.each(KINDS)("%s, while something is approved", async (kind) => {
    await using world = await startSlackWorld({ rateLimits: false, instances: 4 });
    const { slack, place } = world;
    for (const method of METHODS) slack.faults.add({ method, kind, times: 1 });
    const thread = await slack.say(place.asker, place.cloud, `<@${slack.botUserId}> ${CODE_QUESTIONS.en}`);
    await slack.until(() => approvalCard(slack.thread(place.cloud, thread))?.canDecide === true);
    slack.faults.clear();
    for (const method of [...METHODS, "chat.postEphemeral"]) slack.faults.add({ method, kind, times: 1 });
    await slack.click(place.approver, place.cloud, approvalCard(slack.thread(place.cloud, thread))!.ts, BUTTONS.approve);
    await slack.until(() => slack.thread(place.cloud, thread).filter(hasTable).length === 1);
    await slack.until(() => approvalCard(slack.thread(place.cloud, thread))?.canDecide === false);
    const cards = slack.thread(place.cloud, thread).filter(({ metadata }) => JSON.stringify(metadata ?? null).includes('"approval:'));
    expect(cards).toHaveLength(1);
  });
});
