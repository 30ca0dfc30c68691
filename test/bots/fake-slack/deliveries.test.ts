import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { FakeClock } from "nephoscope/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeSlack, startFakeSlack } from "../../../bots/fake-slack/start-fake-slack.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} };

let slack: FakeSlack;
let user: string;
let channel: string;
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  slack = await startFakeSlack();
  user = slack.workspace.addPerson({ name: "asker" });
  channel = slack.workspace.addChannel({ name: "cloud" });
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await slack.close();
});

/** An app made with Bolt, as its documentation has it. */
function listen(app: App, heard: string[]): void {
  app.event("app_mention", async ({ event, client, body }) => {
    heard.push(`${body.event_id} ${event.text}`);
    await client.chat.postMessage({
      channel: event.channel,
      thread_ts: event.ts,
      text: "card",
      blocks: [
        { type: "actions", elements: [{ type: "button", action_id: "open", value: "42", text: { type: "plain_text", text: "Open" } }] },
      ],
    });
  });
  app.message(async ({ message }) => void heard.push(`im ${"text" in message ? message.text : ""}`));
  app.action("open", async ({ ack, body, action, client }) => {
    await ack();
    heard.push(`click ${body.user.id} ${"value" in action ? action.value : ""}`);
    if (!("trigger_id" in body)) return;
    await client.views.open({
      trigger_id: body.trigger_id,
      view: {
        type: "modal",
        callback_id: "why",
        title: { type: "plain_text", text: "Why" },
        submit: { type: "plain_text", text: "Send" },
        blocks: [
          {
            type: "input",
            block_id: "b",
            label: { type: "plain_text", text: "Why?" },
            element: { type: "plain_text_input", action_id: "a" },
          },
        ],
      },
    });
  });
  app.view("why", async ({ ack, view }) => {
    const value = view.state.values.b?.a?.value ?? "";
    heard.push(`view ${value}`);
    if (value === "no") await ack({ response_action: "errors", errors: { b: "Say more" } });
    else await ack();
  });
}

async function startHttpApp(heard: string[]): Promise<void> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logger: silent });
  const app = new App({ token: slack.botToken, receiver, logger: silent, clientOptions: { slackApiUrl: slack.apiUrl } });
  listen(app, heard);
  const server = (await app.start(0)) as unknown as Server;
  closers.push(() => app.stop());
  slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
}

async function startSocketApp(heard: string[]): Promise<void> {
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logger: silent,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  listen(app, heard);
  await app.start();
  closers.push(() => app.stop());
}

test.each([
  ["HTTP", startHttpApp],
  ["Socket Mode", startSocketApp],
])("an app made with Bolt hears mentions, direct messages, clicks and forms over %s", async (_name, start) => {
  const heard: string[] = [];
  await start(heard);
  const root = await slack.say(user, channel, `<@${slack.botUserId}> hello`);
  await slack.say(user, channel, "not for the bot");
  await slack.until(() => slack.thread(channel, root).length === 2);
  await slack.say(user, slack.workspace.directMessage(user), "hi");
  await slack.click(user, channel, slack.thread(channel, root)[1]!.ts, "open");
  await slack.until(() => slack.views(user).length === 1);
  const view = slack.views(user)[0]!;
  await slack.submit(user, view.id, { b: { a: "no" } });
  expect(slack.views(user)).toHaveLength(1);
  await slack.submit(user, view.id, { b: { a: "because" } });
  expect(slack.views(user)).toHaveLength(0);
  expect(heard).toEqual([expect.stringMatching(/^Ev\S+ <@U0FAKEBOT1> hello$/), "im hi", `click ${user} 42`, "view no", "view because"]);
  expect(slack.deliveries.every(({ acknowledged }) => acknowledged)).toBe(true);
});

test("Bolt refuses a forged signature and an old timestamp, and hears a repeated delivery again", async () => {
  const heard: string[] = [];
  await startHttpApp(heard);
  await slack.say(user, channel, `<@${slack.botUserId}> hello`);
  const id = slack.deliveries[0]!.id;
  expect(await slack.redeliver(id, { secret: "another" })).toBe(401);
  expect(await slack.redeliver(id, { atSeconds: Math.floor(slack.workspace.now() / 1000) - 301 })).toBe(401);
  expect(await slack.redeliver(id)).toBe(200);
  expect(heard).toHaveLength(2);
});

test("what is not acknowledged comes again: at once, after a minute, after five more, with the same event id", async () => {
  const clock = new FakeClock(Date.UTC(2026, 0, 1), false);
  await using timed = await startFakeSlack({ clock });
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      seen.push(`${JSON.parse(body).event_id} ${request.headers["x-slack-retry-num"]} ${request.headers["x-slack-retry-reason"]}`);
      response.writeHead(seen.length === 4 ? 200 : 500).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => server.close());
  timed.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const person = timed.workspace.addPerson({ name: "asker" });
  const place = timed.workspace.addChannel({ name: "cloud" });
  await timed.say(person, place, `<@${timed.botUserId}> hello`);
  const heard = async (count: number) => {
    while (seen.length < count || timed.deliveries[0]?.attempts.length !== count) await new Promise((resolve) => setImmediate(resolve));
  };
  await heard(2);
  await clock.advance(60_000);
  await heard(3);
  await clock.advance(300_000);
  await timed.settled();
  const id = timed.deliveries[0]!.id;
  expect(seen).toEqual([`${id} undefined undefined`, `${id} 1 http_error`, `${id} 2 http_error`, `${id} 3 http_error`]);
  expect(timed.deliveries[0]).toMatchObject({
    acknowledged: true,
    attempts: [{ status: 500 }, { status: 500 }, { status: 500 }, { status: 200 }],
  });
});

test("an app that is not there loses nothing: it is told again", async () => {
  const clock = new FakeClock(Date.UTC(2026, 0, 1), false);
  await using timed = await startFakeSlack({ clock });
  const person = timed.workspace.addPerson({ name: "asker" });
  const place = timed.workspace.addChannel({ name: "cloud" });
  await timed.say(person, place, `<@${timed.botUserId}> hello`);
  expect(timed.deliveries[0]?.acknowledged).toBe(false);
});
