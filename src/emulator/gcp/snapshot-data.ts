import { chance, hash, pick } from "../hash.ts";
import type { GcpDisk } from "./disk-data.ts";
import { numericId } from "./native-names.ts";

/** A snapshot of a persistent disk. */
export interface GcpSnapshot {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly disk: GcpDisk;
  readonly createdMs: number;
  readonly storageBytes: number;
  /** Whether a resource policy took it. */
  readonly automatic: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

const MANUAL_AGES_IN_DAYS = [2, 20, 60, 124, 210, 400] as const;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Snapshots that there are: those of the schedule are fresh, those that somebody took may be months old, and many disks have none. They outlive their disk. */
export function snapshotsOf(disks: readonly GcpDisk[], nowMs: number): readonly GcpSnapshot[] {
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return disks.flatMap((disk) => [
    ...(disk.scheduled ? [snapshot(disk, 0, todayMs - DAY_MS), snapshot(disk, 1, todayMs - 2 * DAY_MS)] : []),
    ...(chance(disk.key, "manual snapshot") < 0.15
      ? [snapshot(disk, 2, todayMs - pick(MANUAL_AGES_IN_DAYS, disk.key, "age") * DAY_MS)]
      : []),
  ]);
}

function snapshot(disk: GcpDisk, index: number, dayMs: number): GcpSnapshot {
  const key = hash(disk.key, "snapshot", index);
  const automatic = index < 2;
  return {
    key,
    id: numericId(key),
    name: automatic ? `${disk.name}-auto-${index + 1}-${disk.id.slice(-6)}` : `${disk.name}-before-release-${disk.id.slice(-6)}`,
    disk,
    createdMs: dayMs + (key % 20) * HOUR_MS,
    storageBytes: Math.floor(disk.sizeGib * 2 ** 30 * (0.05 + chance(key, "stored") * 0.6)),
    automatic,
    labels: { service: disk.machine.application, reason: automatic ? "nightly" : "发布前备份" },
  };
}
