import { mkdirSync } from "node:fs";
import type { Clock, Store } from "nephoscope";
import { type Emulator, startEmulator } from "nephoscope/emulator";
import { memory } from "nephoscope/stores/memory";
import type { Page } from "playwright-core";
import { type FakeSlack, startFakeSlack } from "../../../bots/fake-slack/start-fake-slack.ts";
import { demoModel } from "../../../scripts/demo-slack/demo-model.ts";
import { type DemoWorkspace, furnish } from "../../../scripts/demo-slack/demo-workspace.ts";
import { type DemoBot, startDemoBot } from "../../../scripts/demo-slack/start-demo-bot.ts";

export interface SlackWorld extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly slack: FakeSlack;
  readonly place: DemoWorkspace;
  /** Null where the test starts it in a process of its own. */
  readonly bot: DemoBot | null;
  /** What the bot complained of. */
  readonly warnings: readonly string[];
}

export interface SlackWorldOptions {
  readonly clock?: Clock;
  readonly rateLimits?: boolean;
  readonly store?: Store;
  readonly withBot?: boolean;
  readonly socketMode?: boolean;
  readonly instances?: number;
}

/** Emulator, fake Slack and bot, as `npm run demo:slack` has them. */
export async function startSlackWorld(options: SlackWorldOptions = {}): Promise<SlackWorld> {
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  const emulator = await startEmulator({ instances: options.instances ?? 40, seed: 7 });
  const slack = await startFakeSlack({ ...clock, rateLimits: options.rateLimits ?? true });
  const place = furnish(slack);
  const warnings: string[] = [];
  const { appToken, ...http } = slack;
  const bot =
    options.withBot === false
      ? null
      : await startDemoBot({
          ...clock,
          slack: options.socketMode === true ? slack : http,
          emulatorEnv: emulator.env,
          store: options.store ?? memory(),
          model: demoModel(),
          access: place.access,
          logger: { debug() {}, warn: (message, fields) => warnings.push(`${message} ${JSON.stringify(fields ?? {})}`) },
        });
  if (bot !== null && options.socketMode !== true) slack.deliverTo(bot.eventsUrl);
  return {
    emulator,
    slack,
    place,
    bot,
    warnings,
    async [Symbol.asyncDispose]() {
      await bot?.stop(2000);
      await slack.close();
      await emulator.close();
    },
  };
}

/** Kept for people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync("test-artifacts/slack", { recursive: true });
  await page.screenshot({ path: `test-artifacts/slack/${name}.png` });
}

/** Opens the page as somebody. */
export async function visit(page: Page, { slack }: SlackWorld, user: string, channel: string, thread = ""): Promise<void> {
  await page.goto(`${slack.url}/?${new URLSearchParams({ u: user, c: channel, t: thread })}`);
  await page.locator(`nav [data-be="${user}"].current`).waitFor();
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel("Message the channel").fill(question);
  await page.keyboard.press("Enter");
  await page.locator("#thread .message").first().waitFor();
}

export async function become(page: Page, user: string): Promise<void> {
  await page.locator(`nav [data-be="${user}"]`).click();
  await page.locator(`nav [data-be="${user}"].current`).waitFor();
}
