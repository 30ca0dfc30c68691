import type { ErrorSummary, Language } from "../errors/index.ts";
import type { ApprovalRequest } from "./approval.ts";
import type { Statistic } from "./metric.ts";
import type { PlanStep } from "./plan.ts";
import type { Receipt } from "./receipt.ts";
import type { Cell, Column, Point } from "./table.ts";
import type { Unit } from "./unit.ts";

export type RunStatus = "answered" | "waiting" | "failed";
export type Route = "simple" | "complex";
export type PlannerKind = "grammar" | "model" | "saved";

/** What `ask()` resolves to, and `--json` prints. JSON-safe throughout. */
export interface RunDocument {
  readonly runId: string;
  readonly status: RunStatus;
  readonly question: string;
  readonly language: Language;
  readonly route: Route;
  readonly planner: PlannerKind;
  readonly emulated: boolean;
  readonly window: AnswerWindow | null;
  readonly plan: { readonly version: number; readonly steps: readonly PlanStep[] } | null;
  readonly answer: Answer | null;
  readonly receipt: Receipt | null;
  readonly usage: Usage;
  readonly approvals: readonly ApprovalRequest[];
  readonly error: ErrorSummary | null;
}

/** Times are ISO 8601 with the offset of `timezone`. */
export interface AnswerWindow {
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  readonly statistic: Statistic | null;
  readonly periodMs: number | null;
}

export interface Answer {
  /** In the language of the question. Begins with the warning when the receipt is not complete. */
  readonly text: string;
  readonly table: AnswerTable | null;
  /** Points behind the metric columns of the first rows; for charts and sparklines. */
  readonly series: readonly AnswerSeries[] | null;
  readonly warnings: readonly string[];
}

export interface AnswerTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** For each row, where it can be opened; null where that is not known. */
  readonly links: readonly (RowLink | null)[];
}

export interface RowLink {
  /** The cloud's web console. */
  readonly console: string | null;
  /** The native query behind the row's metrics, ready to copy. */
  readonly query: string | null;
}

export interface AnswerSeries {
  /** Index into the table's rows. */
  readonly row: number;
  readonly column: string;
  readonly unit: Unit | null;
  readonly points: readonly Point[];
}

export interface Usage {
  readonly modelCalls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly apiCalls: { readonly total: number; readonly byOperation: Readonly<Record<string, number>> };
  readonly retries: number;
  readonly wallMs: number;
  /** What the clouds charge for the calls made, in US dollars; null where no price is known. */
  readonly estimatedCostUsd: number | null;
}
