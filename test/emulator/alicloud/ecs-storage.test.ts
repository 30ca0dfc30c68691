import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alicloudWorld, type Json, MAIN, NOW_MS, rows } from "./alicloud-world.ts";

const HANGZHOU = { RegionId: "cn-hangzhou" };
type World = Awaited<ReturnType<typeof alicloudWorld>>;
type Parameters = Readonly<Record<string, string | number>>;

/** Every row of a list, by tokens. */
async function listed({ ok }: World, operation: string, path: string, parameters: Parameters = {}): Promise<readonly Json[]> {
  const found: Json[] = [];
  let NextToken = "";
  do {
    const page = await ok("ecs", operation, { ...HANGZHOU, MaxResults: 100, ...parameters, ...(NextToken && { NextToken }) });
    found.push(...rows(page, path));
    NextToken = String(page.NextToken);
  } while (NextToken !== "");
  return found;
}

const disksListed = (world: World, parameters?: Parameters) => listed(world, "DescribeDisks", "Disks.Disk", parameters);
const snapshotsListed = (world: World, parameters?: Parameters) => listed(world, "DescribeSnapshots", "Snapshots.Snapshot", parameters);
const tagsOf = (row: Json) => Object.fromEntries(rows(row, "Tags.Tag").map(({ TagKey, TagValue }) => [TagKey, TagValue]));
const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);

