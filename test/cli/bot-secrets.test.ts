import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BotWorld, CODE_QUESTION, startBotWorld } from "./bot-world.ts";
import { sitDown } from "./run-nephoscope.ts";

const CANARIES = {
  SLACK_APP_SECRET: "canary-0cc175b9c0f1b6a831c399e269772661",
  MicrosoftAppPassword: "canary~92eb5ffee6ae2fec3ad71c777531578f",
  NEPHOSCOPE_LLM_API_KEY: "canary-4a8a08f09d37b73795649038408b5f33",
  NEPHOSCOPE_EMBEDDING_API_KEY: "canary-8277e0910d750195b448797616e091ad",
  AWS_SECRET_ACCESS_KEY: "canary/e1671797c52e15f763380b45e841ec32",
  AWS_SESSION_TOKEN: "canary+8fa14cdd754f91cc6554c9e71929cce7",
  AZURE_CLIENT_SECRET: "canary-b14a7b8059d9c055954c92674ce60032",
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: "canary-e358efa489f58062f10dd7316b65649e",
  VOLCENGINE_SECRET_KEY: "canary-c4ca4238a0b923820dcc509a6f75849b",
  HTTPS_PROXY_PASSWORD: "canary-c81e728d9d4c2f636f067f89cc14862c",
} as const;

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

function filesIn(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, "latin1") }));
}

test("no secret of the environment is in a log line, the store, a file, a message or a prompt of a bot's run", {
  timeout: 180_000,
}, async () => {
  const { slack, model } = world;
  const desk = sitDown();
  const bot = await world.start(desk, { ...CANARIES, NODE_DEBUG: "" }, ["--log-level", "debug"]);
  try {
    // Everything that makes libraries talk: calls to Slack that fail, clouds that fail, forged and broken events.
    slack.faults.add({ method: "chat.postMessage", kind: "500", times: 2 });
    slack.faults.add({ method: "chat.update", kind: "reset-after", times: 1 });
    slack.faults.add({ method: "chat.postMessage", kind: "429", skip: 3, times: 1, retryAfterSeconds: 1 });
    await world.rules({ faults: ["aws:DescribeVolumes:throttle:1", "aws:DescribeSnapshots:500:1"] });
    const events = `${bot.url}/slack/events`;
    await fetch(events, { method: "POST", body: "{", headers: { "content-type": "application/json" } });
    await fetch(events, {
      method: "POST",
      body: "payload=%7B",
      headers: { "x-slack-signature": "v0=0", "x-slack-request-timestamp": "1" },
    });
    const ts = await world.ask(`${CODE_QUESTION}`);
    await world.decide(world.ana, ts, "approve");
    await world.decide(world.bo, ts, "approve");
    await world.answered(ts);
    const ready = await (await fetch(`${bot.url}/readyz`)).text();
    bot.kill("SIGTERM");
    expect(await bot.status).toBe(0);

    const files = filesIn(desk.folder);
    const exits = {
      log: bot.text(),
      ready,
      messages: JSON.stringify([slack.thread(world.channel, ts), slack.ephemerals(world.ana), slack.ephemerals(world.bo)]),
      calls: JSON.stringify(slack.calls.map(({ method, args }) => ({ method, args }))),
      prompts: JSON.stringify(model.prompts),
      ...Object.fromEntries(files.map(({ path, text }) => [path, text])),
    };
    // What is searched must be there.
    expect(files.some(({ path, text }) => path.endsWith(".db") && text.length > 10_000)).toBe(true);
    expect(bot.log.length).toBeGreaterThan(5);
    expect(exits.messages.length).toBeGreaterThan(1_000);
    for (const secret of [...Object.values(CANARIES), slack.botToken, slack.signingSecret]) {
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "")]) {
        for (const [exit, text] of Object.entries(exits)) expect(text.includes(form), `${exit} holds ${secret}`).toBe(false);
      }
    }
  } finally {
    bot.kill("SIGKILL");
    await bot.status;
    desk.leave();
  }
});
