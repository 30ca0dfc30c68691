import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Where } from "../../../src/contracts/index.ts";
import { gcp } from "../../../src/providers/gcp/index.ts";
import { collect, fakeContext } from "../fake-context.ts";
import { googleError, instancesPage, openStubWorld, PROJECT } from "./stub-world.ts";
import { openWorld, type World } from "./world.ts";

const MAIN = "nimbus-main-417203";
const PAYMENTS = "nimbus-payments-418851";
const REGIONS = ["asia-east1", "asia-southeast1", "europe-west1", "global", "us-central1"];

describe("two projects", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ instances: 120 });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const find = async (where: Where, context = world.context()) => {
    const findings = await collect(world.provider.scopes(where, context));
    return findings
      .map((finding) => `${finding.scope.account}/${finding.scope.region}${"failure" in finding ? ` ${finding.failure.code}` : ""}`)
      .sort();
  };

  test("are asked in the regions in which they have instances, and globally", async () => {
    expect(await find({})).toEqual([MAIN, PAYMENTS].flatMap((account) => REGIONS.map((region) => `${account}/${region}`)).sort());
  });

  test("can be named by id or by name, and left out", async () => {
    const payments = REGIONS.map((region) => `${PAYMENTS}/${region}`);
    expect(await find({ accounts: { include: [PAYMENTS] } })).toEqual(payments);
    expect(await find({ accounts: { include: ["Payments"] } })).toEqual(payments);
    expect(await find({ accounts: { exclude: ["MAIN"] } })).toEqual(payments);
    expect(world.provider.accountNames).toEqual({ [MAIN]: "main", [PAYMENTS]: "payments" });
  });

  test("a project that nobody configured, which may be another cloud's account, opens nothing", async () => {
    expect(await find({ accounts: { include: ["999999999999"] } })).toEqual([]);
  });

  test("regions that are named are asked, instances or not, without a request", async () => {
    const context = world.context();
    expect(await find({ regions: { include: ["Us-West1"] }, accounts: { include: ["main"] } }, context)).toEqual([`${MAIN}/us-west1`]);
    expect(context.calls).toEqual([]);
  });

  test("regions of other clouds open nothing", async () => {
    expect(await find({ regions: { include: ["eu-central-1", "westeurope", "cn-hangzhou"] } })).toEqual([]);
  });

  test("regions can be left out", async () => {
    expect(await find({ regions: { exclude: REGIONS.slice(1) }, accounts: { include: ["main"] } })).toEqual([`${MAIN}/asia-east1`]);
  });

  test("a region that is denied is a scope all the same, whose list fails alone", async () => {
    await using denied = await openWorld({ instances: 120, deny: ["gcp:us-central1"] });
    const context = denied.context();
    const outcomes = await Promise.all(
      (await denied.scopes(context)).map(async (scope) => {
        const listed = await collect(denied.provider.resources["virtual-machine"]!(scope, {}, context)).catch(
          (error: { code: string }) => error.code,
        );
        return `${scope.region} ${Array.isArray(listed) ? "listed" : listed}`;
      }),
    );
    expect(new Set(outcomes)).toEqual(
      new Set(["us-central1 PROVIDER_UNAVAILABLE", ...REGIONS.slice(0, 4).map((region) => `${region} listed`)]),
    );
  });

  test("a project whose instances cannot be listed is a failure for all its regions, and the other is not", async () => {
    await using stub = await openStubWorld(() => googleError(403, "PERMISSION_DENIED"), {
      projects: [{ id: PROJECT }, { id: "other-project-2" }],
    });
    const findings = await collect(stub.provider.scopes({ accounts: { include: [PROJECT] } }, stub.context));
    expect(findings).toMatchObject([{ scope: { account: PROJECT, region: "*" }, failure: { code: "PROVIDER_FORBIDDEN" } }]);
  });

  test("a project that hangs does not hold up the other", async () => {
    await using stub = await openStubWorld(
      ({ path }) => (path.includes("other-project-2") ? { status: 503, body: "" } : { body: instancesPage([1]) }),
      { projects: [{ id: "other-project-2" }, { id: PROJECT }] },
    );
    const never = {
      ...stub.context,
      shared: <Item>(key: string, start: () => AsyncIterable<Item>) => (key.includes("other") ? hanging<Item>() : start()),
    };
    for await (const finding of stub.provider.scopes({}, never)) {
      expect(finding.scope).toEqual({ provider: "gcp", account: PROJECT, region: "us-central1" });
      break;
    }
  });
});

async function* hanging<Item>(): AsyncGenerator<Item> {
  await new Promise(() => {});
}

describe("projects", () => {
  test("that are configured cost no request", async () => {
    const provider = gcp({ projects: [{ id: "shop-prod-1", name: "prod" }], regions: ["us-central1"] }, { env: {} });
    const context = fakeContext();
    expect(await collect(provider.scopes({ accounts: { include: ["prod"] } }, context))).toEqual([
      { scope: { provider: "gcp", account: "shop-prod-1", region: "us-central1" } },
    ]);
    expect(context.calls).toEqual([]);
  });

  test("configured regions can be narrowed further", async () => {
    const provider = gcp({ projects: [{ id: "shop-prod-1" }], regions: ["us-central1", "asia-east1"] }, { env: {} });
    const findings = await collect(provider.scopes({ regions: { exclude: ["us-central1"] } }, fakeContext()));
    expect(findings.map(({ scope }) => scope.region)).toEqual(["asia-east1"]);
  });

  test("of the environment are the default", async () => {
    const provider = gcp({ regions: ["us-central1"] }, { env: { GOOGLE_CLOUD_PROJECT: "shop-prod-1" } });
    const findings = await collect(provider.scopes({}, fakeContext()));
    expect(findings.map(({ scope }) => scope.account)).toEqual(["shop-prod-1"]);
  });
});

describe("the check", () => {
  test("tells the projects, and the emulator as the source", async () => {
    await using world = await openWorld({ instances: 10 });
    const context = world.context();
    expect(await world.provider.check(context)).toEqual({
      status: "ok",
      source: `emulator ${world.url}`,
      identity: `${MAIN}, ${PAYMENTS}`,
    });
    expect(context.calls).toEqual(["gcp.compute.ListRegions", "gcp.compute.ListRegions"]);
  });

  test("of refused credentials fails with the reason", async () => {
    await using stub = await openStubWorld(() => googleError(401, "UNAUTHENTICATED"));
    expect(await stub.provider.check(stub.context)).toMatchObject({ status: "failed", failure: { code: "PROVIDER_UNAUTHENTICATED" } });
  });

  test("of an emulator that is not there fails", async () => {
    const provider = gcp({}, { env: { NEPHOSCOPE_EMULATOR: "http://127.0.0.1:9" } });
    expect(await provider.check(fakeContext())).toMatchObject({
      status: "failed",
      identity: null,
      failure: { code: "PROVIDER_UNAVAILABLE" },
    });
  });
});
