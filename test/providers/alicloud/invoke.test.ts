import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { OperationDescription } from "../../../src/contracts/index.ts";
import { alicloud } from "../../../src/providers/alicloud/index.ts";
import { type InvokeWorld, listAt, lying, misfits, NOW, openInvokeWorld } from "../invoke-world.ts";

let world: InvokeWorld;
let place: readonly [account: string, region: string];
let disks: OperationDescription;
let contacts: OperationDescription;
let store: OperationDescription;
let saved: OperationDescription;

beforeAll(async () => {
  world = await openInvokeWorld("alicloud", alicloud);
  [disks, contacts, store, saved] = await Promise.all([
    world.describe("ecs", "DescribeDisks"),
    world.describe("cms", "DescribeContactGroupList"),
    world.describe("sls", "GetLogStore"),
    world.describe("sls", "ListSavedSearch"),
  ]);
  const group = (await world.records("log-group")).find(({ region }) => region === "cn-hangzhou");
  place = [group?.account ?? "", "cn-hangzhou"];
  return () => world[Symbol.asyncDispose]();
});
afterEach(() => world.fault());

describe("Alibaba Cloud, RPC", () => {
  it("counts pages off", async () => {
    const { value, truncated } = await world.whole(disks, place, { PageSize: 20 });
    const expected = await world.records("disk", place);
    expect(expected.length).toBeGreaterThan(40);
    expect(truncated).toBe(false);
    expect(listAt(value, "Disks.Disk").map(({ DiskId }) => DiskId)).toEqual(expected.map(({ id }) => id));
    expect(misfits(value, disks.output)).toEqual([]);
    const created = listAt(value, "Disks.Disk").map(({ CreationTime }) => String(CreationTime));
    expect(created.every((time) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time))).toBe(true);
  });

  it("sends flattened lists of objects, and lists that are JSON", async () => {
    const [one, two] = await world.records("disk", place);
    const tags = one?.attributes.tags as Readonly<Record<string, string>>;
    const [[Key, Value] = ["", ""]] = Object.entries(tags);
    const byTag = listAt((await world.whole(disks, place, { Tag: [{ Key, Value }] })).value, "Disks.Disk");
    expect(byTag.length).toBeGreaterThan(0);
    expect(byTag.every((disk) => listAt(disk, "Tags.Tag").some(({ TagKey, TagValue }) => TagKey === Key && TagValue === Value))).toBe(true);
    const byId = await world.invoke(disks, place, { DiskIds: JSON.stringify([one?.id, two?.id]) });
    expect(listAt(byId, "Disks.Disk").map(({ DiskId }) => DiskId)).toEqual([one?.id, two?.id]);
  });

  it("asks what belongs to the account once", async () => {
    const { value } = await world.whole(contacts, [place[0], "*"]);
    const expected = await world.records("contact-group", [place[0], "*"]);
    expect(listAt(value, "ContactGroupList.ContactGroup").map(({ Name }) => Name)).toEqual(expected.map(({ name }) => name));
    expect(misfits(value, contacts.output)).toEqual([]);
  });

  it("takes times as the service counts them", async () => {
    const alerts = await world.describe("cms", "DescribeAlertLogList");
    const input = { StartTime: NOW - 10 * 86_400_000, EndTime: NOW, PageNumber: 1, PageSize: 100 };
    const reply = await world.invoke(alerts, place, input);
    expect(misfits(reply, alerts.output)).toEqual([]);
  });
});

describe("Alibaba Cloud, the log service", () => {
  it("puts the project into the host and the rest where it is described", async () => {
    const [group] = await world.records("log-group", place);
    const reply = await world.invoke(store, place, { project: group?.attributes.project, logstore: group?.name });
    expect(reply).toMatchObject({ logstoreName: group?.name, ttl: group?.attributes.retentionDays });
    expect(misfits(reply, store.output)).toEqual([]);
  });

  it("takes numbers in the query", async () => {
    const project = (await world.records("saved-search", place))[0]?.attributes.project;
    const reply = await world.invoke(saved, place, { project, offset: 1, size: 1 });
    expect(listAt(reply, "savedsearchItems")).toHaveLength(1);
  });

  it("says what was not found", async () => {
    const [group] = await world.records("log-group", place);
    const request = world.invoke(store, place, { project: group?.attributes.project, logstore: "nothing" });
    await expect(request).rejects.toMatchObject({ code: "PROVIDER_NOT_FOUND" });
  });
});

