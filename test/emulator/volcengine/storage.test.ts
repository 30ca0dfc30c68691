import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildFleet } from "../../../src/emulator/fleet.ts";
import type { TruthRecord } from "../../../src/emulator/index.ts";
import { VOLCENGINE_FLEET_PLAN } from "../../../src/emulator/volcengine/native-names.ts";
import { volcengineRecords } from "../../../src/emulator/volcengine/records.ts";
import { noVolcengineChanges } from "../../../src/emulator/volcengine/volcengine-changes.ts";
import { MAIN, NOW_MS, startedVolcengine, WINDOW, type WireInstance } from "./started-volcengine.ts";

type World = Awaited<ReturnType<typeof startedVolcengine>>;
type Tagged = { readonly Tags: readonly { readonly Key: string; readonly Value: string }[] };

interface WireVolume extends Tagged {
  readonly VolumeId: string;
  readonly Size: number;
  readonly Status: string;
  readonly InstanceId: string;
  readonly Encrypted: boolean;
  readonly SnapshotCount: number;
}

interface WireSnapshot extends Tagged {
  readonly SnapshotId: string;
  readonly VolumeId: string;
  readonly VolumeSize: number;
  readonly SnapshotType: string;
  readonly Status: string;
  readonly CreationTime: string;
}

async function recordsOf(world: World, type: string): Promise<readonly TruthRecord[]> {
  const { records } = await world.truth(WINDOW.from.toISOString(), WINDOW.to.toISOString());
  return records.filter((record) => record.type === type && record.account === MAIN && record.region === "cn-beijing");
}

async function everyVolume(world: World, input: object, PageSize = 100): Promise<WireVolume[]> {
  const found: WireVolume[] = [];
  for (let PageNumber = 1; ; PageNumber++) {
    const asked = { ...input, PageNumber, PageSize };
    const { Result } = await world.call<{ Volumes: WireVolume[]; TotalCount: number }>("storage_ebs", "DescribeVolumes", asked);
    found.push(...(Result?.Volumes ?? []));
    if (found.length >= (Result?.TotalCount ?? 0)) return found;
  }
}

const tagsOf = ({ Tags }: Tagged) => Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));

describe("DescribeVolumes", () => {
  it("tells the same volumes as the truth, fifteen a page unless asked otherwise", async () => {
    const world = await startedVolcengine({ instances: 120 });
    const expected = await recordsOf(world, "disk");
    const { Result } = await world.call<{ Volumes: WireVolume[]; PageSize: number; TotalCount: number }>(
      "storage_ebs",
      "DescribeVolumes",
      {},
    );
    expect([Result?.Volumes.length, Result?.PageSize, Result?.TotalCount]).toEqual([15, 15, expected.length]);
    const told = (await everyVolume(world, {})).map((volume) => ({
      id: volume.VolumeId,
      sizeGib: volume.Size,
      state: volume.Status,
      attachedTo: volume.InstanceId || null,
      encrypted: volume.Encrypted,
      snapshots: volume.SnapshotCount,
      tags: tagsOf(volume),
    }));
    expect(told).toEqual(
      expected.map(({ id, attributes: { sizeGib, state, attachedTo, encrypted, snapshots, tags } }) => ({
        ...{ id, sizeGib, state, attachedTo, encrypted, snapshots, tags },
      })),
    );
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(["attached", "available"]));
    expect(told.some(({ snapshots }) => snapshots === 0)).toBe(true);
  });

  it("yields every volume exactly once for every page size", async () => {
    const world = await startedVolcengine({ instances: 80 });
    const ids = (await recordsOf(world, "disk")).map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 7, max: 100 }), async (size) => {
        expect((await everyVolume(world, {}, size)).map(({ VolumeId }) => VolumeId)).toEqual(ids);
      }),
      { numRuns: 6 },
    );
  });

  it("filters by state, instance, tag and name, and knows the volumes that instances name", async () => {
    const world = await startedVolcengine({ instances: 200 });
    const all = await everyVolume(world, {});
    expect(await everyVolume(world, { VolumeStatus: "available" })).toEqual(all.filter(({ Status }) => Status === "available"));
    const { Result } = await world.call<{ Instances: (WireInstance & { Volumes: { VolumeId: string }[] })[] }>("ecs", "DescribeInstances", {
      MaxResults: 20,
    });
    for (const { InstanceId, Volumes } of Result?.Instances ?? [])
      expect((await everyVolume(world, { InstanceId })).map(({ VolumeId }) => VolumeId)).toEqual(Volumes.map(({ VolumeId }) => VolumeId));
    const tagged = { "TagFilters.1.Key": "env", "TagFilters.1.Values.1": "prod" };
    expect(await everyVolume(world, tagged)).toEqual(all.filter((volume) => tagsOf(volume).env === "prod"));
    expect(await everyVolume(world, { VolumeName: "系统盘" })).not.toEqual([]);
  });
});

