import type { ProviderContext, Resource, ResourceLister, ResourceState } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";
import type { Clients } from "./clients.ts";
import { PROVIDER_ID, required } from "./errors.ts";
import { projectRegions } from "./instances.ts";
import { pagesOf } from "./paging.ts";
import { GLOBAL } from "./places.ts";

const OPERATION = "ListInstances";
const PAGE_SIZE = "1000";

/** Cloud SQL's states (Admin API reference, `SqlInstanceState`). */
const STATES: Readonly<Record<string, ResourceState>> = {
  RUNNABLE: "available",
  MAINTENANCE: "available",
  ONLINE_MAINTENANCE: "available",
  PENDING_CREATE: "starting",
  REPAIRING: "failed",
  PENDING_DELETE: "stopping",
  SUSPENDED: "stopped",
  FAILED: "failed",
};

/** The parts of `InstancesListResponse` that are read. */
interface Reply {
  readonly items?: readonly NativeDatabase[];
  readonly nextPageToken?: string;
  readonly warnings?: readonly { readonly message?: string; readonly region?: string }[];
}

interface NativeDatabase {
  readonly name?: string;
  readonly region?: string;
  readonly state?: string;
  readonly databaseVersion?: string;
  readonly gceZone?: string;
  readonly connectionName?: string;
  readonly settings?: {
    readonly tier?: string;
    readonly activationPolicy?: string;
    readonly userLabels?: Readonly<Record<string, string>>;
  };
}

interface DatabasesPage {
  readonly databases: readonly Resource[];
  /** Why databases of a region may be missing, by region. */
  readonly missing: ReadonlyMap<string, string>;
}

/** Cloud SQL instances of a region. One list tells those of all regions. */
export function listDatabases(clients: Clients): ResourceLister {
  return async function* ({ account, region }, _where, context) {
    context.signal.throwIfAborted();
    let missing: string | undefined;
    const elsewhere = new Set<string>();
    const regions = region === GLOBAL ? await projectRegions(clients, account, context) : undefined;
    for await (const page of projectDatabases(clients, account, context)) {
      yield page.databases.filter((database) => database.region === region);
      missing ??= page.missing.get(region);
      for (const database of page.databases) if (regions?.has(database.region) === false) elsewhere.add(database.region);
    }
    if (elsewhere.size > 0) context.note(notAsked(account, [...elsewhere].sort()));
    if (missing !== undefined) throw unreachable(region, missing);
  };
}

function projectDatabases(clients: Clients, project: string, context: ProviderContext): AsyncIterable<DatabasesPage> {
  return context.shared(`databases/${project}`, () =>
    pagesOf(OPERATION, (pageToken) =>
      clients.call(context, {
        operation: `sqladmin.${OPERATION}`,
        scope: { account: project },
        send: () => clients.get(`https://sqladmin.googleapis.com/v1/projects/${project}/instances`, { maxResults: PAGE_SIZE, pageToken }),
        read: ({ items = [], warnings = [], nextPageToken }: Reply) => ({
          page: {
            databases: items.map((database) => resourceOf(database, project)),
            missing: new Map(warnings.flatMap(({ region, message = "" }) => (region === undefined ? [] : [[region, message]]))),
          },
          next: nextPageToken,
        }),
      }),
    ),
  );
}

function resourceOf(database: NativeDatabase, project: string): Resource {
  const name = required(database.name, OPERATION, "name");
  const state = required(database.state, OPERATION, "state");
  const { tier, activationPolicy, userLabels = {} } = required(database.settings, OPERATION, "settings");
  const attributes: Record<string, string> = { status: state };
  if (tier) attributes.type = tier;
  if (database.databaseVersion) attributes.engine = database.databaseVersion;
  if (database.gceZone) attributes.zone = database.gceZone;
  if (database.connectionName) attributes.connectionName = database.connectionName;
  return {
    provider: PROVIDER_ID,
    account: project,
    region: required(database.region, OPERATION, "region"),
    kind: "database",
    id: name,
    name,
    // One that its owner has stopped is RUNNABLE all the same.
    state: activationPolicy === "NEVER" && state === "RUNNABLE" ? "stopped" : (STATES[state] ?? "unknown"),
    tags: userLabels,
    attributes,
  };
}

function notAsked(project: string, regions: readonly string[]) {
  const list = regions.join(", ");
  return {
    en: `Project ${project} also has databases in regions without instances, which were not asked: ${list}. Name these regions to include them.`,
    zh: `项目 ${project} 在没有实例的区域中还有数据库，未列出：${list}。如需包含，请在问题中写明这些区域。`,
  };
}

function unreachable(region: string, reason: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_UNAVAILABLE",
    providerId: PROVIDER_ID,
    message: {
      en: `Google Cloud could not list all databases of ${region}: ${reason}`,
      zh: `谷歌云无法列出 ${region} 的全部数据库：${reason}`,
    },
    hint: { en: "Ask again in a minute.", zh: "请一分钟后重试。" },
    details: { vendorCode: "REGION_UNREACHABLE" },
  });
}
