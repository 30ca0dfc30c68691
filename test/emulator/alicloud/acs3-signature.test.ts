import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { alicloudWorld, MAIN, PAYMENTS, PAYMENTS_ROLE, refusal, rows, succeeded } from "./alicloud-world.ts";
import { exchange } from "./http-exchange.ts";
import { CREDENTIALS, type RpcSigning, sendRpc, signedRpc } from "./rpc-request.ts";

const HOUR_MS = 3_600_000;
const IDENTITY: RpcSigning = { service: "sts", action: "GetCallerIdentity" };
const INSTANCES: RpcSigning = { service: "ecs", action: "DescribeInstances", parameters: { RegionId: "cn-hangzhou" } };

async function assumed(url: string, parameters: Readonly<Record<string, string>> = {}) {
  const reply = await sendRpc(url, {
    service: "sts",
    action: "AssumeRole",
    parameters: { RoleArn: PAYMENTS_ROLE, RoleSessionName: "test", ...parameters },
  });
  const { AccessKeyId, AccessKeySecret, SecurityToken } = succeeded(reply).Credentials as Record<string, string>;
  return { accessKeyId: AccessKeyId ?? "", accessKeySecret: AccessKeySecret ?? "", securityToken: SecurityToken ?? "" };
}

describe("ACS3 signatures", () => {
  it("are made here as in the worked example of the reference", () => {
    const { headers } = signedRpc({
      service: "ecs",
      action: "RunInstances",
      region: "cn-shanghai",
      parameters: { ImageId: "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", RegionId: "cn-shanghai" },
      credentials: { accessKeyId: "YourAccessKeyId", accessKeySecret: "YourAccessKeySecret" },
      dateMs: Date.parse("2023-10-26T10:22:32Z"),
      nonce: "3156853299f313e23d1673dc12e1703d",
    });
    expect(headers.authorization).toMatch(/Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0$/);
  });

  it("are accepted with the parameters in the query string and in a form", async () => {
    const { url } = await alicloudWorld();
    const inQuery = succeeded(await sendRpc(url, INSTANCES));
    const inForm = succeeded(await sendRpc(url, { ...INSTANCES, inBody: true }));
    expect(inForm.Instances).toEqual(inQuery.Instances);
    expect(inForm.RequestId).not.toBe(inQuery.RequestId);
  });

  it.each<[string, Partial<RpcSigning>, string]>([
    ["an unknown key", { credentials: { ...CREDENTIALS, accessKeyId: "LTAIunknown000000000" } }, "404 InvalidAccessKeyId.NotFound"],
    ["a wrong secret", { credentials: { ...CREDENTIALS, accessKeySecret: "wrong" } }, "400 SignatureDoesNotMatch"],
    ["a token that is none", { credentials: { ...CREDENTIALS, securityToken: "made-up" } }, "404 InvalidAccessKeyId.NotFound"],
    ["an old date", { dateMs: Date.now() - HOUR_MS }, "400 InvalidTimeStamp.Expired"],
    ["a date to come", { dateMs: Date.now() + HOUR_MS }, "400 InvalidTimeStamp.Expired"],
    [
      "another query string than was signed",
      { tamper: ({ target }) => ({ target: `${target}&Status=Running` }) },
      "400 SignatureDoesNotMatch",
    ],
    [
      "another body than was hashed",
      { inBody: true, tamper: ({ body }) => ({ body: `${body}&Status=Running` }) },
      "400 SignatureDoesNotMatch",
    ],
    [
      "another action than was signed",
      { tamper: ({ headers }) => ({ headers: { ...headers, "x-acs-action": "DescribeRegions" } }) },
      "400 SignatureDoesNotMatch",
    ],
    [
      "another host than was signed",
      { tamper: ({ headers }) => ({ headers: { ...headers, host: "ecs.cn-beijing.aliyuncs.com" } }) },
      "400 SignatureDoesNotMatch",
    ],
    [
      "a common header that was not signed",
      { tamper: ({ headers }) => ({ headers: { ...headers, "x-acs-credentials-provider": "x" } }) },
      "400 IncompleteSignature",
    ],
    [
      "an Authorization header of another form",
      { tamper: ({ headers }) => ({ headers: { ...headers, authorization: "ACS3-HMAC-SHA256 nonsense" } }) },
      "400 IncompleteSignature",
    ],
    ["no Authorization header", { tamper: ({ headers: { authorization: _, ...headers } }) => ({ headers }) }, "400 MissingAccessKeyId"],
  ])("with %s are refused", async (_, change, expected) => {
    const { url, calls } = await alicloudWorld();
    expect(refusal(await sendRpc(url, { ...INSTANCES, ...change }))).toBe(expected);
    expect((await calls())[0]).toMatchObject({
      provider: "alicloud",
      operation: expect.stringContaining("ecs."),
      signature: expect.not.stringMatching("^ok$"),
    });
  });

  it("hold once: the same nonce is refused, another one is not", async () => {
    const { url } = await alicloudWorld();
    const request = signedRpc(INSTANCES);
    succeeded(await exchange(url, request));
    expect(refusal(await exchange(url, request))).toBe("400 SignatureNonceUsed");
    succeeded(await exchange(url, signedRpc(INSTANCES)));
  });

  it("that are refused are told in the gateway's form", async () => {
    const { url } = await alicloudWorld();
    const { json } = await sendRpc(url, { ...INSTANCES, credentials: { ...CREDENTIALS, accessKeySecret: "wrong" } });
    expect(json).toEqual({
      RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      HostId: "ecs.cn-hangzhou.aliyuncs.com",
      Code: "SignatureDoesNotMatch",
      Message: expect.stringMatching(
        /^Specified signature is not matched with our calculation\. server string to sign is:ACS3-HMAC-SHA256\n/,
      ),
      Recommend: expect.stringContaining("https://api.aliyun.com/troubleshoot?q=SignatureDoesNotMatch"),
    });
  });
});

