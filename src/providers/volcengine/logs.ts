import type { LogEntry, LogPage, LogRequest, LogsCapability, ProviderContext, Scope } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";
import type { Accounts } from "./accounts.ts";
import type { Connection } from "./clients.ts";
import { countLogs } from "./count-logs.ts";
import { parseLog, searchedText } from "./log-fields.ts";
import { EVERYTHING, searchQuery } from "./log-query.ts";
import { createLogTopics } from "./log-topics.ts";
import { nativeTable } from "./native-table.ts";
import { type FoundLogs, firstPage, type LogSearch, MOST_LOGS, searchLogs, type TimedRecord, UNFINISHED, within } from "./search-logs.ts";

/** Pages that are looked through for logs that fulfil conditions which only this side can check. */
const MOST_PAGES = 20;

/** The log service (TLS 日志服务): a source is a topic. */
export function tlsLogs(accounts: Accounts): LogsCapability {
  const topics = createLogTopics(accounts);
  return {
    /** SearchLogs looks into one topic. */
    batchSize: 1,
    sources: topics.list,
    async *read(scope, request, context) {
      for (const { name } of request.sources) {
        const topic = { name, id: await topics.idOf(scope, name, context) };
        yield await readTopic(await accounts.connect(scope, context), scope, topic, request, context);
      }
    },
  };
}

interface Topic {
  readonly id: string;
  readonly name: string;
}

async function readTopic(
  connection: Connection,
  scope: Scope,
  topic: Topic,
  request: LogRequest,
  context: ProviderContext,
): Promise<LogPage> {
  if (request.native !== undefined) return readNative(connection, topic, request, request.native, context);
  if ((request.contains ?? []).length > 0) context.note(WHOLE_WORDS);
  const find = (limit: number) => findLogs(connection, topic, request, limit, context);
  if (request.countBy !== undefined) return countLogs(connection, scope, topic, request, request.countBy, context, find);
  const { logs, truncated } = await find(request.limit);
  return { entries: logs.map((log) => entryOf(log, topic.name)), ...(truncated === undefined ? {} : { truncated }) };
}

async function findLogs(
  connection: Connection,
  topic: Topic,
  request: LogRequest,
  limit: number,
  context: ProviderContext,
): Promise<FoundLogs> {
  const pick = picker(request);
  const query = searchQuery(request);
  // Where the log service picks, some of what it gives is dropped here.
  const pageSize = Math.min(MOST_LOGS, query === EVERYTHING ? limit : Math.max(limit, 200));
  const search: LogSearch = { topicId: topic.id, query, window: request.window, pageSize };
  const inWindow = within(request.window);
  const logs: TimedRecord[] = [];
  let pages = 0;
  let truncated: Text | undefined;
  for await (const page of searchLogs(connection, search, context)) {
    logs.push(...page.logs.filter((log) => inWindow(log) && pick(log)));
    if (!page.complete) truncated = UNFINISHED;
    if (logs.length >= limit) break;
    if (++pages === MOST_PAGES) {
      truncated ??= lookedThrough(pages * pageSize);
      break;
    }
  }
  return { logs: logs.sort((left, right) => right.timestampMs - left.timestampMs).slice(0, limit), truncated };
}

function picker({ severities, contains = [], excludes = [] }: LogRequest): (log: TimedRecord) => boolean {
  const [wanted = [], unwanted = []] = [contains, excludes].map((texts) => texts.map((text) => text.toLowerCase()));
  return ({ record }) => {
    if (severities !== undefined) {
      const { severity } = parseLog(record);
      if (severity === null || !severities.includes(severity)) return false;
    }
    if (wanted.length + unwanted.length === 0) return true;
    const text = searchedText(record);
    return wanted.every((each) => text.includes(each)) && !unwanted.some((each) => text.includes(each));
  };
}

async function readNative(
  connection: Connection,
  topic: Topic,
  request: LogRequest,
  native: string,
  context: ProviderContext,
): Promise<LogPage> {
  const search: LogSearch = { topicId: topic.id, query: native, window: request.window, pageSize: Math.min(request.limit, MOST_LOGS) };
  const { analysis, logs, complete } = await firstPage(connection, search, context);
  const table = nativeTable(analysis ?? { columns: undefined, rows: logs.map(({ record }) => record) });
  return { table, ...(complete ? {} : { truncated: UNFINISHED }) };
}

function entryOf({ timestampMs, record }: TimedRecord, source: string): LogEntry {
  return { timestampMs, source, ...parseLog(record) };
}

const WHOLE_WORDS: Text = {
  en: "The Volcengine log service searches for whole words: texts that end within a word may have been missed.",
  zh: "火山引擎日志服务按完整词语检索：只匹配词语一部分的内容可能未被找到。",
};

function lookedThrough(count: number): Text {
  return { en: `Only the newest ${count} logs of each topic were looked through.`, zh: `每个主题只查找了最新的 ${count} 条日志。` };
}
