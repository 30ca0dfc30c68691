import type { ResourceState } from "../../contracts/index.ts";

/** EC2's states (API reference, `InstanceState`) in the common vocabulary. */
export const STATES: Readonly<Record<string, ResourceState>> = {
  pending: "starting",
  running: "running",
  stopping: "stopping",
  "shutting-down": "stopping",
  stopped: "stopped",
  terminated: "terminated",
};
