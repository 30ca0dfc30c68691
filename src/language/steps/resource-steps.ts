import type { PlanningFacts, TypedStep } from "../../contracts/index.ts";
import { ambiguous } from "../failures.ts";
import type { Aggregate, IntentCondition, ResourceIntent } from "../intent/resource-intent.ts";
import { giveUp } from "../stop.ts";
import { metricOnRows, rowCondition } from "./row-conditions.ts";
import { type StepChain, stepChain } from "./step-chain.ts";
import { resourceWhere } from "./where.ts";

/** List → metrics → filter → aggregate → sort, with only the steps the question needs. */
export function resourceSteps(intent: ResourceIntent, facts: PlanningFacts): TypedStep[] {
  const chain = stepChain();
  const source = intent.followUp ? loaded(intent, facts, chain) : listed(intent, facts, chain);
  let rows = source.rows;
  if (source.query.length > 0) rows = measured(intent, source.query, rows, facts, chain);
  rows = filtered(source.conditions, intent, rows, facts, chain);
  if (intent.compare?.change !== undefined) rows = changed(intent, rows, chain);
  if (intent.aggregate !== undefined && intent.compare === undefined) rows = aggregate(intent, intent.aggregate, rows, facts, chain);
  sorted(intent, rows, chain);
  return chain.steps;
}

interface Source {
  readonly rows: string;
  /** Metrics that are still to be queried. */
  readonly query: readonly string[];
  /** Conditions that are still to be checked on rows. */
  readonly conditions: readonly IntentCondition[];
}

function listed(intent: ResourceIntent, facts: PlanningFacts, chain: StepChain): Source {
  const scopes = intent.all.flatMap((condition) => ("scope" in condition ? [condition.scope] : []));
  const { where, rest } = resourceWhere(scopes);
  const list = chain.add("list", "resources.list", { kind: intent.kind, ...(where === undefined ? {} : { where }) });
  const metrics = intent.all.filter((condition) => "metric" in condition);
  // What is only about the listed rows is checked before metrics are paid for.
  const early = rest.map((condition) => rowCondition({ scope: condition }, facts));
  const rows = early.length > 0 ? chain.add("filter", "table.filter", { rows: { from: list }, all: early }) : list;
  return { rows, query: intent.metrics, conditions: metrics };
}

/** Goes on with the rows of the last answer; what they already have is not asked again. */
function loaded(intent: ResourceIntent, facts: PlanningFacts, chain: StepChain): Source {
  const previous = facts.previous;
  if (previous === null) giveUp(noColumn("?"), []);
  const columns = new Set(previous.columns.map((column) => column.name));
  const rows = chain.add("previous", "results.load", { runId: previous.runId });
  const query = intent.metrics.filter((metric) => !columns.has(metric));
  if (query.length > 0 && previous.kind === null) giveUp(noColumn(query.join(", ")), query);
  const used = [...intent.all, ...intent.any].flatMap((condition) =>
    "scope" in condition && !condition.scope.on.startsWith("tag") ? [condition.scope.on] : [],
  );
  const ordered = typeof intent.order?.by === "object" && "column" in intent.order.by ? [intent.order.by.column] : [];
  for (const column of [...used, ...ordered, ...(intent.aggregate?.groupBy ?? [])]) {
    const known = column.startsWith("tag:") ? previous.kind !== null : columns.has(column);
    if (!known) giveUp(noColumn(column), [column]);
  }
  const tagged = [...intent.all, ...intent.any].some((condition) => "scope" in condition && condition.scope.on.startsWith("tag"));
  if (tagged && previous.kind === null) giveUp(noColumn("tag"), ["tag"]);
  const scopes = intent.all.filter((condition) => "scope" in condition);
  const metrics = intent.all.filter((condition) => "metric" in condition);
  if (query.length === 0 || scopes.length === 0) return { rows, query, conditions: intent.all };
  const early = chain.add("filter", "table.filter", {
    rows: { from: rows },
    all: scopes.map((condition) => rowCondition(condition, facts)),
  });
  return { rows: early, query, conditions: metrics };
}

function noColumn(column: string) {
  return ambiguous(`The earlier answer has no ${column}; ask the whole question again.`, `之前的结果里没有 ${column},请完整地重新提问。`);
}

function measured(intent: ResourceIntent, query: readonly string[], rows: string, facts: PlanningFacts, chain: StepChain): string {
  const input = { resources: { from: rows }, metrics: [...query], statistic: intent.statistic };
  const now = chain.add("metrics", "metrics.query", { ...input, window: intent.window });
  if (intent.compare === undefined) return now;
  const before = chain.add("metrics-before", "metrics.query", { ...input, window: intent.compare.window, suffix: "before" });
  const plan = intent.aggregate;
  if (plan === undefined) {
    const both = joined(now, before, ["provider", "account", "region", "id"], chain);
    return changes(query, both, (metric) => metric, facts, chain);
  }
  // Groups are compared as groups: each window is put together first.
  const groups = (from: string, suffix: string) =>
    aggregated(
      plan,
      query.map((metric) => metric + suffix),
      from,
      chain,
    );
  const both = joined(groups(now, ""), groups(before, ".before"), plan.groupBy, chain);
  return changes(query, both, (column) => measureColumn(plan.measure, column), facts, chain);
}

