import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProviderContext, Where } from "../../../src/contracts/index.ts";
import { alicloud } from "../../../src/providers/alicloud/index.ts";
import { collect, type FakeContext, fakeContext } from "../fake-context.ts";
import { ACCOUNT, openStubWorld, rpcError } from "./stub-world.ts";
import { MAIN, NOW, openWorld, PAYMENTS, type World } from "./world.ts";

const REGIONS = ["ap-southeast-1", "cn-beijing", "cn-hangzhou", "cn-shanghai", "eu-central-1"];

describe("two accounts, one behind a role", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ instances: 60 });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const find = async (where: Where, context = world.context()) => {
    const findings = await collect(world.provider.scopes(where, context));
    return findings
      .map((finding) => `${finding.scope.account}/${finding.scope.region}${"failure" in finding ? ` ${finding.failure.code}` : ""}`)
      .sort();
  };

  test("are asked in all their regions", async () => {
    expect(await find({})).toEqual([MAIN, PAYMENTS].flatMap((account) => REGIONS.map((region) => `${account}/${region}`)).sort());
  });

  test("identity, role and regions are asked for once in the life of a provider", async () => {
    await using fresh = await openWorld({ instances: 20 });
    const contexts = [fresh.context(), fresh.context()];
    await Promise.all(contexts.map((context) => fresh.scopes(context)));
    const later = fresh.context();
    await fresh.scopes(later);
    expect(contexts.flatMap((context) => context.calls).sort()).toEqual([
      "alicloud.ecs.DescribeRegions",
      "alicloud.ecs.DescribeRegions",
      "alicloud.sts.AssumeRole",
      "alicloud.sts.GetCallerIdentity",
    ]);
    expect(later.calls).toEqual([]);
  });

  test("accounts can be named by id or by name, and left out", async () => {
    const payments = REGIONS.map((region) => `${PAYMENTS}/${region}`);
    expect(await find({ accounts: { include: [PAYMENTS] } })).toEqual(payments);
    expect(await find({ accounts: { include: ["Payments"] } })).toEqual(payments);
    expect(await find({ accounts: { exclude: ["main"] } })).toEqual(payments);
    expect(world.provider.accountNames).toEqual({ [MAIN]: "main", [PAYMENTS]: "payments" });
  });

  test("an account that nobody configured, which may be another cloud's, opens nothing", async () => {
    expect(await find({ accounts: { include: ["999999999999"] } })).toEqual([]);
  });

  test("regions can be named and left out", async () => {
    expect(await find({ regions: { include: ["CN-Hangzhou"] }, accounts: { include: ["main"] } })).toEqual([`${MAIN}/cn-hangzhou`]);
    expect(await find({ regions: { exclude: REGIONS.slice(1) }, accounts: { include: ["main"] } })).toEqual([`${MAIN}/ap-southeast-1`]);
  });

  test("a region of this cloud that the account does not have opens nothing", async () => {
    expect(await collect(world.provider.scopes({ regions: { include: ["cn-chengdu"] } }, world.context()))).toEqual([]);
  });

  test("regions of other clouds open nothing, and nobody is asked", async () => {
    await using fresh = await openWorld({ instances: 20 });
    const context = fresh.context();
    expect(await collect(fresh.provider.scopes({ regions: { include: ["us-east-2", "westeurope"] } }, context))).toEqual([]);
    expect(context.calls).toEqual([]);
  });

  test("a scope of an account that was never opened in this process can be asked", async () => {
    await using fresh = await openWorld({ instances: 60 });
    const scope = { provider: "alicloud", account: PAYMENTS, region: "cn-hangzhou", service: "compute" };
    const context = fresh.context();
    await collect(fresh.provider.resources["virtual-machine"]!(scope, {}, context));
    expect(context.calls).toEqual(["alicloud.sts.AssumeRole", "alicloud.ecs.DescribeInstances"]);
  });

  test("a scope of an account that nobody configured is not found", async () => {
    const scope = { provider: "alicloud", account: "1", region: "cn-hangzhou", service: "compute" };
    await expect(collect(world.provider.resources["virtual-machine"]!(scope, {}, world.context()))).rejects.toMatchObject({
      code: "PROVIDER_NOT_FOUND",
    });
  });

  test("a role that may not be assumed fails alone", async () => {
    await using fresh = await openWorld({ instances: 60, faults: ["alicloud:AssumeRole:expired"] });
    const findings = await collect(fresh.provider.scopes({}, fresh.context()));
    const failures = findings.filter((finding) => "failure" in finding);
    expect(failures.map(({ scope }) => `${scope.account}/${scope.region}`)).toEqual([`${PAYMENTS}/*`]);
    expect(findings.length - failures.length).toBe(REGIONS.length);
  });

  test("an account whose regions cannot be found is a failure for all its regions", async () => {
    await using fresh = await openWorld({ instances: 20, faults: ["alicloud:DescribeRegions:500"] });
    const findings = await collect(fresh.provider.scopes({ accounts: { include: ["main"] } }, fresh.context()));
    expect(findings).toMatchObject([{ scope: { account: MAIN, region: "*" }, failure: { code: "PROVIDER_UNAVAILABLE" } }]);
  });

  test("an abort of the caller who began is not the failure of the one who waits", async () => {
    await using fresh = await openWorld({ instances: 60, latencyMs: 30 });
    const controller = new AbortController();
    const first = fresh.scopes(fresh.context({ signal: controller.signal })).catch((error: unknown) => error);
    const second = fresh.scopes();
    const reason = new Error("gone");
    setTimeout(() => controller.abort(reason), 10);
    expect(await first).toBe(reason);
    expect(await second).toHaveLength(10);
  });
});

