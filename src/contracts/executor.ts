/** Runs a graph of steps. It knows no tools, no clouds and no plans. */
export interface Executor {
  readonly contractVersion: "executor-v1";
  readonly id: string;
  /**
   * Resolves when every step has settled: a failed step skips its dependents and leaves its siblings alone.
   * Rejects with `signal.reason` when aborted, after every running step has let go, and with `PLAN_INVALID` for a graph that is no DAG.
   */
  execute(steps: readonly ExecutableStep[], options: ExecuteOptions): Promise<ReadonlyMap<string, StepOutcome>>;
}

export interface ExecutableStep {
  readonly id: string;
  /** Steps that must have ended. */
  readonly after: readonly string[];
  /** Steps that must have announced output (called `started`): their rows flow while both run. */
  readonly during: readonly string[];
  /** `started` tells that output may be read. A step that never calls it has started when it ends. */
  run(signal: AbortSignal, started: () => void): Promise<void>;
}

export interface ExecuteOptions {
  readonly signal: AbortSignal;
  /** Steps running at the same time, from 1. */
  readonly concurrency: number;
  onStart?(stepId: string): void;
  onSettle?(stepId: string, outcome: StepOutcome): void;
}

export type StepOutcome =
  | { readonly status: "done" }
  | { readonly status: "failed"; readonly error: unknown }
  | { readonly status: "skipped"; readonly because: string };
