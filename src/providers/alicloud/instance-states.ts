import type { ResourceState } from "../../contracts/index.ts";

/** ECS's states (API reference, `DescribeInstances`, `Status`) in the common vocabulary. */
export const STATES: Readonly<Record<string, ResourceState>> = {
  Pending: "starting",
  Starting: "starting",
  Running: "running",
  Stopping: "stopping",
  Stopped: "stopped",
};
