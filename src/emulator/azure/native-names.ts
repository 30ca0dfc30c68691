import type { ResourceKind } from "../../contracts/index.ts";
import type { FleetPlan, FleetResource } from "../fleet.ts";
import { chance, hexDigits, pick } from "../hash.ts";

export const AZURE_TENANT = "7c1f0e2a-5b43-4d6e-9a10-0000000000aa";
const AZURE_MAIN_SUBSCRIPTION = "3f9d2b10-6c1e-4a55-8f01-00000000a001";
const AZURE_PAYMENTS_SUBSCRIPTION = "3f9d2b10-6c1e-4a55-8f01-00000000b002";

const RESOURCE_TYPES = {
  "virtual-machine": "Microsoft.Compute/virtualMachines",
  function: "Microsoft.Web/sites",
  "load-balancer": "Microsoft.Network/applicationGateways",
} as const;
const VM_SIZES = ["Standard_B2s", "Standard_D2s_v5", "Standard_D4s_v5", "Standard_E2s_v5", "Standard_F4s_v2"] as const;

/** The emulated Azure: one tenant, two subscriptions, four regions, ids in the vendor's forms. */
export const AZURE_FLEET_PLAN: FleetPlan = {
  provider: "azure",
  kinds: ["virtual-machine", "database", "function", "load-balancer"],
  traits: { chineseNames: false, nameTag: false, basicMonitoring: false, terminated: false },
  accounts: [
    { id: AZURE_MAIN_SUBSCRIPTION, name: "main", weight: 70 },
    { id: AZURE_PAYMENTS_SUBSCRIPTION, name: "payments", weight: 30 },
  ],
  regions: [
    { id: "eastus", weight: 35 },
    { id: "westeurope", weight: 25 },
    { id: "southeastasia", weight: 20 },
    { id: "japaneast", weight: 20 },
  ],
  idOf: (kind, { account, name }) => {
    // Names begin with the application, so do resource groups.
    const [application] = name.split("-", 1);
    return `/subscriptions/${account}/resourceGroups/rg-${application}/providers/${resourceTypeOf(kind, name)}/${name}`;
  },
};

/** `Microsoft.Compute/virtualMachines`: the type in a resource id. Databases show their engine in the name. */
export function resourceTypeOf(kind: ResourceKind, name: string): string {
  if (kind !== "database") return RESOURCE_TYPES[kind];
  return name.includes("-mysql-") ? "Microsoft.DBforMySQL/flexibleServers" : "Microsoft.DBforPostgreSQL/flexibleServers";
}

export function vmSizeOf(machine: FleetResource): string {
  return pick(VM_SIZES, machine.key, "size");
}

/** The availability zone of a machine and of its disks; null where it is in none. */
export function availabilityZoneOf({ key }: FleetResource): readonly string[] | null {
  return chance(key, "zonal") < 0.6 ? [pick(["1", "2", "3"], key, "zone")] : null;
}

/** A GUID that follows from what it names. */
export function guidOf(...parts: readonly (number | string)[]): string {
  const digits = hexDigits(32, ...parts);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}
