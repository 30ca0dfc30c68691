import { beforeAll, describe, expect, it } from "vitest";
import { APPROVERS } from "./approval-world.ts";
import { BotWorld, cloud, openQuestions, warmUp } from "./bot-world.ts";
import { ADA, asks, GRACE, placeOf } from "./fake-platform.ts";

beforeAll(warmUp);

const BOB = { id: "T1:U-bob", name: "Bob" };
const click = { deliveryId: "click", place: placeOf(), person: ADA };

/** A question whose cloud answers when the gate opens. */
async function held(bots = 1) {
  const world = new BotWorld();
  const gate = Promise.withResolvers<void>();
  const orchestrator = { providers: [cloud(() => gate.promise)] };
  const running = [];
  for (let bot = 0; bot < bots; bot++) running.push(await world.start({ orchestrator, access: APPROVERS }));
  const receptions = running.map(({ reception }) => reception);
  await receptions[0]?.ask(asks("list servers"));
  await world.until(() => world.chat.views()[0]?.state === "working");
  const questionId = world.chat.views()[0]?.questionId ?? "";
  return { world, gate, receptions, questionId };
}

describe("stop", () => {
  it("ends a running question at once, for who asked; again, it has ended", async () => {
    const { world, receptions, questionId } = await held();
    expect(await receptions[0]?.stop({ ...click, questionId })).toEqual({ accepted: true, text: "Stopping." });
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "stopped" }]);
    expect(world.chat.sentences()).toEqual([]);
    expect(await receptions[0]?.stop({ ...click, deliveryId: "again", questionId })).toMatchObject({
      accepted: false,
      text: "This question has ended already.",
    });
    expect(await receptions[0]?.stop({ ...click, deliveryId: "other", questionId: "q_other" })).toMatchObject({ accepted: false });
  });

  it("is for who asked and for approvers, nobody else", async () => {
    const { world, receptions, questionId } = await held();
    expect(await receptions[0]?.stop({ ...click, person: BOB, questionId })).toMatchObject({
      accepted: false,
      text: expect.stringContaining("Only who asked"),
    });
    expect(world.chat.views()).toMatchObject([{ state: "working" }]);
    expect(await receptions[0]?.stop({ ...click, deliveryId: "grace", person: GRACE, questionId })).toMatchObject({ accepted: true });
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "stopped" }]);
  });

  it("reaches the replica that runs the question", async () => {
    const { world, receptions, questionId } = await held(2);
    expect(await receptions[1]?.stop({ ...click, questionId })).toMatchObject({ accepted: true });
    await world.until(() => world.chat.views()[0]?.state === "stopped", 250, 10_000);
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "stopped" }]);
  });

  it("takes a question out of the queue, and leaves the others in it", async () => {
    const { world, receptions, gate } = await held();
    await receptions[0]?.ask(asks("count servers", { atMs: 2 }));
    await receptions[0]?.ask(asks("list databases", { atMs: 3 }));
    await world.until(() => world.chat.views().length === 3);
    const questionId = world.chat.views().find(({ question }) => question === "count servers")?.questionId ?? "";
    expect(await receptions[0]?.stop({ ...click, questionId })).toMatchObject({ accepted: true });
    await world.pass(1_000);
    expect(world.chat.views().map(({ state }) => state)).toEqual(["working", "stopped", "queued"]);
    gate.resolve();
    await world.quiet();
    expect(world.chat.views().map(({ state }) => state)).toEqual(["answered", "stopped", "answered"]);
    expect(await world.store.listRuns(10)).toHaveLength(2);
  });
});

it("a question that was stopped before anybody looked at it does not keep the next one of its thread waiting", async () => {
  const world = new BotWorld();
  const facts = Promise.withResolvers<void>();
  const { reception } = await world.start({ before: ({ method }) => (method === "placeFacts" ? facts.promise : undefined) });
  await reception.ask(asks("list servers", { atMs: 1 }));
  await reception.ask(asks("count servers", { atMs: 2 }));
  await world.until(async () => (await openQuestions(world.store, world.clock.now())).length === 2);
  const [first] = await openQuestions(world.store, world.clock.now());
  expect(await reception.stop({ ...click, questionId: String(first?.id) })).toMatchObject({ accepted: true });
  facts.resolve();
  const beganMs = world.clock.now();
  await world.quiet();
  expect(world.clock.now() - beganMs).toBeLessThan(5_000);
  expect(Object.fromEntries(world.chat.views().map(({ question, state }) => [question, state]))).toEqual({
    "list servers": "stopped",
    "count servers": "answered",
  });
});

describe("feedback", () => {
  it("is kept by question and person, and can be changed", async () => {
    const { world, receptions, gate, questionId } = await held();
    gate.resolve();
    await world.quiet();
    const give = (deliveryId: string, person: typeof ADA, good: boolean) =>
      receptions[0]?.feedback({ deliveryId, place: placeOf(), person, questionId, good });
    expect(await give("1", ADA, true)).toEqual({ accepted: true, text: "Thank you, noted." });
    await give("2", BOB, true);
    await give("3", ADA, false);
    // A delivery that comes again says nothing new.
    await give("1", ADA, true);
    const kept = [];
    for await (const { value } of world.store.listRecords("bot-feedback", world.clock.now()))
      kept.push(value as { person: string; good: boolean });
    expect(kept.map(({ person, good }) => [person, good])).toEqual([
      [ADA.id, false],
      [BOB.id, true],
    ]);
    expect(world.logged.filter(({ message }) => message === "feedback").map(({ fields }) => fields.good)).toEqual([true, true, false]);
    expect(await receptions[0]?.feedback({ ...click, deliveryId: "4", questionId: "q_other", good: true })).toMatchObject({
      accepted: false,
    });
  });
});

describe("when the bot stops", () => {
  it("runs that end in time are answered", async () => {
    const { world, gate } = await held();
    const stopping = world.bots[0]?.stop(30_000);
    await world.pass(5_000);
    gate.resolve();
    await world.pass(1_000);
    await stopping;
    expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
    expect(world.chat.sentences()).toEqual([]);
    expect(await openQuestions(world.store, world.clock.now())).toEqual([]);
  });

  it("those that do not are parked: the thread is told, and the next process goes on with the same run", async () => {
    const { world, gate, receptions } = await held();
    await receptions[0]?.ask(asks("count servers", { atMs: 2 }));
    const stopped = world.bots[0]?.stop(5_000);
    await world.pass(20_000);
    await stopped;
    expect(world.chat.sentences()).toEqual(["The bot is restarting. This question goes on after the restart."]);
    expect(await openQuestions(world.store, world.clock.now())).toMatchObject([{ state: "running" }, { state: "queued" }]);
    for await (const lease of world.store.listRecords("bot-lease", world.clock.now())) expect(lease).toBeUndefined();
    gate.resolve();
    await world.start();
    await world.quiet();
    expect(world.chat.views().map(({ state, question }) => [question, state])).toEqual([
      ["list servers", "answered"],
      ["count servers", "answered"],
    ]);
    expect(await world.store.listRuns(10)).toHaveLength(2);
  });

  it("a message that is on its way is kept, so that the next process finds it", async () => {
    const world = new BotWorld();
    const { reception, bot } = await world.start({ after: ({ method }) => (method === "show" ? world.clock.sleep(8_000) : undefined) });
    await reception.ask(asks("list servers"));
    await world.until(() => world.chat.messages.length === 1);
    const stopped = bot.stop(0);
    await world.pass(30_000);
    await stopped;
    await world.start();
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
  });
});
