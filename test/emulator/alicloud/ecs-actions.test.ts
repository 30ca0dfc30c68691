import { describe, expect, it } from "vitest";
import { alicloudWorld, MAIN, refusal, rows } from "./alicloud-world.ts";

const HANGZHOU = { RegionId: "cn-hangzhou" };
type World = Awaited<ReturnType<typeof alicloudWorld>>;

async function machineIn(world: World, state: string): Promise<string> {
  const { resources } = await world.truth();
  const here = resources.filter((one) => one.kind === "virtual-machine" && one.account === MAIN && one.region === "cn-hangzhou");
  return here.find((one) => one.state === state)?.id ?? "";
}

const statusOf = async ({ ok }: World, id: string) =>
  rows(await ok("ecs", "DescribeInstances", { ...HANGZHOU, InstanceIds: JSON.stringify([id]) }), "Instances.Instance")[0]?.Status;

describe("StopInstances", () => {
  it("stops machines until a reset, and the truth says so", async () => {
    const world = await alicloudWorld({ instances: 200 });
    const id = await machineIn(world, "running");
    expect(await statusOf(world, id)).toBe("Running");
    const reply = await world.ok("ecs", "StopInstances", { ...HANGZHOU, "InstanceId.1": id });
    expect(rows(reply, "InstanceResponses.InstanceResponse")).toEqual([
      { InstanceId: id, Code: "200", Message: "success", PreviousStatus: "Running", CurrentStatus: "Stopping" },
    ]);
    expect(await statusOf(world, id)).toBe("Stopped");
    expect(await world.records("machine-state")).toMatchObject([{ id, attributes: { state: "stopped" } }]);
    expect(await world.refused("ecs", "StopInstances", { ...HANGZHOU, "InstanceId.1": id })).toBe("403 IncorrectInstanceStatus");
    await world.post("reset", {});
    expect(await statusOf(world, id)).toBe("Running");
    expect(await world.records("machine-state")).toEqual([]);
  });

  it("stops all of several machines or none, and each by itself where that is asked for", async () => {
    const world = await alicloudWorld({ instances: 200 });
    const id = await machineIn(world, "running");
    const both = { ...HANGZHOU, "InstanceId.1": id, "InstanceId.2": await machineIn(world, "stopped") };
    expect(await world.refused("ecs", "StopInstances", both)).toBe("403 IncorrectInstanceStatus");
    expect(await statusOf(world, id)).toBe("Running");
    const reply = await world.ok("ecs", "StopInstances", { ...both, BatchOptimization: "SuccessFirst" });
    expect(rows(reply, "InstanceResponses.InstanceResponse").map((one) => one.Code)).toEqual(["200", "IncorrectInstanceStatus"]);
    expect(await statusOf(world, id)).toBe("Stopped");
  });

  it.each([
    ["no machine", HANGZHOU, "403 InvalidInstanceId.NotFound"],
    ["a machine that is not there", { ...HANGZHOU, "InstanceId.1": "i-x" }, "404 InvalidInstanceId.NotFound"],
    ["a dry run", { ...HANGZHOU, DryRun: "true", "InstanceId.1": "i-x" }, "400 DRYRUN.SUCCESS"],
    [
      "101 machines",
      { ...HANGZHOU, ...Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`InstanceId.${index + 1}`, "i-x"])) },
      "403 InvalidParameter.TooManyInstanceIds",
    ],
  ])("refuses %s", async (_, parameters, expected) => {
    const { refused } = await alicloudWorld();
    expect(await refused("ecs", "StopInstances", parameters as Record<string, string>)).toBe(expected);
  });
});

