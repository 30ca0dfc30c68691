import { COMPUTE_ROOT, pacificTime } from "./compute-instances.ts";
import { REGIONS } from "./compute-list.ts";
import { detachedMs, type GcpDisk } from "./disk-data.ts";
import type { GcpFirewall } from "./firewall-data.ts";
import { fingerprintOf, zonesOf } from "./native-names.ts";
import type { GcpQuota } from "./quota-data.ts";
import type { GcpSnapshot } from "./snapshot-data.ts";

type Shape = Readonly<Record<string, unknown>>;

const IMAGE = "https://www.googleapis.com/compute/v1/projects/debian-cloud/global/images/debian-12-bookworm-v20250311";

/** The `Disk` of the vendor's discovery document. 64-bit numbers are texts. */
export function diskShape(disk: GcpDisk, nowMs: number): Shape {
  const { key, account, region, zone, machine } = disk;
  const zoneUrl = `${COMPUTE_ROOT}/projects/${account}/zones/${zone}`;
  return {
    kind: "compute#disk",
    id: disk.id,
    creationTimestamp: pacificTime(disk.createdMs),
    name: disk.name,
    sizeGb: String(disk.sizeGib),
    zone: zoneUrl,
    status: "READY",
    ...(disk.boot ? { sourceImage: IMAGE, guestOsFeatures: [{ type: "UEFI_COMPATIBLE" }, { type: "GVNIC" }], architecture: "X86_64" } : {}),
    selfLink: `${zoneUrl}/disks/${disk.name}`,
    type: `${zoneUrl}/diskTypes/${disk.type}`,
    lastAttachTimestamp: pacificTime(disk.createdMs),
    ...(disk.attached ? {} : { lastDetachTimestamp: pacificTime(detachedMs(disk, nowMs)) }),
    ...(disk.attached ? { users: [`${zoneUrl}/instances/${machine.name}`] } : {}),
    ...(Object.keys(disk.labels).length > 0 ? { labels: disk.labels } : {}),
    labelFingerprint: fingerprintOf(key, "labels"),
    physicalBlockSizeBytes: "4096",
    ...(disk.scheduled ? { resourcePolicies: [schedulePolicy(disk)] } : {}),
    ...(disk.customerKey
      ? {
          diskEncryptionKey: {
            kmsKeyName: `projects/${account}/locations/${region}/keyRings/disks/cryptoKeys/disk-key/cryptoKeyVersions/1`,
          },
        }
      : {}),
    enableConfidentialCompute: false,
  };
}

/** The `Snapshot` of the vendor's discovery document. */
export function snapshotShape({ key, id, name, disk, createdMs, storageBytes, automatic, labels }: GcpSnapshot): Shape {
  return {
    kind: "compute#snapshot",
    id,
    creationTimestamp: pacificTime(createdMs),
    name,
    ...(automatic ? {} : { description: `发布前手动备份 (${disk.machine.application})` }),
    status: "READY",
    sourceDisk: `${COMPUTE_ROOT}/projects/${disk.account}/zones/${disk.zone}/disks/${disk.name}`,
    sourceDiskId: disk.id,
    diskSizeGb: String(disk.sizeGib),
    storageBytes: String(storageBytes),
    storageBytesStatus: "UP_TO_DATE",
    selfLink: `${COMPUTE_ROOT}/projects/${disk.account}/global/snapshots/${name}`,
    labels,
    labelFingerprint: fingerprintOf(key, "labels"),
    ...(automatic ? { autoCreated: true, sourceSnapshotSchedulePolicy: schedulePolicy(disk) } : {}),
    storageLocations: [disk.region],
    downloadBytes: String(storageBytes),
    snapshotType: "STANDARD",
    creationSizeBytes: String(storageBytes),
  };
}

/** The `Firewall` of the vendor's discovery document. */
export function firewallShape(rule: GcpFirewall): Shape {
  const { account, name, allows, sources, ports, target } = rule;
  const what = [{ IPProtocol: "tcp", ports }];
  return {
    kind: "compute#firewall",
    id: rule.id,
    creationTimestamp: pacificTime(rule.createdMs),
    name,
    description: rule.description,
    network: `${COMPUTE_ROOT}/projects/${account}/global/networks/default`,
    priority: rule.priority,
    sourceRanges: sources,
    ...(target === null ? {} : { targetTags: [target] }),
    ...(allows ? { allowed: what } : { denied: what }),
    direction: "INGRESS",
    logConfig: { enable: false },
    disabled: rule.disabled,
    selfLink: `${COMPUTE_ROOT}/projects/${account}/global/firewalls/${name}`,
  };
}

/** The `Region` of the vendor's discovery document. */
export function regionShape(project: string, region: string, quotas: readonly GcpQuota[]): Shape {
  return {
    kind: "compute#region",
    id: String(1_000 + 10 * REGIONS.indexOf(region)),
    creationTimestamp: "1969-12-31T16:00:00.000-08:00",
    name: region,
    description: region,
    status: "UP",
    zones: zonesOf(region).map((zone) => `${COMPUTE_ROOT}/projects/${project}/zones/${zone}`),
    quotas: quotas.map(({ metric, limit, usage }) => ({ metric, limit, usage })),
    selfLink: `${COMPUTE_ROOT}/projects/${project}/regions/${region}`,
    supportsPzs: false,
  };
}

function schedulePolicy({ account, region }: GcpDisk): string {
  return `${COMPUTE_ROOT}/projects/${account}/regions/${region}/resourcePolicies/nightly-snapshots`;
}
