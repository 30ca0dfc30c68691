import type { ResourceState } from "../../contracts/index.ts";
import type { Fleet, FleetResource } from "../fleet.ts";
import { chance, hexDigits } from "../hash.ts";
import { attachedDisksOf, instanceCreatedMs } from "./disk-data.ts";
import { fingerprintOf, machineTypeOf, projectNumber, zoneOf } from "./native-names.ts";

/** What Compute Engine knows about an instance. */
export interface ComputeInstance {
  readonly resource: FleetResource;
  readonly zone: string;
  /** The `Instance` of the vendor's discovery document. */
  readonly shape: Readonly<Record<string, unknown>>;
  /** The same as JSON. */
  readonly json: string;
}

export const COMPUTE_ROOT = "https://www.googleapis.com/compute/v1";

// Instance life cycle: a machine that was shut down is TERMINATED, one on the way there STOPPING (Compute Engine guide, "Instance life cycle").
const STATUSES: Readonly<Partial<Record<ResourceState, string>>> = { running: "RUNNING", stopping: "STOPPING", stopped: "TERMINATED" };
const CPU_PLATFORMS: Readonly<Record<string, string>> = {
  e2: "Intel Broadwell",
  n2: "Intel Cascade Lake",
  n2d: "AMD Milan",
  c3: "Intel Sapphire Rapids",
};

/** `RUNNING`, `STOPPING` or `TERMINATED`. */
function statusOf(resource: FleetResource): string {
  return STATUSES[resource.state] ?? "RUNNING";
}

/** The instance as it is since somebody stopped it. */
export function stoppedInstance(instance: ComputeInstance, stoppedMs: number): ComputeInstance {
  const shape = { ...instance.shape, status: "TERMINATED", cpuPlatform: "Unknown CPU Platform", lastStopTimestamp: pacificTime(stoppedMs) };
  return { ...instance, shape, json: JSON.stringify(shape) };
}

/** Instances of each project, by zone and then by name, with their JSON ready: a call should cost no more than joining strings. */
export function computeInstances(fleet: Fleet): ReadonlyMap<string, readonly ComputeInstance[]> {
  return new Map(
    fleet.accounts.map(({ id }) => [
      id,
      fleet.regions
        .flatMap((region) => fleet.of(id, region.id, "virtual-machine"))
        .map(describe)
        .sort((left, right) => compare(left.zone, right.zone) || compare(left.resource.name, right.resource.name)),
    ]),
  );
}

function describe(resource: FleetResource): ComputeInstance {
  const zone = zoneOf(resource);
  const shape = instanceShape(resource, zone);
  return { resource, zone, shape, json: JSON.stringify(shape) };
}

function instanceShape(resource: FleetResource, zone: string): Readonly<Record<string, unknown>> {
  const { key, account, region, name } = resource;
  const zoneUrl = `${COMPUTE_ROOT}/projects/${account}/zones/${zone}`;
  const machineType = machineTypeOf(resource);
  const status = statusOf(resource);
  const createdMs = instanceCreatedMs(resource);
  const external = chance(key, "external") < 0.3;
  const stoppedMs = createdMs + 20 * 86_400_000;
  return {
    kind: "compute#instance",
    id: resource.id,
    creationTimestamp: pacificTime(createdMs),
    name,
    tags: { items: [resource.application], fingerprint: fingerprintOf(key, "tags") },
    machineType: `${zoneUrl}/machineTypes/${machineType}`,
    status,
    zone: zoneUrl,
    canIpForward: false,
    networkInterfaces: [
      {
        kind: "compute#networkInterface",
        network: `${COMPUTE_ROOT}/projects/${account}/global/networks/default`,
        subnetwork: `${COMPUTE_ROOT}/projects/${account}/regions/${region}/subnetworks/default`,
        networkIP: `10.${128 + (key & 15)}.${(key >>> 8) & 255}.${2 + (((key >>> 16) & 255) % 250)}`,
        name: "nic0",
        ...(external ? { accessConfigs: [accessConfig(resource)] } : {}),
        fingerprint: fingerprintOf(key, "interface"),
        stackType: "IPV4_ONLY",
      },
    ],
    disks: attachedDisksOf(resource).map((disk, index) => ({
      kind: "compute#attachedDisk",
      type: "PERSISTENT",
      mode: "READ_WRITE",
      source: `${zoneUrl}/disks/${disk.name}`,
      deviceName: `persistent-disk-${index}`,
      index,
      boot: disk.boot,
      autoDelete: disk.boot,
      interface: "SCSI",
      diskSizeGb: String(disk.sizeGib),
      ...(disk.boot ? { architecture: "X86_64" } : {}),
    })),
    metadata: { kind: "compute#metadata", fingerprint: fingerprintOf(key, "metadata") },
    serviceAccounts: [
      {
        email: `${projectNumber(account)}-compute@developer.gserviceaccount.com`,
        scopes: ["https://www.googleapis.com/auth/cloud-platform"],
      },
    ],
    selfLink: `${zoneUrl}/instances/${name}`,
    scheduling: { onHostMaintenance: "MIGRATE", automaticRestart: true, preemptible: false, provisioningModel: "STANDARD" },
    cpuPlatform:
      status === "RUNNING" ? (CPU_PLATFORMS[machineType.slice(0, machineType.indexOf("-"))] ?? "Intel Broadwell") : "Unknown CPU Platform",
    labels: resource.tags,
    labelFingerprint: fingerprintOf(key, "labels"),
    startRestricted: false,
    deletionProtection: resource.tags.env === "prod",
    fingerprint: fingerprintOf(key, "instance"),
    lastStartTimestamp: pacificTime(createdMs + 7_000),
    ...(status === "TERMINATED" ? { lastStopTimestamp: pacificTime(stoppedMs) } : {}),
  };
}

function accessConfig({ key }: FleetResource): Readonly<Record<string, unknown>> {
  return {
    kind: "compute#accessConfig",
    type: "ONE_TO_ONE_NAT",
    name: "External NAT",
    natIP: `203.0.113.${Number.parseInt(hexDigits(2, key, "nat"), 16)}`,
    networkTier: "PREMIUM",
  };
}

/** RFC 3339 in Pacific time, as Compute Engine gives times; without summer time here. */
export function pacificTime(ms: number): string {
  return `${new Date(ms - 8 * 3_600_000).toISOString().slice(0, 23)}-08:00`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
