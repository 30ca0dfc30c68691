import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Where } from "../../../src/contracts/index.ts";
import { volcengine } from "../../../src/providers/volcengine/index.ts";
import { collect } from "../fake-context.ts";
import { ACCOUNT, openError, openStubWorld, result } from "./stub-volcengine.ts";
import { NOW, openWorld, type World } from "./world.ts";

const MAIN = "2100012345";
const PAYMENTS = "2100067890";
const REGIONS = ["ap-southeast-1", "cn-beijing", "cn-guangzhou", "cn-shanghai"];

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
      "volcengine.ecs.DescribeRegions",
      "volcengine.ecs.DescribeRegions",
      "volcengine.sts.AssumeRole",
      "volcengine.sts.GetCallerIdentity",
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

  test("an account or a region of another cloud selects nothing", async () => {
    expect(await find({ accounts: { include: ["999999999999"] } })).toEqual([]);
    expect(await find({ regions: { include: ["us-east-1"] } })).toEqual([]);
  });

  test("regions can be named and left out; one that the account has not opens nothing", async () => {
    const accounts = { include: ["main"] };
    expect(await find({ regions: { include: ["CN-Beijing"] }, accounts })).toEqual([`${MAIN}/cn-beijing`]);
    expect(await find({ regions: { exclude: REGIONS.slice(1) }, accounts })).toEqual([`${MAIN}/ap-southeast-1`]);
    expect(await find({ regions: { include: ["ap-southeast-3"] }, accounts })).toEqual([]);
  });

  test("a scope of an account that was never opened in this process can be asked", async () => {
    await using fresh = await openWorld({ instances: 20 });
    const scope = { provider: "volcengine", account: PAYMENTS, region: "cn-beijing", service: "compute" };
    const context = fresh.context();
    await collect(fresh.provider.resources["virtual-machine"]!(scope, {}, context));
    expect(context.calls).toEqual(["volcengine.sts.AssumeRole", "volcengine.ecs.DescribeInstances"]);
  });

  test("a role is assumed again before its hour is over", async () => {
    await using fresh = await openWorld({ instances: 20 });
    const scope = { provider: "volcengine", account: PAYMENTS, region: "cn-beijing", service: "compute" };
    const at = async (minutes: number) => {
      const context = fresh.context();
      const clock = { ...context.runtime.clock, now: () => NOW + minutes * 60_000 };
      await collect(fresh.provider.resources["virtual-machine"]!(scope, {}, { ...context, runtime: { ...context.runtime, clock } }));
      return context.count("volcengine.sts.AssumeRole");
    };
    expect([await at(0), await at(50), await at(56), await at(57)]).toEqual([1, 0, 1, 0]);
  });

  test("a role that may not be assumed fails alone", async () => {
    await using fresh = await openWorld({ instances: 20, faults: ["volcengine:AssumeRole:expired"] });
    const findings = await collect(fresh.provider.scopes({}, fresh.context()));
    const failures = findings.filter((finding) => "failure" in finding);
    expect(failures.map(({ scope }) => `${scope.account}/${scope.region}`)).toEqual([`${PAYMENTS}/*`]);
    expect(findings.length - failures.length).toBe(REGIONS.length);
  });
});

