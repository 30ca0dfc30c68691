import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CODE_QUESTIONS } from "../../../scripts/demo-slack/demo-model.ts";
import { withChromium } from "../chromium.ts";
import { approvalCard, BUTTONS, volumesWithoutSnapshot } from "./approval-cards.ts";
import { ask, become, type SlackWorld, screenshot, startSlackWorld, visit } from "./slack-world.ts";

let world: SlackWorld;
beforeAll(async () => {
  world = await startSlackWorld();
}, 60_000);
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** The thread that is open on the page. */
function threadOf(page: Page): string {
  return new URL(page.url()).searchParams.get("t") ?? "";
}

async function askForCode(page: Page, question: string = CODE_QUESTIONS.en): Promise<string> {
  await visit(page, world, world.place.asker, world.place.cloud);
  await ask(page, `@nephoscope ${question}`);
  await page.locator(`#thread [data-action="${BUTTONS.approve}"]`).waitFor();
  return threadOf(page);
}

const press = (page: Page, action: string) => page.locator(`#thread [data-action="${action}"]`).first().click();
const cells = (page: Page) => page.locator("#thread tbody tr").evaluateAll((rows) => rows.map((row) => row.textContent ?? ""));

describe("a question that needs code", { timeout: 120_000 }, () => {
  test("is decided by somebody who may, and answered in the same thread", async () => {
    const { slack, place } = world;
    await withChromium(async (page) => {
      const thread = await askForCode(page);
      await screenshot(page, "approval-asked");

      for (const [user, name] of [
        [place.colleague, "colleague"],
        [place.asker, "asker"],
      ] as const) {
        await become(page, user);
        const told = slack.ephemerals(user).length;
        await press(page, BUTTONS.approve);
        await page.locator("#thread .ephemeral").nth(0).waitFor();
        expect(slack.ephemerals(user).length).toBe(told + 1);
        await screenshot(page, `approval-refused-${name}`);
      }
      expect(approvalCard(slack.thread(place.cloud, thread))?.canDecide).toBe(true);

      await become(page, place.approver);
      await press(page, BUTTONS.approve);
      await page.locator("#thread table").waitFor();
      await page.locator(`#thread [data-action="${BUTTONS.approve}"]`).waitFor({ state: "detached" });
      await screenshot(page, "approval-approved");
      const expected = await volumesWithoutSnapshot(world.emulator);
      const shown = await cells(page);
      expect(shown.length).toBe(expected.length);
      for (const { id } of expected) expect(shown.some((row) => row.includes(id))).toBe(true);
      expect(approvalCard(slack.thread(place.cloud, thread))?.text).toContain("approver");
      // Nobody is pinged by the audit line.
      expect(await page.locator("#thread .message[data-user='U0FAKEBOT1'] [data-ping]").count()).toBe(0);
      expect(slack.workspace.messages(place.cloud).filter(({ thread: parent }) => parent === null)).toHaveLength(1);
    });
  });

  test("ends when it is rejected", async () => {
    await withChromium(async (page) => {
      const thread = await askForCode(page);
      await become(page, world.place.approver);
      await press(page, BUTTONS.reject);
      await page.locator(`#thread [data-action="${BUTTONS.approve}"]`).waitFor({ state: "detached" });
      await world.slack.until(() => !approvalCard(world.slack.thread(world.place.cloud, thread))?.canDecide);
      await page.locator("#thread .message").nth(2).waitFor();
      await screenshot(page, "approval-rejected");
      expect(await page.locator("#thread table").count()).toBe(0);
    });
  });

  test("is written anew when somebody asks for changes, and waits again", async () => {
    await withChromium(async (page) => {
      const thread = await askForCode(page);
      await become(page, world.place.approver);
      await page.locator('#thread [data-action^="nephoscope_revise"]').first().click();
      await page.locator(".modal textarea, .modal input").fill("only volumes of more than 100 GB");
      await screenshot(page, "approval-changes-form");
      await page.locator(".modal .button.primary").click();
      await page.locator(".modal").waitFor({ state: "detached" });
      await world.slack.until(() => (approvalCard(world.slack.thread(world.place.cloud, thread))?.text ?? "").includes("> 100"));
      await page.locator(`#thread [data-action="${BUTTONS.approve}"]`).waitFor();
      await screenshot(page, "approval-changed");
      await press(page, BUTTONS.approve);
      await page.locator("#thread table").waitFor();
      const expected = (await volumesWithoutSnapshot(world.emulator)).filter(({ sizeGib }) => sizeGib > 100);
      expect((await cells(page)).length).toBe(expected.length);
    });
  });

  test("is asked, approved and answered in Chinese", async () => {
    await withChromium(async (page) => {
      await askForCode(page, CODE_QUESTIONS.zh);
      await screenshot(page, "approval-chinese-asked");
      expect(await page.locator(`#thread [data-action="${BUTTONS.approve}"]`).textContent()).toMatch(/[\u4e00-\u9fff]/);
      await become(page, world.place.secondApprover);
      await press(page, BUTTONS.approve);
      await page.locator("#thread table").waitFor();
      await screenshot(page, "approval-chinese-answered");
    });
  });

  test.each([
    ["a double click", "approver", "approver"],
    ["two approvers at once", "approver", "secondApprover"],
  ] as const)("counts once: %s", async (_name, first, second) => {
    const { slack, place } = world;
    const thread = await slack.say(place.asker, place.cloud, `<@${slack.botUserId}> ${CODE_QUESTIONS.en}`);
    await slack.until(() => approvalCard(slack.thread(place.cloud, thread))?.canDecide === true);
    const { ts } = approvalCard(slack.thread(place.cloud, thread))!;
    await Promise.all([place[first], place[second]].map((user) => slack.click(user, place.cloud, ts, BUTTONS.approve)));
    await slack.until(() => slack.thread(place.cloud, thread).some(({ blocks }) => blocks.some(({ type }) => type === "table")));
    const answers = slack.thread(place.cloud, thread).filter(({ blocks }) => blocks.some(({ type }) => type === "table"));
    expect(answers).toHaveLength(1);
    const told = [place[first], place[second]].flatMap((user) => slack.ephemerals(user)).filter((message) => message.thread === thread);
    expect(new Set(told.map(({ ts: at }) => at)).size).toBeLessThanOrEqual(2);
  });
});
