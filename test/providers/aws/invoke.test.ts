import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OperationDescription } from "../../../src/contracts/index.ts";
import { aws } from "../../../src/providers/aws/index.ts";
import { type InvokeWorld, listAt, lying, misfits, openInvokeWorld } from "../invoke-world.ts";

const PLACE = ["111122223333", "us-east-1"] as const;
let world: InvokeWorld;
let volumes: OperationDescription;
let quotas: OperationDescription;
let secrets: OperationDescription;

beforeAll(async () => {
  world = await openInvokeWorld("aws", aws);
  [volumes, quotas, secrets] = await Promise.all([
    world.describe("ec2", "DescribeVolumes"),
    world.describe("servicequotas", "ListServiceQuotas"),
    world.describe("secretsmanager", "ListSecrets"),
  ]);
  return () => world[Symbol.asyncDispose]();
});
beforeEach(() => world.deny());
afterEach(() => world.fault());

describe("AWS, by the service's own client", () => {
  it("reads all pages of a region", async () => {
    const before = (await world.calls()).length;
    const { value, truncated } = await world.whole(volumes, PLACE, { MaxResults: 20 });
    const expected = await world.records("disk", PLACE);
    expect(truncated).toBe(false);
    expect(listAt(value, "Volumes").map(({ VolumeId }) => VolumeId)).toEqual(expected.map(({ id }) => id));
    expect((await world.calls()).length - before).toBeGreaterThan(expected.length / 20);
  });

  it("sends flattened lists of lists, and replies fit the description", async () => {
    const wanted = (await world.records("disk", PLACE)).slice(0, 2).map(({ id }) => id);
    const byId = await world.invoke(volumes, PLACE, { VolumeIds: wanted });
    const byFilter = await world.invoke(volumes, PLACE, { Filters: [{ Name: "volume-id", Values: wanted }] });
    expect(listAt(byId, "Volumes").map(({ VolumeId }) => VolumeId)).toEqual(wanted);
    expect(byFilter).toEqual(byId);
    expect(misfits(byId, volumes.output)).toEqual([]);
  });

  it("gives times as ISO 8601 and takes them so", async () => {
    const history = await world.describe("cloudwatch", "DescribeAlarmHistory");
    const all = listAt((await world.whole(history, PLACE)).value, "AlarmHistoryItems");
    const [newest] = all;
    expect(newest?.Timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const since = listAt((await world.whole(history, PLACE, { StartDate: newest?.Timestamp })).value, "AlarmHistoryItems");
    expect(since.length).toBeLessThan(all.length);
    expect(since).toContainEqual(newest);
  });

  it("says what was not found", async () => {
    const failure = world.invoke(volumes, PLACE, { VolumeIds: ["vol-0000000000000dead"] });
    await expect(failure).rejects.toMatchObject({ code: "PROVIDER_NOT_FOUND", details: { vendorCode: "InvalidVolume.NotFound" } });
  });

  it("says that a page was lost, and does not go on as if it were whole", async () => {
    await world.fault("aws:DescribeVolumes:lost-page");
    await expect(world.whole(volumes, PLACE, { MaxResults: 20 })).rejects.toMatchObject({ code: "PROVIDER_PAGE_LOST" });
  });
});

describe("AWS, without a package of the service", () => {
  it("reads JSON services as they are described", async () => {
    const { value } = await world.whole(quotas, PLACE, { ServiceCode: "ec2", MaxResults: 2 });
    const expected = (await world.records("quota", PLACE)).filter(({ attributes }) => attributes.service === "ec2");
    expect(listAt(value, "Quotas").map(({ QuotaCode, Value }) => [`ec2/${QuotaCode}`, Value])).toEqual(
      expected.map(({ id, attributes }) => [id, attributes.value]),
    );
    expect(expected.length).toBeGreaterThan(2);
    expect(misfits(value, quotas.output)).toEqual([]);
  });

  it("makes ISO 8601 of seconds", async () => {
    const { value } = await world.whole(secrets, PLACE, { MaxResults: 5 });
    const expected = await world.records("secret", PLACE);
    expect(new Map(listAt(value, "SecretList").map(({ ARN, CreatedDate }) => [ARN, CreatedDate]))).toEqual(
      new Map(expected.map(({ id, attributes }) => [id, new Date(Number(attributes.createdMs)).toISOString()])),
    );
    expect(misfits(value, secrets.output)).toEqual([]);
  });

  it("says what was not found", async () => {
    const failure = world.invoke(quotas, PLACE, { ServiceCode: "nothing-of-that-name" });
    await expect(failure).rejects.toMatchObject({ code: "PROVIDER_NOT_FOUND" });
  });

  it.each([
    ["a host", { wire: { endpoint: "evil.com" } }],
    ["two labels", { wire: { endpoint: "a.b" } }],
    ["an address", { wire: { endpoint: "169.254.169.254" } }],
    ["a user", { wire: { endpoint: "x@y" } }],
    ["a port", { wire: { endpoint: "x:8080" } }],
    ["a path", { wire: { endpoint: "x/y" } }],
    ["upper case", { wire: { endpoint: "EVIL" } }],
    ["line breaks in a header", { wire: { target: "ListSecrets\r\nx-evil: 1" } }],
    ["line breaks in the signature", { wire: { signingName: "x\r\nx-evil: 1" } }],
    ["another protocol", { wire: { protocol: "aws-query" } }],
    ["a path that climbs", { wire: { protocol: "aws-rest-json", path: "/v1/{ServiceCode}" } }],
  ] as const)("refuses a description with %s before anything is sent", async (_what, lies) => {
    const before = (await world.calls()).length;
    const request = world.invoke(lying(quotas, lies as Partial<OperationDescription>), PLACE, { ServiceCode: "../../x" });
    await expect(request).rejects.toMatchObject({ code: "PROVIDER_NOT_FOUND" });
    expect((await world.calls()).length).toBe(before);
  });
});

describe.each([
  ["a client", "DescribeVolumes", () => volumes, {}],
  ["a description", "ListServiceQuotas", () => quotas, { ServiceCode: "ec2" }],
] as const)("AWS, by %s, when something is wrong", (_way, name, operation, input) => {
  it("is asked again after throttling", async () => {
    await world.fault(`aws:${name}:throttle:2`);
    const retries = world.meter.usage().retries;
    expect(misfits(await world.invoke(operation(), PLACE, input), operation().output)).toEqual([]);
    expect(world.meter.usage().retries - retries).toBe(2);
  });

  it("says that a region is forbidden", async () => {
    await world.deny("aws:us-east-1");
    await expect(world.invoke(operation(), PLACE, input)).rejects.toMatchObject({ code: "PROVIDER_FORBIDDEN" });
  });

  it("says that a reply was cut", async () => {
    await world.fault(`aws:${name}:malformed`);
    await expect(world.invoke(operation(), PLACE, input)).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });
});
