import { expect, test } from "vitest";
import { withChromium } from "../chromium.ts";
import { ask, screenshot, startSlackWorld, visit } from "./slack-world.ts";

test("a question in a channel: its plan appears, its steps tick, the answer comes with table and chart", { timeout: 90_000 }, async () => {
  await using world = await startSlackWorld();
  await withChromium(async (page) => {
    await visit(page, world, world.place.asker, world.place.cloud);
    await ask(page, "@nephoscope top 5 servers by cpu");
    await page.locator("#thread .plan-card .task").first().waitFor();
    await screenshot(page, "question-plan");
    await page.locator("#thread table").waitFor();
    await world.slack.settled();
    await screenshot(page, "question-answer");
    expect(world.warnings).toEqual([]);
  });
});
