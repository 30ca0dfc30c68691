import { mkdirSync } from "node:fs";
import { type Emulator, startEmulator } from "nephoscope/emulator";
import { memory } from "nephoscope/stores/memory";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CODE_QUESTIONS, demoModel } from "../../../scripts/demo-slack/demo-model.ts";
import { PEOPLE, type Playground, startPlayground } from "../../../scripts/demo-teams/start-playground.ts";
import { type StartedTeamsBot, startTeamsBot } from "../../../scripts/demo-teams/start-teams-bot.ts";
import { withChromium } from "../chromium.ts";

let emulator: Emulator;
let bot: StartedTeamsBot;
let playground: Playground;
beforeAll(async () => {
  emulator = await startEmulator({ instances: 40, seed: 7 });
  bot = await startTeamsBot({
    emulatorEnv: emulator.env,
    store: memory(),
    model: demoModel(),
    // Only one person can act at the page; several are in the tests with a Bot Connector of our own.
    access: { rules: [{ everybody: true }], approvers: { users: Object.values(PEOPLE) }, selfApproval: true },
    logger: { debug() {}, warn() {} },
  });
  playground = await startPlayground(bot.messagesUrl);
  mkdirSync("test-artifacts/teams", { recursive: true });
}, 120_000);
afterAll(async () => {
  await playground?.stop();
  await bot?.stop(2000);
  await emulator?.close();
}, 30_000);

async function visit(page: Page): Promise<void> {
  await page.goto(playground.url);
  await page.locator('[contenteditable="true"]').first().waitFor();
  await page.getByText("Personal Chat", { exact: true }).first().click();
}

async function say(page: Page, question: string): Promise<void> {
  await page.locator('[contenteditable="true"]').first().click();
  await page.keyboard.type(question);
  await page.keyboard.press("Enter");
}

const screenshot = (page: Page, name: string) => page.screenshot({ path: `test-artifacts/teams/${name}.png` });

describe("in Microsoft's agents playground", { timeout: 90_000 }, () => {
  test.each([["english", "top 5 servers by cpu", "Answered"]])(
    "a question (%s) is answered with table and chart, its plan before it",
    async (name, question, answered) => {
      await withChromium(async (page) => {
        await visit(page);
        await say(page, question);
        await page.getByText("Working on it").last().waitFor();
        await screenshot(page, `playground-${name}-plan`);
        await page.getByText(answered).last().waitFor();
        await page.locator(".ac-adaptiveCard img").last().waitFor();
        await screenshot(page, `playground-${name}-answer`);
        expect(await page.locator("body").textContent()).toContain("CPU (%)");
      });
    },
  );

  test("a question in a group chat is answered when the bot is mentioned, in Chinese", async () => {
    await withChromium(async (page) => {
      await page.goto(playground.url);
      await page.getByText("Incident", { exact: true }).first().click();
      const box = page.locator('[contenteditable="true"]').first();
      await box.click();
      await page.keyboard.type("@");
      await page.getByText("Megan", { exact: true }).first().waitFor();
      await page.getByText("nephoscope", { exact: true }).last().click();
      await page.keyboard.type(" CPU 最高的 5 台服务器");
      await page.keyboard.press("Enter");
      await page.getByText("正在处理").last().waitFor();
      await screenshot(page, "playground-group-plan");
      await page.getByText("用时").last().waitFor();
      await page.locator(".ac-adaptiveCard img").last().waitFor();
      await screenshot(page, "playground-group-answer");
      expect(await page.locator("body").textContent()).toContain("CPU 使用率 (%)");
    });
  });

  test("a question that needs code shows a card, and is answered once it is approved", async () => {
    await withChromium(async (page) => {
      await visit(page);
      await say(page, CODE_QUESTIONS.en);
      await page.getByRole("button", { name: "Approve" }).last().waitFor();
      await screenshot(page, "playground-approval-asked");
      await page.getByRole("button", { name: "Approve" }).last().click();
      await page.getByRole("button", { name: "Approve" }).last().waitFor({ state: "detached" });
      await page
        .getByText(/^\d+ results/)
        .last()
        .waitFor();
      await screenshot(page, "playground-approval-answered");
    });
  });
});
