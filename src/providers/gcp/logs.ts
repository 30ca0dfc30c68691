import type { LogPage, LogRequest, LogSource, LogsCapability, ProviderContext, Scope } from "../../contracts/index.ts";
import { type Clients, ONE_REQUEST } from "./clients.ts";
import { projectRegions } from "./instances.ts";
import { type NativeEntry, payloadContains, type ReadEntry, readEntry } from "./log-entries.ts";
import { logFilter, type Place } from "./log-filter.ts";
import { pagesOf } from "./paging.ts";
import { GLOBAL } from "./places.ts";

/** The most that Cloud Logging gives at a time (`entries.list`, `logs.list`). */
const PAGE_SIZE = 1_000;
/** A project may ask for entries 60 times a minute ("Quotas and limits"), and pages may be empty. */
const MOST_PAGES = 20;

/** Cloud Logging. Entries belong to the region that their monitored resource names; those that name none to `global`. */
export function cloudLogging(clients: Clients): LogsCapability {
  return {
    /** A filter has at most 20,000 characters (Logging query language), and the names of logs are most of it. */
    batchSize: 50,
    sources: (scope, _service, context) => listLogs(clients, scope, context),
    read: (scope, request, context) => readLogs(clients, scope, request, context),
  };
}

interface LogsReply {
  readonly logNames?: readonly string[];
  readonly nextPageToken?: string;
}

/** The logs of the project: any of them may hold entries of any service, in any region. */
function listLogs(clients: Clients, { account }: Scope, context: ProviderContext): AsyncIterable<readonly LogSource[]> {
  return context.shared(`logs/${account}`, async function* () {
    const client = await clients.client("logging");
    yield* pagesOf("ListLogs", (pageToken) =>
      clients.call(context, {
        operation: "logging.ListLogs",
        scope: { account },
        send: () =>
          client.listLogs(
            { parent: `projects/${account}`, pageSize: PAGE_SIZE, ...(pageToken === undefined ? {} : { pageToken }) },
            ONE_REQUEST,
          ),
        read: ({ logNames = [], nextPageToken }: LogsReply) => ({
          page: logNames.map((name): LogSource => ({ name })),
          next: nextPageToken,
        }),
      }),
    );
  });
}

async function* readLogs(clients: Clients, scope: Scope, request: LogRequest, context: ProviderContext): AsyncGenerator<LogPage> {
  if (request.sources.length === 0) return;
  const filter = logFilter(request, await placeOf(clients, scope, context));
  const { countBy, limit } = request;
  let left = limit;
  let pages = 0;
  for await (const { found, more } of listEntries(clients, scope, filter, request, context)) {
    const wanted = found.slice(0, left);
    left -= wanted.length;
    pages++;
    const cut = more || wanted.length < found.length;
    const content = countBy === undefined ? { entries: wanted.map(({ entry }) => entry) } : { counts: countsOf(wanted, countBy, scope) };
    if (left <= 0) yield { ...content, ...(cut && countBy !== undefined ? { truncated: cutAfter(limit) } : {}) };
    else if (pages === MOST_PAGES && more) yield { ...content, truncated: SEARCHED };
    else yield content;
    if (left <= 0 || pages === MOST_PAGES) return;
  }
}

interface EntriesReply {
  readonly entries?: readonly NativeEntry[];
  readonly nextPageToken?: string;
}

/** Entries of the scope, newest first; a page may be empty although more will come (`ListLogEntriesResponse`). */
async function* listEntries(
  clients: Clients,
  { account, region }: Scope,
  filter: string,
  { contains = [], excludes = [], limit, countBy }: LogRequest,
  context: ProviderContext,
): AsyncGenerator<{ readonly found: readonly ReadEntry[]; readonly more: boolean }> {
  const client = await clients.client("logging");
  // The cloud looks for a text in all fields, names of logs included.
  const isMeant = (entry: NativeEntry) =>
    contains.every((text) => payloadContains(entry, text)) && !excludes.some((text) => payloadContains(entry, text));
  yield* pagesOf("ListLogEntries", (pageToken) =>
    clients.call(context, {
      operation: "logging.ListLogEntries",
      scope: { account, region },
      send: () =>
        client.listLogEntries(
          {
            resourceNames: [`projects/${account}`],
            filter,
            orderBy: "timestamp desc",
            pageSize: countBy === undefined ? Math.min(limit, PAGE_SIZE) : PAGE_SIZE,
            ...(pageToken === undefined ? {} : { pageToken }),
          },
          ONE_REQUEST,
        ),
      read: ({ entries = [], nextPageToken }: EntriesReply) => ({
        page: { found: entries.filter(isMeant).map(readEntry), more: Boolean(nextPageToken) },
        next: nextPageToken,
      }),
    }),
  );
}

async function placeOf(clients: Clients, { account, region }: Scope, context: ProviderContext): Promise<Place> {
  if (region !== GLOBAL) return { regions: [region], except: false };
  return { regions: [...(await projectRegions(clients, account, context))].sort(), except: true };
}

/** Cloud Logging cannot count: entries are. */
function countsOf(entries: readonly ReadEntry[], countBy: string, scope: Scope): NonNullable<LogPage["counts"]> {
  const counts = new Map<string, number>();
  for (const each of entries) {
    const value = countedValue(each, countBy, scope);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count }));
}

function countedValue({ entry, field }: ReadEntry, countBy: string, scope: Scope): string {
  switch (countBy) {
    case "region":
    case "account":
    case "provider":
      return scope[countBy];
    case "severity":
      return entry.severity ?? "unknown";
    case "service":
    case "source":
    case "message":
      return entry[countBy] ?? "";
    default:
      return field(countBy);
  }
}

const SEARCHED = {
  en: `Cloud Logging was asked for ${MOST_PAGES} pages; older entries were not searched.`,
  zh: `已向 Cloud Logging 请求 ${MOST_PAGES} 页，更早的日志未搜索。`,
};

function cutAfter(limit: number) {
  return {
    en: `Cloud Logging cannot count, so entries were: only the newest ${limit}.`,
    zh: `Cloud Logging 不支持计数，因此逐条统计，仅统计了最新的 ${limit} 条。`,
  };
}
