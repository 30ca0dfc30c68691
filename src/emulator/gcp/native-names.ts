import type { FleetPlan, FleetResource } from "../fleet.ts";
import { hash, hexDigits, pick } from "../hash.ts";

export const GCP_MAIN_PROJECT = "nimbus-main-417203";
const GCP_PAYMENTS_PROJECT = "nimbus-payments-418851";

const ZONE_SUFFIXES = ["a", "b", "c"] as const;
const MACHINE_TYPES = ["e2-medium", "e2-standard-4", "n2-standard-2", "n2d-highmem-4", "c3-standard-8"] as const;

/** The emulated Google Cloud: two projects, four regions, ids in the vendor's forms. */
export const GCP_FLEET_PLAN: FleetPlan = {
  provider: "gcp",
  kinds: ["virtual-machine", "database"],
  traits: { chineseNames: false, nameTag: false, basicMonitoring: false, terminated: false, tagValue: labelValue },
  accounts: [
    { id: GCP_MAIN_PROJECT, name: "main", weight: 70 },
    { id: GCP_PAYMENTS_PROJECT, name: "payments", weight: 30 },
  ],
  regions: [
    { id: "us-central1", weight: 35 },
    { id: "europe-west1", weight: 25 },
    { id: "asia-east1", weight: 20 },
    { id: "asia-southeast1", weight: 20 },
  ],
  idOf: (kind, { name, key }) => (kind === "virtual-machine" ? numericId(key) : name),
};

/** 19 digits, as ids of Compute Engine: more than a JavaScript number holds. */
export function numericId(key: number): string {
  return String(1_000_000_000_000_000_000n + BigInt(key) * 1_000_000_007n + BigInt(hash(key, "id") % 1_000_000_007));
}

/** Lower-case letters, digits, `_` and `-`, international ones too (Compute Engine guide, "Labels": requirements). */
function labelValue(value: string): string {
  return value.toLowerCase().replace(/[^\p{Ll}\p{Lo}\p{N}_-]/gu, "-");
}

/** 12 digits: what quotas and full resource names call a project. */
export function projectNumber(project: string): string {
  return String(100_000_000_000 + hash(project, "number") * 100);
}

export function zonesOf(region: string): readonly string[] {
  return ZONE_SUFFIXES.map((suffix) => `${region}-${suffix}`);
}

export function zoneOf(resource: FleetResource): string {
  return `${resource.region}-${pick(ZONE_SUFFIXES, resource.key, "zone")}`;
}

export function machineTypeOf(resource: FleetResource): string {
  return pick(MACHINE_TYPES, resource.key, "type");
}

/** Eight bytes in base64, as fingerprints and etags are. */
export function fingerprintOf(...parts: readonly (number | string)[]): string {
  return Buffer.from(hexDigits(16, ...parts), "hex").toString("base64");
}

/** Of a database: its engine stands in its name. */
export function isPostgres(resource: FleetResource): boolean {
  return resource.name.includes("postgres");
}
