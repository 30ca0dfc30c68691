import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import { QUESTION } from "../../guarantees/durability/volume-question.ts";
import { newCloud } from "../../guarantees/durability/volume-world.ts";
import { ApprovalWorld } from "./approval-world.ts";
import { openQuestions, type RunningBot } from "./bot-world.ts";
import { asks, GRACE } from "./fake-platform.ts";
import { Life } from "./mortal.ts";

let cloud: Emulator;
beforeAll(async () => {
  cloud = await newCloud();
  return () => cloud.close();
});

const isQuiet = async (world: ApprovalWorld) => (await openQuestions(world.store, world.clock.now())).length === 0;

/** Asks, clicks when the card is there, and waits for the end: of the question, or of the process. */
async function live(world: ApprovalWorld, life: Life, click: string): Promise<RunningBot> {
  const running = await world.start({ store: (store) => life.store(store), before: life.moment, after: life.moment });
  void running.reception.ask(asks(QUESTION, { deliveryId: "ask" }));
  const card = () =>
    world.chat
      .views()
      .findLast(({ state }) => state === "waiting")
      ?.approvals.at(-1);
  await world.until(async () => life.isOver || card()?.canDecide === true || world.chat.views().at(-1)?.state === "answered");
  const id = card()?.id;
  if (id !== undefined) void world.click(running.reception, { id }, GRACE, { deliveryId: click });
  await world.until(async () => life.isOver || ((await isQuiet(world)) && world.chat.messages.length > 0));
  return running;
}

it("an approval is used once, and its question answered, at whatever moment the process ends", async () => {
  const whole = new Life();
  const { bot } = await live(new ApprovalWorld(cloud), whole, "click");
  await bot.stop(0);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 5, max: whole.moments }), async (end) => {
      const world = new ApprovalWorld(cloud);
      const life = new Life(end);
      await live(world, life, "click");
      life.end();
      await live(world, new Life(), "second click");
      expect(world.chat.views().at(-1)?.state).toBe("answered");
      const runs = (await world.store.listRuns(10)).filter(({ status }) => status === "answered");
      expect(runs).toHaveLength(1);
      const approved = await world.store.listApprovals({ status: "approved" });
      expect(approved.map(({ runId }) => runId)).toEqual([runs[0]?.runId]);
      const events = await world.store.events(runs[0]?.runId ?? "", 0);
      expect(events.filter(({ type }) => type === "approval-response")).toHaveLength(1);
    }),
    { numRuns: 12 },
  );
}, 120_000);
