import { describe, expect, it } from "vitest";
import type { Provider } from "../../src/contracts/index.ts";
import { memory } from "../../src/providers/memory/index.ts";
import { LAST_5_MINUTES, NOW_MS, objectsOf, runSteps } from "./run.ts";

const place = (region: string, ...places: string[]) => ({ id: region, partition: "memory", places });

function cloud(id: string, region: string, more: Partial<Provider> = {}): Provider {
  return { ...memory({ id, resources: [{ id: `${id}-1`, region }] }), ...more };
}

const list = (providers: readonly Provider[], where = {}) =>
  runSteps([["list", "resources.list", { kind: "virtual-machine", where }]], { providers });
const unconfigured: Partial<Provider> = { configured: async () => false };

describe("a cloud for which nothing is configured", () => {
  it("is not asked, which a note says", async () => {
    const { table, receipt, usage } = await list([cloud("one", "north"), cloud("two", "south", unconfigured)]);
    expect(objectsOf(table)?.map(({ provider }) => provider)).toEqual(["one"]);
    expect(receipt).toMatchObject({ complete: true, notes: ["Not asked, because nothing is configured for it: two."] });
    expect(Object.keys(usage.apiCalls.byOperation)).toEqual(["one.resources.List"]);
  });

  it("is asked when the question names it", async () => {
    const { table } = await list([cloud("one", "north"), cloud("two", "south", unconfigured)], { providers: { include: ["two"] } });
    expect(objectsOf(table)?.map(({ provider }) => provider)).toEqual(["two"]);
  });

  it("is asked when it is the only one, since it says best what it misses", async () => {
    expect((await list([cloud("one", "north", unconfigured)])).table?.rows).toHaveLength(1);
  });

  it("is an error with a way out when there is no other", async () => {
    const { failure } = await list([cloud("one", "north", unconfigured), cloud("two", "south", unconfigured)]);
    expect(failure).toMatchObject({ code: "CREDENTIAL_MISSING", text: { en: expect.stringContaining("one, two") } });
  });
});

describe("places that the question names", () => {
  it("spare the clouds that do not have them", async () => {
    const { usage, receipt } = await list([cloud("one", "north"), cloud("two", "south")], { regions: { include: ["south"] } });
    expect(Object.keys(usage.apiCalls.byOperation)).toEqual(["two.resources.List"]);
    expect(receipt.complete).toBe(true);
  });

  it("are a note where a cloud has them and no account reaches them, since a place name may stand for many", async () => {
    const one = cloud("one", "north", { regions: [place("north", "oslo"), place("closed", "oslo")] });
    const { receipt, table } = await list([one], { regions: { include: ["north", "closed"] } });
    expect(table?.rows).toHaveLength(1);
    expect(receipt).toMatchObject({ complete: true, notes: ["Not asked, because no configured account has them: closed (one)."] });
  });

  it("are a failure where no account reaches any of them", async () => {
    const one = cloud("one", "north", { regions: [place("north"), place("closed")] });
    const { receipt } = await list([one], { regions: { include: ["closed"] } });
    expect(receipt).toMatchObject({
      complete: false,
      scopes: [
        { region: "closed", provider: "one", account: "*", listing: "failed", failed: 1, reasons: [{ code: "PROVIDER_NOT_FOUND" }] },
      ],
    });
  });

  it("spare the clouds whose accounts are known to be called otherwise", async () => {
    const scopes = () => {
      throw new Error("it was asked");
    };
    const one = cloud("one", "north", { accountNames: { main: "shop" }, scopes });
    const two: Provider = { ...memory({ id: "two", resources: [{ id: "b", account: "other" }] }), accountNames: { other: "depot" } };
    const { usage, receipt } = await list([one, two], { accounts: { include: ["other"] } });
    expect(usage.apiCalls.byOperation).toEqual({ "two.resources.List": 1 });
    expect(receipt.complete).toBe(true);
  });

  it("may be accounts of one cloud among several", async () => {
    const one = cloud("one", "north", { accountNames: { main: "Shop" } });
    const two: Provider = { ...memory({ id: "two", resources: [{ id: "b", account: "other" }] }) };
    expect((await list([one, two], { accounts: { include: ["other"] } })).receipt).toMatchObject({ complete: true });
    const { receipt } = await list([one, two], { accounts: { include: ["main", "nobody"] } });
    expect(receipt.complete).toBe(false);
    expect(receipt.scopes).toMatchObject([
      { provider: "*", account: "nobody", region: "*", failed: 1 },
      { provider: "one", account: "main", listing: "complete" },
    ]);
  });
});

it("an account name that several clouds have means that of the cloud which is asked, and no failure of the others", async () => {
  const one = cloud("one", "north", { accountNames: { main: "payments" } });
  const two: Provider = { ...memory({ id: "two", resources: [{ id: "b", account: "other" }] }), accountNames: { other: "payments" } };
  const only = { providers: { include: ["one"] } };
  const { receipt } = await list([one, two], { ...only, accounts: { include: ["main", "other"] } });
  expect(receipt).toMatchObject({ complete: true, scopes: [{ provider: "one", account: "main" }] });
  const { receipt: nobody } = await list([one, two], { ...only, accounts: { include: ["main", "nobody"] } });
  expect(nobody.complete).toBe(false);
});

it("a window ends where the asked clouds have their points, whatever the others are like", async () => {
  const quick = memory({ id: "quick", resources: [{ id: "a", region: "north", metrics: { "cpu.utilization": 5 } }] });
  const slow = memory({ id: "slow", lagMs: 600_000, resources: [{ id: "b", region: "south", metrics: { "cpu.utilization": 5 } }] });
  const cpu = async (where: object) => {
    const { window } = await runSteps(
      [
        ["list", "resources.list", { kind: "virtual-machine", where }],
        ["some", "table.filter", { rows: { from: "list" }, all: [{ column: "state", operator: "eq", value: "running" }] }],
        [
          "cpu",
          "metrics.query",
          { resources: { from: "some" }, metrics: ["cpu.utilization"], statistic: "average", window: LAST_5_MINUTES },
        ],
      ],
      { providers: [quick, slow] },
    );
    return window && NOW_MS - window.toMs;
  };
  expect(await cpu({ providers: { include: ["quick"] } })).toBeLessThan(300_000);
  expect(await cpu({})).toBeGreaterThanOrEqual(600_000);
});
