import type { RunDocument } from "./answer.ts";
import type { Actor, Approval, ApprovalDecision, ApprovalPolicy, AuditEntry, AuditRecord, LearnedTool } from "./approval.ts";
import type { DataKind } from "./data-kind.ts";
import type { RunEvent } from "./event.ts";
import type { Plan } from "./plan.ts";
import type { ReceiptEntry } from "./receipt.ts";
import type { Restriction } from "./selection.ts";
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

  /**
   * Makes `holder` the one that drives the run. Undefined: it is. Else who is. `replaces` takes over from exactly that holder, in one
   * step: of many that try, one succeeds.
   */
  claimRun(runId: string, holder: string, replaces?: string): Promise<string | undefined>;
  /** Lets go, where `holder` still has it. */
  releaseRun(runId: string, holder: string): Promise<void>;

  /** Keeps a pending approval, and the audit entry with it; one that is there already stays as it is. */
  putApproval(approval: Approval, entry: AuditEntry): Promise<void>;
  getApproval(id: string): Promise<Approval | undefined>;
  /** Newest first. */
  listApprovals(filter: { readonly status?: Approval["status"]; readonly runId?: string }): Promise<readonly Approval[]>;
  /**
   * Decides in one step, with the audit entry: only while it is pending, not expired at `nowMs`, and of the decision's digest. `claimed` says
   * whether this was the decision; `approval` is what stands then. Of many that decide at once, one claims.
   */
  decideApproval(
    decision: ApprovalDecision,
    nowMs: number,
    entry: AuditEntry,
  ): Promise<{ readonly claimed: boolean; readonly approval: Approval | undefined }>;

  /** Replies of finished requests of generated code, so that a resumed run does not send them again. */
  putCall(call: StoredCall): Promise<void>;
  getCall(runId: string, key: string): Promise<StoredCall | undefined>;

  /** Appends to the chain: sequence, previous and hash are the store's, computed in the same transaction. */
  appendAudit(entry: AuditEntry): Promise<void>;
  /** The chain from its beginning. `prune` never touches it. */
  audit(): AsyncIterable<AuditRecord>;

  /** Creates or replaces. */
  putLearnedTool(tool: LearnedTool): Promise<void>;
  getLearnedTool(name: string): Promise<LearnedTool | undefined>;
  listLearnedTools(): Promise<readonly LearnedTool[]>;
  removeLearnedTool(name: string): Promise<boolean>;

  /**
   * Writes a small document when what is there has exactly this version; 0: when nothing is there, or what is there has expired. Of many
   * that try, one succeeds and gets the version it has now, never one that a key had before. 0: somebody else was faster.
   */
  writeRecord(record: Omit<StoredRecord, "version">, version: number, nowMs: number): Promise<number>;
  /** Undefined also for one that has expired. */
  readRecord(kind: string, key: string, nowMs: number): Promise<StoredRecord | undefined>;
  /** Those that have not expired, oldest first by `createdMs`. */
  listRecords(kind: string, nowMs: number): AsyncIterable<StoredRecord>;
  /** Only while it has exactly this version. */
  removeRecord(kind: string, key: string, version: number): Promise<boolean>;

  /** A LangGraph `BaseCheckpointSaver` on the same data: typed as an object, because contracts know no vendor. */
  checkpointer(): Promise<object>;

  /** Drops runs begun before, with their events, results, threads, approvals, calls and checkpoints, and records that expired before; tells how many runs. */
  prune(beforeMs: number): Promise<number>;
  close(): Promise<void>;
}

/** The reply of one request that generated code made. Dropped when its run is put as answered. */
export interface StoredCall {
  readonly runId: string;
  /** Says all that the reply depends on: step, scope, operation, input, page, and which of equal calls it is. */
  readonly key: string;
  readonly operation: string;
  /** JSON. */
  readonly reply: unknown;
}

/** A document of a user of the store: which deliveries a bot has taken, which messages show a question. */
export interface StoredRecord {
  readonly kind: string;
  readonly key: string;
  /** One more each time it is written, also over one that has expired. */
  readonly version: number;
  /** JSON; a few kB. */
  readonly value: unknown;
  readonly createdMs: number;
  /** Null: stays until it is removed. */
  readonly expiresMs: number | null;
}

export interface StoredRun {
  readonly runId: string;
  readonly startedMs: number;
  readonly question: string;
  readonly thread: string | null;
  /** Who asked, what they may see, and who may decide what the run needs a consent for: the same when it is gone on with by somebody else. */
  readonly onBehalf?: {
    readonly askedBy: Actor;
    readonly policy: ApprovalPolicy;
    readonly data?: readonly DataKind[] | undefined;
    readonly where?: Restriction | undefined;
  };
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
