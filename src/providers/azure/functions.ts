import type { GraphKindReader } from "./graph-resources.ts";
import { optionalTextOf } from "./resource-graph.ts";

/** Function apps. Azure measures the app, not the functions in it. */
export const FUNCTIONS: GraphKindReader = {
  kind: "function",
  types: ["microsoft.web/sites"],
  only: 'kind contains "functionapp"',
  columns: ["status = tostring(properties.state)", "appKind = kind", "host = tostring(properties.defaultHostName)"],
  states: { running: "available", stopped: "stopped" },
  otherState: "unknown",
  attributesOf: (row) => ({ appKind: optionalTextOf(row, "appKind"), dnsName: optionalTextOf(row, "host") }),
};
