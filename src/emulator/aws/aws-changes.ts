import type { FleetResource } from "../fleet.ts";

/** What writes have changed since the start or the last reset: the rest of the world follows from its seed. */
export interface AwsChanges {
  /** By instance id. */
  readonly stoppedInstances: Set<string>;
  /** `ACCOUNT/NAME`: dashboards are an account's, not a region's. */
  readonly deletedDashboards: Set<string>;
  /** Days by ARN of the log group. */
  readonly retentionDays: Map<string, number>;
}

export function noAwsChanges(): AwsChanges {
  return { stoppedInstances: new Set(), deletedDashboards: new Set(), retentionDays: new Map() };
}

/** An instance as writes have left it. */
export function currentInstance(changes: AwsChanges, resource: FleetResource): FleetResource {
  return changes.stoppedInstances.has(resource.id) ? { ...resource, state: "stopped" } : resource;
}
