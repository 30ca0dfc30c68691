import type { ResultField } from "@aws-sdk/client-cloudwatch-logs";
import type { LogRequest, LogSource, ProviderContext } from "../../contracts/index.ts";
import { ProviderError } from "../../errors/index.ts";
import type { Connection } from "./clients.ts";
import { PROVIDER_ID, required } from "./errors.ts";

export interface InsightsResult {
  /** Values by field name, row by row. */
  readonly rows: readonly ReadonlyMap<string, string>[];
  readonly scannedBytes: number | undefined;
}

const FIRST_POLL_MS = 200;
const LONGEST_POLL_MS = 3_000;

/** $0.005 per GB scanned (CloudWatch Logs pricing, most regions). */
const USD_PER_SCANNED_BYTE = 0.005 / 1e9;

/** Runs a Logs Insights query to its end. A query that is given up is stopped, because it would be paid for. */
export async function runInsights(
  logs: Connection<"logs">,
  context: ProviderContext,
  query: { readonly text: string; readonly sources: readonly LogSource[]; readonly window: LogRequest["window"]; readonly limit: number },
): Promise<InsightsResult> {
  const { sdk, client, call } = logs;
  const command = new sdk.StartQueryCommand({
    queryString: query.text,
    logGroupNames: query.sources.map((source) => source.name),
    startTime: Math.floor(query.window.fromMs / 1_000),
    endTime: Math.ceil(query.window.toMs / 1_000),
    limit: query.limit,
  });
  const queryId = await call(
    "StartQuery",
    (ready, send) => ready.send(command, send),
    (reply) => required(reply.queryId, "StartQuery", "queryId"),
  );
  let ended = false;
  try {
    for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(pollMs * 2, LONGEST_POLL_MS)) {
      await context.runtime.clock.sleep(pollMs, context.signal);
      const reply = await call(
        "GetQueryResults",
        (ready, send) => ready.send(new sdk.GetQueryResultsCommand({ queryId }), send),
        (found) => {
          const { results, statistics } = found;
          const status = required(found.status, "GetQueryResults", "status");
          return { status, rows: required(results, "GetQueryResults", "results").map(rowOf), scannedBytes: statistics?.bytesScanned };
        },
        // A query is charged once, however often it is polled.
        ({ status, scannedBytes = 0 }) => (status === "Complete" ? scannedBytes * USD_PER_SCANNED_BYTE : 0),
      );
      if (reply.status === "Scheduled" || reply.status === "Running") continue;
      ended = true;
      if (reply.status !== "Complete") throw queryFailed(reply.status);
      return reply;
    }
  } finally {
    // Past the gate: the run that owns it is being aborted, and nobody waits for the answer.
    if (!ended) client.send(new sdk.StopQueryCommand({ queryId })).catch(() => {});
  }
}

function rowOf(fields: readonly ResultField[]): ReadonlyMap<string, string> {
  const row = new Map<string, string>();
  for (const { field, value } of fields) if (value !== undefined) row.set(required(field, "GetQueryResults", "field"), value);
  return row;
}

function queryFailed(status: string): ProviderError {
  return new ProviderError({
    code: "PROVIDER_FAILED",
    providerId: PROVIDER_ID,
    message: { en: `The CloudWatch Logs query ended as ${status}.`, zh: `CloudWatch Logs 查询以 ${status} 结束。` },
    hint: { en: "Ask for a shorter time or fewer log groups.", zh: "请缩短时间范围，或减少日志组。" },
  });
}
