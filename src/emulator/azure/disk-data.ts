import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, hexDigits, pick } from "../hash.ts";
import type { AzureChanges } from "./changes.ts";
import { isAllocated } from "./machine-power.ts";
import { availabilityZoneOf } from "./native-names.ts";

const DISK_SKUS = ["Premium_LRS", "StandardSSD_LRS", "Standard_LRS", "PremiumV2_LRS"] as const;
const SYSTEM_SKUS = ["Premium_LRS", "StandardSSD_LRS"] as const;

/** A managed disk. */
export interface AzureDisk {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** What it belongs, or belonged, to. */
  readonly machine: FleetResource;
  readonly attached: boolean;
  readonly system: boolean;
  readonly sizeGib: number;
  readonly sku: (typeof DISK_SKUS)[number];
  /** Whether the customer holds the key; the platform encrypts every disk ("Server-side encryption of Azure Disk Storage"). */
  readonly customerKey: boolean;
  readonly createdMs: number;
  /** How long ago it was detached, in days; 0 for attached ones. */
  readonly detachedDays: number;
  readonly zones: readonly string[] | null;
  readonly tags: Readonly<Record<string, string>>;
}

export type DiskState = "Attached" | "Reserved" | "Unattached";

/** Size of the system disk, in GiB: that of the image. */
export const SYSTEM_DISK_GIB = 30;
const DATA_SIZES = [64, 128, 256, 512, 1_024, 4_096] as const;
const FIRST_CREATION_MS = Date.UTC(2025, 0, 1);
const DAY_MS = 86_400_000;

/** Every disk the world began with: a system disk for each machine, data disks of some, and what machines that are gone left behind. */
export function disksOf(fleet: Fleet): readonly AzureDisk[] {
  return fleet.resources
    .filter(({ kind }) => kind === "virtual-machine")
    .flatMap((machine) => [
      disk(machine, "system"),
      ...(chance(machine.key, "data disk") < 0.4 ? [disk(machine, "data")] : []),
      ...(chance(machine.key, "left over") < 0.1 ? [disk(machine, "left over")] : []),
    ]);
}

/** A disk of a machine that is stopped and deallocated is reserved (`DiskState` of the specification). */
export function diskState({ attached, machine }: AzureDisk, changes: AzureChanges): DiskState {
  if (!attached) return "Unattached";
  return isAllocated(machine, changes) ? "Attached" : "Reserved";
}

/** When a disk that belongs to nobody was detached: at the hour of its creation, so many days ago. */
export function detachedMs({ detachedDays, createdMs }: AzureDisk, nowMs: number): number {
  return (Math.floor(nowMs / DAY_MS) - detachedDays) * DAY_MS + (createdMs % DAY_MS);
}

/** The name of a machine's system disk. */
export function systemDiskName({ name, key }: FleetResource): string {
  return `${name}_OsDisk_1_${hexDigits(32, key, "os disk")}`;
}

function disk(machine: FleetResource, role: "system" | "data" | "left over"): AzureDisk {
  const { account, region, name, application, tags } = machine;
  const key = hash(machine.key, "disk", role);
  const diskName = { system: systemDiskName(machine), data: `${name}_DataDisk_0`, "left over": `${name}-restored-data` }[role];
  return {
    key,
    id: `/subscriptions/${account}/resourceGroups/rg-${application}/providers/Microsoft.Compute/disks/${diskName}`,
    name: diskName,
    account,
    region,
    machine,
    attached: role !== "left over",
    system: role === "system",
    sizeGib: role === "system" ? SYSTEM_DISK_GIB : pick(DATA_SIZES, key, "size"),
    sku: role === "system" ? pick(SYSTEM_SKUS, key, "sku") : pick(DISK_SKUS, key, "sku"),
    customerKey: chance(key, "customer key") < 0.25,
    createdMs: FIRST_CREATION_MS + (hash(machine.key, "created") % 400) * DAY_MS + (key % DAY_MS),
    detachedDays: role === "left over" ? 3 + Math.floor(chance(key, "detached") * 120) : 0,
    zones: availabilityZoneOf(machine),
    // Nobody maintains the tags of what is left over.
    tags: role === "left over" ? { ...(tags.env === undefined ? {} : { env: tags.env }), note: "恢复演练后未清理" } : tags,
  };
}
