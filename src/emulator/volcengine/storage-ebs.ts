import type { Fleet } from "../fleet.ts";
import { equality, isAmong, isTagged } from "./filters.ts";
import { chinaTime, imageIdOf } from "./native-names.ts";
import { numberedPage } from "./pages.ts";
import { optionalText } from "./parameters.ts";
import type { ParameterType, VolcengineReply, VolcengineRequest, VolcengineServiceFactory } from "./service.ts";
import type { VolcengineChanges } from "./volcengine-changes.ts";
import { VolcengineError } from "./volcengine-error.ts";
import { allVolumesOf, type EbsSnapshot, type EbsVolume, snapshotsOf, volumesOf } from "./volume-data.ts";

/** "PageSize: at most 100, 15 by default" (volcengine.com/docs/6396/76562, DescribeVolumes). */
const VOLUMES_BY_DEFAULT = 15;
/** "Default value: 10" (docs.byteplus.com, DescribeSnapshots); the SDK's model has the greatest. */
const SNAPSHOTS_BY_DEFAULT = 10;
const MOST_A_PAGE = 100;
const TEXT: ParameterType = { TypeName: "string" };
const LIST: ParameterType = { TypeName: "array[string]" };
const COMMON = {
  PageNumber: { TypeName: "integer" },
  PageSize: { TypeName: "integer" },
  ProjectName: TEXT,
  ZoneId: TEXT,
  "TagFilters.N.Key": TEXT,
  "TagFilters.N.Values.N": LIST,
} as const;

/** Volcengine block storage (volcengine.com/docs/6460): volumes and their snapshots. */
export const storageEbsService: VolcengineServiceFactory = (fleet, changes) => ({
  id: "storage_ebs",
  protocol: "open-api",
  versions: ["2020-04-01"],
  operations: {
    DescribeVolumes: {
      parameters: {
        ...COMMON,
        "VolumeIds.N": LIST,
        VolumeName: TEXT,
        VolumeType: TEXT,
        VolumeStatus: TEXT,
        InstanceId: TEXT,
        Kind: TEXT,
      },
      handle: (request) => describeVolumes(fleet, changes, request),
    },
    DescribeSnapshots: {
      parameters: {
        ...COMMON,
        "SnapshotIds.N": LIST,
        VolumeId: TEXT,
        SnapshotName: TEXT,
        "SnapshotStatus.N": LIST,
        "SnapshotTypes.N": LIST,
      },
      handle: (request) => describeSnapshots(fleet, changes, request),
    },
    DeleteVolume: {
      parameters: { VolumeId: TEXT, ClientToken: TEXT },
      handle: (request) => deleteVolume(fleet, changes, request),
    },
  },
});

function describeVolumes(fleet: Fleet, changes: VolcengineChanges, request: VolcengineRequest): VolcengineReply {
  const { account, region, input, nowMs } = request;
  const is = equality(input);
  const found = volumesOf(fleet, account, region, changes).filter(
    (volume) =>
      isAmong(input, "VolumeIds", volume.id) &&
      is("VolumeType", volume.type) &&
      is("VolumeStatus", statusOf(volume)) &&
      is("InstanceId", volume.instanceId ?? "") &&
      is("Kind", volume.kind) &&
      // "Fuzzy queries are supported" (API reference).
      volume.name.includes(optionalText(input, "VolumeName") ?? "") &&
      isCommon(input, volume),
  );
  const { page, told } = numberedPage(found, request, VOLUMES_BY_DEFAULT, MOST_A_PAGE);
  const counts = Map.groupBy(snapshotsOf(page, nowMs), ({ volume }) => volume.id);
  return { Volumes: page.map((volume) => volumeShape(volume, region, counts.get(volume.id)?.length ?? 0)), ...told };
}

