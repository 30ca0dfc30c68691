import type { Resource, ResourceLister, ResourceState, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, required, requiredList } from "./errors.ts";
import { describeDatabases, type NativeDatabase } from "./operations.ts";
import { countedPages } from "./paging.ts";
import { attributesOf, tagsOf } from "./tags.ts";

const OPERATION = "DescribeDBInstances";
/** Of 500 (MySQL) and 1,000 (PostgreSQL) that the API references allow. */
const PAGE_SIZE = 100;

/** `InstanceStatus` of the API references; what is not here keeps serving while something is done to it. */
const STATES: Readonly<Record<string, ResourceState>> = {
  Running: "available",
  Creating: "starting",
  Restarting: "starting",
  Restoring: "starting",
  Deleting: "stopping",
  Closing: "stopping",
  Closed: "stopped",
  Stopped: "stopped",
  CreateFailed: "failed",
  Error: "failed",
};

/** RDS for MySQL and for PostgreSQL. */
export function listDatabases(accounts: Accounts): ResourceLister {
  return async function* (scope, _where, context) {
    const connection = await accounts.connect(scope, context);
    for (const operation of describeDatabases) {
      yield* countedPages(OPERATION, (PageNumber) =>
        connection.call(operation, { PageNumber, PageSize: PAGE_SIZE }, (result) => ({
          items: requiredList(result.Instances, OPERATION, "Instances").map((database) => resourceOf(database, scope)),
          total: required(result.Total, OPERATION, "Total"),
        })),
      );
    }
  };
}

function resourceOf(database: NativeDatabase, scope: Scope): Resource {
  const id = required(database.InstanceId, OPERATION, "InstanceId");
  const status = required(database.InstanceStatus, OPERATION, "InstanceStatus");
  return {
    provider: PROVIDER_ID,
    account: scope.account,
    region: scope.region,
    kind: "database",
    id,
    name: required(database.InstanceName, OPERATION, "InstanceName") || id,
    state: STATES[status] ?? "available",
    // Not in all models that are published of this reply.
    tags: tagsOf(database.Tags ?? null, OPERATION),
    attributes: attributesOf({ status, type: database.NodeSpec, engine: database.DBEngineVersion, zone: database.ZoneId }),
  };
}
