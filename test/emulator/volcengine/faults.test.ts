import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSession } from "../../../src/emulator/volcengine/credentials.ts";
import { type SignedCall, sendSigned, signedCall } from "./signed-call.ts";
import { startedVolcengine } from "./started-volcengine.ts";

const LIST = ["ecs", "DescribeInstances", { MaxResults: 10 }] as const;
const MEASURE = [
  "Volc_Observe",
  "GetMetricData",
  {
    Namespace: "VCM_ECS",
    SubNamespace: "Instance",
    MetricName: "Instance_CpuBusy",
    Period: "1m",
    StartTime: 1_773_132_900,
    EndTime: 1_773_133_200,
    Instances: [{ Dimensions: [{ Name: "ResourceID", Value: "i-nobody" }] }],
  },
] as const;

const REGIONS_CALL = { service: "ecs", query: { Action: "DescribeRegions", Version: "2020-04-01" } } as const;

async function outcomeOf(response: Response) {
  const { ResponseMetadata } = (await response.json()) as { ResponseMetadata: { Error?: { Code: string; CodeN?: number } } };
  return [response.status, ResponseMetadata.Error?.Code, ResponseMetadata.Error?.CodeN] as const;
}

describe("the signature", () => {
  it("is right where it follows the guide, and each way of being wrong has its own code", async () => {
    const { url, calls } = await startedVolcengine();
    const attempt = async (call: Partial<SignedCall>, headers: Record<string, string> = {}) =>
      outcomeOf(await sendSigned(url, { ...REGIONS_CALL, ...call }, headers));
    const { headers, target } = signedCall(REGIONS_CALL);
    expect(await attempt({})).toEqual([200, undefined, undefined]);
    const unsigned = await fetch(`${url}${target}`, { headers: { "X-Date": String(headers["X-Date"]) } });
    expect(await outcomeOf(unsigned)).toEqual([401, "MissingAuthenticationToken", 100_003]);
    expect(await attempt({}, { Authorization: "HMAC-SHA256 nonsense" })).toEqual([400, "InvalidAuthorization", 100_024]);
    expect(await attempt({ secret: "other" })).toEqual([401, "SignatureDoesNotMatch", 100_010]);
    const other = { Authorization: String(headers.Authorization), "X-Date": String(headers["X-Date"]) };
    const moved = await sendSigned(url, { ...REGIONS_CALL, query: { ...REGIONS_CALL.query, MaxResults: "2" } }, other);
    expect(await outcomeOf(moved)).toEqual([401, "SignatureDoesNotMatch", 100_010]);
    expect(await attempt({ date: "20200101T000000Z" })).toEqual([400, "InvalidTimestamp", 100_006]);
    const stranger = { Authorization: String(headers.Authorization).replace("AKLT", "AKLX") };
    expect(await attempt({}, stranger)).toEqual([401, "InvalidAccessKey", 100_009]);
    expect(await attempt({}, { "X-Security-Token": "STSnonsense" })).toEqual([401, "InvalidAccessKey", 100_009]);
    expect(await attempt({ region: "eu-north-9" })).toEqual([404, "ServiceNotFound", 100_007]);
    expect(await attempt({ service: "vod" })).toEqual([404, "ServiceNotFound", 100_007]);
    expect((await calls()).map((call) => call.signature)).toEqual([
      "ok",
      "missing",
      "malformed",
      "wrong",
      "wrong",
      "skewed",
      "unknown-key",
      "unknown-key",
      "ok",
      "ok",
    ]);
  });

  it("covers the body: one that was changed on the way is refused", async () => {
    const { url } = await startedVolcengine();
    const { headers, target } = signedCall({ ...REGIONS_CALL, method: "POST", body: { MaxResults: 1 } });
    const post = (body: string) => fetch(`${url}${target}`, { method: "POST", headers, body });
    expect((await outcomeOf(await post('{"MaxResults":1}')))[0]).toBe(200);
    expect(await outcomeOf(await post('{"MaxResults":2}'))).toEqual([401, "SignatureDoesNotMatch", 100_010]);
  });

  it("holds for names and values with any characters, as the vendor's SDK signs them", async () => {
    const world = await startedVolcengine();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1 }), async (name) => {
        const { ResponseMetadata } = await world.call("ecs", "DescribeInstances", { InstanceName: name });
        expect(ResponseMetadata.Error).toBeUndefined();
      }),
      { examples: [["订单 a+b&c='*(!)~%"]], numRuns: 30 },
    );
  });

  it("of a session holds until the session ends", async () => {
    const { url } = await startedVolcengine();
    const session = openSession("2100067890", "nephoscope-read", "test", Date.now() - 1_000);
    const call = { ...REGIONS_CALL, accessKeyId: session.accessKeyId, secret: session.secretAccessKey };
    const response = await sendSigned(url, call, { "X-Security-Token": session.sessionToken });
    expect(await outcomeOf(response)).toEqual([401, "InvalidSecretToken", 100_026]);
  });
});

