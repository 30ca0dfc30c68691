import type {
  Actor,
  ApprovalDecision,
  ApprovalPolicy,
  DataKind,
  Executor,
  LearnedTool,
  Model,
  Provider,
  Restriction,
  Runtime,
  Store,
  Tool,
} from "../contracts/index.ts";

/** Bounds of one run. Reaching one shows in the receipt, the text and the exit status. */
export interface Limits {
  /** Wall time of a run in milliseconds. What has been found by then is the answer, marked incomplete. @defaultValue 120000 */
  readonly timeoutMs: number;
  /** Steps running at the same time. @defaultValue 16 */
  readonly maxConcurrency: number;
  /** Steps of a plan. @defaultValue 40 */
  readonly maxSteps: number;
  /** Prompt and completion tokens of all model calls of a run. @defaultValue 40000 */
  readonly maxModelTokens: number;
  /** Wall time of one model call in milliseconds. @defaultValue 60000 */
  readonly modelTimeoutMs: number;
  /** Bytes one log query may scan; sources beyond are left out and named. @defaultValue 50 GB */
  readonly maxLogScanBytes: number;
  /** Redacted sample rows a model may see in an analysis. @defaultValue 5 */
  readonly maxSampleRows: number;
}

export const DEFAULT_LIMITS: Limits = {
  timeoutMs: 120_000,
  maxConcurrency: 16,
  maxSteps: 40,
  maxModelTokens: 40_000,
  modelTimeoutMs: 60_000,
  maxLogScanBytes: 50e9,
  maxSampleRows: 5,
};

/** What one call may set. */
export interface RunOptions {
  /** Cancels the run; `ask()` then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Questions of one thread may refer to the answer before: "of those, …". */
  readonly thread?: string;
  /** Restricts the question to these clouds, accounts, regions and tags, whatever it says. */
  readonly where?: Restriction;
  /** Overrides `limits.timeoutMs`. */
  readonly timeoutMs?: number;
  /** False: never ask the model. @defaultValue true */
  readonly model?: boolean;
  /** False: a model sees no sample rows. @defaultValue true */
  readonly samples?: boolean;
  /**
   * What the answer may be made of: a plan that brings anything else is refused before a cloud is asked. Kept with the run.
   * @defaultValue anything
   */
  readonly data?: readonly DataKind[];
  /** On whose behalf the question is asked. @defaultValue the program that embeds the SDK */
  readonly askedBy?: Actor;
  /** Who may decide what the run needs a consent for. @defaultValue anybody who comes the way the asker did, the asker included */
  readonly policy?: ApprovalPolicy;
}

/** The drivers a run works with: what the orchestrator was built from. */
export interface Drivers {
  readonly providers: readonly Provider[];
  readonly model: Model | undefined;
  readonly fallbackModel: Model | undefined;
  readonly store: Store;
  readonly executor: Executor;
  readonly runtime: Runtime;
  readonly limits: Limits;
  readonly timezone: string;
  /** What writes and runs code, where no other tool fits. */
  readonly codeTool: Tool;
  /** Whether the operator lets generated code change things. */
  readonly writes: boolean;
  /** The kept program that was written for exactly this question. */
  keptProgram(question: string): Promise<Pick<LearnedTool, "name" | "subject"> | undefined>;
  readonly holders: Holders;
  /** Claims a decision, by the policy of its approval. Throws `ApprovalError`. */
  decide(decision: ApprovalDecision): Promise<unknown>;
}

/** Names whoever drives a run, so that two never do at the same time. */
interface Holders {
  create(): string;
  /** Whether that one is known to have ended. */
  isGone(holder: string): boolean;
}
