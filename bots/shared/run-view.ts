import type { Approval, Cell, Column, Language } from "nephoscope";

/**
 * All there is to see of one question, with no platform in it. Texts are plain: a platform escapes them for its markup, and whatever comes
 * from a cloud or a model (names, log lines, code) may hold mentions, markup and marks that turn the reading direction.
 */
export interface RunView {
  /** Of the question's record; buttons carry it. */
  readonly questionId: string;
  readonly runId: string | null;
  readonly question: string;
  readonly language: Language;
  readonly emulated: boolean;
  readonly state: RunState;
  /** `Working on it: 2 of 4 steps done`, `Answered in 2.1 s`, `Rejected: not run`. */
  readonly title: string;
  readonly steps: readonly StepView[];
  readonly answer: AnswerView | null;
  readonly receipt: ReceiptView | null;
  /** `12 API calls · 830 tokens · 1.2 s`. */
  readonly cost: string | null;
  /** The newest last. */
  readonly approvals: readonly ApprovalView[];
  /** Why there is no answer: what happened, why, what to do. */
  readonly failure: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
}

export type RunState = "queued" | "working" | "waiting" | "answered" | "failed" | "stopped";

/** Nothing changes any more in these. */
export const FINAL_STATES: ReadonlySet<RunState> = new Set(["answered", "failed", "stopped"]);

export interface StepView {
  readonly id: string;
  readonly title: string;
  readonly state: "waiting" | "running" | "paused" | "done" | "failed" | "skipped";
  /** `120/400 · 37 rows · 1.2 s`; empty before it begins. */
  readonly facts: string;
}

export interface AnswerView {
  /** The headline, without the table. */
  readonly text: string;
  readonly warnings: readonly string[];
  /** Window, zone, statistic and period; null where nothing was measured. */
  readonly window: string | null;
  readonly table: TableView | null;
  /** Draws the chart, PNG, 1600 × 900 by `scale`; null where there is nothing to draw. Rejects where the renderer is not installed. */
  readonly chart: ((scale?: number) => Promise<Uint8Array>) | null;
}

export interface TableView {
  readonly columns: readonly (Column & { readonly title: string })[];
  /** Every row. A platform shows what fits, says how many there are, and attaches `csv`. */
  readonly rows: readonly (readonly Cell[])[];
  /** The text of one cell, with its unit, as tables of the CLI have it. */
  text(row: number, column: number): string;
  /** The cloud's console for a row, `https:` and nothing else; null where that is not known. */
  link(row: number): string | null;
  /** With a byte order mark where there is more than ASCII in it; cells that a spreadsheet would take for a formula are made harmless. */
  csv(): string;
}

export interface ReceiptView {
  readonly complete: boolean;
  /** One line: `✔ complete · 3 accounts · 12 regions · 4,031 of 4,031 answered`. */
  readonly summary: string;
  /** What unfolds: problems first, then a line an account. */
  readonly lines: readonly string[];
}

export interface ApprovalView {
  readonly id: string;
  readonly status: Approval["status"] | "expired";
  /** `Approval needed`, `Approved`, `Rejected`, `Expired`; `No longer needed` where the question has ended without a decision. */
  readonly title: string;
  readonly why: string;
  readonly code: string;
  readonly codeLines: number;
  /** `aws.ec2.DescribeVolumes`, its class, its permission, the arguments of its calls. */
  readonly operations: readonly {
    readonly id: string;
    readonly class: string;
    readonly isRead: boolean;
    readonly lines: readonly string[];
  }[];
  readonly places: readonly string[];
  readonly rehearsal: readonly string[];
  /** `at least 12 API calls, cost not known`. */
  readonly estimate: string;
  readonly emulated: boolean;
  /** First twelve hex digits, for people to compare. */
  readonly digest: string;
  readonly expires: string;
  /** Who asked, as a person id; a platform prints a name without notifying. */
  readonly askedBy: string;
  /** What was decided so far, in order: who, when, what. With writes there may be two. */
  readonly decisions: readonly { readonly by: string; readonly at: string; readonly text: string }[];
  /** Only while it is pending, and its question has not ended. */
  readonly canDecide: boolean;
}
