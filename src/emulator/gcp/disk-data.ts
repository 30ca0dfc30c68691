import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";
import { numericId, zoneOf } from "./native-names.ts";

const DISK_TYPES = ["pd-standard", "pd-balanced", "pd-ssd"] as const;
const DATA_SIZES = [50, 100, 200, 500, 1_000, 2_000] as const;
const FIRST_CREATED_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const CREATED_SPAN_MS = 700 * DAY_MS;

/** A persistent disk. */
export interface GcpDisk {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly zone: string;
  /** What it belongs, or belonged, to. */
  readonly machine: FleetResource;
  readonly attached: boolean;
  readonly boot: boolean;
  readonly sizeGib: number;
  readonly type: (typeof DISK_TYPES)[number];
  /** Whether the customer holds the key; the platform encrypts every disk ("Disk encryption"). */
  readonly customerKey: boolean;
  /** Whether a resource policy takes snapshots of it. */
  readonly scheduled: boolean;
  readonly createdMs: number;
  readonly detachedDays: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Every disk the world began with: a boot disk for each machine, data disks of some, and what machines that are gone left behind. */
export function disksOf(fleet: Fleet): readonly GcpDisk[] {
  return fleet.resources
    .filter(({ kind }) => kind === "virtual-machine")
    .flatMap((machine) => [...attachedDisksOf(machine), ...(chance(machine.key, "left over") < 0.1 ? [disk(machine, "left over")] : [])]);
}

/** The disks of a machine, the one it boots from first. */
export function attachedDisksOf(machine: FleetResource): readonly GcpDisk[] {
  return [disk(machine, "boot"), ...(chance(machine.key, "data disk") < 0.4 ? [disk(machine, "data")] : [])];
}

/** When an instance was made, in milliseconds since the epoch; its disks were made with it. */
export function instanceCreatedMs({ key }: FleetResource): number {
  return FIRST_CREATED_MS + Math.floor(chance(key, "created") * CREATED_SPAN_MS);
}

/** When a disk that belongs to nobody was detached. */
export function detachedMs({ detachedDays, createdMs }: GcpDisk, nowMs: number): number {
  return (Math.floor(nowMs / DAY_MS) - detachedDays) * DAY_MS + (createdMs % DAY_MS);
}

function disk(machine: FleetResource, role: "boot" | "data" | "left over"): GcpDisk {
  const { account, region, name, tags } = machine;
  const key = hash(machine.key, "disk", role);
  return {
    key,
    id: numericId(key),
    name: { boot: name, data: `${name}-data`, "left over": `${name}-restored` }[role],
    account,
    region,
    zone: zoneOf(machine),
    machine,
    attached: role !== "left over",
    boot: role === "boot",
    sizeGib: role === "boot" ? 10 * (1 + Math.floor(chance(machine.key, "disk") * 20)) : pick(DATA_SIZES, key, "size"),
    type: pick(DISK_TYPES, key, "type"),
    customerKey: chance(key, "customer key") < 0.25,
    scheduled: role !== "left over" && chance(key, "scheduled") < 0.45,
    createdMs: instanceCreatedMs(machine),
    detachedDays: role === "left over" ? 3 + Math.floor(chance(key, "detached") * 120) : 0,
    // Nobody maintains the labels of what is left over.
    labels: role === "left over" ? { ...(tags.env === undefined ? {} : { env: tags.env }), note: "恢复演练后未清理" } : tags,
  };
}
