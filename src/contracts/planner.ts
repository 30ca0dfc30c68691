import type { Language, QuestionError, Text } from "../errors/index.ts";
import type { MetricDefinition } from "./metric.ts";
import type { TypedStep } from "./plan.ts";
import type { NativeMetric } from "./provider.ts";
import type { RegionName, ResourceKind } from "./resource.ts";
import type { Column } from "./table.ts";

/** What planners may know. Nothing in it grows with the fleet. */
export interface PlanningFacts {
  readonly nowMs: number;
  /** IANA zone. */
  readonly timezone: string;
  readonly providers: readonly ProviderFacts[];
  readonly metrics: Readonly<Record<string, MetricDefinition>>;
  /** What "of those" refers to: the last answer of the thread. */
  readonly previous: PreviousAnswer | null;
}

export interface ProviderFacts {
  readonly id: string;
  readonly name: Text;
  readonly aliases: readonly string[];
  readonly regions: readonly RegionName[];
  readonly accountNames: Readonly<Record<string, string>>;
  readonly kinds: readonly ResourceKind[];
  readonly nativeMetrics: readonly NativeMetric[];
  readonly capabilities: readonly ("metrics" | "logs" | "traces" | "alarms")[];
}

export interface PreviousAnswer {
  readonly runId: string;
  readonly columns: readonly Column[];
  /** Set when the rows are resources of one kind. */
  readonly kind: ResourceKind | null;
  readonly rows: number;
}

/** Steps in an order in which each uses only earlier ones; the last one is the answer. */
export interface PlannedSteps {
  readonly language: Language;
  readonly steps: readonly TypedStep[];
}

/** `unknown`: words the grammar could not account for; a model may. `refused`: nobody may: the question itself is at fault. */
export type GrammarResult =
  | { readonly status: "planned"; readonly planned: PlannedSteps }
  | { readonly status: "unknown"; readonly language: Language; readonly words: readonly string[]; readonly error: QuestionError }
  | { readonly status: "refused"; readonly language: Language; readonly error: QuestionError };
