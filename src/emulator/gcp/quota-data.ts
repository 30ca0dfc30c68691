import type { Fleet } from "../fleet.ts";
import { chance } from "../hash.ts";
import type { GcpChanges } from "./changes.ts";
import type { GcpDisk } from "./disk-data.ts";
import { machineTypeOf } from "./native-names.ts";

/** A quota of a project in a region, and how much of it is used. */
export interface GcpQuota {
  readonly account: string;
  readonly region: string;
  readonly metric: string;
  readonly usage: number;
  readonly limit: number;
}

const CORES: Readonly<Record<string, readonly [cores: number, metric: string]>> = {
  "e2-medium": [2, "CPUS"],
  "e2-standard-4": [4, "CPUS"],
  "n2-standard-2": [2, "N2_CPUS"],
  "n2d-highmem-4": [4, "N2D_CPUS"],
  "c3-standard-8": [8, "C3_CPUS"],
};
const DISK_METRICS: Readonly<Record<GcpDisk["type"], string>> = {
  "pd-standard": "DISKS_TOTAL_GB",
  "pd-balanced": "SSD_TOTAL_GB",
  "pd-ssd": "SSD_TOTAL_GB",
};
/** What share of its limit a quota uses before any write: some are as good as exhausted. */
const SHARES = [0.98, 0.91, 0.82, 0.6, 0.45, 0.3, 0.2, 0.1] as const;
const NOTHING_YET = 24;

interface World {
  readonly fleet: Fleet;
  readonly disks: readonly GcpDisk[];
  readonly changes: GcpChanges;
}

/** The quotas of a region. Limits follow from what the world began with, so that writes move the usage alone. Machines that are stopped use instances, not cores. */
export function quotasOf({ fleet, disks, changes }: World, account: string, region: string): readonly GcpQuota[] {
  const machines = fleet.of(account, region, "virtual-machine");
  const here = disks.filter((disk) => disk.account === account && disk.region === region);
  const running = machines.filter(({ state }) => state === "running");
  const before = counted(machines.length, running, here);
  const now = counted(
    machines.length,
    running.filter((machine) => changes.stoppedMs(machine) === undefined),
    here.filter(({ id }) => !changes.isDeletedDisk(id)),
  );
  return [...before].map(([metric, amount]) => ({
    account,
    region,
    metric,
    usage: now.get(metric) ?? 0,
    limit: limitOf(amount, chance(fleet.seed, account, region, "quota", metric)),
  }));
}

function counted(
  instances: number,
  running: readonly Parameters<typeof machineTypeOf>[0][],
  disks: readonly GcpDisk[],
): Map<string, number> {
  const counts = new Map(
    [...Object.values(CORES).map(([, metric]) => metric), "DISKS_TOTAL_GB", "SSD_TOTAL_GB"].map((metric) => [metric, 0]),
  );
  const add = (metric: string, amount: number) => counts.set(metric, (counts.get(metric) ?? 0) + amount);
  for (const machine of running) {
    const [cores, metric] = CORES[machineTypeOf(machine)] ?? [0, "CPUS"];
    add(metric, cores);
  }
  for (const { type, sizeGib } of disks) add(DISK_METRICS[type], sizeGib);
  add("INSTANCES", instances);
  return counts;
}

/** A round number above the usage. */
function limitOf(amount: number, position: number): number {
  if (amount === 0) return NOTHING_YET;
  const share = SHARES[Math.floor(position * SHARES.length)] ?? 0.5;
  return Math.ceil(amount / share / 8) * 8;
}
