import type { ProviderContext, TimeWindow } from "../../contracts/index.ts";
import type { Text } from "../../errors/index.ts";
import type { Connection } from "./clients.ts";
import { required } from "./errors.ts";
import type { RawLog } from "./log-entry.ts";
import type { LogPlace } from "./log-sources.ts";

const OPERATION = "GetLogsV2";
/** Logs in one reply (SLS API reference). */
export const PAGE_SIZE = 100;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 3_000;
/** How often an incomplete answer is asked for; about twenty seconds. */
const MOST_TRIES = 10;

export interface LogsReply {
  readonly logs: readonly RawLog[];
  /** Whether the query has SQL, and its rows are no logs. */
  readonly hasSql: boolean;
  readonly processedBytes: number | undefined;
  /** Set where the service still had not looked at everything when it was last asked. */
  readonly truncated: Text | undefined;
}

export interface LogsQuery {
  readonly text: string;
  readonly window: TimeWindow;
  readonly offset: number;
}

/** One page, newest minute first; within a minute logs are in no order to rely on. An answer that is not complete is asked for again, by the same request, until it is (SLS API reference). */
export async function getLogs(
  { sls }: Connection,
  { project, logstore }: LogPlace,
  { text, window, offset }: LogsQuery,
  context: ProviderContext,
): Promise<LogsReply> {
  const input = {
    // Seconds: the start is inclusive, the end is not.
    from: Math.floor(window.fromMs / 1_000),
    to: Math.ceil(window.toMs / 1_000),
    query: text,
    line: PAGE_SIZE,
    offset,
    reverse: true,
  };
  for (let tries = 1, waitMs = FIRST_WAIT_MS; ; tries++, waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const { complete, ...reply } = await sls(
      OPERATION,
      (client, sdk, runtime) =>
        client.getLogsV2WithOptions(
          project,
          logstore,
          new sdk.GetLogsV2Request(input),
          new sdk.GetLogsV2Headers({ acceptEncoding: "lz4" }),
          runtime,
        ),
      ({ body }) => {
        const meta = required(body?.meta, OPERATION, "meta");
        return {
          logs: required(body?.data, OPERATION, "data"),
          hasSql: meta.hasSQL === true,
          processedBytes: meta.processedBytes,
          complete: required(meta.progress, OPERATION, "progress") === "Complete",
        };
      },
    );
    if (complete) return { ...reply, truncated: undefined };
    if (tries === MOST_TRIES) return { ...reply, truncated: INCOMPLETE };
    await context.runtime.clock.sleep(waitMs, context.signal);
  }
}

const INCOMPLETE: Text = {
  en: `The log service had not looked at everything after ${MOST_TRIES} requests.`,
  zh: `请求 ${MOST_TRIES} 次后，日志服务仍未扫描完全部数据。`,
};
