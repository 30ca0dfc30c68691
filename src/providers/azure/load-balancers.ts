import type { GraphKindReader } from "./graph-resources.ts";
import { optionalTextOf } from "./resource-graph.ts";

/** Application gateways. */
export const LOAD_BALANCERS: GraphKindReader = {
  kind: "load-balancer",
  types: ["microsoft.network/applicationgateways"],
  columns: ["status = tostring(properties.operationalState)", "tier = tostring(properties.sku.name)"],
  states: { running: "available", starting: "starting", stopping: "stopping", stopped: "stopped" },
  otherState: "unknown",
  attributesOf: (row) => ({ type: optionalTextOf(row, "tier") }),
};
