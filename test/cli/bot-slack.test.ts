import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BotInProcess } from "./bot-processes.ts";
import { type BotWorld, SIMPLE_QUESTION, startBotWorld } from "./bot-world.ts";
import { type Desk, sitDown } from "./run-nephoscope.ts";

let world: BotWorld;
let desk: Desk;
const running: BotInProcess[] = [];

beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  desk = sitDown();
  await world.rules({});
});
afterEach(async () => {
  for (const bot of running.splice(0)) {
    bot.kill("SIGKILL");
    await bot.status;
  }
  desk.leave();
});

async function start(words: readonly string[] = [], config?: object): Promise<BotInProcess> {
  const env: Record<string, string> = {};
  const named = config === undefined ? [] : ["--config", "other.json"];
  if (config !== undefined) await writeFile(join(desk.folder, "other.json"), JSON.stringify(config));
  const bot = await world.start(desk, env, [...words, ...named]);
  running.push(bot);
  return bot;
}

describe("nephoscope bot slack", { timeout: 120_000 }, () => {
  test("answers a question in its thread, tells that it is emulated, and ends well when told to", async () => {
    const bot = await start();
    const ts = await world.ask(SIMPLE_QUESTION);
    await world.answered(ts);
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
    expect(bot.log.find(({ message }) => message.startsWith("Emulated:"))).toMatchObject({ level: "warn" });
    bot.kill("SIGTERM");
    expect(await bot.status).toBe(0);
    expect(bot.log.map(({ message }) => message).at(-1)).toBe("stopped");
    expect(world.answers(ts).length).toBe(1);
  });

  test("without rules refuses everybody, and says in the log how to allow", async () => {
    const bot = await start([], {});
    expect(bot.log.find(({ message }) => message.startsWith("Nobody may ask: bots.rules is empty."))).toMatchObject({ level: "warn" });
    const ts = await world.ask(SIMPLE_QUESTION);
    await world.saying(ts, "You are not allowed to ask here.");
    expect(await world.calls("ec2.DescribeInstances")).toBe(0);
  });

  test("told to stop, lets a run under way end first", async () => {
    await world.rules({ faults: ["aws:DescribeInstances:slow:1"] });
    const bot = await start();
    const ts = await world.ask(SIMPLE_QUESTION);
    await world.saying(ts, "List servers");
    bot.kill("SIGTERM");
    expect(await bot.status).toBe(0);
    expect(world.said(ts)).toContain("Answered in");
    expect(world.answers(ts).length).toBe(1);
  });

  test("parks what does not end within its grace, and the next process answers it", async () => {
    await world.rules({ faults: ["aws:DescribeInstances:slow:1"] });
    const bot = await start(["--grace", "50ms"]);
    const ts = await world.ask(SIMPLE_QUESTION);
    await world.saying(ts, "List servers");
    bot.kill("SIGTERM");
    expect(await bot.status).toBe(0);
    expect(world.answers(ts)).toEqual([]);
    await start();
    await world.answered(ts);
    expect(world.answers(ts).length).toBe(1);
  });

  test("told twice, ends at once, with 130; the next process answers", async () => {
    await world.rules({ faults: ["aws:DescribeInstances:slow:1"] });
    const bot = await start();
    const ts = await world.ask(SIMPLE_QUESTION);
    await world.saying(ts, "List servers");
    bot.kill("SIGINT");
    bot.kill("SIGTERM");
    expect(await bot.status).toBe(130);
    await start();
    await world.answered(ts);
    expect(world.answers(ts).length).toBe(1);
  });
});
