import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Message } from "../../../bots/fake-slack/workspace.ts";
import { type SlackWorld, startSlackWorld } from "./slack-world.ts";
import { type SpawnedBot, spawnedBot } from "./spawned-bot.ts";

const CLOUDS = ["aws", "azure", "gcp", "alicloud", "volcengine"] as const;
const QUESTIONS = 100;

let world: SlackWorld;
let bot: SpawnedBot;
beforeAll(async () => {
  world = await startSlackWorld({ instances: 12, withBot: false });
  bot = spawnedBot(world);
  await bot.start();
}, 60_000);
afterAll(async () => {
  bot[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

/** The rows of the answer that stands in a thread; undefined while there is none. */
function answerOf(thread: readonly Message[]): readonly (readonly string[])[] | undefined {
  const table = thread.flatMap(({ blocks }) => blocks).find((block) => block.type === "table");
  return table?.rows.slice(1).map((row) => row.map((cell) => JSON.stringify(cell)));
}

/** Ids of a cloud's servers, by the emulator's own word. */
async function serversOf(provider: string): Promise<readonly string[]> {
  const nowMs = Date.now();
  const { resources } = await world.emulator.truth(new Date(nowMs - 60_000).toISOString(), new Date(nowMs).toISOString());
  return resources.filter((resource) => resource.provider === provider && resource.service === "compute").map(({ id }) => id);
}

describe("a hundred questions at once, under Slack's rate limits", () => {
  test("are all acknowledged in time and all answered rightly, and then repeated deliveries change nothing", {
    timeout: 600_000,
  }, async () => {
    const { slack, place } = world;
    const channels = Array.from({ length: 20 }, (_, index) => slack.workspace.addChannel({ name: `team-${index}` }));
    const askers = [place.asker, place.approver, place.secondApprover, place.colleague];
    const asked = await Promise.all(
      Array.from({ length: QUESTIONS }, async (_, index) => {
        const channel = channels[index % channels.length]!;
        const cloud = CLOUDS[index % CLOUDS.length]!;
        return { cloud, channel, thread: await slack.say(askers[index % 4]!, channel, `<@${slack.botUserId}> list ${cloud} servers`) };
      }),
    );
    await slack.until(() => asked.every(({ channel, thread }) => answerOf(slack.thread(channel, thread)) !== undefined));
    await slack.until(() =>
      asked.every(({ channel, thread }) => slack.thread(channel, thread).every(({ stream }) => stream?.open !== true)),
    );

    // In time as Slack sees it: nothing had to be sent again.
    expect(slack.deliveries).toHaveLength(QUESTIONS);
    expect(slack.deliveries.filter(({ attempts }) => attempts.length !== 1 || attempts[0]?.status !== 200)).toEqual([]);
    for (const cloud of CLOUDS) {
      const expected = await serversOf(cloud);
      expect(expected.length).toBeGreaterThan(0);
      for (const { channel, thread } of asked.filter((question) => question.cloud === cloud)) {
        const messages = slack.thread(channel, thread);
        const rows = answerOf(messages) ?? [];
        expect(rows.length).toBe(expected.length);
        for (const id of expected)
          expect(rows.some((row) => row.some((cell) => cell.includes(JSON.stringify(id).slice(1, -1))))).toBe(true);
        expect(messages.filter(({ blocks }) => blocks.some(({ type }) => type === "table"))).toHaveLength(1);
      }
    }
    expect(slack.calls.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
    expect(slack.calls.filter(({ status, error }) => status === 200 && error !== null)).toEqual([]);

    // Replays, forgeries and old requests.
    const before = JSON.stringify(
      asked.map(({ channel, thread }) => slack.thread(channel, thread).map(({ ts, version }) => [ts, version])),
    );
    const calls = slack.calls.length;
    const memory = bot.residentMegabytes();
    for (const { id } of slack.deliveries) expect(await slack.redeliver(id)).toBe(200);
    const [first] = slack.deliveries;
    expect(await slack.redeliver(first!.id, { secret: "guessed" })).toBe(401);
    expect(await slack.redeliver(first!.id, { atSeconds: Math.floor(Date.now() / 1000) - 301 })).toBe(401);
    await slack.settled();
    expect(JSON.stringify(asked.map(({ channel, thread }) => slack.thread(channel, thread).map(({ ts, version }) => [ts, version])))).toBe(
      before,
    );
    expect(slack.calls.slice(calls).filter(({ method }) => method.startsWith("chat.") || method.startsWith("files."))).toEqual([]);
    expect(bot.residentMegabytes() - memory).toBeLessThan(50);
  });
});
