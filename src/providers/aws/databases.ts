import type { DBInstance } from "@aws-sdk/client-rds";
import type { Resource, ResourceLister, ResourceState, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import { PROVIDER_ID, required } from "./errors.ts";
import { pagesOf } from "./paging.ts";

const OPERATION = "DescribeDBInstances";
const PAGE_SIZE = 100;

/** What is not here keeps serving while something is done to it: backing-up, modifying, upgrading, … */
const STATES: Readonly<Record<string, ResourceState>> = {
  available: "available",
  starting: "starting",
  creating: "starting",
  rebooting: "starting",
  stopping: "stopping",
  deleting: "stopping",
  stopped: "stopped",
  failed: "failed",
  "storage-full": "failed",
  "restore-error": "failed",
  "insufficient-capacity": "failed",
};

/** RDS instances. RDS has no filter for states and tags, so the core checks those. */
export function listDatabases(accounts: Accounts): ResourceLister {
  return async function* (scope, _where, context) {
    const { sdk, call } = await accounts.connect("rds", scope, context);
    const list = pagesOf(OPERATION, (token) =>
      call(
        OPERATION,
        (client, send) =>
          client.send(
            new sdk.DescribeDBInstancesCommand({ MaxRecords: PAGE_SIZE, ...(token === undefined ? {} : { Marker: token }) }),
            send,
          ),
        (reply) => ({
          page: required(reply.DBInstances, OPERATION, "DBInstances").map((database) => resourceOf(database, scope)),
          next: reply.Marker,
        }),
      ),
    );
    yield* list;
  };
}

function resourceOf(database: DBInstance, scope: Scope): Resource {
  const id = required(database.DBInstanceIdentifier, OPERATION, "DBInstanceIdentifier");
  const status = required(database.DBInstanceStatus, OPERATION, "DBInstanceStatus");
  const tags: Record<string, string> = {};
  for (const { Key, Value } of required(database.TagList, OPERATION, "TagList")) tags[required(Key, OPERATION, "Key")] = Value ?? "";
  const attributes: Record<string, string | number | boolean> = { status };
  if (database.DBInstanceClass) attributes.type = database.DBInstanceClass;
  if (database.Engine) attributes.engine = `${database.Engine} ${database.EngineVersion ?? ""}`.trim();
  if (database.StorageEncrypted !== undefined) attributes.encrypted = database.StorageEncrypted;
  if (database.AvailabilityZone) attributes.zone = database.AvailabilityZone;
  const state = STATES[status] ?? (/^(incompatible|inaccessible)/.test(status) ? "failed" : "available");
  return { provider: PROVIDER_ID, account: scope.account, region: scope.region, kind: "database", id, name: id, state, tags, attributes };
}
