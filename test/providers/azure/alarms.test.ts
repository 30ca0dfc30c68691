import { afterAll, beforeAll, expect, test } from "vitest";
import type { Alarm, AlarmState } from "../../../src/contracts/index.ts";
import { collect, type FakeContext } from "../fake-context.ts";
import { NOW, openWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ instances: 400 });
});
afterAll(() => world[Symbol.asyncDispose]());

async function alarms(states: readonly AlarmState[], context: FakeContext = world.context()): Promise<(Alarm & { place: string })[]> {
  const pages = await Promise.all(
    (await world.scopes()).map(async (scope) => {
      const found = (await collect(world.provider.alarms!.list(scope, states, context))).flat();
      return found.map((alarm) => ({ ...alarm, place: `${scope.account}/${scope.region}` }));
    }),
  );
  return pages.flat();
}

test.each<[AlarmState[]]>([[["alarm"]], [["ok"]], [["alarm", "ok", "insufficient-data"]]])(
  "alarms in %j equal the ground truth",
  async (states) => {
    const expected = (await world.truth()).alarms.filter((alarm) => states.includes(alarm.state));
    expect(expected.length).toBeGreaterThan(0);
    const facts = (await alarms(states)).map(({ place, id, name, state, resource }) => [place, id, name, state, resource].join(" "));
    expect(facts.sort()).toEqual(
      expected
        .map(({ account, region, id, name, state, resource }) => [`${account}/${region}`, id, name, state, resource].join(" "))
        .sort(),
    );
  },
);

test("alarms name their native metric; those that fired tell since when and why", async () => {
  const all = await alarms(["alarm", "ok"]);
  expect(new Set(all.map((alarm) => alarm.metric))).toEqual(new Set(["Microsoft.Compute/virtualMachines:Percentage CPU"]));
  const fired = all.filter((alarm) => alarm.state === "alarm");
  expect(fired.every((alarm) => alarm.sinceMs !== null && alarm.sinceMs < NOW && (alarm.reason ?? "").length > 10)).toBe(true);
});

test("all places are asked with one request", async () => {
  const context = world.context();
  await alarms(["alarm"], context);
  expect(context.calls).toEqual(["azure.resourcegraph.Resources"]);
});

test("whether a rule has had data is not known, so that none is said to have had none", async () => {
  expect(await alarms(["insufficient-data"])).toEqual([]);
});