function describeSnapshots(fleet: Fleet, changes: VolcengineChanges, request: VolcengineRequest): VolcengineReply {
  const { account, region, input, nowMs } = request;
  const is = equality(input);
  const found = snapshotsOf(allVolumesOf(fleet, account, region), nowMs).filter(
    ({ id, name, status, type, volume }) =>
      isAmong(input, "SnapshotIds", id) &&
      isAmong(input, "SnapshotStatus", status) &&
      isAmong(input, "SnapshotTypes", type) &&
      is("VolumeId", volume.id) &&
      name.includes(optionalText(input, "SnapshotName") ?? "") &&
      isCommon(input, volume),
  );
  const { page, told } = numberedPage(found, request, SNAPSHOTS_BY_DEFAULT, MOST_A_PAGE);
  return { Snapshots: page.map((snapshot) => snapshotShape(snapshot, changes)), ...told };
}

/** Only a volume that is attached nowhere can be deleted; codes of the API reference, DeleteVolume. */
function deleteVolume(fleet: Fleet, changes: VolcengineChanges, { account, region, input }: VolcengineRequest): VolcengineReply {
  const id = optionalText(input, "VolumeId");
  if (id === undefined) throw new VolcengineError("MissingVolumeID", "The volume ID is missing.");
  const found = volumesOf(fleet, account, region, changes).find((volume) => volume.id === id);
  if (found === undefined) throw new VolcengineError("VolumeNotFound", "The volume is not found.", { status: 404 });
  if (found.instanceId !== null)
    throw new VolcengineError("IncorrectDiskStatus", "A volume of this status does not support this action.", { status: 403 });
  changes.deletedVolumes.add(id);
  return {};
}

function isCommon(input: VolcengineRequest["input"], { project, zone, tags }: EbsVolume): boolean {
  const is = equality(input);
  return isTagged(input, tags) && is("ProjectName", project) && is("ZoneId", zone);
}

function statusOf({ instanceId }: EbsVolume): string {
  return instanceId === null ? "available" : "attached";
}

/** A volume as the vendor's Go SDK has it (VolumeForDescribeVolumesOutput). */
function volumeShape(volume: EbsVolume, region: string, snapshots: number): Readonly<Record<string, unknown>> {
  const { id, name, kind, createdMs, instanceId, snapshotPolicyId, tags } = volume;
  const system = kind === "system";
  return {
    VolumeId: id,
    VolumeName: name,
    Description: "",
    ZoneId: volume.zone,
    ProjectName: volume.project,
    Kind: kind,
    VolumeType: volume.type,
    Size: volume.sizeGib,
    Status: statusOf(volume),
    InstanceId: instanceId ?? "",
    DeviceName: instanceId === null ? "" : system ? "/dev/vda" : "/dev/vdb",
    ImageId: system ? imageIdOf(region) : "",
    DeleteWithInstance: system,
    Encrypted: volume.encrypted,
    KMSKeyId: volume.encrypted ? "default" : "",
    AutoSnapshotPolicyId: snapshotPolicyId,
    AutoSnapshotPolicyName: snapshotPolicyId === "" ? "" : "每日快照",
    SnapshotCount: snapshots,
    SourceSnapshotId: "",
    PayType: "post",
    TradeStatus: 1,
    ExpiredTime: "",
    OverdueTime: "",
    OverdueReclaimTime: "",
    ErrorDetail: "",
    CreatedAt: chinaTime(createdMs),
    UpdatedAt: chinaTime(createdMs + 60_000),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** A snapshot as the vendor's Go SDK has it (SnapshotForDescribeSnapshotsOutput). */
function snapshotShape({ id, name, type, status, createdMs, volume }: EbsSnapshot, { deletedVolumes }: VolcengineChanges) {
  return {
    SnapshotId: id,
    SnapshotName: name,
    SnapshotType: type,
    SnapshotGroupId: "",
    Description: "",
    Status: status,
    Progress: status === "failed" ? 0 : 100,
    ProjectName: volume.project,
    ImageId: "",
    InstantAccess: false,
    Shared: false,
    RetentionDays: type === "auto" ? 7 : -1,
    VolumeId: volume.id,
    VolumeName: volume.name,
    VolumeKind: volume.kind,
    VolumeType: volume.type,
    VolumeSize: volume.sizeGib,
    VolumeStatus: deletedVolumes.has(volume.id) ? "deleted" : statusOf(volume),
    ZoneId: volume.zone,
    CreationTime: chinaTime(createdMs),
    Tags: Object.entries(volume.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
