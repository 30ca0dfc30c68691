import type { LogEntry, LogPage, LogRequest } from "../../contracts/index.ts";
import type { Connection } from "./clients.ts";
import { required } from "./errors.ts";
import { parseLine } from "./log-fields.ts";
import { pagesOf } from "./paging.ts";

const OPERATION = "FilterLogEvents";
/** Ten pages of FilterLogEvents at most, which hold a megabyte each. */
export const SMALL_GROUP_BYTES = 10_000_000;

/**
 * Reads a small log group whole and picks here: filter patterns know no case-insensitive match, and a level may stand in several fields.
 */
export async function filterSmallGroup({ sdk, call }: Connection<"logs">, group: string, request: LogRequest): Promise<LogPage> {
  const { fromMs, toMs } = request.window;
  const pick = picker(request);
  let newest: LogEntry[] = [];
  const list = pagesOf(OPERATION, (token) =>
    call(
      OPERATION,
      (client, send) =>
        client.send(
          // Both ends are inclusive (CloudWatch Logs API reference).
          new sdk.FilterLogEventsCommand({
            logGroupName: group,
            startTime: fromMs,
            endTime: toMs - 1,
            ...(token === undefined ? {} : { nextToken: token }),
          }),
          send,
        ),
      (reply) => ({
        page: required(reply.events, OPERATION, "events").map((event) => ({
          timestampMs: required(event.timestamp, OPERATION, "timestamp"),
          text: required(event.message, OPERATION, "message"),
        })),
        next: reply.nextToken,
      }),
    ),
  );
  for await (const events of list) {
    for (const { timestampMs, text } of events) {
      const entry = { timestampMs, source: group, ...parseLine(text, group) };
      if (pick(entry, text)) newest.push(entry);
    }
    newest = newest.sort((left, right) => right.timestampMs - left.timestampMs).slice(0, request.limit);
  }
  return { entries: newest };
}

function picker({ severities, contains = [], excludes = [] }: LogRequest): (entry: LogEntry, text: string) => boolean {
  const [wanted, unwanted] = [contains, excludes].map((texts) => texts.map((text) => text.toLowerCase()));
  return ({ severity }, text) => {
    if (severities !== undefined && (severity === null || !severities.includes(severity))) return false;
    const lower = text.toLowerCase();
    return (wanted ?? []).every((each) => lower.includes(each)) && !(unwanted ?? []).some((each) => lower.includes(each));
  };
}
