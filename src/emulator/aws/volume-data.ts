import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, hexDigits, pick } from "../hash.ts";
import { launchMsOf, zoneOf } from "./native-names.ts";

export interface AwsVolume {
  readonly key: number;
  readonly account: string;
  readonly region: string;
  readonly zone: string;
  readonly id: string;
  readonly sizeGib: number;
  readonly type: "gp2" | "gp3" | "io2" | "st1";
  readonly encrypted: boolean;
  readonly createdMs: number;
  /** The image's snapshot it was made from; empty for an empty volume. */
  readonly madeFrom: string;
  /** Null for a volume that nobody uses. */
  readonly attachment: { readonly instanceId: string; readonly device: string; readonly root: boolean } | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface AwsSnapshot {
  readonly id: string;
  readonly volume: AwsVolume;
  readonly startedMs: number;
  readonly description: string;
  readonly state: "completed" | "error";
  readonly tags: Readonly<Record<string, string>>;
}

const DAY_MS = 86_400_000;
const ROOT_SIZES = [8, 20, 30, 50, 100] as const;
const DATA_SIZES = [100, 200, 500, 1_000, 2_000] as const;
const ROOT_TYPES = ["gp3", "gp3", "gp2"] as const;
const DATA_TYPES = ["gp3", "gp2", "io2", "st1"] as const;

/**
 * The volumes of a place: a root volume for every machine that still exists, a data volume for a third of them, and what was left behind
 * by a terminated machine or taken off a running one.
 */
export function volumesOf(fleet: Fleet, account: string, region: string): readonly AwsVolume[] {
  return fleet.of(account, region, "virtual-machine").flatMap((machine) => {
    const left = chance(machine.key, "volume left") < (machine.state === "terminated" ? 0.8 : 0.05);
    const detached = left ? [volumeOf(machine, "old", null)] : [];
    if (machine.state === "terminated") return detached;
    const attached = { instanceId: machine.id, root: true };
    const root = volumeOf(machine, "root", { ...attached, device: "/dev/xvda" });
    if (chance(machine.key, "data volume") >= 1 / 3) return [root, ...detached];
    return [root, volumeOf(machine, "data", { ...attached, device: "/dev/sdf", root: false }), ...detached];
  });
}

/** The snapshots of some volumes: none of many, one made months ago of some, a few nights' of the others. */
export function snapshotsOf(volumes: readonly AwsVolume[], nowMs: number): readonly AwsSnapshot[] {
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return volumes.flatMap((volume) => {
    const position = chance(volume.key, "snapshots");
    if (position < (volume.attachment === null ? 0.6 : 0.4)) return [];
    if (position < 0.65) {
      const ageDays = 60 + Math.floor(chance(volume.key, "snapshot age") * 340);
      return [snapshotOf(volume, 0, todayMs - ageDays * DAY_MS, "before upgrade")];
    }
    const nights = 1 + Math.floor(chance(volume.key, "nights") * 3);
    return Array.from({ length: nights }, (_, night) => snapshotOf(volume, night, todayMs - night * DAY_MS, "nightly backup"));
  });
}

/** IOPS as they are told for a volume of a type and size (EBS user guide, "Amazon EBS volume types"); null for types that have none. */
export function iopsOf({ type, sizeGib }: Pick<AwsVolume, "type" | "sizeGib">): number | null {
  switch (type) {
    case "gp3":
      return 3_000;
    case "gp2":
      return Math.min(16_000, Math.max(100, 3 * sizeGib));
    case "io2":
      return 4_000;
    case "st1":
      return null;
  }
}

function volumeOf(machine: FleetResource, part: "root" | "data" | "old", attachment: AwsVolume["attachment"]): AwsVolume {
  const { account, region } = machine;
  const key = hash(machine.key, "volume", part);
  const root = part === "root";
  const untagged = chance(key, "untagged") < 0.1;
  return {
    key,
    account,
    region,
    zone: zoneOf(machine),
    id: `vol-0${hexDigits(8, key, "volume")}${machine.key.toString(16).padStart(8, "0")}`,
    sizeGib: root ? pick(ROOT_SIZES, key, "size") : pick(DATA_SIZES, key, "size"),
    type: root ? pick(ROOT_TYPES, key, "type") : pick(DATA_TYPES, key, "type"),
    encrypted: chance(key, "encrypted") < 0.7,
    createdMs: launchMsOf(machine) + (root ? 1_000 : 3_600_000),
    madeFrom: root ? `snap-0${hexDigits(16, region, "image snapshot")}` : "",
    attachment,
    tags: untagged ? {} : { ...machine.tags, Name: `${machine.name}-${part}` },
  };
}

function snapshotOf(volume: AwsVolume, number: number, dayMs: number, purpose: string): AwsSnapshot {
  const { key, tags } = volume;
  return {
    id: `snap-0${hexDigits(8, key, "snapshot", number)}${key.toString(16).padStart(8, "0")}`,
    volume,
    startedMs: dayMs - Math.floor(chance(key, "snapshot time", number) * 6 * 3_600_000),
    description: `${tags.Name ?? volume.id} ${purpose}`,
    state: chance(key, "snapshot state", number) < 0.03 ? "error" : "completed",
    tags,
  };
}
