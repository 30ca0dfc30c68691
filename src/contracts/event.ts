import type { ErrorSummary } from "../errors/index.ts";
import type { Answer, PlannerKind, Route, RunDocument } from "./answer.ts";
import type { Actor, ApprovalRequest } from "./approval.ts";
import type { Plan } from "./plan.ts";
import type { CodeProblem } from "./program.ts";
import type { Receipt } from "./receipt.ts";

/**
 * What a run tells while it runs. Numbered from 0 without gaps over pauses and resumes, JSON-safe.
 * Every `step-start` has one `step-end` or `step-error`, but for steps that wait for a person when the run pauses: they start again; every segment of a run ends with exactly one `run-end`, `run-pause` or `run-error`.
 */
export type RunEvent = EventEnvelope & EventBody;

interface EventEnvelope {
  readonly runId: string;
  readonly sequence: number;
  readonly timestampMs: number;
}

/** What a step that writes code tells besides. */
export type CodeEvent =
  /** The model is asked for a program: attempt 1, 2 or 3. */
  | { readonly type: "code-start"; readonly stepId: string; readonly attempt: number }
  /** What it wrote; without problems it goes on to the rehearsal. */
  | {
      readonly type: "code-end";
      readonly stepId: string;
      readonly attempt: number;
      readonly code: string;
      readonly problems: readonly CodeProblem[];
    }
  | { readonly type: "rehearsal-end"; readonly stepId: string; readonly attempt: number; readonly problems: readonly CodeProblem[] }
  /** The approval itself, with the code, is in the store: `Orchestrator.approval(id)`. */
  | { readonly type: "approval-request"; readonly stepId: string; readonly approval: ApprovalRequest }
  | {
      readonly type: "approval-response";
      readonly stepId: string;
      readonly approvalId: string;
      readonly decision: "approved" | "rejected" | "revised";
      readonly by: Actor;
    };

export type EventBody =
  | { readonly type: "run-start"; readonly question: string; readonly emulated: boolean }
  | { readonly type: "route-end"; readonly route: Route; readonly planner: PlannerKind }
  | { readonly type: "plan-start" }
  | { readonly type: "plan-end"; readonly plan: Plan }
  /** `title` says in the language of the question what the step does. */
  | { readonly type: "step-start"; readonly stepId: string; readonly tool: string; readonly title: string }
  | { readonly type: "step-progress"; readonly stepId: string; readonly done: number; readonly total: number | null; readonly rows: number }
  | { readonly type: "step-end"; readonly stepId: string; readonly rows: number; readonly durationMs: number }
  | { readonly type: "step-error"; readonly stepId: string; readonly error: ErrorSummary; readonly skipped: boolean }
  | { readonly type: "receipt-update"; readonly receipt: Receipt }
  | CodeEvent
  | { readonly type: "answer-start" }
  | { readonly type: "answer-end"; readonly answer: Answer; readonly receipt: Receipt }
  | { readonly type: "run-end"; readonly document: RunDocument }
  | { readonly type: "run-pause"; readonly document: RunDocument }
  | { readonly type: "run-error"; readonly document: RunDocument };
