import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { alicloud } from "../../../src/providers/alicloud/index.ts";
import { keySource } from "../../../src/providers/alicloud/key-source.ts";
import { sdkLoader } from "../../../src/providers/alicloud/sdk.ts";
import { collect, fakeContext } from "../fake-context.ts";

let home: string;
let before: NodeJS.ProcessEnv;
beforeEach(async () => {
  before = { ...process.env };
  home = await mkdtemp(join(tmpdir(), "nephoscope-"));
  for (const name of Object.keys(process.env)) if (name.startsWith("ALIBABA_CLOUD_")) delete process.env[name];
  Object.assign(process.env, { HOME: home, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" });
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await rm(home, { recursive: true });
});

async function writeProfiles(): Promise<void> {
  const profile = (name: string, access_key_id: string) => ({
    name,
    mode: "AK",
    access_key_id,
    access_key_secret: "s",
    region_id: "cn-beijing",
  });
  await mkdir(join(home, ".aliyun"));
  const config = { current: "default", profiles: [profile("default", "LTAIdefault000000000"), profile("prod", "LTAIprod000000007Q2X")] };
  await writeFile(join(home, ".aliyun/config.json"), JSON.stringify(config));
}

describe("keys", () => {
  test("come from the environment, session token included", async () => {
    Object.assign(process.env, {
      ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAIenv0000000000000",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret",
      ALIBABA_CLOUD_SECURITY_TOKEN: "token",
    });
    expect(await keySource(sdkLoader(), undefined)()).toEqual({
      accessKeyId: "LTAIenv0000000000000",
      accessKeySecret: "secret",
      securityToken: "token",
      providerName: "default/env",
    });
  });

  test("come from the file of the CLI, its current profile or the one that is named", async () => {
    await writeProfiles();
    expect((await keySource(sdkLoader(), undefined)()).accessKeyId).toBe("LTAIdefault000000000");
    expect((await keySource(sdkLoader(), "prod")()).accessKeyId).toBe("LTAIprod000000007Q2X");
  });

  test("that are nowhere are a configuration error that names what to set", async () => {
    await expect(keySource(sdkLoader(), undefined)()).rejects.toMatchObject({
      code: "CREDENTIAL_MISSING",
      hint: { en: expect.stringContaining("ALIBABA_CLOUD_ACCESS_KEY_ID"), zh: expect.stringContaining("nephoscope doctor") },
    });
    await expect(keySource(sdkLoader(), "nobody")()).rejects.toMatchObject({ code: "CREDENTIAL_MISSING" });
  });

  test("that were missing are found once they are there", async () => {
    const keys = keySource(sdkLoader(), undefined);
    await expect(keys()).rejects.toMatchObject({ code: "CREDENTIAL_MISSING" });
    Object.assign(process.env, { ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAIenv0000000000000", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret" });
    expect((await keys()).accessKeyId).toBe("LTAIenv0000000000000");
  });
});

describe("without credentials", () => {
  test("a question is refused, and nothing is sent", async () => {
    const context = fakeContext();
    await expect(collect(alicloud({}, { env: {} }).scopes({}, context))).rejects.toMatchObject({ code: "CREDENTIAL_MISSING" });
    expect(context.calls).toEqual([]);
  });

  test("the check says that nothing is configured", async () => {
    expect(await alicloud({}, { env: {} }).check(fakeContext())).toMatchObject({
      status: "not-configured",
      identity: null,
      source: "default chain",
    });
    const profile = alicloud({ accounts: [{ profile: "prod" }] }, { env: {} });
    expect(await profile.check(fakeContext())).toMatchObject({ status: "not-configured", source: 'profile "prod"' });
  });
});

test("the check tells the source and the masked key", async () => {
  await writeProfiles();
  const provider = alicloud({ accounts: [{ profile: "prod" }, {}] }, { env: {} });
  // No request may leave: what it would say is not the point.
  const context = { ...fakeContext(), call: async () => "1403275690172345" as never };
  expect((await provider.check(context)).source).toBe(
    'profile "prod", ~/.aliyun/config.json (LTAI…7Q2X); default chain, ~/.aliyun/config.json (LTAI…0000)',
  );
});

describe("whether anything is configured", () => {
  const configured = (env: Record<string, string>, options = {}) => alicloud(options, { env }).configured!(new AbortController().signal);

  test("is so where options, a variable or a file of the CLI say so", async () => {
    expect(await configured({ HOME: home })).toBe(false);
    expect(await configured({ HOME: home }, { accounts: [{ profile: "prod" }] })).toBe(true);
    expect(await configured({ HOME: home, ALIBABA_CLOUD_ACCESS_KEY_ID: "x" })).toBe(true);
    await writeProfiles();
    expect(await configured({ HOME: home })).toBe(true);
  });

  test("a list of regions is no credential", async () => {
    expect(await configured({ HOME: home }, { regions: ["cn-beijing"] })).toBe(false);
  });
});
