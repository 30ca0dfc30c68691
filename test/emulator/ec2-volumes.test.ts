import {
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  type DescribeVolumesCommandInput,
  type EC2Client,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
  type Snapshot,
  type Volume,
} from "@aws-sdk/client-ec2";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noAwsChanges } from "../../src/emulator/aws/aws-changes.ts";
import { AWS_FLEET_PLAN } from "../../src/emulator/aws/native-names.ts";
import { awsRecords } from "../../src/emulator/aws/records.ts";
import { buildFleet } from "../../src/emulator/fleet.ts";
import type { TruthRecord } from "../../src/emulator/index.ts";
import { MAIN, NOW_MS, refusal, startedEmulator, WINDOW } from "./started-emulator.ts";

type Started = Awaited<ReturnType<typeof startedEmulator>>;

async function recordsOf(emulator: Started, type: string, region = "us-east-1"): Promise<readonly TruthRecord[]> {
  const { records } = await emulator.truth(WINDOW.from, WINDOW.to);
  return records.filter((record) => record.type === type && record.account === MAIN && record.region === region);
}

async function volumes(client: EC2Client, input: DescribeVolumesCommandInput = {}): Promise<Volume[]> {
  const found: Volume[] = [];
  for await (const page of paginateDescribeVolumes({ client }, input)) found.push(...(page.Volumes ?? []));
  return found;
}

async function snapshots(client: EC2Client, OwnerIds: string[], MaxResults = 100): Promise<Snapshot[]> {
  const found: Snapshot[] = [];
  for await (const page of paginateDescribeSnapshots({ client }, { OwnerIds, MaxResults })) found.push(...(page.Snapshots ?? []));
  return found;
}

const tagsOf = (tags: Volume["Tags"]) => Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value]));

describe("DescribeVolumes", () => {
  it("tells the same volumes as the truth", async () => {
    const emulator = await startedEmulator({ instances: 200 });
    const told = (await volumes(emulator.ec2())).map((volume) => ({
      id: volume.VolumeId,
      sizeGib: volume.Size,
      diskType: volume.VolumeType,
      encrypted: volume.Encrypted,
      state: volume.State,
      attachedTo: volume.Attachments?.[0]?.InstanceId ?? null,
      createdMs: volume.CreateTime?.getTime(),
      tags: tagsOf(volume.Tags),
    }));
    const expected = (await recordsOf(emulator, "disk")).map(({ id, attributes }) => {
      const { sizeGib, diskType, encrypted, state, attachedTo, createdMs, tags } = attributes;
      return { id, sizeGib, diskType, encrypted, state, attachedTo, createdMs, tags };
    });
    expect(told).toEqual(expected);
    expect(new Set(expected.map(({ state }) => state))).toEqual(new Set(["in-use", "available"]));
    expect(new Set(expected.map(({ encrypted }) => encrypted))).toEqual(new Set([true, false]));
    expect(new Set(expected.map(({ diskType }) => diskType)).size).toBeGreaterThan(2);
  });

  it("yields every volume exactly once for every page size", async () => {
    const emulator = await startedEmulator({ instances: 200 });
    const ids = (await recordsOf(emulator, "disk")).map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 5, max: 60 }), async (MaxResults) => {
        expect((await volumes(emulator.ec2(), { MaxResults })).map(({ VolumeId }) => VolumeId)).toEqual(ids);
      }),
      { numRuns: 8 },
    );
  });

  it("gives 500 a page to whoever asks for more, and everything to whoever asks for no page", async () => {
    const emulator = await startedEmulator({ instances: 3_000 });
    const all = (await recordsOf(emulator, "disk")).length;
    expect(all).toBeGreaterThan(500);
    const clipped = await emulator.ec2().send(new DescribeVolumesCommand({ MaxResults: 1_000 }));
    expect([clipped.Volumes?.length, typeof clipped.NextToken]).toEqual([500, "string"]);
    const unpaged = await emulator.ec2().send(new DescribeVolumesCommand({}));
    expect([unpaged.Volumes?.length, unpaged.NextToken]).toEqual([all, undefined]);
  });

  it.each([
    ["state", "status", "available", ({ attributes }: TruthRecord) => attributes.state === "available"],
    ["encryption", "encrypted", "false", ({ attributes }: TruthRecord) => attributes.encrypted === false],
    ["a tag", "tag:env", "prod", ({ attributes }: TruthRecord) => (attributes.tags as Record<string, string>).env === "prod"],
    ["type", "volume-type", "io*", ({ attributes }: TruthRecord) => attributes.diskType === "io2"],
  ])("filters by %s", async (_, Name, value, test) => {
    const emulator = await startedEmulator({ instances: 300 });
    const expected = (await recordsOf(emulator, "disk")).filter(test).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    const found = await volumes(emulator.ec2(), { Filters: [{ Name, Values: [value] }] });
    expect(found.map(({ VolumeId }) => VolumeId)).toEqual(expected);
  });

  it.each([
    ["a page of 4", { MaxResults: 4 }, "InvalidParameterValue"],
    ["ids and a page size", { VolumeIds: ["vol-0123456789abcdef0"], MaxResults: 5 }, "InvalidParameterCombination"],
    ["an unknown volume", { VolumeIds: ["vol-0123456789abcdef0"] }, "InvalidVolume.NotFound"],
    ["an unknown filter", { Filters: [{ Name: "colour", Values: ["red"] }] }, "InvalidParameterValue"],
    ["a token of its own making", { NextToken: "bm9uc2Vuc2U=" }, "InvalidNextToken"],
    ["a dry run", { DryRun: true }, "DryRunOperation"],
  ])("refuses %s", async (_, input, name) => {
    const emulator = await startedEmulator();
    expect((await refusal(emulator.ec2().send(new DescribeVolumesCommand(input)))).name).toBe(name);
  });

  it("takes no token of another list", async () => {
    const emulator = await startedEmulator({ instances: 200 });
    const { NextToken } = await emulator.ec2().send(new DescribeVolumesCommand({ MaxResults: 5 }));
    const elsewhere = new DescribeSnapshotsCommand({ MaxResults: 5, NextToken });
    expect((await refusal(emulator.ec2().send(elsewhere))).name).toBe("InvalidNextToken");
  });
});

