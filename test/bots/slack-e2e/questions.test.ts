import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withChromium } from "../chromium.ts";
import { ask, become, type SlackWorld, screenshot, startSlackWorld, visit } from "./slack-world.ts";

let world: SlackWorld;
beforeAll(async () => {
  world = await startSlackWorld();
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());

describe("a question", { timeout: 90_000 }, () => {
  test.each([
    ["english", "top 5 servers by cpu", "Highest"],
    ["chinese", "CPU 最高的 5 台服务器", "最高"],
  ])("in a channel (%s): its plan appears, its steps tick, the answer comes with table and chart", async (name, question, word) => {
    await withChromium(async (page) => {
      await visit(page, world, world.place.asker, world.place.cloud);
      await ask(page, `@nephoscope ${question}`);
      await page.locator("#thread .plan-card .task").first().waitFor();
      await screenshot(page, `question-${name}-plan`);
      await page.locator("#thread tbody tr").nth(4).waitFor();
      await page.locator("#thread .picture img").waitFor();
      await page.locator('#thread .task:not([data-status="complete"])').waitFor({ state: "detached" });
      await page.waitForFunction("[...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)");
      await screenshot(page, `question-${name}-answer`);
      await page.locator("#thread .plan-card").scrollIntoViewIfNeeded();
      await screenshot(page, `question-${name}-plan-done`);
      expect(await page.locator("#thread").textContent()).toContain(word);
      expect(await page.locator("#thread tbody tr").count()).toBe(5);
      expect(world.warnings).toEqual([]);
    });
  });

  test("is answered in a direct message and in the assistant, without a mention", async () => {
    await withChromium(async (page) => {
      await visit(page, world, world.place.colleague, world.place.cloud);
      await page.getByRole("button", { name: "Open the assistant" }).click();
      await page.locator("#thread .message").first().waitFor();
      await screenshot(page, "assistant-opened");
      await page.getByLabel("Reply in the thread").fill("top 3 servers by cpu");
      await page.keyboard.press("Enter");
      await page.locator("#thread tbody tr").nth(2).waitFor();
      await screenshot(page, "assistant-answered");
      await page.locator("#close-thread").click();
      await ask(page, "list aws servers");
      await page.locator("#thread tbody tr").first().waitFor();
    });
  });

  test("of a guest, and in a channel that others share, is refused in one sentence", async () => {
    const { slack, place } = world;
    await withChromium(async (page) => {
      await visit(page, world, place.guest, place.cloud);
      await ask(page, "@nephoscope list servers");
      await page.locator("#thread .message").nth(1).waitFor();
      await screenshot(page, "refused-guest");
      await become(page, place.asker);
      await page.locator(`nav [data-open="${place.partners}"]`).click();
      await ask(page, "@nephoscope 列出服务器");
      await page.locator("#thread .message").nth(1).waitFor();
      await screenshot(page, "refused-shared");
      expect(await page.locator("#thread .message").nth(1).textContent()).toMatch(/[\u4e00-\u9fff]/);
    });
    const said = [place.cloud, place.partners]
      .flatMap((channel) => slack.workspace.messages(channel))
      .filter(({ user }) => user === slack.botUserId);
    expect(slack.calls.filter(({ method }) => method === "files.getUploadURLExternal" && said.length === 0)).toEqual([]);
  });
});

test("over Socket Mode the bot answers, and goes on after Slack asked it to connect anew", { timeout: 60_000 }, async () => {
  await using world = await startSlackWorld({ socketMode: true, instances: 4 });
  const { slack, place } = world;
  const answered = async (question: string) => {
    const thread = await slack.say(place.asker, place.cloud, `<@${slack.botUserId}> ${question}`);
    await slack.until(() => slack.thread(place.cloud, thread).some(({ blocks }) => blocks.some(({ type }) => type === "table")));
  };
  await answered("list aws servers");
  slack.socketMode.disconnectAll();
  await slack.until(
    () => slack.socketMode.connections > 0 && slack.calls.filter(({ method }) => method === "apps.connections.open").length > 1,
  );
  await answered("list gcp servers");
});