describe("DescribeDisks", () => {
  it("tells the same disks as the truth", async () => {
    const world = await alicloudWorld({ instances: 300 });
    const told = (await disksListed(world)).map((one) => ({
      id: one.DiskId,
      name: one.DiskName,
      zone: one.ZoneId,
      role: one.Type,
      diskType: one.Category,
      sizeGib: one.Size,
      encrypted: one.Encrypted,
      state: one.Status === "In_use" ? "in-use" : "available",
      attachedTo: one.InstanceId || null,
      snapshotPolicy: one.EnableAutomatedSnapshotPolicy ? one.AutoSnapshotPolicyId : null,
      createdMs: Date.parse(String(one.CreationTime)),
      tags: tagsOf(one),
    }));
    const expected = (await world.records("disk")).map(({ id, name, attributes: { snapshots: _, ...attributes } }) => ({
      id,
      name,
      ...attributes,
    }));
    expect(told).toEqual(expected);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });

  it("has disks worth asking about: unattached, unencrypted, without a policy, tagged in two languages", async () => {
    const world = await alicloudWorld();
    const disks = (await world.records("disk")).map(({ attributes }) => attributes);
    const machines = (await world.truth()).resources.filter((one) => one.region === "cn-hangzhou" && one.account === MAIN);
    for (const fits of [
      (one: (typeof disks)[number]) => one.attachedTo === null,
      (one: (typeof disks)[number]) => one.snapshotPolicy === null,
      (one: (typeof disks)[number]) => one.encrypted === true,
      (one: (typeof disks)[number]) => Object.hasOwn(one.tags as object, "用途"),
    ]) {
      const share = disks.filter(fits).length / disks.length;
      expect(share).toBeGreaterThan(0.02);
      expect(share).toBeLessThan(0.8);
    }
    for (const { attachedTo } of disks) if (attachedTo !== null) expect(machines.map(({ id }) => id)).toContain(attachedTo);
  });

  it("yields every disk exactly once for every page size, by token and by number", async () => {
    const world = await alicloudWorld({ instances: 200 });
    const expected = ids(await world.records("disk"));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: 500 }), fc.integer({ min: 5, max: 100 }), async (MaxResults, PageSize) => {
        expect((await disksListed(world, { MaxResults })).map((one) => one.DiskId)).toEqual(expected);
        const numbered: unknown[] = [];
        for (let PageNumber = 1; numbered.length < expected.length; PageNumber++) {
          const page = await world.ok("ecs", "DescribeDisks", { ...HANGZHOU, PageNumber, PageSize });
          expect(page).toMatchObject({ TotalCount: expected.length, PageNumber, PageSize });
          numbered.push(...rows(page, "Disks.Disk").map((one) => one.DiskId));
        }
        expect(numbered).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });

  it("takes up to 500 a page by token, and at least 10", async () => {
    const { ok } = await alicloudWorld({ instances: 1_500 });
    const size = async (MaxResults: number) => rows(await ok("ecs", "DescribeDisks", { ...HANGZHOU, MaxResults }), "Disks.Disk").length;
    expect([await size(1), await size(60), await size(501)]).toEqual([10, 60, 500]);
  });

  it.each([
    ["no policy", { EnableAutomatedSnapshotPolicy: "false" }, (one: Attributes) => one.snapshotPolicy === null],
    ["a policy", { EnableAutomatedSnapshotPolicy: "true" }, (one: Attributes) => one.snapshotPolicy !== null],
    ["a status", { Status: "Available" }, (one: Attributes) => one.attachedTo === null],
    ["a role", { DiskType: "system" }, (one: Attributes) => one.role === "system"],
    ["a category", { Category: "cloud_essd" }, (one: Attributes) => one.diskType === "cloud_essd"],
    ["encryption", { Encrypted: "true" }, (one: Attributes) => one.encrypted === true],
    ["no encryption, which is the default and filters nothing", { Encrypted: "false" }, () => true],
    ["a Chinese tag", { "Tag.1.Key": "用途", "Tag.1.Value": "日志" }, (one: Attributes) => tag(one, "用途") === "日志"],
    [
      "a time",
      { "Filter.1.Key": "CreationStartTime", "Filter.1.Value": "2024-01-01T00:00Z" },
      (one: Attributes) => Number(one.createdMs) >= Date.UTC(2024, 0, 1),
    ],
    ["a classic feature that nothing has", { EnableShared: "true" }, () => false],
  ] as const)("filters by %s", async (_, filter, test) => {
    const world = await alicloudWorld({ instances: 200 });
    const expected = (await world.records("disk")).filter(({ attributes }) => (test as (one: Attributes) => boolean)(attributes));
    expect((await disksListed(world, filter)).map((one) => one.DiskId)).toEqual(ids(expected));
  });

  it("finds the disks of a machine and those that are named", async () => {
    const world = await alicloudWorld();
    const all = await world.records("disk");
    const { attachedTo } = all[0]?.attributes ?? {};
    const ofMachine = await disksListed(world, { InstanceId: String(attachedTo) });
    expect(ofMachine.map((one) => one.DiskId)).toEqual(ids(all.filter(({ attributes }) => attributes.attachedTo === attachedTo)));
    const named = await disksListed(world, { DiskIds: JSON.stringify([all[3]?.id, "d-unknown"]) });
    expect(named.map((one) => one.DiskId)).toEqual([all[3]?.id]);
    expect(await disksListed(world, { DiskIds: "[]" })).toEqual([]);
  });

  it.each([
    ["no region", "DescribeDisks", {}, "400 MissingParamter.RegionId"],
    ["a page of 101", "DescribeDisks", { ...HANGZHOU, PageSize: 101 }, "400 InvalidParam.PageSize"],
    ["a token of its own making", "DescribeDisks", { ...HANGZHOU, NextToken: "0".repeat(32) }, "400 InvalidParameter.NextToken"],
    ["an unknown role", "DescribeDisks", { ...HANGZHOU, DiskType: "x" }, "400 InvalidDiskType.ValueNotSupported"],
    ["101 ids", "DescribeDisks", { ...HANGZHOU, DiskIds: JSON.stringify(Array(101).fill("d")) }, "403 InvalidDiskIds.Malformed"],
    ["a filter the emulator does not have", "DescribeDisks", { ...HANGZHOU, KMSKeyId: "x" }, "400 InvalidParameter"],
    ["a dry run", "DescribeDisks", { ...HANGZHOU, DryRun: "true" }, "400 DryRunOperation"],
    ["no region", "DescribeSnapshots", {}, "400 MissingParameter"],
    ["a page of 101", "DescribeSnapshots", { ...HANGZHOU, MaxResults: 101 }, "400 InvalidParameter.MaxResults"],
    ["an unknown usage", "DescribeSnapshots", { ...HANGZHOU, Usage: "x" }, "404 InvalidUsage"],
    ["an unknown filter", "DescribeSnapshots", { ...HANGZHOU, "Filter.1.Key": "x" }, "404 InvalidFilterKey.NotFound"],
    [
      "a time with seconds",
      "DescribeSnapshots",
      { ...HANGZHOU, "Filter.1.Key": "CreationEndTime", "Filter.1.Value": "2024-01-01T00:00:00Z" },
      "404 InvalidFilterValue",
    ],
    ["a page of 101", "DescribeAutoSnapshotPolicyEx", { ...HANGZHOU, PageSize: 101 }, "400 InvalidParam.PageSize"],
  ])("refuses %s of %s", async (_, operation, parameters, expected) => {
    const { refused } = await alicloudWorld();
    expect(await refused("ecs", operation, parameters as unknown as Record<string, string>)).toBe(expected);
  });
});

it("takes no token of another list", async () => {
  const { ok, refused } = await alicloudWorld({ instances: 200 });
  const { NextToken } = await ok("ecs", "DescribeDisks", { ...HANGZHOU, MaxResults: 10 });
  const other = { ...HANGZHOU, MaxResults: 10, NextToken: String(NextToken) };
  expect(rows(await ok("ecs", "DescribeDisks", other), "Disks.Disk")).toHaveLength(10);
  expect(await refused("ecs", "DescribeSnapshots", other)).toBe("400 InvalidParameter.NextToken");
});

