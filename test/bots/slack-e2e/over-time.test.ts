import { expect, test } from "vitest";
import { CODE_QUESTIONS } from "../../../scripts/demo-slack/demo-model.ts";
import { withChromium } from "../chromium.ts";
import { approvalCard, BUTTONS, volumesWithoutSnapshot } from "./approval-cards.ts";
import { ShiftingClock } from "./shifting-clock.ts";
import { become, screenshot, startSlackWorld, visit } from "./slack-world.ts";
import { spawnedBot } from "./spawned-bot.ts";

test("an approval outlives the process that asked for it: killed, started again, approved, answered in the same thread", {
  timeout: 180_000,
}, async () => {
  await using world = await startSlackWorld({ withBot: false });
  const { slack, place, emulator } = world;
  using bot = spawnedBot(world);
  await bot.start();
  const thread = await slack.say(place.asker, place.cloud, `<@${slack.botUserId}> ${CODE_QUESTIONS.en}`);
  await slack.until(() => approvalCard(slack.thread(place.cloud, thread))?.canDecide === true);

  await bot.kill();
  // Nobody is there: a click gets no answer, and Slack shows it beside the button.
  const { ts } = approvalCard(slack.thread(place.cloud, thread))!;
  expect((await slack.click(place.approver, place.cloud, ts, BUTTONS.approve)).acknowledged).toBe(false);

  await bot.start();
  await withChromium(async (page) => {
    await visit(page, world, place.asker, place.cloud, thread);
    await become(page, place.approver);
    await screenshot(page, "restart-before");
    await page.locator(`#thread [data-action="${BUTTONS.approve}"]`).click();
    await page.locator("#thread table").waitFor();
    await page.locator(`#thread [data-action="${BUTTONS.approve}"]`).waitFor({ state: "detached" });
    await screenshot(page, "restart-answered");
    const rows = await page.locator("#thread tbody tr").count();
    expect(rows).toBe((await volumesWithoutSnapshot(emulator)).length);
  });
  const cards = slack.thread(place.cloud, thread).filter(({ metadata }) => JSON.stringify(metadata ?? null).includes('"approval:'));
  expect(cards).toHaveLength(1);

  // A follow-up in the same thread, asked of a process that never saw the first question.
  await slack.say(place.asker, place.cloud, `<@${slack.botUserId}> top 3 servers by cpu`, { thread });
  await slack.until(
    () => slack.thread(place.cloud, thread).filter(({ blocks }) => blocks.some(({ type }) => type === "table")).length === 2,
  );
});

test("an approval that nobody gives expires, and its buttons go", { timeout: 120_000 }, async () => {
  const clock = new ShiftingClock();
  await using world = await startSlackWorld({ clock });
  const { slack, place } = world;
  const thread = await slack.say(place.asker, place.cloud, `<@${slack.botUserId}> ${CODE_QUESTIONS.en}`);
  await slack.until(() => approvalCard(slack.thread(place.cloud, thread))?.canDecide === true);
  clock.shift(25 * 60 * 60_000);
  await slack.until(() => approvalCard(slack.thread(place.cloud, thread))?.canDecide === false);
  await withChromium(async (page) => {
    await visit(page, world, place.asker, place.cloud, thread);
    await page.locator("#thread .message").nth(2).waitFor();
    await screenshot(page, "approval-expired");
    expect(await page.locator("#thread table").count()).toBe(0);
  });
});