describe("keys", () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "volc-"));
    await mkdir(join(home, ".volc"));
    await writeFile(join(home, ".volc", "config"), JSON.stringify({ VOLC_ACCESSKEY: "AKLTFILEFILEFILE9999", VOLC_SECRETKEY: "file" }));
  });
  afterAll(() => rm(home, { recursive: true }));

  const keys = (key: string, secret: string) => ({ [key]: "AKLTENVIRONMENTX7Q2X", [secret]: "s" });

  test.each([
    ["VOLCENGINE_ACCESS_KEY", "VOLCENGINE_SECRET_KEY"],
    ["VOLC_ACCESSKEY", "VOLC_SECRETKEY"],
    ["VOLCENGINE_ACCESS_KEY_ID", "VOLCENGINE_ACCESS_KEY_SECRET"],
  ])("of %s are found, before those of the file", async (key, secret) => {
    await using world = await openStubWorld(() => undefined, {}, { ...keys(key, secret), HOME: home });
    expect(await world.provider.check(world.context)).toEqual({
      status: "ok",
      source: `environment (${key}) (AKLT…7Q2X)`,
      identity: ACCOUNT,
    });
    expect(world.requests[0]!.headers.authorization).toContain("AKLTENVIRONMENTX7Q2X/");
  });

  test("of ~/.volc/config are found", async () => {
    await using world = await openStubWorld(() => undefined, {}, { HOME: home });
    expect(await world.provider.check(world.context)).toMatchObject({ status: "ok", source: "~/.volc/config (AKLT…9999)" });
  });

  test("that are temporary send their token", async () => {
    const env = { ...keys("VOLC_ACCESSKEY", "VOLC_SECRETKEY"), VOLC_SESSIONTOKEN: "token" };
    await using world = await openStubWorld(() => undefined, {}, env);
    await world.provider.check(world.context);
    expect(world.requests[0]!.headers["x-security-token"]).toBe("token");
  });

  test("of the options go before all others", async () => {
    const accounts = [{ accessKeyId: "AKLTOPTIONSOPTIONS11", secretAccessKey: "s" }];
    await using world = await openStubWorld(() => undefined, { accounts }, { HOME: home });
    expect(await world.provider.check(world.context)).toMatchObject({ source: "options (AKLT…NS11)" });
  });

  test("that are nowhere are a sentence that names what to set, and nothing is asked", async () => {
    await using world = await openStubWorld(() => undefined, {}, {});
    await expect(collect(world.provider.scopes({}, world.context))).rejects.toMatchObject({
      code: "CREDENTIAL_MISSING",
      hint: { en: expect.stringContaining("VOLCENGINE_ACCESS_KEY") },
    });
    expect(world.requests).toEqual([]);
    expect(await world.provider.check(world.context)).toMatchObject({ status: "not-configured", identity: null });
  });

  test("of which only one half is set are told, not passed over", async () => {
    const env = { VOLCENGINE_ACCESS_KEY: "AKLTHALFHALFHALF7Q2X" };
    await using world = await openStubWorld(() => undefined, {}, env);
    expect(await volcengine({}, { env }).configured!(new AbortController().signal)).toBe(true);
    await expect(collect(world.provider.scopes({}, world.context))).rejects.toMatchObject({
      code: "CREDENTIAL_MISSING",
      message: expect.stringContaining("VOLCENGINE_ACCESS_KEY is set, VOLCENGINE_SECRET_KEY is not"),
    });
  });

  test("decide whether the cloud is asked at all", async () => {
    const { signal } = new AbortController();
    const configured = (env: Record<string, string>) => volcengine({}, { env }).configured!(signal);
    expect(await configured({})).toBe(false);
    expect(await configured({ HOME: join(home, "nobody") })).toBe(false);
    expect(await configured({ HOME: home })).toBe(true);
    expect(await configured(keys("VOLC_ACCESSKEY", "VOLC_SECRETKEY"))).toBe(true);
    expect(await volcengine({ accounts: [{ name: "a" }] }, { env: {} }).configured!(signal)).toBe(true);
  });

  test("that are refused fail the check with the reason", async () => {
    await using world = await openStubWorld(() => openError("InvalidAccessKey", 401));
    expect(await world.provider.check(world.context)).toMatchObject({ status: "failed", failure: { code: "PROVIDER_UNAUTHENTICATED" } });
  });

  test("of two entries of one account count once", async () => {
    await using world = await openStubWorld(() => result({ AccountId: Number(ACCOUNT) }), { accounts: [{ name: "one" }, { name: "two" }] });
    expect(await collect(world.provider.scopes({}, world.context))).toHaveLength(1);
  });
});
