import type { AzureChanges } from "./changes.ts";
import { type AzureDisk, detachedMs, diskState } from "./disk-data.ts";
import { guidOf } from "./native-names.ts";
import type { AzureSnapshot } from "./snapshot-data.ts";

const GIB = 2 ** 30;
/** Input and output operations a second and megabytes a second of small disks ("Azure managed disk types"). */
const PERFORMANCE: Readonly<Record<string, readonly [iops: number, megabytes: number]>> = {
  Premium_LRS: [120, 25],
  StandardSSD_LRS: [500, 100],
  Standard_LRS: [500, 60],
  PremiumV2_LRS: [3_000, 125],
};

/** `Disk` of the specification. */
export function diskShape(disk: AzureDisk, changes: AzureChanges, nowMs: number): object {
  const { key, machine, attached, sku, sizeGib } = disk;
  const [iops, megabytes] = PERFORMANCE[sku] ?? [500, 60];
  const state = diskState(disk, changes);
  return {
    name: disk.name,
    id: disk.id,
    type: "Microsoft.Compute/disks",
    location: disk.region,
    ...(Object.keys(disk.tags).length > 0 ? { tags: disk.tags } : {}),
    ...(disk.zones === null ? {} : { zones: disk.zones }),
    sku: { name: sku, tier: sku.startsWith("Premium") ? "Premium" : "Standard" },
    ...(attached ? { managedBy: machine.id } : {}),
    properties: {
      ...(disk.system ? { osType: "Linux", hyperVGeneration: "V2" } : {}),
      creationData: disk.system ? { createOption: "FromImage", imageReference: { id: imageOf(disk) } } : { createOption: "Empty" },
      diskSizeGB: sizeGib,
      diskSizeBytes: sizeGib * GIB,
      diskIOPSReadWrite: iops,
      diskMBpsReadWrite: megabytes,
      encryption: encryptionShape(disk),
      networkAccessPolicy: "AllowAll",
      publicNetworkAccess: "Enabled",
      timeCreated: offsetTime(disk.createdMs),
      uniqueId: guidOf(key, "unique"),
      provisioningState: "Succeeded",
      diskState: state,
      ...(attached ? {} : { LastOwnershipUpdateTime: offsetTime(detachedMs(disk, nowMs)) }),
    },
  };
}

/** `Snapshot` of the specification. */
export function snapshotShape({ key, id, name, disk, createdMs, incremental, tags }: AzureSnapshot): object {
  return {
    name,
    id,
    type: "Microsoft.Compute/snapshots",
    location: disk.region,
    tags,
    sku: { name: incremental ? "Standard_ZRS" : "Standard_LRS", tier: "Standard" },
    properties: {
      ...(disk.system ? { osType: "Linux", hyperVGeneration: "V2" } : {}),
      creationData: { createOption: "Copy", sourceResourceId: disk.id, sourceUniqueId: guidOf(disk.key, "unique") },
      diskSizeGB: disk.sizeGib,
      diskSizeBytes: disk.sizeGib * GIB,
      encryption: encryptionShape(disk),
      incremental,
      ...(incremental ? { incrementalSnapshotFamilyId: guidOf(disk.key, "family") } : {}),
      networkAccessPolicy: "AllowAll",
      publicNetworkAccess: "Enabled",
      timeCreated: offsetTime(createdMs),
      uniqueId: guidOf(key, "unique"),
      provisioningState: "Succeeded",
      diskState: "Unattached",
    },
  };
}

function encryptionShape({ customerKey, account, region }: AzureDisk): object {
  if (!customerKey) return { type: "EncryptionAtRestWithPlatformKey" };
  const diskEncryptionSetId = `/subscriptions/${account}/resourceGroups/rg-security/providers/Microsoft.Compute/diskEncryptionSets/des-${region}`;
  return { type: "EncryptionAtRestWithCustomerKey", diskEncryptionSetId };
}

function imageOf({ account, region }: AzureDisk): string {
  return `/Subscriptions/${account}/Providers/Microsoft.Compute/Locations/${region}/Publishers/canonical/ArtifactTypes/VMImage/Offers/ubuntu-24_04-lts/Skus/server/Versions/24.04.202502210`;
}

/** Ten millionths of a second and an offset, as the disk provider gives times. */
function offsetTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}0000+00:00`;
}
