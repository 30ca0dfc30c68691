import type { ResourceKind, Statistic, WindowSpec } from "../../contracts/index.ts";
import type { ScopeCondition } from "../phrases/element.ts";
import type { Direction } from "../text/sense.ts";

/** A threshold bound to a metric, in the metric's own unit. */
export interface MetricCondition {
  readonly metric: string;
  readonly operator: "gt" | "gte" | "lt" | "lte" | "eq" | "ne" | "between" | "outside";
  readonly values: readonly number[];
}

export type IntentCondition = { readonly scope: ScopeCondition } | { readonly metric: MetricCondition };

/** What a question about resources asks for. */
export interface ResourceIntent {
  readonly kind: ResourceKind;
  /** Rows of the last answer instead of a new listing. */
  readonly followUp: boolean;
  /** Hold together. */
  readonly all: readonly IntentCondition[];
  /** Of these one holds; empty: no such condition. */
  readonly any: readonly IntentCondition[];
  /** Metric columns, in the order they were named. */
  readonly metrics: readonly string[];
  readonly statistic: Statistic;
  readonly window: WindowSpec;
  /** The window that `window` is compared with; `up`: only what rose since. */
  readonly compare: { readonly window: WindowSpec; readonly change: "up" | "down" | undefined } | undefined;
  /** Undefined: rows stay as they are. Empty columns: one row over all. */
  readonly aggregate: Aggregate | undefined;
  readonly order: { readonly by: OrderColumn; readonly direction: Direction } | undefined;
  readonly limit: number | undefined;
}

export interface Aggregate {
  readonly groupBy: readonly string[];
  readonly measure: "count" | "average" | "sum" | "maximum" | "minimum" | "p50" | "p90" | "p95" | "p99";
  /** Conditions on the aggregated figure rather than on single resources. */
  readonly having: readonly MetricCondition[];
}

/** `figure`: what the aggregation yields. */
export type OrderColumn = { readonly metric: string } | { readonly column: string } | "figure";
