import type { ResourceState } from "../../contracts/index.ts";

/** Compute Engine's states ("VM instance lifecycle") in the common vocabulary; a TERMINATED instance can be started again. */
export const STATES: Readonly<Record<string, ResourceState>> = {
  PENDING: "starting",
  PROVISIONING: "starting",
  STAGING: "starting",
  RUNNING: "running",
  REPAIRING: "failed",
  PENDING_STOP: "stopping",
  STOPPING: "stopping",
  SUSPENDING: "stopping",
  DEPROVISIONING: "stopping",
  STOPPED: "stopped",
  SUSPENDED: "stopped",
  TERMINATED: "stopped",
};
