import type { ResourceState } from "../../contracts/index.ts";

/** The statuses of ECS (API reference of DescribeInstances, `Status`) in the common vocabulary. */
export const STATES: Readonly<Record<string, ResourceState>> = {
  CREATING: "starting",
  STARTING: "starting",
  REBOOTING: "starting",
  REBUILDING: "starting",
  RESIZING: "starting",
  RUNNING: "running",
  STOPPING: "stopping",
  DELETING: "stopping",
  STOPPED: "stopped",
  ERROR: "failed",
};
