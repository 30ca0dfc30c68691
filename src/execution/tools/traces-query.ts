import {
  type Batch,
  type ReceiptEntry,
  type ResolvedWindow,
  type Row,
  type Scope,
  TOOL_COLUMNS,
  type Tool,
  type ToolInput,
  type TraceRequest,
  type TraceService,
  type TraceSummary,
  tracesQuerySchema,
} from "../../contracts/index.ts";
import { streamOf } from "../batch-stream.ts";
import { resolveWindow } from "../resolve-window.ts";
import { compareRows } from "../row-order.ts";
import { eachScope, type Site } from "./each-scope.ts";

/** Rows returned when the question names no number. */
const DEFAULT_LIMIT = 20;

/** Finds traces, slowest or newest first, or sums them up per service. */
export const tracesQuery: Tool<typeof tracesQuerySchema> = {
  name: "traces.query",
  description: "traces (slowest or newest, errors only, longer than), or services with their requests, errors, latency",
  effect: "read",
  streaming: true,
  input: tracesQuerySchema,
  async execute(input, context) {
    const { window: times, note } = resolveWindow(input.window, { nowMs: context.startedMs, lagMs: 0, alignment: "minutes" });
    const window: ResolvedWindow = { ...times, statistic: null, periodMs: null };
    const found: { readonly scope: Scope; readonly row: Row }[] = [];
    const batches = streamOf<Batch>(async (emit) => {
      if (note !== null) emit({ rows: [], receipt: [{ type: "note", text: note }] });
      await eachScope({
        context,
        where: input.where ?? {},
        service: "traces",
        task: { en: "read traces", zh: "读取调用链" },
        isCapable: (provider) => provider.traces !== undefined,
        emit,
        async visit(site) {
          for await (const rows of rowsOf(site, input, times)) {
            site.found([], rows.length);
            for (const row of rows) found.push({ scope: site.scope, row });
          }
        },
      });
      emit(ranked(found, input));
    });
    return { columns: TOOL_COLUMNS["traces.query"][input.view], batches, window };
  },
};

async function* rowsOf(
  { provider, scope, context }: Site,
  input: ToolInput<"traces.query">,
  window: TraceRequest["window"],
): AsyncGenerator<readonly Row[]> {
  if (input.view === "services") {
    for await (const page of provider.traces?.services(scope, { window }, context) ?? []) {
      yield page.filter(({ service }) => isAsked(service, input.service)).map((service) => serviceRow(scope, service));
    }
    return;
  }
  const errorsOnly = input.errorsOnly ?? false;
  const minDurationMs = input.minDurationMs ?? 0;
  const request: TraceRequest = {
    window,
    errorsOnly,
    ...(input.service === undefined ? {} : { service: input.service }),
    ...(input.minDurationMs === undefined ? {} : { minDurationMs }),
  };
  for await (const page of provider.traces?.search(scope, request, context) ?? []) {
    // Clouds round durations in their filters.
    const kept = page.filter(({ status, durationMs }) => (!errorsOnly || status !== "ok") && durationMs >= minDurationMs);
    yield kept.map((trace) => traceRow(scope, trace));
  }
}

function isAsked(service: string, asked: string | undefined): boolean {
  return asked === undefined || service.toLowerCase() === asked.toLowerCase();
}

function traceRow({ provider, account, region }: Scope, trace: TraceSummary): Row {
  const { timestampMs, id, service, operation, status, durationMs } = trace;
  return { cells: [new Date(timestampMs).toISOString(), provider, account, region, id, service, operation, status, durationMs] };
}

function serviceRow({ provider, account, region }: Scope, found: TraceService): Row {
  const { service, requests, errors, averageLatencyMs, calls } = found;
  return { cells: [provider, account, region, service, requests, errors, averageLatencyMs, calls.length === 0 ? null : calls.join(", ")] };
}

/** A ranking that was asked for ends where it ends; any other cut is told. */
function ranked(found: readonly { readonly scope: Scope; readonly row: Row }[], input: ToolInput<"traces.query">): Batch {
  const { order, view, limit = view === "traces" ? DEFAULT_LIMIT : found.length } = input;
  const columns = TOOL_COLUMNS["traces.query"][view];
  const key = view === "services" ? "requests" : order === "newest" ? "time" : "duration";
  const index = columns.findIndex(({ name }) => name === key);
  const sorted = found.toSorted((a, b) => descending(a.row, b.row, index) || compareRows(a.row, b.row));
  const receipt: ReceiptEntry[] = [];
  if (found.length > limit && input.limit === undefined) {
    if (order === undefined) {
      const cut = Map.groupBy(sorted.slice(limit), ({ scope }) => scope);
      for (const [scope, rows] of cut) receipt.push({ type: "truncated", scope, count: rows.length, reason: CUT });
    } else receipt.push({ type: "note", text: shown(limit, found.length) });
  }
  return { rows: sorted.slice(0, limit).map(({ row }) => row), receipt };
}

function descending(a: Row, b: Row, index: number): number {
  const [left, right] = [a.cells[index] ?? null, b.cells[index] ?? null];
  if (left === right || left === null || right === null) return 0;
  return left < right ? 1 : -1;
}

const CUT = {
  code: "traces-cut",
  text: {
    en: `only ${DEFAULT_LIMIT} traces are shown; ask for more by number`,
    zh: `只显示 ${DEFAULT_LIMIT} 条调用链；如需更多，请在问题中写明条数`,
  },
};

function shown(limit: number, total: number) {
  return { en: `The first ${limit} of ${total} traces are shown.`, zh: `共 ${total} 条调用链，显示前 ${limit} 条。` };
}
