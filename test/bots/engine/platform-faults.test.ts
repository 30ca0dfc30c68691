import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { PlatformError } from "../../../bots/shared/chat-platform.ts";
import { BotWorld, cloud, warmUp } from "./bot-world.ts";
import { asks, type Fault, placeOf } from "./fake-platform.ts";

beforeAll(warmUp);

const FAULTS = {
  none: undefined,
  "429": new PlatformError("ratelimited", { retryable: true, retryAfterMs: 30_000 }),
  "500": new PlatformError("internal error", { retryable: true }),
  reset: new Error("read ECONNRESET"),
};
type Kind = keyof typeof FAULTS;
const kinds = fc.constantFrom<Kind>("none", "none", "429", "500", "reset");

/** One fault a call, as long as there are any. */
function faultsOf(list: readonly Kind[]): Fault {
  const left = [...list];
  return ({ method }) => {
    if (method !== "show" && method !== "tell") return;
    const error = FAULTS[left.shift() ?? "none"];
    if (error !== undefined) throw error;
  };
}

it("brings every thread to its right final state, whatever call fails and however, before or after it took effect", async () => {
  const list = fc.array(kinds, { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(list, list, async (before, after) => {
      const world = new BotWorld();
      const { reception } = await world.start({ before: faultsOf(before), after: faultsOf(after), updateIntervalMs: 1_000 });
      await reception.ask(asks("list servers"));
      await reception.ask(asks("how much is the fish", { atMs: 2 }));
      await reception.ask(asks("", { deliveryId: "help", place: placeOf("2") }));
      await world.quiet();
      const states = new Map(world.chat.views().map(({ question, state }) => [question, state]));
      expect(Object.fromEntries(states)).toEqual({ "list servers": "answered", "how much is the fish": "failed" });
      expect(world.chat.sentences(placeOf("2").threadKey).length).toBeGreaterThan(0);
      expect(await world.store.listRuns(10)).toHaveLength(2);
      expect(world.chat.mostShowsAtOnce).toBe(1);
    }),
    { numRuns: 60 },
  );
}, 60_000);

describe("updates", () => {
  /** Times at which the views of one question were sent. */
  const sentMs = (world: BotWorld) => world.chat.shows.map(({ atMs }) => atMs);

  it("go out one at a time and not faster than the platform allows; those between are left out, never the last", async () => {
    const world = new BotWorld();
    const { reception } = await world.start({
      updateIntervalMs: 3_000,
      orchestrator: { providers: [cloud(() => world.clock.sleep(1_000))] },
    });
    await reception.ask(asks("list servers with cpu over 80%"));
    await world.quiet();
    const times = sentMs(world);
    expect(times.length).toBeGreaterThan(1);
    for (const [index, atMs] of times.slice(1).entries()) expect(atMs - (times[index] ?? 0)).toBeGreaterThanOrEqual(3_000);
    expect(world.chat.shows.at(-1)?.state).toBe("answered");
  });

  it("wait as long as the platform asks for", async () => {
    const world = new BotWorld();
    let refused = false;
    const { reception } = await world.start({
      before: ({ method }) => {
        if (method !== "show" || refused) return;
        refused = true;
        throw new PlatformError("ratelimited", { retryable: true, retryAfterMs: 90_000 });
      },
    });
    await reception.ask(asks("list servers"));
    await world.quiet();
    const [first = 0, second = 0] = sentMs(world);
    expect(second - first).toBeGreaterThanOrEqual(90_000);
    expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
  });

  it("are tried for as long as the platform is away, once a minute at least, and are there when it is back", async () => {
    const world = new BotWorld();
    let away = true;
    const { reception } = await world.start({
      before: ({ method }) => {
        if (method === "show" && away) throw new Error("connect ECONNREFUSED");
      },
    });
    await reception.ask(asks("list servers"));
    await world.pass(60 * 60_000);
    const times = sentMs(world);
    for (const [index, atMs] of times.slice(1).entries()) expect(atMs - (times[index] ?? 0)).toBeLessThanOrEqual(61_000);
    away = false;
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
  });

  it("end where the platform says that it will never take them", async () => {
    const world = new BotWorld();
    const { reception } = await world.start({
      before: ({ method }) => {
        if (method === "show") throw new PlatformError("channel_not_found", { retryable: false });
      },
    });
    await reception.ask(asks("list servers"));
    await world.quiet();
    const refused = world.logged.filter(({ message }) => message === "view refused by the platform").map(({ fields }) => fields.state);
    expect(refused.filter((state) => state === "answered")).toHaveLength(1);
    expect(await reception.ask(asks("list servers"))).toBe("duplicate");
  });

  it("of one that is not taken do not keep the last from being shown", async () => {
    const world = new BotWorld();
    const { reception } = await world.start({
      before: async ({ method, view }) => {
        if (method !== "show" || view?.state !== "working") return;
        // The last view comes while this one is being refused.
        await world.clock.sleep(5_000);
        throw new PlatformError("invalid_blocks", { retryable: false });
      },
    });
    await reception.ask(asks("list servers"));
    await world.quiet();
    expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
  });
});

it("delivers an end after a restart that could not be delivered before it", async () => {
  const world = new BotWorld();
  const one = await world.start({
    before: ({ method }) => {
      if (method === "show") throw new PlatformError("internal error", { retryable: true });
    },
  });
  await one.reception.ask(asks("list servers"));
  await world.pass(5_000);
  const stopped = one.bot.stop(1_000);
  await world.pass(10_000);
  await stopped;
  expect(world.chat.views()).toEqual([]);
  await world.start();
  await world.quiet();
  expect(world.chat.views()).toMatchObject([{ state: "answered" }]);
  expect(await world.store.listRuns(10)).toHaveLength(1);
});
