import type { LogEntry, LogPage, LogRequest, LogsCapability, ProviderContext, Scope } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";
import { severityOfLevel } from "../shared/log-vocabulary.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { required } from "./errors.ts";
import { getLogs, type LogsReply, PAGE_SIZE } from "./get-logs.ts";
import { entryOf, picker, type RawLog } from "./log-entry.ts";
import { type IndexedField, type LogIndex, logIndex } from "./log-index.ts";
import { COUNT, countStatement, MOST_VALUES, searchStatement, VALUE } from "./log-query.ts";
import { isNamedAfter, type LogPlace, listLogstores, placeOf, sourceName } from "./log-sources.ts";
import { nativeTable } from "./log-table.ts";
import { fullPages } from "./paging.ts";

/** Logs of one logstore that are looked through for a question. */
const MOST_LOGS = 10_000;

/** The Simple Log Service: logstores, read by search statements and counted by SQL. */
export function simpleLogService(accounts: Accounts): LogsCapability {
  return {
    /** A request reads one logstore. */
    batchSize: 1,
    sources: (scope, service, context) => listLogstores(accounts, scope, service, context),
    async *read(scope, request, context) {
      const connection = await accounts.connect(scope, context);
      for (const source of request.sources) yield* readLogstore(connection, scope, placeOf(source), request, context);
    },
  };
}

/** One logstore of a question. */
interface Reading {
  readonly connection: Connection;
  readonly scope: Scope;
  readonly place: LogPlace;
  readonly request: LogRequest;
  /** Set where other services write here, too. */
  readonly service: string | undefined;
  readonly context: ProviderContext;
}

async function* readLogstore(
  connection: Connection,
  scope: Scope,
  place: LogPlace,
  request: LogRequest,
  context: ProviderContext,
): AsyncGenerator<LogPage> {
  const service = request.service !== undefined && !isNamedAfter(place, request.service) ? request.service : undefined;
  const reading = { connection, scope, place, request, service, context };
  if (request.native !== undefined) {
    yield await readNative(reading, request.native);
    return;
  }
  // Only levels, services and counts are asked for by field, and need to know which fields there are.
  const byField = request.severities !== undefined || request.countBy !== undefined || service !== undefined;
  const index = byField ? await logIndex(connection, scope, place, context) : undefined;
  if (request.countBy === undefined) yield* readEntries(reading, index);
  else yield await countEntries(reading, required(index, "GetIndex", "an index"), request.countBy);
}

/** What was found until pages were lost stays in the answer: it is the newest there is. */
async function* readEntries(reading: Reading, index: LogIndex | undefined): AsyncGenerator<LogPage> {
  const { place, request, service } = reading;
  const picks = picker(request, service);
  const entries: LogEntry[] = [];
  let told: Told;
  try {
    told = await lookThrough(reading, searchStatement({ ...request, service }, index).text, ({ logs }) => {
      for (const log of logs) {
        const entry = entryOf(log, place);
        if (picks(entry, log)) entries.push(entry);
      }
      entries.sort((left, right) => right.timestampMs - left.timestampMs);
      const last = entries[request.limit - 1];
      const oldest = logs.at(-1);
      if (last === undefined || oldest === undefined) return false;
      // The next page may hold newer ones of the same minute.
      return minuteOf(entryOf(oldest, place)) < minuteOf(last);
    });
  } catch (error) {
    if (entries.length > 0) yield { entries: entries.slice(0, request.limit) };
    throw error;
  }
  yield { entries: entries.slice(0, request.limit), ...told };
}

/** What the service says beside its logs. */
type Told = Pick<LogPage, "truncated" | "scannedBytes">;

