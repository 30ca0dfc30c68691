import type { Resource } from "../../contracts/index.ts";
import { PROVIDER_ID, required } from "./errors.ts";
import { STATES } from "./instance-states.ts";
import { lastPart, regionOfZone } from "./places.ts";

export const OPERATION = "AggregatedListInstances";

/** The parts of `InstanceAggregatedList` that are read (Compute Engine API reference, v1). */
export interface AggregatedList {
  readonly items?: Readonly<Record<string, InstancesOfZone>>;
  readonly nextPageToken?: string;
  /** Zones and regions that could not be asked, as `projects/P/zones/Z`. */
  readonly unreachables?: readonly string[];
}

interface InstancesOfZone {
  readonly instances?: readonly Instance[];
  readonly warning?: { readonly code?: string; readonly message?: string };
}

interface Instance {
  readonly id?: string;
  readonly name?: string;
  readonly status?: string;
  readonly zone?: string;
  readonly machineType?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly creationTimestamp?: string;
  readonly lastStartTimestamp?: string;
  readonly networkInterfaces?: readonly {
    readonly networkIP?: string;
    readonly accessConfigs?: readonly { readonly natIP?: string }[];
  }[];
}

/** A page of a project's instances, by region. */
export interface InstancesPage {
  readonly byRegion: ReadonlyMap<string, readonly Resource[]>;
  /** Why instances of a region may be missing, by region. */
  readonly unreachable: ReadonlyMap<string, string>;
}

/** Reads a page. Throws `PROVIDER_REPLY_INVALID` where something is missing. */
export function readInstancesPage(reply: AggregatedList, project: string): InstancesPage {
  const byRegion = new Map<string, Resource[]>();
  const unreachable = new Map<string, string>();
  for (const [place, { instances = [], warning }] of Object.entries(required(reply.items, OPERATION, "items"))) {
    // Zones without instances come with this warning; any other one means that something is missing.
    if (warning !== undefined && warning.code !== "NO_RESULTS_ON_PAGE")
      unreachable.set(regionOfZone(lastPart(place)), warning.message ?? warning.code ?? place);
    for (const instance of instances) {
      const resource = resourceOf(instance, project);
      const known = byRegion.get(resource.region);
      if (known === undefined) byRegion.set(resource.region, [resource]);
      else known.push(resource);
    }
  }
  for (const place of reply.unreachables ?? []) {
    const region = regionOfZone(lastPart(place));
    if (!unreachable.has(region)) unreachable.set(region, `${lastPart(place)} is unreachable`);
  }
  return { byRegion, unreachable };
}

function resourceOf(instance: Instance, project: string): Resource {
  const zone = lastPart(required(instance.zone, OPERATION, "zone"));
  const attributes: Record<string, string> = { zone };
  if (instance.machineType) attributes.type = lastPart(instance.machineType);
  const [network] = instance.networkInterfaces ?? [];
  if (network?.networkIP) attributes.privateIp = network.networkIP;
  const publicIp = network?.accessConfigs?.find(({ natIP }) => natIP)?.natIP;
  if (publicIp) attributes.publicIp = publicIp;
  const launchedAt = instance.lastStartTimestamp ?? instance.creationTimestamp;
  if (launchedAt) attributes.launchedAt = new Date(launchedAt).toISOString();
  return {
    provider: PROVIDER_ID,
    account: project,
    region: regionOfZone(zone),
    kind: "virtual-machine",
    id: required(instance.id, OPERATION, "id"),
    name: required(instance.name, OPERATION, "name"),
    state: STATES[required(instance.status, OPERATION, "status")] ?? "unknown",
    tags: instance.labels ?? {},
    attributes,
  };
}
