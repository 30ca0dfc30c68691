import type { Fleet } from "../fleet.ts";
import { disksOf, type EcsDisk, type EcsSnapshotPolicy, snapshotPoliciesOf } from "./ecs-disk-data.ts";
import { creationTests, jsonArray, refuseParameters, requireRegion, secondTime, tagList, tagTests, valueTests } from "./ecs-input.ts";
import { ecsPage } from "./ecs-page.ts";
import { RpcError } from "./rpc-error.ts";
import type { RpcOperation, RpcRequest } from "./rpc-service.ts";

const MOST_IDS = 100;
const STATUSES = ["In_use", "Available", "Attaching", "Detaching", "Creating", "ReIniting", "All"];
const TYPES = ["all", "system", "data"];
const VALUES: Readonly<Record<string, (disk: EcsDisk) => string>> = {
  ZoneId: ({ zone }) => zone,
  InstanceId: ({ machine }) => machine?.id ?? "",
  DiskName: ({ name }) => name,
  AutoSnapshotPolicyId: ({ policyId }) => policyId,
  EnableAutoSnapshot: () => "true",
  EnableAutomatedSnapshotPolicy: ({ policyId }) => String(policyId !== ""),
  Portable: ({ role }) => String(role === "data"),
  DeleteWithInstance: (disk) => String(deletedWithInstance(disk)),
  DeleteAutoSnapshot: () => "false",
  DiskChargeType: () => "PostPaid",
  MultiAttach: () => "Disabled",
  EnableShared: () => "false",
};

/** DescribeDisks and DescribeAutoSnapshotPolicyEx over one memory of disks: thousands of disks are looked through page by page. */
export function diskOperations(fleet: Fleet): Readonly<Record<"DescribeDisks" | "DescribeAutoSnapshotPolicyEx", RpcOperation>> {
  const known = new Map<string, readonly EcsDisk[]>();
  const disks = ({ account, region }: RpcRequest): readonly EcsDisk[] => {
    const place = `${account}/${region}`;
    const found = known.get(place) ?? disksOf(fleet, account, region);
    known.set(place, found);
    return found;
  };
  return {
    DescribeDisks: (request) => describeDisks(request, disks(request)),
    DescribeAutoSnapshotPolicyEx: (request) =>
      describePolicies(request, snapshotPoliciesOf(fleet, request.account, request.region), disks(request)),
  };
}

function describeDisks(request: RpcRequest, all: readonly EcsDisk[]): Record<string, unknown> {
  requireRegion(request, "MissingParamter.RegionId");
  const tests = diskTests(request.input);
  const matching = all.filter((disk) => tests.every((test) => test(disk)));
  // The reference calls TotalCount invalid where there is a token.
  const { rows, byToken, counts, NextToken } = ecsPage(request, matching, { leastResults: 10, mostResults: 500, mostRows: 100 });
  return { ...(byToken ? { TotalCount: 0 } : counts), Disks: { Disk: rows.map(diskShape) }, NextToken };
}

function diskTests(input: RpcRequest["input"]): readonly ((disk: EcsDisk) => boolean)[] {
  refuseParameters(input, ["SnapshotId", "LockReason", "ResourceGroupId", "KMSKeyId", "AdditionalAttributes.1"]);
  const { DiskIds: ids, DiskType: type = "all", Category: category = "all", Status: status = "All", Encrypted: encrypted } = input;
  if (!TYPES.includes(type)) throw new RpcError(400, "InvalidDiskType.ValueNotSupported", "The specified disk type is not supported.");
  if (!STATUSES.includes(status)) throw new RpcError(400, "InvalidStatus.ValueNotSupported", "The specified disk status is not supported.");
  const wanted = ids ? jsonArray(ids) : undefined;
  if (ids && wanted === undefined) throw new RpcError(400, "InvalidParameter.DiskIds", "The specified parameter diskIds is not valid.");
  if (wanted !== undefined && wanted.length > MOST_IDS)
    throw new RpcError(403, "InvalidDiskIds.Malformed", "The amount of specified disk Ids exceeds the limit.");
  return [
    ...valueTests(input, VALUES),
    ...tagTests<EcsDisk>(input),
    ...creationTests<EcsDisk>(input),
    (disk) => wanted?.includes(disk.id) ?? true,
    ({ role }) => type === "all" || role === type,
    (disk) => category === "all" || disk.category === category,
    (disk) => status === "All" || statusOf(disk) === status,
    // `false` is the default and filters nothing out (DescribeDisks reference, `Encrypted`).
    (disk) => encrypted !== "true" || disk.encrypted,
  ];
}

