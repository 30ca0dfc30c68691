import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { PlatformError } from "../../../bots/shared/chat-platform.ts";
import type { Store } from "../../../src/index.ts";
import { memory } from "../../../src/stores/memory/index.ts";
import { sqlite } from "../../../src/stores/sqlite/index.ts";
import { BotWorld, cloud, warmUp } from "./bot-world.ts";
import { ADA, asks, type Fault, GRACE, placeOf } from "./fake-platform.ts";

beforeAll(warmUp);

const TEXTS = ["list servers", "count servers", "list databases"];
const QUESTIONS = [1, 2].flatMap((thread) =>
  TEXTS.map((text, index) =>
    asks(text, { deliveryId: `${thread} ${index}`, atMs: index, place: placeOf(`${thread}`), person: index === 1 ? GRACE : ADA }),
  ),
);

/** Two runs of one thread at the same time, as the log tells it. */
function overlaps(world: BotWorld): readonly string[] {
  const running = new Map<string, string>();
  const found: string[] = [];
  for (const { message, fields } of world.logged) {
    const id = String(fields.questionId);
    const thread = world.chat.messages.find(({ view }) => view.questionId === id)?.threadKey ?? id;
    if (message === "question begun") {
      if (running.has(thread)) found.push(`${id} while ${running.get(thread)}`);
      running.set(thread, id);
    }
    if (message === "question over for now") running.delete(thread);
  }
  return found;
}

it.each<[string, () => Store, number]>([
  ["in memory", memory, 40],
  ["in a database", () => sqlite({ path: ":memory:" }), 8],
])(
  "two replicas on one store %s run each question once, one a thread at a time, in whatever order and however often it is delivered to which",
  async (_, open, numRuns) => {
    const delivery = fc.record({
      question: fc.nat(QUESTIONS.length - 1),
      replica: fc.nat(1),
      pauseMs: fc.constantFrom(0, 0, 1, 300, 40_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 1, maxLength: 14 }), async (deliveries) => {
        const world = new BotWorld(open());
        const slow: Fault = ({ method }) => (method === "show" ? world.clock.sleep(150) : undefined);
        const options = { updateIntervalMs: 100, before: slow, after: slow };
        const bots = [await world.start(options), await world.start(options)];
        for (const { question, replica, pauseMs } of deliveries) {
          const asked = QUESTIONS[question];
          if (asked !== undefined) void bots[replica]?.reception.ask(asked);
          if (pauseMs > 0) await world.pass(pauseMs);
        }
        await world.pass(1);
        await world.quiet();
        const expected = [...new Set(deliveries.map(({ question }) => QUESTIONS[question]))].map(
          (one) => `${one?.place.threadKey} ${one?.text}`,
        );
        const shown = world.chat.messages.map(({ threadKey, view }) => `${threadKey} ${view.question}`);
        expect(shown.toSorted()).toEqual(expected.toSorted());
        expect(new Set(world.chat.messages.map(({ view }) => view.state))).toEqual(new Set(["answered"]));
        expect(await world.store.listRuns(100)).toHaveLength(expected.length);
        expect(overlaps(world)).toEqual([]);
        expect(world.chat.mostShowsAtOnce).toBe(1);
        await Promise.all(bots.map(({ bot }) => bot.stop(0)));
        await world.store.close();
      }),
      { numRuns },
    );
  },
  120_000,
);

it("a hundred questions at once all end with their answer", async () => {
  const world = new BotWorld();
  const bots = [await world.start({ updateIntervalMs: 1_000 }), await world.start({ updateIntervalMs: 1_000 })];
  const asked = Array.from({ length: 100 }, (_, index) =>
    asks(TEXTS[index % 3] ?? "", {
      deliveryId: `${index}`,
      atMs: index,
      place: placeOf(`${index % 40}`),
      person: { id: `T1:U${index}`, name: null },
    }),
  );
  expect(await Promise.all(asked.map((question, index) => bots[index % 2]?.reception.ask(question)))).toEqual(Array(100).fill("taken"));
  await world.quiet();
  expect(world.chat.messages).toHaveLength(100);
  expect(new Set(world.chat.messages.map(({ view }) => view.state))).toEqual(new Set(["answered"]));
  expect(overlaps(world)).toEqual([]);
  expect(world.logged.filter(({ level }) => level === "warn")).toEqual([]);
}, 60_000);

it("a delivery that is repeated to another replica just when its question ends is not answered again", async () => {
  const world = new BotWorld();
  const gate = Promise.withResolvers<void>();
  const one = await world.start();
  const two = await world.start({
    store: (store) => ({
      ...store,
      // Between looking whether it has ended, and keeping it.
      writeRecord: async (record, version, nowMs) => {
        if (record.kind === "bot-question-slack" && version === 0) await gate.promise;
        return await store.writeRecord(record, version, nowMs);
      },
    }),
  });
  const repeated = two.reception.ask(asks("list servers"));
  await one.reception.ask(asks("list servers"));
  await world.quiet();
  gate.resolve();
  await repeated;
  await world.quiet();
  expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
  expect(await world.store.listRuns(10)).toHaveLength(1);
});

it("a replica that could not tell that a question waits leaves it to the one that runs it", async () => {
  const world = new BotWorld();
  const gate = Promise.withResolvers<void>();
  const one = await world.start({ orchestrator: { providers: [cloud(() => gate.promise)] } });
  const two = await world.start({
    before: ({ method }) => {
      if (method === "show") throw new PlatformError("ratelimited", { retryable: true, retryAfterMs: 4_000 });
    },
  });
  await one.reception.ask(asks("list servers", { atMs: 1 }));
  await world.pass(1_000);
  await two.reception.ask(asks("count servers", { atMs: 2 }));
  await world.pass(2_000);
  gate.resolve();
  await world.quiet();
  expect(world.chat.views().map(({ state }) => state)).toEqual(["answered", "answered"]);
  const shows = world.chat.shows.length;
  await world.pass(60_000);
  expect(world.chat.shows).toHaveLength(shows);
});
