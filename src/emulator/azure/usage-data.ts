import type { Fleet, FleetResource } from "../fleet.ts";
import { chance } from "../hash.ts";
import { AzureChanges } from "./changes.ts";
import type { AzureDisk } from "./disk-data.ts";
import { isAllocated } from "./machine-power.ts";
import { vmSizeOf } from "./native-names.ts";

/** A quota of a subscription in a region, and how much of it is used. */
export interface AzureUsage {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly localizedName: string;
  readonly current: number;
  readonly limit: number;
}

const ALL_CORES = ["cores", "Total Regional vCPUs"] as const;
const DSV5 = ["standardDSv5Family", "Standard DSv5 Family vCPUs"] as const;
const SIZES: Readonly<Record<string, { readonly cores: number; readonly family: readonly [name: string, localizedName: string] }>> = {
  Standard_B2s: { cores: 2, family: ["standardBSFamily", "Standard BS Family vCPUs"] },
  Standard_D2s_v5: { cores: 2, family: DSV5 },
  Standard_D4s_v5: { cores: 4, family: DSV5 },
  Standard_E2s_v5: { cores: 2, family: ["standardESv5Family", "Standard ESv5 Family vCPUs"] },
  Standard_F4s_v2: { cores: 4, family: ["standardFSv2Family", "Standard FSv2 Family vCPUs"] },
};
const DISK_COUNTS: Readonly<Record<AzureDisk["sku"], readonly [name: string, localizedName: string]>> = {
  Premium_LRS: ["PremiumDiskCount", "Premium Storage Managed Disks"],
  StandardSSD_LRS: ["StandardSSDDiskCount", "StandardSSDStorageDisks"],
  Standard_LRS: ["StandardDiskCount", "Standard Storage Managed Disks"],
  PremiumV2_LRS: ["PremiumV2DiskCount", "PremiumV2 Storage Managed Disks"],
};
/** What share of its limit a quota uses before any write: some are as good as exhausted. */
const SHARES = [0.98, 0.91, 0.82, 0.6, 0.45, 0.3, 0.2, 0.1] as const;
const NOTHING_YET = 100;

type Count = Readonly<Record<string, { readonly localizedName: string; readonly amount: number }>>;

/** The compute quotas of a region. Limits follow from what the world began with, so that writes move the usage alone. */
export function usagesOf(
  { fleet, disks, changes }: { readonly fleet: Fleet; readonly disks: readonly AzureDisk[]; readonly changes: AzureChanges },
  account: string,
  region: string,
): readonly AzureUsage[] {
  const machines = fleet.of(account, region, "virtual-machine");
  const here = disks.filter((disk) => disk.account === account && disk.region === region);
  const before = counted(machines, here, new AzureChanges());
  const now = counted(machines, here, changes);
  return Object.entries(before).map(([name, { localizedName, amount }]) => ({
    account,
    region,
    name,
    localizedName,
    current: now[name]?.amount ?? 0,
    limit: limitOf(amount, chance(fleet.seed, account, region, "quota", name)),
  }));
}

function counted(machines: readonly FleetResource[], disks: readonly AzureDisk[], changes: AzureChanges): Count {
  const count: Record<string, { localizedName: string; amount: number }> = {};
  const add = ([name, localizedName]: readonly [string, string], amount: number) => {
    count[name] = { localizedName, amount: (count[name]?.amount ?? 0) + amount };
  };
  add(ALL_CORES, 0);
  add(["virtualMachines", "Virtual Machines"], machines.length);
  for (const { family } of Object.values(SIZES)) add(family, 0);
  for (const quota of Object.values(DISK_COUNTS)) add(quota, 0);
  for (const machine of machines) {
    const size = SIZES[vmSizeOf(machine)];
    if (size === undefined || !isAllocated(machine, changes)) continue;
    add(ALL_CORES, size.cores);
    add(size.family, size.cores);
  }
  for (const { id, sku } of disks) if (!changes.isDeletedDisk(id)) add(DISK_COUNTS[sku], 1);
  return count;
}

/** A round number above the usage. */
function limitOf(amount: number, position: number): number {
  if (amount === 0) return NOTHING_YET;
  const share = SHARES[Math.floor(position * SHARES.length)] ?? 0.5;
  return Math.ceil(amount / share / 5) * 5;
}