describe("faults", () => {
  it.each([
    ["throttle", LIST, 429, "FlowLimitExceeded", 100_018],
    ["500", LIST, 500, "InternalError", 100_023],
    ["expired", LIST, 401, "InvalidSecretToken", 100_026],
    ["throttle", MEASURE, 200, "FlowLimitExceeded", 100_018],
    ["500", MEASURE, 200, "InternalError", 100_023],
    ["expired", MEASURE, 401, "InvalidSecretToken", 100_026],
  ] as const)("%s of %j", async (kind, call, status, code, number) => {
    const world = await startedVolcengine({ faults: [`volcengine:${call[1]}:${kind}:1`] });
    const [service, operation, input] = call;
    const again = () => world.call(service, operation, input);
    const refused = await again();
    expect(refused.ResponseMetadata.Error).toMatchObject({ Code: code, CodeN: number });
    expect(refused.Result).toBeUndefined();
    expect((await again()).ResponseMetadata.Error).toBeUndefined();
    expect((await world.calls()).map((record) => [record.status, record.fault])).toEqual([
      [status, kind],
      [200, null],
    ]);
  });

  it("loses a page by refusing its token and by handing it out again, in turn", async () => {
    const world = await startedVolcengine({ faults: ["volcengine:DescribeInstances:lost-page:2"] });
    const { Result } = await world.call<{ NextToken: string }>(...LIST);
    const rest = { ...LIST[2], NextToken: Result?.NextToken };
    expect((await world.call("ecs", "DescribeInstances", rest)).ResponseMetadata.Error?.Code).toBe("InvalidArgument");
    expect((await world.call<{ NextToken: string }>("ecs", "DescribeInstances", rest)).Result?.NextToken).toBe(Result?.NextToken);
  });

  it("denies a region, but neither its list nor one's own name", async () => {
    const world = await startedVolcengine({ deny: ["volcengine:cn-shanghai"] });
    const there = { region: "cn-shanghai" };
    expect((await world.call(...LIST, there)).ResponseMetadata.Error).toMatchObject({ Code: "AccessDenied", CodeN: 100_013 });
    expect((await world.call(...MEASURE, there)).ResponseMetadata.Error?.Code).toBe("AccessDenied");
    expect((await world.call("ecs", "DescribeRegions", {}, there)).ResponseMetadata.Error).toBeUndefined();
    expect((await world.call("sts", "GetCallerIdentity", {}, there)).ResponseMetadata.Error).toBeUndefined();
    expect((await world.call(...LIST)).ResponseMetadata.Error).toBeUndefined();
  });

  it("knows neither other operations nor other versions", async () => {
    const world = await startedVolcengine();
    const unknown = await world.call("ecs", "DeleteInstances", {});
    expect(unknown.ResponseMetadata.Error).toMatchObject({ Code: "InvalidActionOrVersion", CodeN: 100_008 });
  });
});
