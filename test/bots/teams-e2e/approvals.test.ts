import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CODE_QUESTIONS } from "../../../scripts/demo-slack/demo-model.ts";
import { volumesWithoutSnapshot } from "../slack-e2e/approval-cards.ts";
import { ShiftingClock } from "../slack-e2e/shifting-clock.ts";
import { answersIn, approvalIn, isUnderWay, letPass, startTeamsWorld, type TeamsWorld, tableRows, textOf } from "./teams-world.ts";

let world: TeamsWorld;
beforeAll(async () => {
  world = await startTeamsWorld({ rateLimits: false });
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());

const CHAT_KINDS = ["channel", "groupChat"] as const;

function chatOf(kind: "channel" | "groupChat" | "personal") {
  const { tenant, people } = world;
  const { guest: _guest, ...members } = people;
  if (kind === "channel") return tenant.channel();
  return kind === "groupChat" ? tenant.groupChat(Object.values(members)) : tenant.personalChat(people.asker);
}

async function askForCode(kind: "channel" | "groupChat", question: string = CODE_QUESTIONS.en): Promise<string> {
  const thread = await world.say(world.people.asker, chatOf(kind), question);
  await world.connector.until(() => approvalIn(world.thread(thread))?.canDecide === true);
  return thread;
}

const cardOf = (thread: string) => approvalIn(world.thread(thread))!.message;
const isDecided = (thread: string) => approvalIn(world.thread(thread))?.canDecide === false;
const isAnswered = (thread: string) => answersIn(world.thread(thread)).length > 0;

describe("a question that needs code", { timeout: 60_000 }, () => {
  test.each(CHAT_KINDS)("is refused to whoever may not decide, then approved, and answered in the same thread (%s)", async (kind) => {
    const { people, connector } = world;
    const thread = await askForCode(kind);
    const before = connector.messages.length;
    for (const person of [people.colleague, people.asker, people.guest]) {
      const { status, body } = await world.click(person, cardOf(thread), "approve");
      // A sentence for whoever clicked; the card stays as it is for everybody.
      expect([status, body]).toEqual([
        200,
        { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: expect.stringMatching(/^[A-Z].*\.$/s) },
      ]);
    }
    expect(connector.messages).toHaveLength(before);
    expect(approvalIn(world.thread(thread))?.canDecide).toBe(true);

    await world.click(people.approver, cardOf(thread), "approve");
    await connector.until(() => isAnswered(thread) && isDecided(thread));
    const expected = await volumesWithoutSnapshot(world.emulator);
    const rows = tableRows(answersIn(world.thread(thread))[0]!) ?? [];
    expect(rows).toHaveLength(expected.length);
    for (const { id } of expected) expect(rows.some((row) => row.includes(id.slice(-6)))).toBe(true);
    const card = textOf(cardOf(thread));
    expect(card).toContain("approver");
    // The body stays: what was approved can be read afterwards.
    expect(card).toContain("DescribeVolumes");
  });

  test("ends when it is rejected", async () => {
    const thread = await askForCode("channel");
    await world.click(world.people.approver, cardOf(thread), "reject");
    await world.connector.until(() => isDecided(thread) && !isUnderWay(world.thread(thread)));
    expect(isAnswered(thread)).toBe(false);
    expect(textOf(cardOf(thread))).toMatch(/[Rr]ejected/);
  });

  test("is written anew when somebody asks for changes, and waits again", async () => {
    const thread = await askForCode("channel");
    const first = cardOf(thread).id;
    await world.click(world.people.approver, cardOf(thread), "revise", { comment: "only volumes of more than 100 GB" });
    await world.connector.until(() => cardOf(thread).id !== first && approvalIn(world.thread(thread))?.canDecide === true);
    expect(textOf(cardOf(thread))).toContain("> 100");
    await world.click(world.people.approver, cardOf(thread), "approve");
    await world.connector.until(() => isAnswered(thread) && isDecided(thread));
    const expected = (await volumesWithoutSnapshot(world.emulator)).filter(({ sizeGib }) => sizeGib > 100);
    expect(tableRows(answersIn(world.thread(thread))[0]!)).toHaveLength(expected.length);
  });

  test("is asked, decided and answered in Chinese", async () => {
    const thread = await askForCode("groupChat", CODE_QUESTIONS.zh);
    expect(
      approvalIn(world.thread(thread))!
        .buttons.map(({ title }) => title)
        .join(""),
    ).toMatch(/^[\u4e00-\u9fff]+$/);
    const refused = await world.click(world.people.asker, cardOf(thread), "approve");
    expect(JSON.stringify(refused.body)).toMatch(/[\u4e00-\u9fff]/);
    await world.click(world.people.secondApprover, cardOf(thread), "approve");
    await world.connector.until(() => isAnswered(thread) && isDecided(thread));
  });

  test.each([
    ["a double click", "approver", "approver"],
    ["two approvers at once", "approver", "secondApprover"],
  ] as const)("counts once: %s", async (_name, first, second) => {
    const { people } = world;
    const thread = await askForCode("channel");
    const card = cardOf(thread);
    const clicks = await Promise.all([people[first], people[second]].map((person) => world.click(person, card, "approve")));
    await world.connector.until(() => isAnswered(thread) && isDecided(thread) && !isUnderWay(world.thread(thread)));
    expect(clicks.map(({ status }) => status)).toEqual([200, 200]);
    expect(answersIn(world.thread(thread))).toHaveLength(1);
  });

  test("changes nothing any more when its clicks and its message are delivered again", async () => {
    const thread = await askForCode("channel");
    const from = world.delivered.length - 1;
    await world.click(world.people.approver, cardOf(thread), "approve");
    await world.connector.until(() => isAnswered(thread) && isDecided(thread) && !isUnderWay(world.thread(thread)));
    await letPass(world);
    const before = JSON.stringify(world.thread(thread));
    for (const { activity } of world.delivered.slice(from)) expect((await world.redeliver(activity)).status).toBe(200);
    await letPass(world);
    expect(JSON.stringify(world.thread(thread))).toBe(before);
  });
});

test("an approval that nobody gives expires, and its buttons go", { timeout: 90_000 }, async () => {
  const clock = new ShiftingClock();
  await using world = await startTeamsWorld({ clock, rateLimits: false, instances: 10 });
  const thread = await world.say(world.people.asker, world.tenant.channel(), CODE_QUESTIONS.en);
  await world.connector.until(() => approvalIn(world.thread(thread))?.canDecide === true);
  const { message } = approvalIn(world.thread(thread))!;
  // Calls that are under way would be taken for late.
  await letPass(world);
  clock.shift(25 * 60 * 60_000);
  await world.connector.until(() => approvalIn(world.thread(thread))?.canDecide === false && !isUnderWay(world.thread(thread)));
  expect(textOf(message)).toMatch(/[Ee]xpired/);
  expect(answersIn(world.thread(thread))).toHaveLength(0);
});
