import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FakeSlack, startFakeSlack } from "../../bots/fake-slack/start-fake-slack.ts";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { type BotInProcess, startBot } from "./bot-processes.ts";
import { type Desk, sitDown } from "./run-nephoscope.ts";

let emulator: Emulator;
let slack: FakeSlack;
let desk: Desk;
let bot: BotInProcess | undefined;

beforeAll(async () => {
  emulator = await startEmulator({ instances: 30, providers: ["aws"] });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  await fetch(`${emulator.url}/_emulator/reset`, { method: "POST" });
  slack = await startFakeSlack();
  desk = sitDown();
});
afterEach(async () => {
  bot?.kill("SIGKILL");
  await bot?.status;
  bot = undefined;
  await slack.close();
  desk.leave();
});

async function started(config: object, words: readonly string[] = []): Promise<BotInProcess> {
  await writeFile(join(desk.folder, "nephoscope.config.json"), JSON.stringify(config));
  bot = await startBot(desk, ["slack", "--emulator", ...words], {
    ...emulator.env,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
  });
  slack.deliverTo(`${bot.url}/slack/events`);
  return bot;
}

/** Everything that stands in a thread, as one text. */
const said = (channel: string, ts: string) => JSON.stringify(slack.thread(channel, ts));

describe("nephoscope bot slack", { timeout: 120_000 }, () => {
  test("answers a question in its thread, tells that it is emulated, and ends well when told to", async () => {
    const running = await started({ bots: { rules: [{ everybody: true }] } });
    const ana = slack.workspace.addPerson({ name: "Ana" });
    const ops = slack.workspace.addChannel({ name: "ops", members: [ana] });
    const ts = await slack.say(ana, ops, `<@${slack.botUserId}> list servers in us-east-1`);
    await slack.until(() => said(ops, ts).includes("complete"));
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    expect(running.log.find(({ message }) => message.startsWith("Emulated:"))).toMatchObject({ level: "warn" });
    running.kill("SIGTERM");
    expect(await running.status).toBe(0);
    expect(running.log.map(({ message }) => message).at(-1)).toBe("stopped");
  });

  test("without rules refuses everybody, and says in the log how to allow", async () => {
    const running = await started({});
    const ana = slack.workspace.addPerson({ name: "Ana" });
    const ops = slack.workspace.addChannel({ name: "ops", members: [ana] });
    expect(running.log.find(({ message }) => message.startsWith("Nobody may ask: bots.rules is empty."))).toMatchObject({ level: "warn" });
    const ts = await slack.say(ana, ops, `<@${slack.botUserId}> list servers in us-east-1`);
    await slack.until(() => slack.thread(ops, ts).length > 1 || slack.ephemerals(ana).length > 0);
    const calls = (await (await fetch(`${emulator.url}/_emulator/calls`)).json()) as { calls: unknown[] };
    expect(said(ops, ts)).not.toContain("i-0");
    expect(calls.calls).toEqual([]);
  });
});
