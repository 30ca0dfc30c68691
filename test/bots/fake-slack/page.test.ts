import { mkdirSync } from "node:fs";
import { WebClient } from "@slack/web-api";
import { expect, test } from "vitest";
import { startFakeSlack } from "../../../bots/fake-slack/start-fake-slack.ts";
import { withChromium } from "../chromium.ts";

const NASTY = '*bold* <@U0FAKEBOT1> `code` <img src=x onerror="document.title=1"> &lt;@U0FAKE0001&gt; <!here> :tada:';

test("a person sees messages, plans, tables, files and pictures, and writes into threads", { timeout: 60_000 }, async () => {
  await using slack = await startFakeSlack({ rateLimits: false, notice: "For trying the bot: nothing leaves this machine." });
  const asker = slack.workspace.addPerson({ name: "asker" });
  const other = slack.workspace.addPerson({ name: "approver" });
  const channel = slack.workspace.addChannel({ name: "cloud" });
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  await withChromium(async (page) => {
    await page.goto(`${slack.url}/?u=${asker}&c=${channel}`);
    await page.getByLabel("Message the channel").fill("@nephoscope which machines are busiest? <b> & co");
    await page.keyboard.press("Enter");
    await page.locator("#thread .message").waitFor();
    const root = slack.workspace.messages(channel)[0]!;
    expect(root.text).toBe(`<@${slack.botUserId}> which machines are busiest? &lt;b&gt; &amp; co`);
    expect(await page.locator("#thread .message .text").textContent()).toBe("@nephoscope which machines are busiest? <b> & co");

    const stream = client.chatStream({
      channel,
      thread_ts: root.ts,
      recipient_user_id: asker,
      recipient_team_id: slack.teamId,
      task_display_mode: "plan",
    });
    await stream.append({
      chunks: [
        { type: "plan_update", title: "Asking 4 clouds" },
        { type: "task_update", id: "a", title: "List machines · 37 rows", status: "complete" },
        { type: "task_update", id: "b", title: "Read metrics", status: "in_progress" },
        { type: "task_update", id: "c", title: "Sort", status: "pending" },
        { type: "task_update", id: "d", title: "Ask the fourth", status: "error" },
      ],
    });
    await page.locator('#thread [data-status="in_progress"]').waitFor();
    await stream.stop({ chunks: [{ type: "task_update", id: "b", title: "Read metrics · 1.2 s", status: "complete" }] });
    await page.locator('#thread [data-status="complete"]').nth(1).waitFor();

    await client.chat.postMessage({
      channel,
      thread_ts: root.ts,
      text: "answer",
      blocks: [
        { type: "header", text: { type: "plain_text", text: "The busiest machines" } },
        { type: "section", text: { type: "mrkdwn", text: NASTY } },
        {
          type: "table",
          column_settings: [{}, { align: "right" }],
          rows: [
            [
              { type: "raw_text", text: "name" },
              { type: "raw_text", text: "cpu (%)" },
            ],
            ...["web-1", "<@U0FAKE0001>", "数据库-1", "‮evil"].map((name) => [
              { type: "raw_text" as const, text: name },
              { type: "raw_number" as const, value: 91.2, text: "91.2" },
            ]),
          ],
        },
        { type: "markdown", text: "**Strong** and `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |" },
        { type: "context", elements: [{ type: "mrkdwn", text: "✔ complete · 3 accounts · *12* calls" }] },
        {
          type: "actions",
          elements: [
            { type: "button", action_id: "ok", style: "primary", text: { type: "plain_text", text: "Approve" } },
            { type: "button", action_id: "no", style: "danger", text: { type: "plain_text", text: "Reject" } },
          ],
        },
        {
          type: "context_actions",
          elements: [
            {
              type: "feedback_buttons",
              action_id: "feedback",
              positive_button: { text: { type: "plain_text", text: "Good" }, value: "up" },
              negative_button: { text: { type: "plain_text", text: "Bad" }, value: "down" },
            },
          ],
        },
      ],
    });
    await client.files.uploadV2({
      channel_id: channel,
      thread_ts: root.ts,
      filename: "rows.csv",
      title: "rows.csv",
      content: "name,cpu\nweb-1,91.2\n",
    });
    await client.chat.postEphemeral({ channel, user: asker, thread_ts: root.ts, text: "You may not approve this." });
    await page.locator("#thread .ephemeral").waitFor();

    const answer = page.locator("#thread .message", { has: page.locator("table") });
    expect(await page.title()).toBe("Fake Slack");
    expect(await answer.locator("img").count()).toBe(0);
    expect(await answer.locator("[data-ping]").evaluateAll((chips) => chips.map((chip) => chip.getAttribute("data-ping")))).toEqual([
      slack.botUserId,
      "here",
    ]);
    expect(await answer.locator("td").first().textContent()).toBe("web-1");
    mkdirSync("test-artifacts/slack", { recursive: true });
    await page.screenshot({ path: "test-artifacts/slack/page-gallery.png" });

    await page.getByRole("button", { name: "approver" }).click();
    await page.locator(`nav [data-be="${other}"].current`).waitFor();
    expect(await page.locator("#thread .ephemeral").count()).toBe(0);
    await page.getByLabel("Reply in the thread").fill("thanks @nephoscope");
    await page.keyboard.press("Enter");
    await slack.until(() =>
      slack.thread(channel, root.ts).some(({ text, user }) => user === other && text === `thanks <@${slack.botUserId}>`),
    );
  });
});