describe.each([
  ["RPC", "DescribeDisks", () => disks, async () => ({})],
  [
    "the log service",
    "ListSavedSearch",
    () => saved,
    async () => ({ project: (await world.records("saved-search", place))[0]?.attributes.project }),
  ],
] as const)("Alibaba Cloud, %s, when something is wrong", (_style, name, operation, inputOf) => {
  const ask = async () => world.invoke(operation(), place, await inputOf());

  it("is asked again after throttling", async () => {
    await world.fault(`alicloud:${name}:throttle:2`);
    const { retries } = world.meter.usage();
    expect(misfits(await ask(), operation().output)).toEqual([]);
    expect(world.meter.usage().retries - retries).toBe(2);
  });

  it("says that a region is forbidden", async () => {
    await world.deny("alicloud:cn-hangzhou");
    await expect(ask()).rejects.toMatchObject({ code: "PROVIDER_FORBIDDEN" });
    await world.deny();
  });

  it("says that a reply was cut", async () => {
    await world.fault(`alicloud:${name}:malformed`);
    await expect(ask()).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });
});

it("says that a page of a counted list was lost", async () => {
  await world.fault("alicloud:DescribeDisks:lost-page");
  await expect(world.whole(disks, place, { PageSize: 20 })).rejects.toMatchObject({ code: "PROVIDER_PAGE_LOST" });
});

describe("Alibaba Cloud, before anything is sent", () => {
  const refused = async (request: () => Promise<unknown>, code: string) => {
    const before = (await world.calls()).length;
    await expect(request()).rejects.toMatchObject({ code });
    expect((await world.calls()).length).toBe(before);
  };

  it.each(["evil.com", "a.b", "169.254.169.254", "x@y", "x:1", "x/y", "X", ""])("refuses the host label %j", async (endpoint) => {
    const lies = lying(disks, { service: "slb", wire: { ...disks.wire, endpoint } });
    await refused(() => world.invoke(lies, place), "PROVIDER_REPLY_INVALID");
  });

  it.each(["evil.com/", "a.b", "x@y", "..", "%2e%2e", "X", "a/b", ""])("refuses the project %j", async (project) => {
    await refused(() => world.invoke(store, place, { project, logstore: "app" }), "PROVIDER_REPLY_INVALID");
  });

  it.each(["..", ".", "%2e%2e", "../x", "a/../../x", "", "x\r\ny"])("refuses %j as a name in a path", async (logstore) => {
    await refused(() => world.invoke(store, place, { project: "nephos-main-cn-hangzhou", logstore }), "PROVIDER_NOT_FOUND");
  });

  it("refuses another region than the scope's", async () => {
    await refused(() => world.invoke(disks, place, { RegionId: "cn-beijing" }), "PROVIDER_FORBIDDEN");
  });

  it.each([
    ["a name with line breaks", { name: "DescribeDisks\r\nx-evil: 1" }],
    ["a version with line breaks", { version: "2014-05-26\r\nx-evil: 1" }],
    ["a style that is not spoken", { wire: { protocol: "alicloud-roa", method: "GET" } }],
  ] as const)("refuses a description with %s", async (_what, lies) => {
    await refused(() => world.invoke(lying(disks, lies), place), "PROVIDER_NOT_FOUND");
  });

  it.each(["x\r\ny", "ключ"])("refuses the header value %j", async (value) => {
    const logs = await world.describe("sls", "GetLogsV2");
    const input = { project: "nephos-main-cn-hangzhou", logstore: "app", "Accept-Encoding": value };
    await refused(() => world.invoke(logs, place, input), "PROVIDER_NOT_FOUND");
  });
});
