import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { OperationDescription } from "../../../src/contracts/index.ts";
import { volcengine } from "../../../src/providers/volcengine/index.ts";
import { type InvokeWorld, listAt, lying, misfits, openInvokeWorld } from "../invoke-world.ts";

const REGION = "cn-beijing";
let world: InvokeWorld;
let place: readonly [account: string, region: string];
let snapshots: OperationDescription;
let keyPairs: OperationDescription;
let rules: OperationDescription;

beforeAll(async () => {
  world = await openInvokeWorld("volcengine", volcengine);
  [snapshots, keyPairs, rules] = await Promise.all([
    world.describe("storage_ebs", "DescribeSnapshots"),
    world.describe("ecs", "DescribeKeyPairs"),
    world.describe("volc_observe", "ListRules"),
  ]);
  place = [(await world.records("key-pair")).find(({ region }) => region === REGION)?.account ?? "", REGION];
  return () => world[Symbol.asyncDispose]();
});
afterEach(() => world.fault());

describe("Volcengine, by the generic client of its Open API", () => {
  it("counts pages off", async () => {
    const { value, truncated } = await world.whole(snapshots, place, { PageSize: 20 });
    const expected = await world.records("snapshot", place);
    expect(expected.length).toBeGreaterThan(40);
    expect(truncated).toBe(false);
    expect(listAt(value, "Snapshots").map(({ SnapshotId }) => SnapshotId)).toEqual(expected.map(({ id }) => id));
    expect(misfits(value, snapshots.output)).toEqual([]);
    const created = listAt(value, "Snapshots").map(({ CreationTime }) => Date.parse(String(CreationTime)));
    expect(created).toEqual(expected.map(({ attributes }) => Math.floor(Number(attributes.createdMs) / 1_000) * 1_000));
  });

  it("follows tokens from page to page", async () => {
    const { value } = await world.whole(keyPairs, place, { MaxResults: 2 });
    const expected = await world.records("key-pair", place);
    expect(expected.length).toBeGreaterThan(2);
    expect(listAt(value, "KeyPairs").map(({ KeyPairId }) => KeyPairId)).toEqual(expected.map(({ id }) => id));
    expect(misfits(value, keyPairs.output)).toEqual([]);
  });

  it("sends flattened lists, also of objects with lists", async () => {
    const volumes = await world.describe("storage_ebs", "DescribeVolumes");
    const [one, two] = await world.records("disk", place);
    const byId = await world.invoke(volumes, place, { VolumeIds: [one?.id, two?.id] });
    expect(listAt(byId, "Volumes").map(({ VolumeId }) => VolumeId)).toEqual([one?.id, two?.id]);
    const [[Key, Value] = ["", ""]] = Object.entries(one?.attributes.tags as Readonly<Record<string, string>>);
    const tagged = listAt((await world.whole(volumes, place, { TagFilters: [{ Key, Values: [Value] }] })).value, "Volumes");
    expect(tagged.length).toBeGreaterThan(0);
    expect(tagged.every((volume) => listAt(volume, "Tags").some((tag) => tag.Key === Key && tag.Value === Value))).toBe(true);
  });

  it("posts JSON where the operation takes it", async () => {
    const { value } = await world.whole(rules, place, { PageSize: 5 });
    expect(listAt(value, "Data").length).toBeGreaterThan(0);
    expect(misfits(value, rules.output)).toEqual([]);
  });
});

describe.each([
  ["GET", "DescribeSnapshots", () => snapshots],
  ["POST", "ListRules", () => rules],
] as const)("Volcengine, %s, when something is wrong", (_method, name, operation) => {
  const ask = () => world.invoke(operation(), place, { PageNumber: 1, PageSize: 10 });

  it("is asked again after throttling", async () => {
    await world.fault(`volcengine:${name}:throttle:2`);
    const { retries } = world.meter.usage();
    expect(misfits(await ask(), operation().output)).toEqual([]);
    expect(world.meter.usage().retries - retries).toBe(2);
  });

  it("says that a region is forbidden", async () => {
    await world.deny(`volcengine:${REGION}`);
    await expect(ask()).rejects.toMatchObject({ code: "PROVIDER_FORBIDDEN" });
    await world.deny();
  });

  it("says that a reply was cut", async () => {
    await world.fault(`volcengine:${name}:malformed`);
    await expect(ask()).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });
});

describe("Volcengine, when something is missing", () => {
  it("says what was not found", async () => {
    const remove = await world.describe("storage_ebs", "DeleteVolume");
    await expect(world.invoke(remove, place, { VolumeId: "vol-nothing" })).rejects.toMatchObject({ code: "PROVIDER_NOT_FOUND" });
  });

  it("says that a page token was refused", async () => {
    await world.fault("volcengine:DescribeKeyPairs:lost-page");
    await expect(world.whole(keyPairs, place, { MaxResults: 2 })).rejects.toMatchObject({ code: "PROVIDER_PAGE_LOST" });
  });
});

describe("Volcengine, before anything is sent", () => {
  it.each([
    ["a host for a service", { wire: { signingName: "evil.com" } }],
    ["an address for a service", { wire: { signingName: "169.254.169.254" } }],
    ["line breaks in the service", { wire: { signingName: "ecs\r\nx-evil: 1" } }],
    ["a user in the service", { wire: { signingName: "x@y" } }],
    ["a query in the name", { name: "DescribeSnapshots&Action=DeleteVolume" }],
    ["a path in the version", { version: "../2020-04-01" }],
    ["another method", { wire: { method: "DELETE" } }],
    ["another protocol", { wire: { protocol: "rest" } }],
  ] as const)("refuses a description with %s", async (_what, lies) => {
    const before = (await world.calls()).length;
    const request = world.invoke(lying(snapshots, lies as Partial<OperationDescription>), place);
    await expect(request).rejects.toMatchObject({ code: "PROVIDER_NOT_FOUND" });
    expect((await world.calls()).length).toBe(before);
  });

  it("asks the one host there is, whatever the description names", async () => {
    const lies = lying(snapshots, { wire: { ...snapshots.wire, endpoint: "evil.com" } });
    expect(misfits(await world.invoke(lies, place, { PageNumber: 1, PageSize: 10 }), snapshots.output)).toEqual([]);
  });
});
