import { beforeAll, describe, expect, it } from "vitest";
import { BotWorld, cloud, warmUp } from "./bot-world.ts";
import { ADA, asks, GRACE, placeOf } from "./fake-platform.ts";

beforeAll(warmUp);

describe("a question", () => {
  it("is answered in its thread", async () => {
    const world = new BotWorld();
    const { reception } = await world.start();
    expect(await reception.ask(asks("list servers"))).toBe("taken");
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "answered", question: "list servers" }]);
    expect(world.chat.mostShowsAtOnce).toBe(1);
  });

  it("is acknowledged when it is kept, before anything was asked of the platform or a cloud", async () => {
    const world = new BotWorld();
    const { reception } = await world.start({ before: () => new Promise(() => {}) });
    expect(await reception.ask(asks("list servers"))).toBe("taken");
  });

  it("counts once, however often it is delivered", async () => {
    const world = new BotWorld();
    const { reception } = await world.start();
    const given = await Promise.all([1, 2, 3].map(() => reception.ask(asks("list servers"))));
    expect(given.toSorted()).toEqual(["duplicate", "duplicate", "taken"]);
    await world.quiet();
    expect(await reception.ask(asks("list servers"))).toBe("duplicate");
    await world.quiet();
    expect(world.chat.views()).toHaveLength(1);
    expect(await world.store.listRuns(10)).toHaveLength(1);
  });

  it("that could not be kept is not acknowledged", async () => {
    const world = new BotWorld();
    const { reception } = await world.start({
      store: (store) => ({ ...store, writeRecord: () => Promise.reject(new Error("the store is away")) }),
    });
    await expect(reception.ask(asks("list servers"))).rejects.toThrow("the store is away");
  });

  it("without words is answered with help", async () => {
    const world = new BotWorld();
    const { reception } = await world.start();
    await reception.ask(asks("  ", { deliveryId: "empty" }));
    await world.quiet();
    expect(world.chat.sentences()).toEqual([expect.stringContaining("which servers have CPU over 80%")]);
    expect(world.chat.views()).toEqual([]);
  });

  it("that is a book is refused", async () => {
    const world = new BotWorld();
    const { reception } = await world.start();
    await reception.ask(asks(`列出服务器${"，还有服务器".repeat(1_000)}`));
    await world.quiet();
    expect(world.chat.sentences()).toEqual([expect.stringContaining("问题过长")]);
  });

  it("refers to the answer before in its thread, and to no other thread", async () => {
    const world = new BotWorld();
    const { reception } = await world.start();
    await reception.ask(asks("list servers with cpu over 80%"));
    await world.quiet();
    await reception.ask(asks("how many of those are running", { deliveryId: "2" }));
    await reception.ask(asks("how many of those are running", { deliveryId: "3", place: placeOf("2") }));
    await world.quiet();
    expect(world.chat.views().map(({ state }) => state)).toEqual(["answered", "answered"]);
    expect(world.chat.views(placeOf("2").threadKey)).toMatchObject([{ state: "failed", failure: { code: "QUESTION_WITHOUT_CONTEXT" } }]);
  });

  it("that cannot be run because something of the bot fails is tried again a few times, and then ends saying so", async () => {
    const world = new BotWorld();
    const { reception } = await world.start({
      store: (store) => ({
        ...store,
        writeRecord: async (record, version, nowMs) => {
          if ((record.value as { state?: string }).state === "running") throw new Error("disk full");
          return await store.writeRecord(record, version, nowMs);
        },
      }),
    });
    const askedMs = world.clock.now();
    await reception.ask(asks("list servers"));
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "failed", failure: { code: "INTERNAL" } }]);
    expect(world.logged.filter(({ message }) => message === "question could not be run")).toHaveLength(5);
    expect(world.clock.now() - askedMs).toBeGreaterThan(60_000);
  });
});

describe("questions of one thread", () => {
  it("run one after the other, in the order they were asked; the later ones say that they wait", async () => {
    const world = new BotWorld();
    const begun: string[] = [];
    const gate = Promise.withResolvers<void>();
    const { reception } = await world.start({ orchestrator: { providers: [cloud(() => gate.promise)] } });
    for (const [index, words] of ["list servers", "count servers", "list databases"].entries()) {
      await reception.ask(asks(words, { atMs: index }));
      await world.pass(1_000);
    }
    expect(world.chat.views().map(({ state }) => state)).toEqual(["working", "queued", "queued"]);
    gate.resolve();
    await world.quiet();
    expect(world.chat.views().map(({ state, question }) => [question, state])).toEqual([
      ["list servers", "answered"],
      ["count servers", "answered"],
      ["list databases", "answered"],
    ]);
    for (const { message, fields } of world.logged) if (message === "question begun") begun.push(String(fields.questionId));
    expect(begun).toEqual(world.chat.views().map(({ questionId }) => questionId));
  });

  it("wait for nothing of other threads", async () => {
    const world = new BotWorld();
    const { reception } = await world.start();
    for (let thread = 1; thread <= 5; thread++)
      await reception.ask(asks("list servers", { deliveryId: `${thread}`, place: placeOf(`${thread}`) }));
    await world.quiet();
    expect(world.chat.shows.some(({ state }) => state === "queued")).toBe(false);
  });
});

it("runs eight questions at the same time in one process, the others in the order of their threads", async () => {
  const world = new BotWorld();
  const gate = Promise.withResolvers<void>();
  const { reception } = await world.start({
    orchestrator: { providers: [cloud(() => gate.promise)] },
  });
  for (let thread = 1; thread <= 12; thread++) {
    await reception.ask(
      asks("list servers", { deliveryId: `${thread}`, place: placeOf(`${thread}`), person: thread % 2 === 0 ? ADA : GRACE }),
    );
  }
  await world.pass(2_000);
  expect(world.logged.filter(({ message }) => message === "question begun")).toHaveLength(8);
  expect(world.chat.messages.filter(({ view }) => view.state === "queued")).toHaveLength(4);
  gate.resolve();
  await world.quiet();
  expect(world.chat.messages.map(({ view }) => view.state)).toEqual(Array(12).fill("answered"));
});

it("logs ids and durations, never what was asked or answered", async () => {
  const world = new BotWorld();
  const { reception } = await world.start();
  await reception.ask(asks("list servers with cpu over 80%"));
  await world.quiet();
  expect(world.logged.length).toBeGreaterThan(2);
  expect(JSON.stringify(world.logged)).not.toMatch(/cpu|web-1|servers/);
});
