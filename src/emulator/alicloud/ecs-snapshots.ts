import type { Fleet } from "../fleet.ts";
import type { AlicloudChanges } from "./alicloud-changes.ts";
import { creationTests, jsonArray, refuseParameters, requireRegion, secondTime, tagList, tagTests, valueTests } from "./ecs-input.ts";
import { ecsPage } from "./ecs-page.ts";
import { type EcsSnapshot, snapshotsOf } from "./ecs-snapshot-data.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcOperation, RpcRequest } from "./rpc-service.ts";

const MOST_IDS = 100;
const VALUES: Readonly<Record<string, (snapshot: EcsSnapshot) => string>> = {
  DiskId: ({ diskId }) => diskId,
  InstanceId: ({ machineId }) => machineId ?? "",
  SnapshotName: ({ name }) => name,
};
/** Parameters with few values, what else each takes for every value, and its word for others (DescribeSnapshots reference). */
const CHOICES = [
  ["Status", "all", ["progressing", "accomplished", "failed"], () => "accomplished", "InvalidStatus.NotFound"],
  ["SnapshotType", "all", ["auto", "user"], ({ origin }: EcsSnapshot) => origin, "InvalidSnapshotType.NotFound"],
  ["Usage", "", ["image", "disk", "image_disk", "none"], ({ usage }: EcsSnapshot) => usage, "InvalidUsage"],
  ["SourceDiskType", "", ["system", "data"], ({ diskRole }: EcsSnapshot) => diskRole, "InvalidSourceDiskType"],
] as const;
const NOT_EMULATED = ["SnapshotLinkId", "ResourceGroupId", "KMSKeyId", "Category"];

/** DescribeSnapshots and DeleteSnapshot over one memory of snapshots. */
export function snapshotOperations(
  fleet: Fleet,
  changes: AlicloudChanges,
): Readonly<Record<"DescribeSnapshots" | "DeleteSnapshot", RpcOperation>> {
  const known = new Map<string, readonly EcsSnapshot[]>();
  const snapshots = ({ account, region, nowMs }: RpcRequest): readonly EcsSnapshot[] => {
    const day = `${account}/${region}/${Math.floor(nowMs / 86_400_000)}`;
    const found = known.get(day) ?? snapshotsOf(fleet, { account, region, nowMs });
    known.set(day, found);
    return found.filter(({ id }) => !changes.deletedSnapshots.has(id));
  };
  return {
    DescribeSnapshots: (request) => describeSnapshots(request, snapshots(request)),
    DeleteSnapshot: (request) => deleteSnapshot(request, snapshots(request), changes),
  };
}

function describeSnapshots(request: RpcRequest, all: readonly EcsSnapshot[]): Record<string, unknown> {
  requireRegion(request);
  const tests = snapshotTests(request.input);
  const matching = all.filter((snapshot) => tests.every((test) => test(snapshot)));
  const { rows, byToken, counts, NextToken } = ecsPage(request, matching, { mostResults: 100, mostRows: 100 });
  return { ...(byToken ? { TotalCount: matching.length } : counts), Snapshots: { Snapshot: rows.map(snapshotShape) }, NextToken };
}

function snapshotTests(input: RpcRequest["input"]): readonly ((snapshot: EcsSnapshot) => boolean)[] {
  refuseParameters(input, NOT_EMULATED);
  const { SnapshotIds: ids, Encrypted: encrypted } = input;
  const wanted = ids ? jsonArray(ids) : undefined;
  if (ids && wanted === undefined) throw new RpcError(400, "InvalidParameter", 'The specified parameter "SnapshotIds" is not valid.');
  if (wanted !== undefined && wanted.length > MOST_IDS)
    throw new RpcError(403, "InvalidSnapshotIds.Malformed", "The amount of specified specified snapshot Ids exceeds the limit.");
  const choices = CHOICES.flatMap(([parameter, every, values, read, code]) => {
    const given = input[parameter] ?? "";
    const value = parameter === "SourceDiskType" ? given.toLowerCase() : given;
    if (value === "" || value === every) return [];
    if (!values.some((one) => one === value)) throw new RpcError(404, code, `The specified ${parameter} is not valid.`);
    return [(snapshot: EcsSnapshot) => read(snapshot) === value];
  });
  return [
    ...valueTests(input, VALUES),
    ...tagTests<EcsSnapshot>(input),
    ...creationTests<EcsSnapshot>(input),
    ...choices,
    (snapshot) => wanted?.includes(snapshot.id) ?? true,
    (snapshot) => encrypted !== "true" || snapshot.encrypted,
  ];
}

function deleteSnapshot({ input }: RpcRequest, all: readonly EcsSnapshot[], changes: AlicloudChanges): Record<string, unknown> {
  const { SnapshotId: wanted, Force: force } = input;
  if (!wanted)
    throw new RpcError(
      400,
      "MissingParameter",
      "The input parameter SnapshotId that is mandatory for processing this request is not supplied.",
    );
  const found = all.find(({ id }) => id === wanted);
  if (found === undefined) throw new RpcError(404, "InvalidSnapshotId.NotFound", "The specified snapshot is not found.");
  if (found.usage === "image")
    throw new RpcError(403, "SnapshotCreatedImage", "The snapshot has been used to create user defined image(s).");
  if (found.usage === "disk" && force !== "true")
    throw new RpcError(403, "SnapshotCreatedDisk", "The snapshot has been used to create disk(s).");
  changes.deletedSnapshots.add(found.id);
  return {};
}

/** The `Snapshot` shape of the DescribeSnapshots reference. */
function snapshotShape(snapshot: EcsSnapshot): Readonly<Record<string, unknown>> {
  const { id, name, region, key, createdMs, retentionDays } = snapshot;
  return {
    SnapshotId: id,
    SnapshotName: name,
    Description: "",
    RegionId: region,
    Status: "accomplished",
    Progress: "100%",
    Available: true,
    RemainTime: 0,
    // What "SnapshotType" says of those that a policy made (DescribeSnapshots reference, response parameters).
    SnapshotType: snapshot.origin === "auto" ? "timer" : "user",
    CreationTime: secondTime(createdMs),
    LastModifiedTime: secondTime(createdMs + 600_000),
    SourceDiskId: snapshot.diskId,
    SourceDiskType: snapshot.diskRole,
    SourceDiskSize: String(snapshot.sizeGib),
    SourceStorageType: "disk",
    SnapshotLinkId: `sl-${snapshot.diskId.slice(2)}`,
    SnapshotSN: String(key),
    Encrypted: snapshot.encrypted,
    KMSKeyId: "",
    InstantAccess: false,
    Category: "standard",
    Usage: snapshot.usage,
    ResourceGroupId: "",
    ProductCode: "",
    ...(retentionDays === undefined ? {} : { RetentionDays: retentionDays }),
    Tags: tagList(snapshot.tags),
  };
}