describe("DescribeSnapshots", () => {
  it("tells the same snapshots as the truth, some months old, some of disks that are gone", async () => {
    const world = await alicloudWorld({ instances: 300 });
    const told = (await snapshotsListed(world)).map((one) => ({
      id: one.SnapshotId,
      name: one.SnapshotName,
      sourceDisk: one.SourceDiskId,
      sizeGib: Number(one.SourceDiskSize),
      encrypted: one.Encrypted,
      origin: one.SnapshotType === "timer" ? "auto" : one.SnapshotType,
      retentionDays: one.RetentionDays ?? null,
      usage: one.Usage,
      state: one.Available ? "available" : "failed",
      createdMs: Date.parse(String(one.CreationTime)),
      tags: tagsOf(one),
    }));
    const expected = (await world.records("snapshot")).map(({ id, name, attributes }) => ({ id, name, ...attributes }));
    expect(told).toEqual(expected);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    const disks = new Set(ids(await world.records("disk")));
    expect(told.filter(({ createdMs }) => createdMs < NOW_MS - 90 * 86_400_000).length).toBeGreaterThan(5);
    expect(told.filter(({ sourceDisk }) => !disks.has(String(sourceDisk))).length).toBeGreaterThan(3);
    expect(told.every(({ createdMs }) => createdMs < NOW_MS)).toBe(true);
    // A policy deletes what it kept long enough.
    for (const { createdMs, retentionDays } of told)
      if (retentionDays !== null) expect(createdMs).toBeGreaterThan(NOW_MS - (Number(retentionDays) + 1) * 86_400_000);
  });

  it("counts the snapshots of each disk as its record does", async () => {
    const world = await alicloudWorld();
    const counts = Map.groupBy(await snapshotsListed(world), (one) => String(one.SourceDiskId));
    for (const { id, attributes } of await world.records("disk")) expect(counts.get(id)?.length ?? 0).toBe(attributes.snapshots);
  });

  it.each([
    ["kind", { SnapshotType: "user" }, (one: Attributes) => one.origin === "user"],
    ["usage", { Usage: "image" }, (one: Attributes) => one.usage === "image"],
    [
      "age",
      { "Filter.2.Key": "CreationEndTime", "Filter.2.Value": "2025-12-01T00:00Z" },
      (one: Attributes) => Number(one.createdMs) <= Date.UTC(2025, 11, 1),
    ],
  ] as const)("filters by %s", async (_, filter, test) => {
    const world = await alicloudWorld({ instances: 200 });
    const expected = ids((await world.records("snapshot")).filter(({ attributes }) => (test as (one: Attributes) => boolean)(attributes)));
    expect(expected.length).toBeGreaterThan(0);
    expect((await snapshotsListed(world, filter)).map((one) => one.SnapshotId)).toEqual(expected);
  });
});

describe("DescribeAutoSnapshotPolicyEx", () => {
  it("tells the policies with the number of their disks, one of them applied to none", async () => {
    const world = await alicloudWorld();
    const policies = rows(await world.ok("ecs", "DescribeAutoSnapshotPolicyEx", HANGZHOU), "AutoSnapshotPolicies.AutoSnapshotPolicy");
    const told = policies.map((one) => ({
      id: one.AutoSnapshotPolicyId,
      name: one.AutoSnapshotPolicyName,
      retentionDays: one.RetentionDays,
      hours: JSON.parse(String(one.TimePoints)),
      weekdays: JSON.parse(String(one.RepeatWeekdays)),
      disks: one.DiskNums,
      createdMs: Date.parse(String(one.CreationTime)),
      tags: tagsOf(one),
    }));
    const expected = (await world.records("snapshot-policy")).map(({ id, name, attributes }) => ({ id, name, ...attributes }));
    expect(told).toEqual(expected);
    expect(told.map(({ disks }) => Number(disks) > 0)).toEqual([true, true, false]);
    const second = await world.ok("ecs", "DescribeAutoSnapshotPolicyEx", { ...HANGZHOU, PageNumber: 2, PageSize: 2 });
    expect(second).toMatchObject({ TotalCount: 3, PageNumber: 2, PageSize: 2 });
    expect(rows(second, "AutoSnapshotPolicies.AutoSnapshotPolicy")).toHaveLength(1);
  });
});

type Attributes = Readonly<Record<string, unknown>>;
const tag = (one: Attributes, name: string) => (one.tags as Readonly<Record<string, string>>)[name];