function statusOf({ machine }: EcsDisk): "In_use" | "Available" {
  return machine === undefined ? "Available" : "In_use";
}

function deletedWithInstance({ role, machine }: EcsDisk): boolean {
  return role === "system" || machine?.tags.env !== "prod";
}

/** The `Disk` shape of the DescribeDisks reference. */
function diskShape(disk: EcsDisk): Readonly<Record<string, unknown>> {
  const { id, name, machine, device, region, createdMs, policyId, sizeGib } = disk;
  const time = secondTime(createdMs);
  const attached = machine === undefined ? [] : [{ InstanceId: machine.id, Device: device, AttachedTime: time }];
  const iops = Math.min(1_800 + 50 * sizeGib, 50_000);
  return {
    DiskId: id,
    DiskName: name,
    Description: "",
    RegionId: region,
    ZoneId: disk.zone,
    Type: disk.role,
    Category: disk.category,
    PerformanceLevel: disk.performanceLevel,
    Size: sizeGib,
    Status: statusOf(disk),
    SerialNumber: id.slice(2),
    InstanceId: machine?.id ?? "",
    Device: device,
    AttachedTime: machine === undefined ? "" : time,
    DetachedTime: machine === undefined ? secondTime(createdMs + 90 * 86_400_000) : "",
    Attachments: { Attachment: attached },
    MountInstances: { MountInstance: [] },
    MountInstanceNum: attached.length,
    MultiAttach: "Disabled",
    Encrypted: disk.encrypted,
    KMSKeyId: "",
    EnableAutoSnapshot: true,
    EnableAutomatedSnapshotPolicy: policyId !== "",
    AutoSnapshotPolicyId: policyId,
    DeleteAutoSnapshot: false,
    DeleteWithInstance: deletedWithInstance(disk),
    Portable: disk.role === "data",
    DiskChargeType: "PostPaid",
    ExpiredTime: "2099-12-31T15:59Z",
    CreationTime: time,
    ImageId: disk.role === "system" ? "aliyun_3_x64_20G_alibase_20240819.vhd" : "",
    SourceSnapshotId: "",
    ResourceGroupId: "",
    ProductCode: "",
    BurstingEnabled: false,
    IOPS: iops,
    IOPSRead: iops,
    IOPSWrite: iops,
    OperationLocks: { OperationLock: [] },
    Tags: tagList(disk.tags),
  };
}

function describePolicies(request: RpcRequest, all: readonly EcsSnapshotPolicy[], disks: readonly EcsDisk[]): Record<string, unknown> {
  const { input } = request;
  requireRegion(request);
  refuseParameters(input, ["ResourceGroupId"]);
  const tests = [
    ...valueTests<EcsSnapshotPolicy>(input, { AutoSnapshotPolicyId: ({ id }) => id, AutoSnapshotPolicyName: ({ name }) => name }),
    ...tagTests<EcsSnapshotPolicy>(input),
  ];
  const matching = all.filter((policy) => tests.every((test) => test(policy)));
  // It has no tokens: those of others count for nothing here.
  const { MaxResults: _, NextToken: __, ...numbered } = input;
  const { rows, counts } = ecsPage({ ...request, input: numbered }, matching, { mostResults: 100, mostRows: 100 });
  const AutoSnapshotPolicy = rows.map((policy) => ({
    AutoSnapshotPolicyId: policy.id,
    AutoSnapshotPolicyName: policy.name,
    RegionId: request.region,
    Status: "Normal",
    Type: "Custom",
    TimePoints: JSON.stringify(policy.hours),
    RepeatWeekdays: JSON.stringify(policy.weekdays),
    RetentionDays: policy.retentionDays,
    CreationTime: secondTime(policy.createdMs),
    DiskNums: disks.filter(({ policyId }) => policyId === policy.id).length,
    VolumeNums: 0,
    EnableCrossRegionCopy: false,
    TargetCopyRegions: "",
    CopiedSnapshotsRetentionDays: -1,
    ResourceGroupId: "",
    Tags: tagList(policy.tags),
  }));
  return { ...counts, AutoSnapshotPolicies: { AutoSnapshotPolicy } };
}
