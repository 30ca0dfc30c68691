import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { BotWorld, openQuestions, type RunningBot, warmUp } from "./bot-world.ts";
import { asks, placeOf } from "./fake-platform.ts";
import { Life } from "./mortal.ts";

beforeAll(warmUp);

const QUESTIONS = [
  asks("list servers", { deliveryId: "a", atMs: 1 }),
  asks("count servers", { deliveryId: "b", atMs: 2 }),
  asks("list databases", { deliveryId: "c", atMs: 3, place: placeOf("2") }),
];

async function begin(world: BotWorld, life: Life): Promise<RunningBot> {
  return await world.start({ store: (store) => life.store(store), before: life.moment, after: life.moment });
}

/** Delivers as a platform does: again, until somebody has acknowledged it. */
async function deliver(world: BotWorld, running: RunningBot, life: Life, questions: typeof QUESTIONS): Promise<typeof QUESTIONS> {
  const left = [];
  for (const question of questions) {
    let taken = false;
    running.reception.ask(question).then(
      () => {
        taken = true;
      },
      () => {},
    );
    await world.until(() => taken || life.isOver, 10);
    if (!taken) left.push(question);
  }
  return left;
}

async function expectAllAnswered(world: BotWorld, crashes: number): Promise<void> {
  await world.quiet();
  for (const { text, place } of QUESTIONS) {
    const views = world.chat.views(place.threadKey).filter(({ question }) => question === text);
    // A process may end between posting and keeping what was posted: nobody can tell then.
    expect(views.length).toBeGreaterThanOrEqual(1);
    expect(views.length).toBeLessThanOrEqual(1 + crashes);
    expect(views.at(-1)?.state).toBe("answered");
  }
  const runs = await world.store.listRuns(100);
  const answered = runs.filter(({ status }) => status === "answered").map(({ question }) => question);
  expect(answered.toSorted()).toEqual(QUESTIONS.map(({ text }) => text).toSorted());
}

/** How many moments a life without a crash has. */
async function momentsOfAll(): Promise<number> {
  const world = new BotWorld();
  const life = new Life();
  const running = await begin(world, life);
  await deliver(world, running, life, QUESTIONS);
  await world.quiet();
  await running.bot.stop(0);
  return life.moments;
}

describe("a process that ends at any moment", () => {
  it("loses no question and answers none twice: the next one goes on", async () => {
    const most = await momentsOfAll();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 3, max: most }), { minLength: 1, maxLength: 3 }), async (ends) => {
        const world = new BotWorld();
        let left = QUESTIONS;
        for (const end of ends) {
          const life = new Life(end);
          const running = await Promise.race([begin(world, life), world.until(() => life.isOver, 10).then(() => undefined)]);
          if (running === undefined) continue;
          left = await deliver(world, running, life, left);
          await world.until(async () => life.isOver || (await openQuestions(world.store, world.clock.now())).length === 0, 100);
          life.end();
        }
        const life = new Life();
        const last = await begin(world, life);
        // What was acknowledged is delivered again as well.
        await deliver(world, last, life, left);
        for (const question of QUESTIONS) await last.reception.ask(question);
        await expectAllAnswered(world, ends.length);
        for (const question of QUESTIONS) expect(await last.reception.ask(question)).toBe("duplicate");
        await last.bot.stop(0);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it("is taken over by another replica that runs at the same time", async () => {
    const most = await momentsOfAll();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 3, max: most }), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), async (end, which) => {
        const world = new BotWorld();
        const [mortal, immortal] = [new Life(end), new Life()];
        const other = await begin(world, immortal);
        const first = await Promise.race([begin(world, mortal), world.until(() => mortal.isOver, 10).then(() => other)]);
        for (const [index, question] of QUESTIONS.entries()) {
          const [running, life] = which[index] === true ? [first, mortal] : [other, immortal];
          const left = await deliver(world, running, life, [question]);
          await deliver(world, other, immortal, left);
        }
        await expectAllAnswered(world, 1);
        await other.bot.stop(0);
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});
