import { type Batch, type Column, metricsQuerySchema, type ResolvedWindow, type Tool } from "../../contracts/index.ts";
import { PlanError, type Text } from "../../errors/index.ts";
import { streamOf } from "../batch-stream.ts";
import { throwIfCancelled } from "../outcome-of.ts";
import { resolveWindow } from "../resolve-window.ts";
import { askedMetrics } from "./metric-names.ts";
import { MetricReader } from "./metric-reader.ts";

/**
 * Over so short a window what is stopped now has few points or none, so a fleet at rest is not asked. Over a longer one it may have run
 * most of the time, and over one between dates all of it.
 */
const SKIP_STOPPED_UP_TO_MS = 15 * 60_000;

/** Adds metric columns to rows of resources; asks while the list still grows. */
export const metricsQuery: Tool<typeof metricsQuerySchema> = {
  name: "metrics.query",
  description: "adds one column per metric to listed resources: a statistic over a window",
  effect: "read",
  streaming: true,
  input: metricsQuerySchema,
  async execute({ resources, metrics: names, statistic, window: spec, suffix }, context) {
    const asked = askedMetrics(names, suffix, context.providers);
    const upstream = await context.dataset(resources.from);
    const behind = context.providers.filter(({ id }) => upstream.providers?.includes(id) ?? true);
    const lagMs = Math.max(0, ...behind.map((provider) => provider.metrics?.lagMs ?? 0));
    const resolved = resolveWindow(spec, { nowMs: context.startedMs, lagMs, alignment: "points" });
    const window: ResolvedWindow = { ...resolved.window, statistic, periodMs: null };
    const { columns, indexes } = withColumns(
      upstream.columns,
      asked.map(({ column }) => column),
    );

    const batches = streamOf<Batch>(async (emit) => {
      const note = (text: Text) => emit({ rows: [], receipt: [{ type: "note", text }] });
      if (resolved.note !== null) note(resolved.note);
      const reader = new MetricReader({
        context,
        metrics: asked.map((metric, position) => ({ ...metric, index: indexes[position] ?? 0 })),
        statistic,
        window,
        skipsStopped: "lastMs" in spec && spec.lastMs <= SKIP_STOPPED_UP_TO_MS,
        emit,
      });
      for await (const { rows, ended = [] } of upstream.batches()) {
        if (rows.some((row) => row.resource === undefined)) throw noResources(resources.from);
        reader.add(rows);
        for (const scope of ended) reader.endScope(scope);
      }
      await reader.finish();
      throwIfCancelled(context.signal);
      if (reader.misaligned && window.periodMs !== null) note(misaligned(window.periodMs));
    });
    return { columns, batches, window };
  },
};

/** The columns with the new ones, and where those are: a column that is there already gets new values. */
function withColumns(columns: readonly Column[], added: readonly Column[]): { columns: readonly Column[]; indexes: readonly number[] } {
  const all = [...columns];
  const indexes = added.map((column) => {
    const known = all.findIndex(({ name }) => name === column.name);
    const index = known === -1 ? all.length : known;
    all[index] = column;
    return index;
  });
  return { columns: all, indexes };
}

function noResources(stepId: string): PlanError {
  return new PlanError({
    code: "TOOL_INPUT_INVALID",
    message: {
      en: `The rows of step ${stepId} are no resources, so they have no metrics.`,
      zh: `步骤 ${stepId} 的结果不是资源，没有指标可查。`,
    },
    hint: { en: "Query metrics before aggregating.", zh: "请在聚合之前查询指标。" },
    details: { step: stepId },
  });
}

function misaligned(periodMs: number): Text {
  const minutes = periodMs / 60_000;
  return {
    en: `Some points last ${minutes} minutes and do not line up with the window: their values cover whole points, not exactly the window.`,
    zh: `部分数据点的长度为 ${minutes} 分钟，与时间窗口不完全对齐：其值覆盖整个数据点，而不是精确的窗口。`,
  };
}
