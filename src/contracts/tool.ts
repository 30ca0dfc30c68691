import type { z } from "zod";
import type { Language } from "../errors/index.ts";
import type { Actor, ApprovalPolicy } from "./approval.ts";
import type { DataKind } from "./data-kind.ts";
import type { CodeEvent } from "./event.ts";
import type { Model } from "./model.ts";
import type { Provider, ProviderContext } from "./provider.ts";
import type { ReceiptEntry } from "./receipt.ts";
import type { Scope } from "./resource.ts";
import type { Runtime } from "./runtime.ts";
import type { Store } from "./store.ts";
import type { Column, Row, Table } from "./table.ts";
import type { ResolvedWindow } from "./window.ts";

/** Rows and what happened to get them: there is no way to hand on one without the other. */
export interface Batch {
  readonly rows: readonly Row[];
  readonly receipt: readonly ReceiptEntry[];
  /** Scopes of which no more rows will come, so that readers need not hold back what they gather per scope. */
  readonly ended?: readonly Scope[];
}

/** A batch as later steps see it: its receipt entries were counted by the step that made them. */
export type Page = Pick<Batch, "rows" | "ended">;

/** What a step yields. Columns are known before the first batch. */
export interface StepOutput {
  readonly columns: readonly Column[];
  readonly batches: AsyncIterable<Batch>;
  /** Ids of the clouds its rows can come from. Absent: those of the steps it reads. */
  readonly providers?: readonly string[];
  /** Set by steps that look at a window. */
  readonly window?: ResolvedWindow;
  /** Prose of an analysis step. */
  readonly text?: Promise<string>;
}

/** The output of a step as its dependents see it: may be read while it still grows, by several readers, each from the start. */
export interface Dataset {
  readonly columns: readonly Column[];
  /** Ids of the clouds its rows can come from; undefined where that is not known. */
  readonly providers: readonly string[] | undefined;
  /** Rows as they arrive. */
  batches(): AsyncIterable<Page>;
  /** All rows, once the step has ended. */
  table(): Promise<Table>;
}

/**
 * One step's work. `effect` has no default, so that nobody can forget it.
 * `streaming` tools start as soon as their inputs have started; the others once their inputs have ended.
 */
export interface Tool<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** For the planning model: one line. */
  readonly description: string;
  readonly effect: "read" | "write";
  readonly streaming: boolean;
  readonly input: Schema;
  execute(input: z.infer<Schema>, context: ToolContext): Promise<StepOutput>;
}

export interface ToolContext {
  readonly signal: AbortSignal;
  readonly runtime: Runtime;
  readonly language: Language;
  readonly providers: readonly Provider[];
  readonly store: Store;
  readonly model?: Model;
  readonly limits: ToolLimits;
  /** When the run began, in milliseconds since the epoch. Relative windows end before it, also when a run is resumed later. */
  readonly startedMs: number;
  /** Which step of which run this is, and on whose behalf. */
  readonly step: StepIdentity;
  /** The output of an earlier step. */
  dataset(stepId: string): Promise<Dataset>;
  /** Calls of a provider go through here: counted, limited, retried. */
  providerContext(provider: Provider, note: (entry: ReceiptEntry) => void): ProviderContext;
  /** For live step lists: how far a step is. Cheap; call it as often as you like. */
  progress(progress: StepProgress): void;
  /** Tells what happens while code is written and approved. */
  tell(event: CodeEvent): void;
}

export interface StepIdentity {
  readonly runId: string;
  readonly stepId: string;
  readonly question: string;
  readonly askedBy: Actor;
  /** Who may decide what this step needs a consent for. */
  readonly policy: ApprovalPolicy;
  /** What the answer may be made of; undefined: anything. */
  readonly data?: readonly DataKind[] | undefined;
}

export interface StepProgress {
  readonly done: number;
  /** Absent while it is not known yet. */
  readonly total?: number;
  readonly rows: number;
}

export interface ToolLimits {
  /** Bytes one `logs.query` may scan; sources beyond are left out and named in the receipt. */
  readonly maxLogScanBytes: number;
  /** Rows of samples a model may see. 0: none. */
  readonly maxSampleRows: number;
}
