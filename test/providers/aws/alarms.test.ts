import { afterAll, beforeAll, expect, test } from "vitest";
import type { Alarm, AlarmState } from "../../../src/contracts/index.ts";
import { collect } from "../fake-context.ts";
import { NOW, openWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ instances: 400 });
});
afterAll(() => world[Symbol.asyncDispose]());

async function alarms(states: readonly AlarmState[]): Promise<Alarm[]> {
  const pages = await Promise.all(
    (await world.scopes()).map((scope) => collect(world.provider.alarms!.list(scope, states, world.context()))),
  );
  return pages.flat(2);
}

test.each<[AlarmState[]]>([
  [["alarm"]],
  [["ok"]],
  [["insufficient-data"]],
  [["alarm", "insufficient-data"]],
  [["alarm", "ok", "insufficient-data"]],
])("alarms in %j equal the ground truth", async (states) => {
  const factsOf = ({ id, name, state, resource }: Pick<Alarm, "id" | "name" | "state" | "resource">) =>
    [id, name, state, resource].join(" ");
  const expected = (await world.truth()).alarms.filter((alarm) => states.includes(alarm.state));
  expect(expected.length).toBeGreaterThan(0);
  expect((await alarms(states)).map(factsOf).sort()).toEqual(expected.map(factsOf).sort());
});

test("metric alarms name their native metric, composite ones none; all tell since when and why", async () => {
  const all = await alarms(["alarm", "ok", "insufficient-data"]);
  expect(new Set(all.map((alarm) => alarm.metric))).toEqual(new Set(["AWS/EC2:CPUUtilization", null]));
  expect(all.every((alarm) => alarm.sinceMs !== null && alarm.sinceMs < NOW && (alarm.reason ?? "").length > 10)).toBe(true);
});
