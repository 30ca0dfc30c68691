import { afterAll, beforeAll, expect, test } from "vitest";
import type { Alarm, AlarmState } from "../../../src/contracts/index.ts";
import type { Truth } from "../../../src/emulator/truth.ts";
import { collect } from "../fake-context.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let truth: Truth["alarms"];
beforeAll(async () => {
  world = await openWorld({ instances: 1_500 });
  truth = (await world.truth()).alarms;
});
afterAll(() => world[Symbol.asyncDispose]());

async function list(states: readonly AlarmState[], context = world.context()): Promise<(Alarm & { account: string; region: string })[]> {
  const lists = await Promise.all(
    (await world.scopes()).map(async (scope) => {
      const alarms = (await collect(world.provider.alarms!.list(scope, states, context))).flat();
      return alarms.map((alarm) => ({ ...alarm, account: scope.account, region: scope.region }));
    }),
  );
  return lists.flat();
}

const stateOf = ({ account, region, name, state }: { account: string; region: string; name: string; state: string }) =>
  `${account}/${region}/${name} ${state}`;

test.each([[["alarm"]], [["ok"]], [["insufficient-data"]], [["alarm", "ok", "insufficient-data"]]] as const)(
  "alarms in the states %j equal the ground truth",
  async (states) => {
    const expected = truth.filter(({ state }) => states.some((each) => each === state));
    const listed = await list(states);
    expect(listed.map(stateOf).sort()).toEqual(expected.map(stateOf).sort());
    if (states.length === 3) expect(listed.length).toBeGreaterThan(100);
  },
);

test("an alarm names its metric, the machine that it watches and its condition", async () => {
  const machines = new Set((await world.list("virtual-machine")).map(({ id }) => id));
  const alarms = await list(["alarm"]);
  const watching = alarms.filter(({ resource }) => resource !== null);
  expect(watching.length).toBeGreaterThan(0);
  for (const { resource, metric, reason } of watching) {
    expect(machines.has(resource!)).toBe(true);
    expect(world.provider.metrics!.parseNative(metric!, "virtual-machine")).toBeDefined();
    expect(reason).toMatch(/^(Average|Maximum|Minimum) [<>]=? \d+ \(\d+×\)$/);
  }
});

test("a hundred rules come at a time", async () => {
  const context = world.context();
  await list(["alarm", "ok", "insufficient-data"], context);
  const scopes = Map.groupBy(truth, ({ account, region }) => `${account}/${region}`);
  const pages = (await world.scopes()).map(({ account, region }) =>
    Math.max(1, Math.ceil((scopes.get(`${account}/${region}`)?.length ?? 0) / 100)),
  );
  expect(context.count("alicloud.cms.DescribeMetricRuleList")).toBe(pages.reduce((sum, count) => sum + count, 0));
});