function joined(left: string, right: string, on: readonly string[], chain: StepChain): string {
  return chain.add("join", "table.join", { left: { from: left }, right: { from: right }, on: [...on], kind: "left" });
}

function changes(
  metrics: readonly string[],
  rows: string,
  columnOf: (column: string) => string,
  facts: PlanningFacts,
  chain: StepChain,
): string {
  return chain.add("change", "table.derive", {
    rows: { from: rows },
    columns: metrics.map((metric) => ({
      as: `${metric}.change`,
      // Percentages change by points; anything else in proportion.
      operation: facts.metrics[metric]?.unit === "percent" ? ("difference" as const) : ("percent-change" as const),
      left: columnOf(metric),
      right: columnOf(`${metric}.before`),
    })),
  });
}

function filtered(
  conditions: readonly IntentCondition[],
  intent: ResourceIntent,
  rows: string,
  facts: PlanningFacts,
  chain: StepChain,
): string {
  if (conditions.length === 0 && intent.any.length === 0) return rows;
  return chain.add("filter", "table.filter", {
    rows: { from: rows },
    ...(conditions.length === 0 ? {} : { all: conditions.map((condition) => rowCondition(condition, facts)) }),
    ...(intent.any.length === 0 ? {} : { any: intent.any.map((condition) => rowCondition(condition, facts)) }),
  });
}

/** "Higher than yesterday" keeps what rose. */
function changed(intent: ResourceIntent, rows: string, chain: StepChain): string {
  const operator = intent.compare?.change === "down" ? "lt" : "gt";
  const all = intent.metrics.map((metric) => ({ column: `${metric}.change`, operator, value: 0 }) as const);
  return chain.add("filter", "table.filter", { rows: { from: rows }, all });
}

function aggregate(intent: ResourceIntent, plan: Aggregate, rows: string, facts: PlanningFacts, chain: StepChain): string {
  const metrics = intent.metrics.filter((metric) => !onlyCondition(intent, metric));
  const grouped = aggregated(plan, metrics, rows, chain);
  if (plan.having.length === 0) return grouped;
  const all = plan.having.map((condition) => metricOnRows(condition, figureColumn(intent, condition.metric), facts));
  return chain.add("filter", "table.filter", { rows: { from: grouped }, all });
}

function aggregated(plan: Aggregate, metrics: readonly string[], rows: string, chain: StepChain): string {
  const { measure } = plan;
  const measures =
    measure === "count" ? [{ function: measure, as: "count" }] : metrics.map((metric) => ({ function: measure, column: metric }));
  return chain.add("aggregate", "table.aggregate", { rows: { from: rows }, groupBy: [...plan.groupBy], measures });
}

function measureColumn(measure: Aggregate["measure"], column: string): string {
  return measure === "count" ? "count" : `${measure}(${column})`;
}

/** Metrics that rows were only filtered by are not put together, unless they are all there is. */
function onlyCondition(intent: ResourceIntent, metric: string): boolean {
  const bound = (name: string) =>
    intent.all.some(
      (condition) => "metric" in condition && condition.metric.metric === name && !intent.aggregate?.having.includes(condition.metric),
    );
  return bound(metric) && intent.metrics.some((other) => !bound(other));
}

function figureColumn(intent: ResourceIntent, metric: string): string {
  return measureColumn(intent.aggregate?.measure ?? "average", metric);
}

function sorted(intent: ResourceIntent, rows: string, chain: StepChain): void {
  const order = intent.order;
  const limit = intent.limit === undefined ? {} : { limit: intent.limit };
  if (order !== undefined) {
    const first = intent.metrics.find((metric) => !onlyCondition(intent, metric)) ?? "";
    const column = order.by === "figure" ? figureColumn(intent, first) : "metric" in order.by ? order.by.metric : order.by.column;
    chain.add("sort", "table.sort", { rows: { from: rows }, by: [{ column, direction: order.direction }], ...limit });
    return;
  }
  if (intent.compare?.change !== undefined) {
    const direction = intent.compare.change === "down" ? "ascending" : "descending";
    chain.add("sort", "table.sort", { rows: { from: rows }, by: [{ column: `${intent.metrics[0] ?? ""}.change`, direction }] });
    return;
  }
  const filter = [...intent.all, ...intent.any].flatMap((condition) => ("metric" in condition ? [condition.metric] : []))[0];
  if (filter === undefined || intent.aggregate !== undefined) return;
  // The worst first: the highest, or where little is wanted the lowest.
  const direction = filter.operator === "lt" || filter.operator === "lte" ? "ascending" : "descending";
  chain.add("sort", "table.sort", { rows: { from: rows }, by: [{ column: filter.metric, direction }] });
}
