import type { LogRequest, ProviderContext, TimeWindow } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";
import type { Connection, DeepPartial } from "./clients.ts";
import { required, requiredList } from "./errors.ts";
import type { LogRecord } from "./log-fields.ts";
import { pagesOf } from "./paging.ts";
import type { TlsService } from "./sdk.ts";

const OPERATION = "SearchLogs";
/** Logs in one reply (docs.byteplus.com/docs/tls/api-searchlogs). */
export const MOST_LOGS = 1_000;

/** How often a search that was not finished is asked for again, and how long that waits. */
const ATTEMPTS = 4;
const WAIT_MS = 500;

export interface LogSearch {
  readonly topicId: string;
  readonly query: string;
  readonly window: TimeWindow;
  /** Logs in one reply. */
  readonly pageSize: number;
}

export interface TimedRecord {
  readonly timestampMs: number;
  readonly record: LogRecord;
}

type SearchResult = DeepPartial<Awaited<ReturnType<TlsService["SearchLogs"]>>>;

interface SearchPage {
  readonly logs: readonly TimedRecord[];
  readonly analysis: Analysis | undefined;
  readonly complete: boolean;
}

/** Rows of an SQL analysis. */
interface Analysis {
  readonly columns: readonly string[];
  readonly rows: readonly LogRecord[];
}

/** Pages of a search, newest logs first; of an analysis the one that there is. A search that stays unfinished says so. */
export function searchLogs(connection: Connection, search: LogSearch, context: ProviderContext): AsyncGenerator<SearchPage> {
  const { topicId, query, window, pageSize } = search;
  return pagesOf(OPERATION, async (token) => {
    const input = {
      TopicId: topicId,
      Query: query,
      StartTime: window.fromMs,
      EndTime: window.toMs,
      Limit: pageSize,
      Sort: "desc",
      ...(token === undefined ? {} : { Context: token }),
    };
    for (let attempt = 1; ; attempt++) {
      const { page, next } = await connection.tls(OPERATION, input, pageOf);
      if (page.complete || attempt === ATTEMPTS) return { page, next };
      await context.runtime.clock.sleep(WAIT_MS * attempt, context.signal);
    }
  });
}

/** The one page of an analysis, or the first one of a search. */
export async function firstPage(connection: Connection, search: LogSearch, context: ProviderContext): Promise<SearchPage> {
  for await (const page of searchLogs(connection, search, context)) return page;
  return required<SearchPage>(undefined, OPERATION, "a page");
}

/** Logs that fulfil a request, newest first. */
export interface FoundLogs {
  readonly logs: readonly TimedRecord[];
  readonly truncated: Text | undefined;
}

/** What a person must know of a search that the log service did not finish. */
export const UNFINISHED: Text = {
  en: "The Volcengine log service did not finish the search; a shorter time may help.",
  zh: "火山引擎日志服务未能完成检索，可尝试缩短时间范围。",
};

function pageOf(result: SearchResult): { page: SearchPage; next: string | undefined } {
  const complete = required(result.ResultStatus, OPERATION, "ResultStatus") === "complete";
  if (result.Analysis === true) {
    const { Schema, Data } = required(result.AnalysisResult, OPERATION, "AnalysisResult");
    const columns = requiredList(Schema, OPERATION, "Schema");
    // Go writes a list without items as null.
    const rows = Data === null ? [] : requiredList(Data, OPERATION, "Data");
    return { page: { logs: [], analysis: { columns, rows: rows as readonly LogRecord[] }, complete }, next: undefined };
  }
  const records = result.Logs === null ? [] : requiredList(result.Logs, OPERATION, "Logs");
  const logs = (records as readonly LogRecord[]).map((record) => ({ timestampMs: timeOf(record), record }));
  const over = required(result.ListOver, OPERATION, "ListOver");
  return { page: { logs, analysis: undefined, complete }, next: over ? undefined : required(result.Context, OPERATION, "Context") };
}

/** `__time__` in milliseconds; logs that were written with seconds may carry those. */
function timeOf(record: LogRecord): number {
  const time = Number(required(record.__time__, OPERATION, "__time__"));
  required(time > 0 || undefined, OPERATION, "a readable __time__");
  return time < 1e11 ? time * 1_000 : time;
}

/** Whether a log lies in the window; whether its end belongs to it is not published. */
export function within({ fromMs, toMs }: LogRequest["window"]): (log: TimedRecord) => boolean {
  return ({ timestampMs }) => timestampMs >= fromMs && timestampMs < toMs;
}