it("DescribeSnapshots tells the snapshots of the truth, some of them months old", async () => {
  const world = await startedVolcengine({ instances: 100 });
  const expected = await recordsOf(world, "snapshot");
  const found: WireSnapshot[] = [];
  for (let PageNumber = 1; found.length < expected.length; PageNumber++) {
    const { Result } = await world.call<{ Snapshots: WireSnapshot[] }>("storage_ebs", "DescribeSnapshots", { PageNumber, PageSize: 30 });
    expect(Result?.Snapshots).not.toEqual([]);
    found.push(...(Result?.Snapshots ?? []));
  }
  const told = found.map((snapshot) => ({
    id: snapshot.SnapshotId,
    sourceDisk: snapshot.VolumeId,
    createdMs: Math.floor(Date.parse(snapshot.CreationTime) / 1_000),
    sizeGib: snapshot.VolumeSize,
    state: snapshot.Status,
    snapshotType: snapshot.SnapshotType,
    tags: tagsOf(snapshot),
  }));
  const createdMs = ({ attributes }: TruthRecord) => Number(attributes.createdMs);
  expect(told).toEqual(
    expected.map((record) => ({ id: record.id, ...record.attributes, createdMs: Math.floor(createdMs(record) / 1_000) })),
  );
  expect(expected.some((record) => createdMs(record) < NOW_MS - 59 * 86_400_000)).toBe(true);
});

it("DeleteVolume deletes what is attached nowhere, until a reset; its snapshots stay", async () => {
  const world = await startedVolcengine({ instances: 300 });
  const all = await everyVolume(world, {});
  const free = all.find(({ Status }) => Status === "available");
  const used = all.find(({ Status }) => Status === "attached");
  const remove = async (VolumeId: string | undefined) =>
    (await world.call("storage_ebs", "DeleteVolume", { VolumeId })).ResponseMetadata.Error?.Code;
  const snapshots = await recordsOf(world, "snapshot");
  expect(await remove(used?.VolumeId)).toBe("IncorrectDiskStatus");
  expect(await remove(free?.VolumeId)).toBeUndefined();
  expect(await remove(free?.VolumeId)).toBe("VolumeNotFound");
  const rest = all.filter(({ VolumeId }) => VolumeId !== free?.VolumeId).map(({ VolumeId }) => VolumeId);
  expect((await everyVolume(world, {})).map(({ VolumeId }) => VolumeId)).toEqual(rest);
  expect((await recordsOf(world, "disk")).map(({ id }) => id)).toEqual(rest);
  expect(await recordsOf(world, "snapshot")).toEqual(snapshots);
  await world.post("reset", {});
  expect(await everyVolume(world, {})).toEqual(all);
});

it("there are more volumes than machines, also of ten thousand", () => {
  const records = volcengineRecords(buildFleet(VOLCENGINE_FLEET_PLAN, 1, 10_000), noVolcengineChanges(), NOW_MS);
  const disks = records.filter(({ type }) => type === "disk");
  expect(disks.length).toBeGreaterThan(10_000);
  expect(new Set(disks.map(({ id }) => id)).size).toBe(disks.length);
});