describe("DeleteSnapshot", () => {
  it("deletes a snapshot until a reset, from every list and from the truth", async () => {
    const world = await alicloudWorld({ instances: 100 });
    const before = await world.records("snapshot");
    const unused = before.find(({ attributes }) => attributes.usage === "none");
    const SnapshotId = unused?.id ?? "";
    const listed = async () =>
      (await world.ok("ecs", "DescribeSnapshots", { ...HANGZHOU, SnapshotIds: JSON.stringify([SnapshotId]) })).TotalCount;
    expect(await listed()).toBe(1);
    await world.ok("ecs", "DeleteSnapshot", { SnapshotId });
    expect(await listed()).toBe(0);
    expect(await world.records("snapshot")).toEqual(before.filter(({ id }) => id !== SnapshotId));
    const disk = (await world.records("disk")).find(({ id }) => id === unused?.attributes.sourceDisk);
    const left = before.filter(({ id, attributes }) => id !== SnapshotId && attributes.sourceDisk === disk?.id);
    expect(disk?.attributes.snapshots).toBe(left.length);
    expect(await world.refused("ecs", "DeleteSnapshot", { SnapshotId })).toBe("404 InvalidSnapshotId.NotFound");
    await world.post("reset", {});
    expect(await world.records("snapshot")).toEqual(before);
  });

  it("keeps what images were made of, and what disks were made of unless it is forced", async () => {
    const world = await alicloudWorld({ instances: 200 });
    const used = async (usage: string) => (await world.records("snapshot")).find(({ attributes }) => attributes.usage === usage)?.id ?? "";
    const [image, disk] = [await used("image"), await used("disk")];
    expect(await world.refused("ecs", "DeleteSnapshot", { SnapshotId: image, Force: "true" })).toBe("403 SnapshotCreatedImage");
    expect(await world.refused("ecs", "DeleteSnapshot", { SnapshotId: disk })).toBe("403 SnapshotCreatedDisk");
    await world.ok("ecs", "DeleteSnapshot", { SnapshotId: disk, Force: "true" });
    expect(await world.refused("ecs", "DeleteSnapshot", {})).toBe("400 MissingParameter");
  });
});

describe("DescribeInstanceVncUrl", () => {
  it("gives an address of its own to each caller, of running machines alone", async () => {
    const world = await alicloudWorld({ instances: 200 });
    const machine = { ...HANGZHOU, InstanceId: await machineIn(world, "running") };
    const url = async () => decodeURIComponent(String((await world.ok("ecs", "DescribeInstanceVncUrl", machine)).VncUrl));
    const first = await url();
    expect(first).toMatch(/^wss:\/\/[\w.-]+vncproxy\.aliyun\.com\/websockify\/\?s=./);
    expect(await url()).not.toBe(first);
    const stopped = { ...HANGZHOU, InstanceId: await machineIn(world, "stopped") };
    expect(await world.refused("ecs", "DescribeInstanceVncUrl", stopped)).toBe("403 IncorrectInstanceStatus");
    expect(await world.refused("ecs", "DescribeInstanceVncUrl", { ...HANGZHOU, InstanceId: "i-x" })).toBe("404 InvalidInstanceId.NotFound");
  });
});

describe("writes", () => {
  it.each(["throttle", "500", "expired"])("change nothing where they meet the fault %s", async (kind) => {
    const world = await alicloudWorld({ instances: 100, faults: [`alicloud:DeleteSnapshot:${kind}`] });
    const before = await world.records("snapshot");
    const unused = before.find(({ attributes }) => attributes.usage === "none");
    expect(refusal(await world.rpc("ecs", "DeleteSnapshot", { SnapshotId: unused?.id ?? "" }))).toMatch(/^[45]\d\d /);
    expect(await world.records("snapshot")).toEqual(before);
  });

  it("change nothing in a region that is denied, or with a wrong signature", async () => {
    const world = await alicloudWorld({ instances: 100, deny: ["alicloud:cn-hangzhou"] });
    const InstanceId = await machineIn(world, "running");
    expect(await world.refused("ecs", "StopInstances", { ...HANGZHOU, "InstanceId.1": InstanceId })).toBe("403 Forbidden.RAM");
    await world.post("faults", { deny: [] });
    const credentials = { accessKeyId: "LTAIemulator00000000", accessKeySecret: "another" };
    expect(await world.refused("ecs", "StopInstances", { ...HANGZHOU, "InstanceId.1": InstanceId }, { credentials })).toBe(
      "400 SignatureDoesNotMatch",
    );
    expect(await world.records("machine-state")).toEqual([]);
  });
});