/** Takes pages, newest first, until there are enough. */
async function lookThrough(
  { connection, place, request: { window }, context }: Reading,
  text: string,
  enough: (reply: LogsReply) => boolean,
): Promise<Told> {
  let truncated: Text | undefined;
  let scannedBytes: number | undefined;
  let looked = 0;
  const pages = fullPages("GetLogsV2", PAGE_SIZE, rowsOf, (offset) => getLogs(connection, place, { text, window, offset }, context));
  for await (const reply of pages) {
    truncated ??= reply.truncated;
    if (reply.processedBytes !== undefined) scannedBytes = (scannedBytes ?? 0) + reply.processedBytes;
    looked += reply.logs.length;
    if (enough(reply)) break;
    if (looked >= MOST_LOGS) {
      truncated ??= CUT;
      break;
    }
  }
  return told(truncated, scannedBytes);
}

function rowsOf({ logs }: LogsReply): number {
  return logs.length;
}

function told(truncated: Text | undefined, scannedBytes: number | undefined): Told {
  return { ...(truncated === undefined ? {} : { truncated }), ...(scannedBytes === undefined ? {} : { scannedBytes }) };
}

async function countEntries(reading: Reading, index: LogIndex, countBy: string): Promise<LogPage> {
  const { connection, place, request, service, context } = reading;
  const field = countedField(countBy, index);
  if (field?.countable === false) context.note(notCountable(field));
  const search = searchStatement({ ...request, service }, index);
  if (!search.exact) context.note(INEXACT);
  const usable = field?.countable ? field : undefined;
  const reply = await getLogs(connection, place, { text: countStatement(search.text, usable), window: request.window, offset: 0 }, context);
  const counts = new Map<string, number>();
  for (const row of reply.logs) {
    const value = countedValue(usable === undefined ? undefined : row[VALUE], countBy, reading);
    const count = Number(required(row[COUNT], "GetLogsV2", "the count"));
    if (count > 0) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  const truncated = reply.truncated ?? (reply.logs.length >= MOST_VALUES ? CUT_VALUES : undefined);
  return { counts: [...counts].map(([value, count]) => ({ value, count })), ...told(truncated, reply.processedBytes) };
}

function countedField(countBy: string, index: LogIndex): IndexedField | undefined {
  switch (countBy) {
    case "region":
    case "account":
    case "provider":
    case "source":
      return undefined;
    case "severity":
      return index.level;
    case "service":
      return index.service;
    default:
      return index.field(countBy);
  }
}

function countedValue(value: string | undefined, countBy: string, { scope, place }: Reading): string {
  // SQL writes an absent value as a word.
  const present = value === undefined || value === "null" ? "" : value;
  switch (countBy) {
    case "region":
    case "account":
    case "provider":
      return scope[countBy];
    case "source":
      return sourceName(place);
    case "severity":
      return severityOfLevel(present) ?? "unknown";
    case "service":
      return present || place.logstore;
    default:
      return present;
  }
}

async function readNative(reading: Reading, native: string): Promise<LogPage> {
  const rows: RawLog[] = [];
  const { limit } = reading.request;
  // Rows of SQL come all at once; its own LIMIT says how many.
  const said = await lookThrough(reading, native, ({ logs, hasSql }) => {
    rows.push(...logs);
    return hasSql || rows.length >= limit;
  });
  return { table: nativeTable(rows.slice(0, limit)), ...said };
}

function minuteOf({ timestampMs }: LogEntry): number {
  return Math.floor(timestampMs / 60_000);
}

const CUT: Text = {
  en: `Only the newest ${MOST_LOGS} logs of a logstore were looked through.`,
  zh: `每个 Logstore 只查看了最新的 ${MOST_LOGS} 条日志。`,
};
const CUT_VALUES: Text = {
  en: `Only the ${MOST_VALUES} most frequent values were counted.`,
  zh: `只统计了最常见的 ${MOST_VALUES} 个取值。`,
};

function notCountable({ name }: IndexedField): Text {
  return {
    en: `Some logstores cannot count by ${name}, because statistics are not enabled in the index of that field.`,
    zh: `部分 Logstore 的字段 ${name} 的索引未开启统计，无法按它统计。`,
  };
}

const INEXACT: Text = {
  en: "The log service counted by whole words: lines are counted, too, that only have the words of a text somewhere.",
  zh: "日志服务按分词统计：只是含有这些词的日志也会计入。",
};
