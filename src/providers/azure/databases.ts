import type { GraphKindReader } from "./graph-resources.ts";
import { optionalTextOf } from "./resource-graph.ts";

const POSTGRES = "microsoft.dbforpostgresql/flexibleservers";
export const MYSQL = "microsoft.dbformysql/flexibleservers";
export const SQL = "microsoft.sql/servers/databases";

const ENGINES: Readonly<Record<string, string>> = { [POSTGRES]: "postgres", [MYSQL]: "mysql", [SQL]: "sqlserver" };

/** Flexible servers of PostgreSQL and MySQL, and databases of Azure SQL but for their system database. */
export const DATABASES: GraphKindReader = {
  kind: "database",
  types: [POSTGRES, MYSQL, SQL],
  only: `not(type =~ "${SQL}" and name =~ "master")`,
  columns: [
    "status = tostring(coalesce(properties.state, properties.status))",
    "version = tostring(properties.version)",
    "size = tostring(sku.name)",
  ],
  // What is not here keeps serving while something is done to it: updating, scaling, …
  states: {
    ready: "available",
    online: "available",
    starting: "starting",
    creating: "starting",
    resuming: "starting",
    stopping: "stopping",
    dropping: "stopping",
    pausing: "stopping",
    stopped: "stopped",
    paused: "stopped",
    offline: "stopped",
    disabled: "failed",
    inaccessible: "failed",
    suspect: "failed",
  },
  otherState: "available",
  attributesOf: (row) => {
    const engine = ENGINES[optionalTextOf(row, "type")?.toLowerCase() ?? ""];
    const version = optionalTextOf(row, "version");
    return {
      engine: engine === undefined ? undefined : [engine, version].filter(Boolean).join(" "),
      type: optionalTextOf(row, "size"),
      status: optionalTextOf(row, "status"),
    };
  },
};
