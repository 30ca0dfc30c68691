import { expect, it } from "vitest";
import { BotWorld } from "./bot-world.ts";
import { asks } from "./fake-platform.ts";

it("answers a question in its thread", async () => {
  const world = new BotWorld();
  const { reception } = await world.start();
  expect(await reception.ask(asks("list servers"))).toBe("taken");
  await world.quiet();
  console.log(JSON.stringify(world.logged), JSON.stringify(world.chat.told), JSON.stringify(world.chat.shows));
  expect(world.chat.views()).toMatchObject([{ state: "answered", question: "list servers" }]);
});
