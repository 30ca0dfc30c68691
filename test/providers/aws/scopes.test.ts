import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Where } from "../../../src/contracts/index.ts";
import { collect } from "../fake-context.ts";
import { ec2Error, identityXml } from "./stub-aws.ts";
import { ACCOUNT, openStubWorld, useKeys } from "./stub-world.ts";
import { openWorld, type World } from "./world.ts";

const MAIN = "111122223333";
const PAYMENTS = "444455556666";
const REGIONS = ["ap-northeast-1", "ap-southeast-1", "eu-central-1", "eu-west-1", "us-east-1", "us-west-2"];

describe("two accounts, one behind a role", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ instances: 20 });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const find = async (where: Where, context = world.context()) => {
    const findings = await collect(world.provider.scopes(where, context));
    return findings
      .map((finding) => `${finding.scope.account}/${finding.scope.region}${"failure" in finding ? ` ${finding.failure.code}` : ""}`)
      .sort();
  };

  test("are asked in all their enabled regions", async () => {
    expect(await find({})).toEqual([MAIN, PAYMENTS].flatMap((account) => REGIONS.map((region) => `${account}/${region}`)).sort());
  });

  test("regions that are not enabled are one note", async () => {
    const context = world.context();
    await find({}, context);
    expect(context.notes.map((note) => note.en)).toEqual(["AWS regions that are not enabled were not asked: ap-east-1."]);
  });

  test("identity, role and regions are asked for once in the life of a provider", async () => {
    await using fresh = await openWorld({ instances: 20 });
    const contexts = [fresh.context(), fresh.context()];
    await Promise.all(contexts.map((context) => fresh.scopes(context)));
    const later = fresh.context();
    await fresh.scopes(later);
    expect(contexts.flatMap((context) => context.calls).sort()).toEqual([
      "aws.ec2.DescribeRegions",
      "aws.ec2.DescribeRegions",
      "aws.sts.AssumeRole",
      "aws.sts.GetCallerIdentity",
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

  test("regions can be named and left out; those that are not enabled, or another cloud's, open nothing", async () => {
    expect(await find({ regions: { include: ["eu-west-1"] }, accounts: { include: ["main"] } })).toEqual([`${MAIN}/eu-west-1`]);
    expect(await find({ regions: { exclude: REGIONS.slice(1) }, accounts: { include: ["main"] } })).toEqual([`${MAIN}/ap-northeast-1`]);
    expect(await find({ regions: { include: ["ap-east-1"] } })).toEqual([]);
    expect(await find({ regions: { include: ["cn-north-1", "westeurope"] } })).toEqual([]);
  });

  test("a scope of an account that was never opened in this process can be asked", async () => {
    await using fresh = await openWorld({ instances: 20 });
    const scope = { provider: "aws", account: PAYMENTS, region: "us-east-1", service: "compute" };
    const context = fresh.context();
    await collect(fresh.provider.resources["virtual-machine"]!(scope, {}, context));
    expect(context.calls).toEqual(["aws.sts.AssumeRole", "aws.ec2.DescribeInstances"]);
  });

  test("a role that may not be assumed fails alone", async () => {
    await using fresh = await openWorld({ instances: 20, faults: ["aws:AssumeRole:expired"] });
    const findings = await collect(fresh.provider.scopes({}, fresh.context()));
    const failures = findings.filter((finding) => "failure" in finding);
    expect(failures.map(({ scope }) => `${scope.account}/${scope.region}`)).toEqual([`${PAYMENTS}/*`]);
    expect(findings.length - failures.length).toBe(REGIONS.length);
  });

  test("an account whose regions cannot be found is a failure for all its regions", async () => {
    await using fresh = await openWorld({ instances: 20, faults: ["aws:DescribeRegions:500"] });
    const findings = await collect(fresh.provider.scopes({ accounts: { include: ["main"] } }, fresh.context()));
    expect(findings).toMatchObject([{ scope: { account: MAIN, region: "*" }, failure: { code: "PROVIDER_UNAVAILABLE" } }]);
  });

  test("an abort of the caller who began is not the failure of the one who waits", async () => {
    await using fresh = await openWorld({ instances: 20, latencyMs: 30 });
    const controller = new AbortController();
    const first = fresh.scopes(fresh.context({ signal: controller.signal })).catch((error: unknown) => error);
    const second = fresh.scopes();
    const reason = new Error("gone");
    setTimeout(() => controller.abort(reason), 10);
    expect(await first).toBe(reason);
    expect(await second).toHaveLength(12);
  });
});

describe("the default chain", () => {
  let restore: () => void;
  beforeAll(() => {
    restore = useKeys();
  });
  afterAll(() => restore());

  test("AWS_ENDPOINT_URL with keys is enough, and then only the identity's own account is asked", async () => {
    await using world = await openWorld({ instances: 20 });
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: world.url,
      AWS_ACCESS_KEY_ID: "AKIAEMULATOR00000000",
      AWS_SECRET_ACCESS_KEY: "emulator-secret-key-for-tests-only",
    });
    try {
      const { aws } = await import("../../../src/providers/aws/index.ts");
      const provider = aws();
      expect(provider.emulated).toBe(false);
      const findings = await collect(provider.scopes({}, world.context()));
      expect(findings.map(({ scope }) => `${scope.account}/${scope.region}`).sort()).toEqual(REGIONS.map((region) => `${MAIN}/${region}`));
      const scope = { ...findings[0]!.scope, service: "compute" };
      expect((await collect(provider.resources["virtual-machine"]!(scope, {}, world.context()))).flat().length).toBeGreaterThan(0);
      await provider.close?.();
    } finally {
      delete process.env.AWS_ENDPOINT_URL;
      Object.assign(process.env, before);
    }
  });

  test("configured regions cost no request, and decide the partition's endpoints", async () => {
    await using world = await openStubWorld(() => undefined, { regions: ["eu-west-1", "eu-central-1"] });
    const findings = await collect(world.provider.scopes({}, world.context));
    expect(findings.map(({ scope }) => scope.region)).toEqual(["eu-west-1", "eu-central-1"]);
    expect(world.requests.map((request) => `${request.operation} ${request.region}`)).toEqual(["GetCallerIdentity eu-west-1"]);
  });

  test("an account of China is asked in China", async () => {
    await using world = await openStubWorld(() => undefined, { accounts: [{ partition: "aws-cn", regions: ["cn-northwest-1"] }] });
    const findings = await collect(world.provider.scopes({}, world.context));
    expect(findings.map(({ scope }) => scope.region)).toEqual(["cn-northwest-1"]);
    expect(world.requests.map((request) => request.region)).toEqual(["cn-north-1"]);
  });

  test("two configured entries of one account count once", async () => {
    await using world = await openStubWorld(() => ({ body: identityXml(ACCOUNT) }), { accounts: [{ name: "one" }, { name: "two" }] });
    const findings = await collect(world.provider.scopes({}, world.context));
    expect(findings).toHaveLength(1);
  });

  describe.each([
    ["prod", "prod-readonly"],
    ["prod-readonly", "prod"],
  ])("two names of one account, %s before %s", (first, second) => {
    const world = () => openStubWorld(() => undefined, { accounts: [{ name: first }, { name: second }] });

    test.each([first, second])("can be asked as %s", async (name) => {
      await using stub = await world();
      const findings = await collect(stub.provider.scopes({ accounts: { include: [name] } }, stub.context));
      expect(findings).toEqual([{ scope: { provider: "aws", account: ACCOUNT, region: "eu-west-1" } }]);
      expect(Object.values(stub.provider.accountNames).sort()).toEqual([first, second].sort());
    });

    test.each([first, second, ACCOUNT])("are both left out as %s", async (name) => {
      await using stub = await world();
      expect(await collect(stub.provider.scopes({ accounts: { exclude: [name] } }, stub.context))).toEqual([]);
    });

    test("are both known when both are asked for", async () => {
      await using stub = await world();
      const findings = await collect(stub.provider.scopes({ accounts: { include: [first, second] } }, stub.context));
      expect(findings.map(({ scope }) => scope.account)).toEqual([ACCOUNT]);
    });
  });

  test("no credentials at all are a sentence that names what to set", async () => {
    const keys = { AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY };
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    try {
      await using world = await openStubWorld(() => undefined);
      await expect(collect(world.provider.scopes({}, world.context))).rejects.toMatchObject({ code: "CREDENTIAL_MISSING" });
      expect(world.requests).toEqual([]);
      const check = await world.provider.check(world.context);
      expect(check).toMatchObject({ status: "not-configured", identity: null, source: "default chain" });
    } finally {
      Object.assign(process.env, keys);
    }
  });

  test("the check tells the source, the masked key and the identity", async () => {
    await using world = await openStubWorld(() => undefined);
    expect(await world.provider.check(world.context)).toEqual({
      status: "ok",
      source: "default chain, environment (AWS_ACCESS_KEY_ID) (AKIA…7Q2X)",
      identity: ACCOUNT,
    });
  });

  test("the check of refused credentials fails with the reason", async () => {
    await using world = await openStubWorld(() => ec2Error("InvalidClientTokenId"));
    expect(await world.provider.check(world.context)).toMatchObject({ status: "failed", failure: { code: "PROVIDER_UNAUTHENTICATED" } });
  });
});
