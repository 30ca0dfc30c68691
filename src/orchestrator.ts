import type { ApprovalDecision, Executor, Model, Plan, Provider, RunDocument, RunEvent, Runtime, Store } from "./contracts/index.ts";
import { ConfigurationError } from "./errors/index.ts";
import { local } from "./executors/local/index.ts";
import { QuestionRun, type RunTask } from "./pipeline/question-run.ts";
import { DEFAULT_LIMITS, type Drivers, type Limits, type RunOptions } from "./pipeline/run-options.ts";
import { nodeRuntime } from "./runtime/index.ts";
import { memory } from "./stores/memory/index.ts";

export interface OrchestratorOptions {
  /** The clouds to ask, each once. */
  readonly providers: readonly Provider[];
  /** Plans what the grammar does not understand, and reads summaries in analysis steps. Absent: questions in the grammar only. */
  readonly model?: Model;
  /** Asked when the model's replies cannot be used. */
  readonly fallbackModel?: Model;
  /** @defaultValue a store in memory, gone with the process */
  readonly store?: Store;
  /** @defaultValue this process */
  readonly executor?: Executor;
  readonly limits?: Partial<Limits>;
  /** IANA zone in which times of questions are read and answers are written. @defaultValue the process's zone */
  readonly timezone?: string;
  /** Parts of the ambient world to replace, in tests mostly. */
  readonly runtime?: Partial<Runtime>;
}

/** A run that has begun. Iterating is optional and works once; leaving the loop cancels the run. */
export interface Run extends AsyncIterable<RunEvent> {
  readonly id: string;
  /** The document of the last event. Rejects only when the caller's signal cancelled the run. */
  result(): Promise<RunDocument>;
}

/** Answers questions about what runs in the clouds it was given. Construction does no I/O. */
export class Orchestrator implements AsyncDisposable {
  readonly #drivers: Drivers;
  #graph: Promise<RunTask["graph"]> | undefined;

  constructor(options: OrchestratorOptions) {
    this.#drivers = toDrivers(options);
  }

  /** Asks, and resolves to the whole document: also when the run failed, which its `status` and `error` then say. */
  ask(question: string, options: RunOptions = {}): Promise<RunDocument> {
    return this.stream(question, options).result();
  }

  /** Asks, and tells what happens while it happens. */
  stream(question: string, options: RunOptions = {}): Run {
    return this.#begin({ kind: "question", question }, options);
  }

  /** What a question would do, without doing it. Rejects with what is wrong with the question. */
  async plan(question: string, options: RunOptions = {}): Promise<Plan> {
    return await new QuestionRun(this.#drivers, await this.#task({ kind: "question", question }), options).planOnly();
  }

  /** Runs a saved plan, without a model. The plan is untrusted: it is checked as a model's would be. */
  run(plan: unknown, options: RunOptions = {}): Run {
    return this.#begin({ kind: "plan", plan }, options);
  }

  /** Goes on with a run that was interrupted or crashed: what its finished steps found is not asked for again. */
  resume(runId: string, _decisions: readonly ApprovalDecision[] = [], options: RunOptions = {}): Run {
    return this.#begin({ kind: "resume", runId }, options);
  }

  async close(): Promise<void> {
    await Promise.all(this.#drivers.providers.map((provider) => provider.close?.()));
    await this.#drivers.store.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #begin(subject: RunTask["subject"], options: RunOptions): Run {
    const controller = new AbortController();
    const signal = options.signal === undefined ? controller.signal : AbortSignal.any([options.signal, controller.signal]);
    const run = new QuestionRun(this.#drivers, { subject, graph: this.#loadGraph() }, { ...options, signal });
    return toRun(run, controller);
  }
}
