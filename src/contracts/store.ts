import type { RunDocument } from "./answer.ts";
import type { RunEvent } from "./event.ts";
import type { Plan } from "./plan.ts";
import type { ReceiptEntry } from "./receipt.ts";
import type { Table } from "./table.ts";
import type { ResolvedWindow } from "./window.ts";

/** Where runs are kept: to be resumed, to be referred to ("of those"), to be looked up. Holds no credentials. */
export interface Store {
  readonly contractVersion: "store-v1";
  readonly id: string;
  /** Creates or replaces. Of a run that is put as answered only the answer is kept, not the results of its steps: nothing will resume it. */
  putRun(run: StoredRun): Promise<void>;
  getRun(runId: string): Promise<StoredRun | undefined>;
  /** Newest first. */
  listRuns(limit: number): Promise<readonly StoredRun[]>;
  appendEvents(events: readonly RunEvent[]): Promise<void>;
  /** In order, from `sequence` on. */
  events(runId: string, fromSequence: number): Promise<readonly RunEvent[]>;
  /** Results are kept apart from runs, by reference: they may be large. */
  putResult(result: StoredResult): Promise<void>;
  getResult(runId: string, stepId: string): Promise<StoredResult | undefined>;
  /** The last answered run of a thread. */
  getThread(thread: string): Promise<string | undefined>;
  putThread(thread: string, runId: string): Promise<void>;
  /** Drops runs begun before, with their events, results and threads; tells how many. */
  prune(beforeMs: number): Promise<number>;
  close(): Promise<void>;
}

export interface StoredRun {
  readonly runId: string;
  readonly startedMs: number;
  readonly question: string;
  readonly thread: string | null;
  readonly status: "running" | "waiting" | "answered" | "failed";
  readonly plan: Plan | null;
  readonly document: RunDocument | null;
}

/** In place of a step id: the table of the answer. No step can be called so. */
export const ANSWER_STEP = "$answer";

/** The output of a finished step, or the answer, with what its receipt is made of. */
export interface StoredResult {
  readonly runId: string;
  readonly stepId: string;
  readonly table: Table;
  readonly receipt: readonly ReceiptEntry[];
  readonly window?: ResolvedWindow;
  /** Prose of an analysis step. */
  readonly text?: string;
}
