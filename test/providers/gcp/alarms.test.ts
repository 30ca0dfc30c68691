import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Alarm, AlarmState } from "../../../src/contracts/index.ts";
import { collect } from "../fake-context.ts";
import { openStubWorld, PROJECT, STUB_SCOPE } from "./stub-world.ts";
import { NOW, openWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ instances: 400 });
});
afterAll(() => world[Symbol.asyncDispose]());

async function alarms(states: readonly AlarmState[], context = world.context()) {
  const pages = await Promise.all(
    (await world.scopes(context)).map(async (scope) =>
      (await collect(world.provider.alarms!.list(scope, states, context))).flat().map((alarm) => ({ ...alarm, region: scope.region })),
    ),
  );
  return pages.flat();
}

test.each<[AlarmState[]]>([[["alarm"]], [["ok"]], [["alarm", "ok", "insufficient-data"]]])(
  "alarms in %j equal the ground truth",
  async (states) => {
    const factsOf = ({ id, name, state, resource, region }: Pick<Alarm, "id" | "name" | "state" | "resource"> & { region: string }) =>
      [region, id, name, state, resource].join(" ");
    const expected = (await world.truth()).alarms.filter((alarm) => states.includes(alarm.state));
    expect(expected.length).toBeGreaterThan(0);
    expect((await alarms(states)).map(factsOf).sort()).toEqual(expected.map(factsOf).sort());
  },
);

test("those that fire tell since when and why, the others only why", async () => {
  for (const { state, sinceMs, metric, reason } of await alarms(["alarm", "ok"])) {
    expect(metric).toBe("compute.googleapis.com/instance/cpu/utilization");
    expect((reason ?? "").length).toBeGreaterThan(5);
    if (state === "ok") expect(sinceMs).toBeNull();
    else expect(sinceMs).toBeLessThan(NOW);
  }
});

test("policies and open alerts of a project are listed once, for all its regions", async () => {
  const context = world.context();
  await alarms(["alarm"], context);
  expect([context.count("gcp.monitoring.ListAlertPolicies"), context.count("gcp.monitoring.ListAlerts")]).toEqual([2, 2]);
});

describe("replies of Cloud Monitoring", () => {
  const policy = (more: object) => ({
    name: `projects/${PROJECT}/alertPolicies/1`,
    displayName: "high CPU",
    enabled: true,
    conditions: [
      {
        displayName: "CPU above 80 %",
        conditionThreshold: { filter: 'metric.type="m.googleapis.com/cpu" AND resource.type="gce_instance"' },
      },
    ],
    ...more,
  });
  const alert = (zone: string | undefined, instance: string, more: object = {}) => ({
    openTime: "2026-11-22T09:00:00Z",
    policy: { name: `projects/${PROJECT}/alertPolicies/1` },
    resource: { type: "gce_instance", labels: { instance_id: instance, ...(zone === undefined ? {} : { zone }) } },
    ...more,
  });
  const list = async (alertPolicies: readonly object[], alerts: readonly object[], region = "us-central1") => {
    await using stub = await openStubWorld(({ operation }) => {
      if (operation === "instances")
        return { body: { items: { "zones/us-central1-a": {} }, unreachables: ["projects/p/zones/us-central1-a"] } };
      return { body: operation === "alerts" ? { alerts } : { alertPolicies } };
    });
    const scope = { ...STUB_SCOPE, region, service: "alarms" };
    return (await collect(stub.provider.alarms!.list(scope, ["alarm", "ok"], stub.context))).flat();
  };

  test("a policy on many machines is one alarm, since its oldest alert, and names them", async () => {
    const found = await list(
      [policy({})],
      [alert("us-central1-a", "7"), alert("us-central1-b", "8", { openTime: "2026-11-22T08:00:00Z" })],
    );
    expect(found).toEqual([
      {
        id: `projects/${PROJECT}/alertPolicies/1`,
        name: "high CPU",
        state: "alarm",
        sinceMs: Date.parse("2026-11-22T08:00:00Z"),
        metric: "m.googleapis.com/cpu",
        resource: null,
        reason: "CPU above 80 % (7, 8)",
      },
    ]);
  });

  test.each([
    ["without alerts", []],
    ["with alerts in several regions", [alert("us-central1-a", "7"), alert("asia-east1-a", "8")]],
    ["with an alert in a region without instances", [alert("us-east1-b", "7")]],
    ["with an alert of no place", [alert(undefined, "7")]],
  ])("a policy on no place %s is in the scope called global, and only there", async (_, alerts) => {
    expect(await list([policy({})], alerts, "global")).toHaveLength(1);
    expect(await list([policy({})], alerts)).toHaveLength(0);
  });

  test.each([
    'resource.labels.zone = "us-central1-f"',
    'resource.label.zone=starts_with("us-central1-")',
    "resource.labels.region='us-central1'",
  ])("a policy whose filter says %s is in that region", async (place) => {
    const conditions = [{ conditionThreshold: { filter: `metric.type="m" AND ${place}` } }];
    expect(await list([policy({ conditions })], [])).toMatchObject([{ state: "ok", metric: "m" }]);
  });

  test("a policy of several conditions has no metric and no resource of its own", async () => {
    const filter = 'metric.type="m" AND resource.labels.zone="us-central1-a" AND resource.labels.instance_id="7"';
    const condition = { displayName: "one", conditionThreshold: { filter } };
    expect(await list([policy({ conditions: [condition] })], [])).toMatchObject([{ metric: "m", resource: "7" }]);
    expect(await list([policy({ conditions: [condition, condition] })], [])).toMatchObject([
      { metric: null, resource: null, reason: "one" },
    ]);
  });

  test("a policy that is switched off is left out", async () => {
    expect(await list([policy({ enabled: false })], [], "global")).toEqual([]);
  });

  test.each<[string, object[], object[]]>([
    ["a policy without a name", [policy({ name: undefined })], []],
    ["an alert without a time", [policy({})], [alert("us-central1-a", "7", { openTime: undefined })]],
    ["an alert without a policy", [policy({})], [alert("us-central1-a", "7", { policy: undefined })]],
  ])("%s makes the reply invalid", async (_, policies, alerts) => {
    await expect(list(policies, alerts)).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });
});
