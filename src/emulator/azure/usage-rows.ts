import { logSourcesOf } from "../log-data.ts";
import type { LogRow, RowRequest } from "./log-row.ts";

const HOUR_MS = 3_600_000;
/** Megabytes an hour of one writer of logs. */
const MEGABYTES_AN_HOUR = 0.03;

/** What each table took in, hour by hour; an hour is reported when it is over. */
export function* usageRows({ fleet, workspace, fromMs, toMs, nowMs }: RowRequest): Generator<LogRow> {
  const sources = logSourcesOf(fleet, workspace.account, workspace.region).length;
  for (let hourMs = Math.ceil(fromMs / HOUR_MS) * HOUR_MS; hourMs < toMs && hourMs <= nowMs; hourMs += HOUR_MS) {
    for (const [DataType, share] of [
      ["AppTraces", 1],
      ["AppRequests", 0.4],
      ["AppDependencies", 0.2],
    ] as const) {
      yield {
        TimeGenerated: hourMs,
        StartTime: hourMs - HOUR_MS,
        EndTime: hourMs,
        Computer: "Unspecified",
        DataType,
        Solution: "LogManagement",
        Quantity: sources * share * MEGABYTES_AN_HOUR,
        QuantityUnit: "MBytes",
        IsBillable: true,
        ResourceUri: workspace.id,
      };
    }
  }
}
