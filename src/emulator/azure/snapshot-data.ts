import { chance, hash, pick } from "../hash.ts";
import type { AzureDisk } from "./disk-data.ts";

/** A snapshot of a managed disk. */
export interface AzureSnapshot {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly disk: AzureDisk;
  readonly createdMs: number;
  readonly incremental: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

const AGES_IN_DAYS = [1, 2, 6, 13, 29, 60, 124, 210, 400] as const;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Snapshots that there are: of some disks none, of others up to three, some of them months old. They outlive their disk. */
export function snapshotsOf(disks: readonly AzureDisk[], nowMs: number): readonly AzureSnapshot[] {
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return disks.flatMap((disk) => {
    if (chance(disk.key, "snapshots") >= 0.35) return [];
    return Array.from({ length: 1 + (hash(disk.key, "number of snapshots") % 3) }, (_, index) => snapshot(disk, index, todayMs));
  });
}

function snapshot(disk: AzureDisk, index: number, todayMs: number): AzureSnapshot {
  const key = hash(disk.key, "snapshot", index);
  const name = `${disk.name.slice(0, 60)}-snap-${index + 1}`;
  const manual = chance(key, "manual") < 0.3;
  return {
    key,
    id: `/subscriptions/${disk.account}/resourceGroups/rg-${disk.machine.application}/providers/Microsoft.Compute/snapshots/${name}`,
    name,
    disk,
    createdMs: todayMs - pick(AGES_IN_DAYS, key, "age") * DAY_MS + (key % 20) * HOUR_MS,
    incremental: chance(key, "incremental") < 0.7,
    tags: { service: disk.machine.application, reason: manual ? "发布前备份" : "nightly" },
  };
}