describe("STS", () => {
  it("says who a key belongs to, and opens sessions in the other account", async () => {
    const { url } = await alicloudWorld();
    expect(succeeded(await sendRpc(url, IDENTITY))).toMatchObject({ IdentityType: "RAMUser", AccountId: MAIN });
    const credentials = await assumed(url);
    expect(credentials.accessKeyId).toMatch(/^STS\./);
    expect(succeeded(await sendRpc(url, { ...IDENTITY, credentials }))).toMatchObject({
      IdentityType: "AssumedRoleUser",
      AccountId: PAYMENTS,
      Arn: `acs:ram::${PAYMENTS}:assumed-role/nephoscope-read/test`,
    });
  });

  it("answers a session for its own account", async () => {
    const { url, truth } = await alicloudWorld({ instances: 300 });
    const credentials = await assumed(url);
    const reply = succeeded(await sendRpc(url, { ...INSTANCES, parameters: { RegionId: "cn-hangzhou", MaxResults: 100 }, credentials }));
    const expected = (await truth()).resources.filter(
      (one) => one.kind === "virtual-machine" && one.account === PAYMENTS && one.region === "cn-hangzhou",
    );
    expect(rows(reply, "Instances.Instance").map((one) => one.InstanceId)).toEqual(expected.map((one) => one.id));
  });

  it("refuses sessions that ended and tokens whose secret was made up", async () => {
    const { url } = await alicloudWorld();
    const credentials = await assumed(url);
    const ended = Buffer.from(Buffer.from(credentials.securityToken, "base64").toString().replace(/\d+$/, "1000")).toString("base64");
    const keyed = (purpose: string) => createHmac("sha256", `nephoscope emulator alicloud ${purpose}`).update(ended).digest("base64");
    const old = {
      accessKeyId: `STS.${keyed("access")
        .replace(/[^A-Za-z0-9]/g, "")
        .slice(0, 25)}`,
      accessKeySecret: keyed("secret").slice(0, 44),
      securityToken: ended,
    };
    expect(refusal(await sendRpc(url, { ...IDENTITY, credentials: old }))).toBe("400 InvalidSecurityToken.Expired");
    const wrong = { ...credentials, accessKeySecret: "made up" };
    expect(refusal(await sendRpc(url, { ...IDENTITY, credentials: wrong }))).toBe("400 SignatureDoesNotMatch");
  });

  it.each([
    [{ RoleArn: "acs:ram::1782046351908264:role/other" }, "404 EntityNotExist.Role"],
    [{ RoleArn: "nonsense" }, "400 InvalidParameter.RoleArn"],
    [{ RoleSessionName: "!" }, "400 InvalidParameter.RoleSessionName"],
    [{ DurationSeconds: "10" }, "400 InvalidParameter.DurationSeconds"],
  ])("refuses AssumeRole with %j", async (change, expected) => {
    const { refused } = await alicloudWorld();
    expect(await refused("sts", "AssumeRole", { RoleArn: PAYMENTS_ROLE, RoleSessionName: "test", ...change })).toBe(expected);
  });
});
