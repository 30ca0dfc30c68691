import { afterAll, beforeAll, expect, test } from "vitest";
import type { Alarm, AlarmState } from "../../../src/contracts/index.ts";
import { collect } from "../fake-context.ts";
import { openStubWorld, result } from "./stub-volcengine.ts";
import { NOW, openWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ instances: 400 });
});
afterAll(() => world[Symbol.asyncDispose]());

async function alarms(states: readonly AlarmState[], context = world.context()): Promise<Alarm[]> {
  const pages = await Promise.all((await world.scopes()).map((scope) => collect(world.provider.alarms!.list(scope, states, context))));
  return pages.flat(2);
}

test.each<[AlarmState[]]>([[["alarm"]], [["ok"]], [["alarm", "ok", "insufficient-data"]]])(
  "alarms in %j equal the ground truth",
  async (states) => {
    const factsOf = ({ id, name, state, resource }: Pick<Alarm, "id" | "name" | "state" | "resource">) =>
      [id, name, state, resource].join(" ");
    const expected = (await world.truth()).alarms.filter((alarm) => states.includes(alarm.state));
    expect(expected.length).toBeGreaterThan(0);
    expect((await alarms(states)).map(factsOf).sort()).toEqual(expected.map(factsOf).sort());
  },
);

test("alarms name their native metric; those that ring tell since when and why", async () => {
  const all = await alarms(["alarm"]);
  expect(all.every(({ metric }) => metric?.startsWith("VCM_ECS/Instance:"))).toBe(true);
  expect(all.every(({ sinceMs, reason }) => sinceMs !== null && sinceMs < NOW && (reason ?? "").length > 5)).toBe(true);
});

test("an account is asked once for all its regions", async () => {
  const context = world.context();
  await world.scopes();
  await alarms(["ok"], context);
  const pages = Math.ceil((await world.truth()).alarms.length / 100) + 1;
  expect(context.count("volcengine.volc_observe.ListRules")).toBeLessThanOrEqual(2 * pages);
});

test("a rule that rings in one of its regions does not ring in the others, and one that is switched off nowhere", async () => {
  const rule = {
    Namespace: "VCM_ECS",
    SubNamespace: "Instance",
    AlertState: "altering",
    EnableState: "enable",
    Regions: ["cn-beijing", "cn-shanghai"],
  };
  const more = { OriginalDimensions: { ResourceID: ["*"] }, Conditions: [{ MetricName: "CpuTotal" }] };
  const Data = [
    { ...rule, ...more, Id: "1", RuleName: "cpu" },
    { ...rule, ...more, Id: "2", RuleName: "off", EnableState: "disable" },
  ];
  const alert = { RuleId: "1", Region: "cn-shanghai", ResourceId: "i-1", StartAt: "2026-11-20T00:00:00Z", EndAt: "" };
  await using stub = await openStubWorld(({ operation }) => {
    if (operation === "ListRules") return result({ Data, TotalCount: 2 });
    return operation === "ListAlertGroup" ? result({ Data: [alert], TotalCount: 1 }) : undefined;
  });
  await collect(stub.provider.scopes({}, stub.context));
  const list = (region: string) =>
    collect(
      stub.provider.alarms!.list(
        { provider: "volcengine", account: "2100000001", region, service: "alarms" },
        ["alarm", "ok"],
        stub.context,
      ),
    );
  expect((await list("cn-beijing")).flat()).toMatchObject([{ id: "1", state: "ok", sinceMs: null }]);
  expect((await list("cn-shanghai")).flat()).toMatchObject([{ id: "1", state: "alarm", sinceMs: Date.UTC(2026, 10, 20), resource: null }]);
});
