import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hash, pick } from "../hash.ts";
import { createdMsOf, projectOf, serial, zoneOf } from "./native-names.ts";
import type { VolcengineChanges } from "./volcengine-changes.ts";

export interface EbsVolume {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly project: string;
  readonly kind: "system" | "data";
  readonly type: "ESSD_PL0" | "ESSD_FlexPL" | "TSSD_TL0";
  readonly sizeGib: number;
  readonly encrypted: boolean;
  readonly createdMs: number;
  /** The instance it is attached to; null for a volume that nobody uses. */
  readonly instanceId: string | null;
  /** Id of the policy that makes snapshots of it; empty where nobody does. */
  readonly snapshotPolicyId: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface EbsSnapshot {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly volume: EbsVolume;
  readonly createdMs: number;
  /** Made by a policy or by somebody. */
  readonly type: "auto" | "user";
  readonly status: "available" | "failed";
}

const DAY_MS = 86_400_000;
const SYSTEM_SIZES = [20, 40, 60, 100] as const;
const DATA_SIZES = [100, 200, 500, 1_000, 2_000] as const;
const SYSTEM_TYPES = ["ESSD_PL0", "ESSD_FlexPL"] as const;
const DATA_TYPES = ["ESSD_PL0", "ESSD_FlexPL", "TSSD_TL0"] as const;

/** The volumes of a place that nobody deleted: one system volume a machine, a data volume of a third of them, and some that were detached. */
export function volumesOf(fleet: Fleet, account: string, region: string, { deletedVolumes }: VolcengineChanges): readonly EbsVolume[] {
  return allVolumesOf(fleet, account, region).filter(({ id }) => !deletedVolumes.has(id));
}

/** The same with those that were deleted: their snapshots outlive them. */
export function allVolumesOf(fleet: Fleet, account: string, region: string): readonly EbsVolume[] {
  return fleet
    .of(account, region, "virtual-machine")
    .flatMap((machine) => [
      ...attachedVolumesOf(machine),
      ...(chance(machine.key, "volume left") < 0.06 ? [volumeOf(machine, hash(machine.key, "left"), "data", null)] : []),
    ]);
}

/** The volumes of one machine, the system volume first. */
export function attachedVolumesOf(machine: FleetResource): readonly EbsVolume[] {
  const system = volumeOf(machine, machine.key, "system", machine.id);
  if (chance(machine.key, "data volume") >= 1 / 3) return [system];
  return [system, volumeOf(machine, hash(machine.key, "data"), "data", machine.id)];
}

/** The snapshots of some volumes: a few nights' of those with a policy, old ones of some of the others. */
export function snapshotsOf(volumes: readonly EbsVolume[], nowMs: number): readonly EbsSnapshot[] {
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return volumes.flatMap((volume) => {
    if (volume.snapshotPolicyId !== "") {
      const nights = 1 + Math.floor(chance(volume.key, "nights") * 3);
      return Array.from({ length: nights }, (_, night) => snapshotOf(volume, night, todayMs - night * DAY_MS, "auto"));
    }
    if (chance(volume.key, "snapshot") >= 0.25) return [];
    const ageDays = 60 + Math.floor(chance(volume.key, "snapshot age") * 100);
    return [snapshotOf(volume, 0, todayMs - ageDays * DAY_MS, "user")];
  });
}

function volumeOf(machine: FleetResource, key: number, kind: EbsVolume["kind"], instanceId: string | null): EbsVolume {
  const system = kind === "system";
  const suffix = system ? "系统盘" : instanceId === null ? "旧盘" : "data";
  const policy = chance(key, "snapshot policy") < (instanceId === null ? 0.05 : 0.35);
  return {
    key,
    id: `vol-${serial(20, key, "volume")}`,
    name: `${machine.name}-${suffix}`,
    zone: zoneOf(machine),
    project: projectOf(machine),
    kind,
    type: system ? pick(SYSTEM_TYPES, key, "type") : pick(DATA_TYPES, key, "type"),
    sizeGib: system ? pick(SYSTEM_SIZES, key, "size") : pick(DATA_SIZES, key, "size"),
    encrypted: chance(key, "encrypted") < 0.6,
    createdMs: createdMsOf(machine) + (system ? 0 : 3_600_000),
    instanceId,
    snapshotPolicyId: policy ? `sp-${serial(20, hash(machine.account, machine.region), "policy")}` : "",
    tags: chance(key, "untagged") < 0.1 ? {} : machine.tags,
  };
}

function snapshotOf(volume: EbsVolume, number: number, dayMs: number, type: EbsSnapshot["type"]): EbsSnapshot {
  const key = hash(volume.key, "snapshot", number);
  return {
    key,
    id: `snap-${serial(20, key, "snapshot")}`,
    name: type === "auto" ? `auto-${volume.name}` : `${volume.name}-升级前`,
    volume,
    // Nothing is copied before it is there.
    createdMs: Math.max(volume.createdMs + 3_600_000, dayMs - Math.floor(chance(key, "time") * 6 * 3_600_000)),
    type,
    status: chance(key, "status") < 0.03 ? "failed" : "available",
  };
}
