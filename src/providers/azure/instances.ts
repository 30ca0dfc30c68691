import type { GraphKindReader } from "./graph-resources.ts";
import { optionalTextOf } from "./resource-graph.ts";

/** Virtual machines. Resource Graph tells their power state without a request for each ("Get virtual machine power state"). */
export const VIRTUAL_MACHINES: GraphKindReader = {
  kind: "virtual-machine",
  types: ["microsoft.compute/virtualmachines"],
  columns: [
    "status = tostring(properties.extended.instanceView.powerState.code)",
    "size = tostring(properties.hardwareProfile.vmSize)",
    "os = tostring(properties.storageProfile.osDisk.osType)",
    "createdAt = tostring(properties.timeCreated)",
    "zone = tostring(zones[0])",
  ],
  // "States and billing status of Azure Virtual Machines".
  states: {
    "powerstate/running": "running",
    "powerstate/starting": "starting",
    "powerstate/stopping": "stopping",
    "powerstate/deallocating": "stopping",
    "powerstate/stopped": "stopped",
    "powerstate/deallocated": "stopped",
  },
  otherState: "unknown",
  attributesOf: (row) => ({
    type: optionalTextOf(row, "size"),
    os: optionalTextOf(row, "os"),
    launchedAt: optionalTextOf(row, "createdAt"),
    zone: optionalTextOf(row, "zone"),
    powerState: optionalTextOf(row, "status")?.replace(/^PowerState\//i, ""),
  }),
};