describe("the session of a role", () => {
  /** A context of later that day, when a role's hour is over. */
  function later(context: FakeContext): FakeContext {
    const { runtime } = context;
    return { ...context, runtime: { ...runtime, clock: { ...runtime.clock, now: () => NOW + 7_200_000 } } };
  }
  const scope = { provider: "alicloud", account: PAYMENTS, region: "cn-hangzhou", service: "compute" };

  test("is kept for its hour, and then renewed", async () => {
    await using world = await openWorld({ instances: 60 });
    await world.scopes();
    const list = world.provider.resources["virtual-machine"]!;
    const [soon, afterwards] = [world.context(), later(world.context())];
    await collect(list(scope, {}, soon));
    await collect(list(scope, {}, afterwards));
    expect(soon.calls).toEqual(["alicloud.ecs.DescribeInstances"]);
    expect(afterwards.calls).toEqual(["alicloud.sts.AssumeRole", "alicloud.ecs.DescribeInstances"]);
  });

  test("a run that is stopped while it assumes a role does not fail another one that waits for the role", async () => {
    await using world = await openWorld({ instances: 60 });
    await world.scopes();
    const controller = new AbortController();
    const { signal } = controller;
    const asked = Promise.withResolvers<void>();
    const never: ProviderContext["call"] = () => {
      asked.resolve();
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    };
    const list = world.provider.resources["virtual-machine"]!;
    const stopped = list(scope, {}, { ...later(world.context({ signal })), call: never })
      [Symbol.asyncIterator]()
      .next();
    await asked.promise;
    const context = later(world.context());
    const going = list(scope, {}, context)[Symbol.asyncIterator]().next();
    // The second one comes to wait for the role.
    await new Promise((resolve) => setImmediate(resolve));
    const reason = new Error("stopped");
    controller.abort(reason);
    await expect(stopped).rejects.toBe(reason);
    expect((await going).value.length).toBeGreaterThan(0);
    expect(context.calls).toEqual(["alicloud.sts.AssumeRole", "alicloud.ecs.DescribeInstances"]);
  });
});

describe("options", () => {
  test("configured regions cost no request, and others are not asked", async () => {
    await using world = await openStubWorld(() => undefined, { regions: ["cn-beijing", "cn-shanghai"] });
    const find = async (where: Where) => (await collect(world.provider.scopes(where, world.context))).map(({ scope }) => scope.region);
    expect(await find({})).toEqual(["cn-beijing", "cn-shanghai"]);
    expect(await find({ regions: { include: ["cn-shanghai", "cn-shenzhen"] } })).toEqual(["cn-shanghai"]);
    expect(world.requests.map(({ operation, host }) => `${operation} ${host}`)).toEqual(["GetCallerIdentity sts.aliyuncs.com"]);
  });
});

test("two configured entries of one account count once, and are left out by either name", async () => {
  const accounts = [
    { id: ACCOUNT, name: "shop" },
    { id: ACCOUNT, name: "store" },
  ];
  await using world = await openStubWorld(() => undefined, {}, accounts);
  expect(await collect(world.provider.scopes({}, world.context))).toHaveLength(1);
  for (const name of ["shop", "store", ACCOUNT]) {
    expect(await collect(world.provider.scopes({ accounts: { exclude: [name] } }, world.context))).toEqual([]);
  }
});

describe("the check", () => {
  test("tells the identity of all accounts", async () => {
    await using world = await openWorld({ instances: 20 });
    expect(await world.provider.check(world.context())).toEqual({
      status: "ok",
      source: `emulator ${world.url}; emulator ${world.url} → acs:ram::${PAYMENTS}:role/nephoscope-read`,
      identity: `${MAIN}, ${PAYMENTS}`,
    });
  });

  test("of refused credentials fails with the reason", async () => {
    await using world = await openStubWorld(() => rpcError("InvalidAccessKeyId.NotFound", 404));
    expect(await world.provider.check(world.context)).toMatchObject({ status: "failed", failure: { code: "PROVIDER_UNAUTHENTICATED" } });
  });

  test("of an emulator that does not answer fails", async () => {
    const provider = alicloud({}, { env: { NEPHOSCOPE_EMULATOR: "http://127.0.0.1:9" } });
    expect(await provider.check(fakeContext())).toMatchObject({ status: "failed", failure: { code: "PROVIDER_UNAVAILABLE" } });
  });

  test("names the account that it found", async () => {
    await using world = await openStubWorld(() => undefined);
    expect((await world.provider.check(world.context)).identity).toBe(ACCOUNT);
  });
});