describe("DescribeSnapshots", () => {
  it("tells one's own as the truth does, some of them months old, and some volumes have none", async () => {
    const emulator = await startedEmulator({ instances: 300 });
    const told = (await snapshots(emulator.ec2(), ["self"])).map((snapshot) => ({
      id: snapshot.SnapshotId,
      sourceDisk: snapshot.VolumeId,
      createdMs: snapshot.StartTime?.getTime(),
      sizeGib: snapshot.VolumeSize,
      encrypted: snapshot.Encrypted,
      state: snapshot.State,
      description: snapshot.Description,
      tags: tagsOf(snapshot.Tags),
    }));
    const expected = (await recordsOf(emulator, "snapshot")).map(({ id, attributes }) => ({ id, ...attributes }));
    expect(told).toEqual(expected);
    const months = expected.filter((row) => Number((row as Record<string, unknown>).createdMs) < NOW_MS - 59 * 86_400_000);
    expect(months.length).toBeGreaterThan(3);
    expect((await recordsOf(emulator, "disk")).filter(({ attributes }) => attributes.snapshots === 0).length).toBeGreaterThan(3);
  });

  it("tells public ones too where nobody names an owner", async () => {
    const emulator = await startedEmulator();
    const own = await snapshots(emulator.ec2(), ["self"]);
    const amazon = await snapshots(emulator.ec2(), ["amazon"]);
    const all = (await emulator.ec2().send(new DescribeSnapshotsCommand({}))).Snapshots ?? [];
    expect(all.map(({ SnapshotId }) => SnapshotId)).toEqual([...own, ...amazon].map(({ SnapshotId }) => SnapshotId));
    expect(amazon.every(({ OwnerId }) => OwnerId !== MAIN)).toBe(true);
    expect(amazon).not.toEqual([]);
  });
});

it("there are more volumes than machines, also of ten thousand", () => {
  const records = awsRecords(buildFleet(AWS_FLEET_PLAN, 1, 10_000), noAwsChanges(), NOW_MS);
  const disks = records.filter(({ type }) => type === "disk");
  expect(disks.length).toBeGreaterThan(10_000);
  expect(new Set(disks.map(({ id }) => id)).size).toBe(disks.length);
});
