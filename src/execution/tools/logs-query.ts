import { type Batch, logsQuerySchema, type ResolvedWindow, type Tool, type ToolInput } from "../../contracts/index.ts";
import { streamOf } from "../batch-stream.ts";
import { resolveWindow } from "../resolve-window.ts";
import { eachScope } from "./each-scope.ts";
import { collectCounts, collectEntries, collectTables, type LogCollector } from "./log-collectors.ts";
import { gigabytes, type LogReadOptions, readScope, ScanBudget } from "./log-reader.ts";

/** Entries returned when the question names no number. */
const DEFAULT_LIMIT = 100;
/** Rows asked for where all of them are counted or tabulated. */
const ALL_ROWS = 10_000;

/** Reads log entries, newest first, or counts them by a field; at most as much as the scan limit allows. */
export const logsQuery: Tool<typeof logsQuerySchema> = {
  name: "logs.query",
  description: "log entries of a service by severity and text, newest first, or their counts by a field",
  effect: "read",
  streaming: true,
  input: logsQuerySchema,
  async execute(input, context) {
    const { window: times, note } = resolveWindow(input.window, { nowMs: context.startedMs, lagMs: 0, alignment: "minutes" });
    const window: ResolvedWindow = { ...times, statistic: null, periodMs: null };
    const collector = collectorFor(input);
    const budget = new ScanBudget(context.limits.maxLogScanBytes);
    const options: LogReadOptions = {
      context,
      budget,
      service: input.service,
      request: requestFor(input, window),
      take: (scope, page) => collector.take(scope, page),
    };

    const read = async (emit: (batch: Batch) => void) => {
      if (note !== null) emit({ rows: [], receipt: [{ type: "note", text: note }] });
      await eachScope({
        context,
        where: input.where ?? {},
        service: "logs",
        task: { en: "read logs", zh: "读取日志" },
        isCapable: (provider) => provider.logs !== undefined,
        emit,
        visit: (site) => readScope(site, options),
      });
      if (budget.bytes > 0) emit({ rows: [], receipt: [{ type: "note", text: scanned(budget) }] });
      emit(collector.finish());
    };

    if (input.native === undefined) return { columns: collector.columns(), batches: streamOf(read), window };
    // Only the clouds know the columns of a native query, so its rows come first.
    const batches: Batch[] = [];
    await read((batch) => batches.push(batch));
    return {
      columns: collector.columns(),
      batches: (async function* () {
        yield* batches;
      })(),
      window,
    };
  },
};

function collectorFor({ native, countBy, limit }: ToolInput<"logs.query">): LogCollector {
  if (native !== undefined) return collectTables(limit);
  if (countBy !== undefined) return collectCounts(countBy, limit);
  return collectEntries(limit ?? DEFAULT_LIMIT, limit !== undefined);
}

function requestFor(input: ToolInput<"logs.query">, window: ResolvedWindow): LogReadOptions["request"] {
  const { service, severities, contains, excludes, native, countBy } = input;
  return {
    ...(service === undefined ? {} : { service }),
    ...(severities === undefined ? {} : { severities }),
    ...(contains === undefined ? {} : { contains }),
    ...(excludes === undefined ? {} : { excludes }),
    ...(native === undefined ? {} : { native }),
    ...(countBy === undefined ? {} : { countBy }),
    window: { fromMs: window.fromMs, toMs: window.toMs },
    limit: rowsWanted(input),
  };
}

function rowsWanted({ native, countBy, limit }: ToolInput<"logs.query">): number {
  // The most frequent values of all places are known only once each has counted all of its own.
  if (countBy !== undefined) return ALL_ROWS;
  if (native !== undefined) return limit ?? ALL_ROWS;
  // One more than is shown, so that it is known whether something was cut.
  return limit ?? DEFAULT_LIMIT + 1;
}

function scanned({ bytes, maxBytes }: ScanBudget) {
  return {
    en: `The log sources hold ${gigabytes(bytes)}, of which the window's part was scanned (limit ${gigabytes(maxBytes)}).`,
    zh: `日志源共存储 ${gigabytes(bytes)}，仅扫描时间窗口内的部分（上限 ${gigabytes(maxBytes)}）。`,
  };
}
