import type { FleetResource } from "../fleet.ts";

/** What writes have changed since the start or the last reset: the rest of the world follows from its seed. */
export interface VolcengineChanges {
  /** By instance id. */
  readonly stoppedInstances: Set<string>;
  /** By volume id. */
  readonly deletedVolumes: Set<string>;
}

export function noVolcengineChanges(): VolcengineChanges {
  return { stoppedInstances: new Set(), deletedVolumes: new Set() };
}

/** A resource as writes have left it. */
export function currentResource({ stoppedInstances }: VolcengineChanges, resource: FleetResource): FleetResource {
  return stoppedInstances.has(resource.id) ? { ...resource, state: "stopped" } : resource;
}
