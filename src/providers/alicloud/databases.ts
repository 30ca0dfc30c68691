import type { Resource, ResourceLister, ResourceState, Scope } from "../../contracts/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { PROVIDER_ID, required } from "./errors.ts";
import { pagesOf } from "./paging.ts";

const OPERATION = "DescribeDBInstances";
/** The most that DescribeDBInstances gives at a time. */
const PAGE_SIZE = 100;

/** What is not here keeps serving while something is done to it: Backing up, DBInstanceClassChanging, GuardSwitching, … */
const STATES: Readonly<Record<string, ResourceState>> = {
  Running: "available",
  Creating: "starting",
  Rebooting: "starting",
  Restoring: "starting",
  Stopping: "stopping",
  Stopped: "stopped",
  Deleting: "stopping",
  Released: "terminated",
};

interface DatabasesReply {
  readonly NextToken?: string;
  readonly Items: { readonly DBInstance?: readonly Database[] };
}

/** What is read of an instance (RDS API reference, `DescribeDBInstances`). */
interface Database {
  readonly DBInstanceId?: string;
  readonly DBInstanceDescription?: string;
  readonly DBInstanceStatus?: string;
  readonly DBInstanceClass?: string;
  readonly Engine?: string;
  readonly EngineVersion?: string;
  readonly ZoneId?: string;
}

interface TagsReply {
  readonly Items: {
    readonly TagInfos?: readonly {
      readonly TagKey?: string;
      readonly TagValue?: string;
      readonly DBInstanceIds?: { readonly DBInstanceIds?: readonly string[] };
    }[];
  };
}

type TagsById = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** RDS instances. The list has no tags: those of a region come by one more request, where there is something to tag. */
export function listDatabases(accounts: Accounts): ResourceLister {
  return async function* (scope, _where, context) {
    const connection = await accounts.connect(scope, context);
    const list = pagesOf(OPERATION, (token) => {
      const query = { RegionId: scope.region, MaxResults: String(PAGE_SIZE), NextToken: token };
      return connection.rpc("rds", OPERATION, query, ({ Items, NextToken }: Partial<DatabasesReply>) => ({
        page: required(Items?.DBInstance, OPERATION, "Items"),
        next: NextToken,
      }));
    });
    let tags: TagsById | undefined;
    for await (const page of list) {
      if (page.length > 0) tags ??= await readTags(connection, scope);
      yield page.map((database) => resourceOf(database, tags, scope));
    }
  };
}

function readTags({ rpc }: Connection, { region }: Scope): Promise<TagsById> {
  const operation = "DescribeTags";
  return rpc("rds", operation, { RegionId: region }, ({ Items }: Partial<TagsReply>) => {
    const byId = new Map<string, Record<string, string>>();
    for (const { TagKey, TagValue, DBInstanceIds } of required(Items?.TagInfos, operation, "Items")) {
      const key = required(TagKey, operation, "TagKey");
      for (const id of required(DBInstanceIds?.DBInstanceIds, operation, "DBInstanceIds")) {
        byId.set(id, { ...byId.get(id), [key]: TagValue ?? "" });
      }
    }
    return byId;
  });
}

function resourceOf(database: Database, tags: TagsById | undefined, scope: Scope): Resource {
  const id = required(database.DBInstanceId, OPERATION, "DBInstanceId");
  const status = required(database.DBInstanceStatus, OPERATION, "DBInstanceStatus");
  const attributes: Record<string, string> = { status };
  if (database.DBInstanceClass) attributes.type = database.DBInstanceClass;
  if (database.Engine) attributes.engine = `${database.Engine} ${database.EngineVersion ?? ""}`.trim();
  if (database.ZoneId) attributes.zone = database.ZoneId;
  return {
    provider: PROVIDER_ID,
    account: scope.account,
    region: scope.region,
    kind: "database",
    id,
    name: database.DBInstanceDescription || id,
    state: STATES[status] ?? "available",
    tags: tags?.get(id) ?? {},
    attributes,
  };
}
