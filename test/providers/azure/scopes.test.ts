import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Where } from "../../../src/contracts/index.ts";
import { azure } from "../../../src/providers/azure/index.ts";
import { collect, type FakeContext } from "../fake-context.ts";
import { graphReply, openStubWorld, type StubWorld } from "./stub-azure.ts";
import { MAIN, openWorld, PAYMENTS, REGIONS, type World } from "./world.ts";

const find = async ({ provider }: Pick<World, "provider">, where: Where, context: FakeContext) => {
  const findings = await collect(provider.scopes(where, context));
  return findings
    .map((finding) => `${finding.scope.account}/${finding.scope.region}${"failure" in finding ? ` ${finding.failure.code}` : ""}`)
    .sort();
};

describe("two subscriptions", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ instances: 60 });
  });
  afterAll(() => world[Symbol.asyncDispose]());
  const search = (where: Where) => find(world, where, world.context());

  test("are asked in all regions in which there is something, found by one request", async () => {
    const context = world.context();
    expect(await find(world, {}, context)).toEqual([MAIN, PAYMENTS].flatMap((account) => REGIONS.map((region) => `${account}/${region}`)));
    expect(context.count("azure.resourcegraph.Resources")).toBe(1);
  });

  test("can be named by id or by name, and left out", async () => {
    const payments = REGIONS.map((region) => `${PAYMENTS}/${region}`);
    expect(await search({ accounts: { include: [PAYMENTS.toUpperCase()] } })).toEqual(payments);
    expect(await search({ accounts: { include: ["Payments"] } })).toEqual(payments);
    expect(await search({ accounts: { exclude: ["main"] } })).toEqual(payments);
    expect(world.provider.accountNames).toEqual({ [MAIN]: "main", [PAYMENTS]: "payments" });
  });

  test("one that nobody configured, which may be another cloud's, opens nothing and asks nothing", async () => {
    const context = world.context();
    expect(await find(world, { accounts: { include: ["999999999999"] } }, context)).toEqual([]);
    expect(context.calls).toEqual([]);
  });

  test("regions can be named and left out; one of Azure is asked even where nothing runs, one of another cloud never", async () => {
    const main = { include: ["main"] };
    expect(await search({ regions: { include: ["WestEurope"] }, accounts: main })).toEqual([`${MAIN}/westeurope`]);
    expect(await search({ regions: { exclude: REGIONS.slice(1) }, accounts: main })).toEqual([`${MAIN}/eastus`]);
    expect(await search({ regions: { include: ["brazilsouth"] }, accounts: main })).toEqual([`${MAIN}/brazilsouth`]);
    expect(await search({ regions: { include: ["eu-west-1", "chinanorth3", "cn-beijing"] } })).toEqual([]);
  });

  test("configured regions bound them", async () => {
    await using bounded = await openWorld({ instances: 60 }, { regions: ["eastus"] });
    expect(await find(bounded, {}, bounded.context())).toEqual([`${MAIN}/eastus`, `${PAYMENTS}/eastus`]);
  });

  test("that cannot be found are failures for all their regions", async () => {
    await using broken = await openWorld({ instances: 60, faults: ["azure:Resources:500"] });
    expect(await find(broken, {}, broken.context())).toEqual([`${MAIN}/* PROVIDER_UNAVAILABLE`, `${PAYMENTS}/* PROVIDER_UNAVAILABLE`]);
  });

  test("a scope that was never found in this process can be asked", async () => {
    await using fresh = await openWorld({ instances: 60 });
    const scope = { provider: "azure", account: PAYMENTS, region: "eastus", service: "compute" };
    const context = fresh.context();
    expect((await collect(fresh.provider.resources["virtual-machine"]!(scope, {}, context))).flat().length).toBeGreaterThan(0);
    expect(context.calls).toEqual(["azure.entra.Token", "azure.resourcegraph.Resources"]);
  });

  test("an abort of the caller who began is not the failure of the one who waits", async () => {
    await using fresh = await openWorld({ instances: 60, latencyMs: 30 });
    const controller = new AbortController();
    const first = fresh.scopes(fresh.context({ signal: controller.signal })).catch((error: unknown) => error);
    const second = fresh.scopes();
    const reason = new Error("gone");
    setTimeout(() => controller.abort(reason), 10);
    expect(await first).toBe(reason);
    expect(await second).toHaveLength(8);
  });
});

describe("what Resource Graph says of subscriptions", () => {
  const opened = (rows: readonly object[]): Promise<StubWorld> =>
    openStubWorld(({ path }) => (path.endsWith("/resources") ? graphReply(rows) : undefined));
  const row = { id: `/subscriptions/${MAIN}`, subscriptionId: MAIN, name: "Main (display name)" };

  test("the configured name stays, and the display name is understood too", async () => {
    await using world = await opened([{ ...row, locations: ["WestEurope"] }]);
    expect(await find(world, { accounts: { include: ["main"] } }, world.context)).toEqual([`${MAIN}/westeurope`]);
    expect(world.provider.accountNames).toEqual({ [MAIN]: "main" });
  });

  test("one in which there is nothing has no regions", async () => {
    await using world = await opened([{ ...row, locations: null }]);
    expect(await find(world, {}, world.context)).toEqual([]);
  });

  test("one without a list of regions was cut", async () => {
    await using world = await opened([row]);
    expect(await find(world, {}, world.context)).toEqual([`${MAIN}/* PROVIDER_REPLY_INVALID`]);
  });
});

describe("whether Azure is configured", () => {
  const configured = (env: Record<string, string>, options = {}) => azure(options, { env }).configured!(new AbortController().signal);

  test.each([
    ["options", {}, { tenantId: "contoso" }, true],
    ["the environment", { AZURE_CLIENT_ID: "x" }, {}, true],
    ["a managed identity's address", { IDENTITY_ENDPOINT: "http://localhost" }, {}, true],
    ["nothing", { HOME: "/nowhere" }, {}, false],
  ])("is told by %s", async (_, env, options, expected) => {
    expect(await configured(env as Record<string, string>, options)).toBe(expected);
  });

  test("is what the emulator says in emulator mode", async () => {
    await using world = await openWorld({ instances: 10 });
    expect(await world.provider.configured!(new AbortController().signal)).toBe(true);
    await using other = await openWorld({ instances: 10, providers: ["aws"] });
    expect(await other.provider.configured!(new AbortController().signal)).toBe(false);
  });
});
