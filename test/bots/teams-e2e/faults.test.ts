import { describe, expect, test } from "vitest";
import { CODE_QUESTIONS } from "../../../scripts/demo-slack/demo-model.ts";
import type { ConnectorFault, Operation } from "./fake-connector.ts";
import { answersIn, approvalIn, isUnderWay, startTeamsWorld, type TeamsWorld } from "./teams-world.ts";

/** Nothing was done: whoever repeats it does it once. */
const CLEAN: readonly ConnectorFault["kind"][] = [412, 429, 500, 502, 504, "reset-before"];

const OPERATIONS: readonly Operation[] = ["member", "members", "channels", "team", "send", "update"];

const QUESTION = "top 5 servers by cpu";

function isAnsweredOnce(world: TeamsWorld, thread: string): boolean {
  const messages = world.thread(thread);
  return answersIn(messages).length === 1 && !isUnderWay(messages) && messages.every(({ stream }) => stream === null);
}

describe("whatever goes wrong with calls to Teams, the thread ends in the right state", { timeout: 120_000 }, () => {
  test.each(CLEAN)("%s, at the first calls of every operation, in a channel and in a personal chat", async (kind) => {
    await using world = await startTeamsWorld({ rateLimits: false, instances: 5 });
    const { tenant, people, connector } = world;
    for (const operation of OPERATIONS) connector.addFault({ operation, kind, times: 2 });
    const threads = [
      await world.say(people.asker, tenant.channel(), QUESTION),
      await world.say(people.asker, tenant.personalChat(people.asker), QUESTION),
    ];
    await connector.until(() => threads.every((thread) => isAnsweredOnce(world, thread)));
    expect(connector.calls.filter(({ status }) => status === kind).length).toBeGreaterThan(5);
  });

  test.each([429, 500, "reset-before"] as const)("%s, at one call after the other", async (kind) => {
    await using world = await startTeamsWorld({ rateLimits: false, instances: 5 });
    const { tenant, people, connector } = world;
    for (let skip = 0; skip < 8; skip += 1) {
      connector.clearFaults();
      connector.addFault({ kind, skip, times: 1 });
      const thread = await world.say(people.asker, tenant.channel(), QUESTION);
      await connector.until(() => isAnsweredOnce(world, thread));
    }
  });

  test.each(CLEAN)("%s, while something is approved", async (kind) => {
    await using world = await startTeamsWorld({ rateLimits: false, instances: 5 });
    const { tenant, people, connector } = world;
    for (const operation of OPERATIONS) connector.addFault({ operation, kind, times: 1 });
    const thread = await world.say(people.asker, tenant.channel(), CODE_QUESTIONS.en);
    await connector.until(() => approvalIn(world.thread(thread))?.canDecide === true);
    connector.clearFaults();
    for (const operation of OPERATIONS) connector.addFault({ operation, kind, times: 1 });
    const { message } = approvalIn(world.thread(thread))!;
    await world.click(people.approver, message, "approve");
    await connector.until(() => isAnsweredOnce(world, thread) && approvalIn(world.thread(thread))?.canDecide === false);
    expect(approvalIn(world.thread(thread))!.message.id).toBe(message.id);
  });

  test("an answer that got lost after the message was posted: it stands there twice at most, and the newest is right", async () => {
    await using world = await startTeamsWorld({ rateLimits: false, instances: 5 });
    const { tenant, people, connector } = world;
    for (const operation of OPERATIONS) connector.addFault({ operation, kind: "reset-after", times: 1 });
    const thread = await world.say(people.asker, tenant.channel(), QUESTION);
    await connector.until(() => answersIn(world.thread(thread)).length > 0);
    // Teams has no key by which a message is recognised when it is sent again, and bots cannot read what stands in a channel.
    expect(answersIn(world.thread(thread))).toHaveLength(1);
    expect(isUnderWay(answersIn(world.thread(thread)))).toBe(false);
  });
});
