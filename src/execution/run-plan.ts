import {
  type CodeEvent,
  type ExecutableStep,
  type Executor,
  type Model,
  type Plan,
  type PlanStep,
  type Provider,
  type Receipt,
  type ReceiptEntry,
  type ResolvedWindow,
  type Runtime,
  referencesOf,
  type StepIdentity,
  type StepOutcome,
  type StepProgress,
  type Store,
  type StoredResult,
  type Table,
  type Tool,
  type ToolContext,
  type ToolLimits,
} from "../contracts/index.ts";
import { type Language, OrchestratorError, PlanError } from "../errors/index.ts";
import type { CallGate } from "./call-gate.ts";
import { ReplayDataset } from "./dataset.ts";
import { ReceiptLedger } from "./receipts.ts";
import { inStableOrder } from "./row-order.ts";
import type { ToolRegistry } from "./tool-registry.ts";

export interface RunPlanOptions {
  readonly plan: Plan;
  /** The run, and on whose behalf it is. */
  readonly run: Omit<StepIdentity, "stepId" | "question">;
  readonly registry: ToolRegistry;
  readonly executor: Executor;
  readonly runtime: Runtime;
  readonly providers: readonly Provider[];
  readonly store: Store;
  readonly model?: Model;
  readonly limits: ToolLimits;
  readonly language: Language;
  /** When the run began, in milliseconds since the epoch: relative windows end before it. */
  readonly startedMs: number;
  /** Steps running at the same time, from 1. */
  readonly concurrency: number;
  /** The run's way to the clouds: one gate and its meter a run. */
  readonly gate: CallGate;
  /** Where the run's receipt grows; hand one in to have it also when the run is aborted. */
  readonly ledger?: ReceiptLedger;
  /** A person's abort: everything stops, and `runPlan` rejects with its reason. */
  readonly signal: AbortSignal;
  /** Our own time limit, aborted with a `TimeLimitError`: what is missing then is told in the receipt, and the rows so far are the answer. */
  readonly deadline?: AbortSignal;
  /** Outputs of steps that an earlier segment of the run finished: they are not run again. */
  readonly finished?: readonly Omit<StoredResult, "runId">[];
  readonly observer?: RunPlanObserver;
}

/** What a run tells while it runs. All optional; only `stepFinished` is waited for. */
export interface RunPlanObserver {
  stepStarted?(stepId: string, tool: string): void;
  stepProgressed?(stepId: string, progress: StepProgress): void;
  stepEnded?(stepId: string, facts: { readonly rows: number; readonly durationMs: number }): void;
  /** `skipped`: it never started, because a step it needs failed; `error` is that step's. */
  stepFailed?(stepId: string, error: unknown, skipped: boolean): void;
  /** The receipt so far: whenever a scope's listing or a step ended. */
  receiptChanged?(receipt: Receipt): void;
  /** What happens while code is written and approved. */
  told?(event: CodeEvent): void;
  /** The output of a step, to be kept; the step has ended once this resolves, and fails if it rejects. */
  stepFinished?(result: Omit<StoredResult, "runId">): Promise<void>;
}

export interface PlanOutcome {
  /** Rows of the last step; null when it failed. */
  readonly table: Table | null;
  /** Why the last step failed: the error of the step where it began; null when it did not. */
  readonly failure: unknown;
  readonly ledger: ReceiptLedger;
  /** All entries behind the receipt, for storing with the answer. */
  readonly entries: readonly ReceiptEntry[];
  /** Of the first step that looked at one; of an earlier answer only where no step of this plan did. */
  readonly window: ResolvedWindow | null;
  /** Prose of analysis steps, in the order of the plan. */
  readonly texts: readonly string[];
  readonly outcomes: ReadonlyMap<string, StepOutcome>;
  /** Ids of the approvals that steps wait for. Where there are any, the run is to be gone on with after the decision. */
  readonly waitingFor: readonly string[];
}

interface CheckedStep {
  readonly step: PlanStep;
  readonly tool: Tool;
  readonly input: unknown;
  readonly dependencies: readonly string[];
}

/** What a step has yielded so far. */
interface StepRecord {
  readonly dataset: ReplayDataset;
  readonly entries: ReceiptEntry[];
  readonly window: ResolvedWindow | undefined;
  text: string | undefined;
}

/** Runs a valid plan. Throws `PlanError` for one that is not, before any call; rejects with `signal.reason` when aborted. */
export async function runPlan(options: RunPlanOptions): Promise<PlanOutcome> {
  const run = new PlanRun(options);
  return run.execute();
}

class PlanRun {
  readonly #options: RunPlanOptions;
  readonly #steps: readonly CheckedStep[];
  readonly #sink: CheckedStep;
  readonly #records = new Map<string, StepRecord>();
  readonly #ledger: ReceiptLedger;
  /** Aborted by a person or by our time limit. */
  readonly #signal: AbortSignal;

  constructor(options: RunPlanOptions) {
    this.#options = options;
    this.#ledger = options.ledger ?? new ReceiptLedger();
    this.#signal = options.deadline === undefined ? options.signal : AbortSignal.any([options.signal, options.deadline]);
    this.#steps = options.plan.steps.map((step) => {
      const { tool, input } = options.registry.parseInput(step.tool, step.input);
      return { step, tool, input, dependencies: [...new Set([...step.dependsOn, ...referencesOf(step.input)])] };
    });
    this.#sink = onlySink(this.#steps);
  }

  async execute(): Promise<PlanOutcome> {
    const finished = new Map(this.#options.finished?.map((result) => [result.stepId, result]));
    for (const [stepId, result] of finished) this.#recall(stepId, result);
    const { executor, signal, concurrency, observer } = this.#options;
    const failures = new Map<string, unknown>();
    for (const { step } of this.#steps) if (!finished.has(step.id)) this.#ledger.begin(step.id);

    const outcomes = await executor.execute(
      this.#steps.map((step) => this.#executable(step, finished)),
      {
        signal,
        concurrency,
        onStart: (stepId) => {
          const tool = this.#steps.find(({ step }) => step.id === stepId)?.tool.name ?? "";
          if (!finished.has(stepId)) observer?.stepStarted?.(stepId, tool);
        },
        onSettle: (stepId, outcome) => {
          if (outcome.status === "done") return;
          const error = outcome.status === "failed" ? outcome.error : failures.get(outcome.because);
          failures.set(stepId, error);
          // A step that waits for a person has not failed, nor have those behind it.
          if (isWaiting(error)) return;
          observer?.stepFailed?.(stepId, error, outcome.status === "skipped");
        },
      },
    );
    return this.#outcome(outcomes, failures);
  }

  async #outcome(outcomes: ReadonlyMap<string, StepOutcome>, failures: ReadonlyMap<string, unknown>): Promise<PlanOutcome> {
    const records = this.#steps.map(({ step }) => this.#records.get(step.id)).filter((record) => record !== undefined);
    const sinkId = this.#sink.step.id;
    const answered = outcomes.get(sinkId)?.status === "done";
    const table = answered ? await this.#records.get(sinkId)?.dataset.table() : undefined;
    // Where one consent was refused nobody is asked for the others: every step leads to the answer.
    const refusal = [...failures.values()].find(isRefusal);
    const waiting = refusal === undefined ? [...failures.values()].filter(isWaiting) : [];
    return {
      table: table === undefined ? null : inStableOrder(table, this.#options.plan, sinkId),
      failure: answered ? null : (refusal ?? failures.get(sinkId)),
      ledger: this.#ledger,
      entries: records.flatMap((record) => record.entries),
      window: this.#window(),
      texts: records.flatMap((record) => record.text ?? []),
      outcomes,
      waitingFor: [...new Set(waiting.map((error) => String(error.details.approvalId)))],
    };
  }

  #window(): ResolvedWindow | null {
    const windowed = this.#steps.filter(({ step }) => this.#records.get(step.id)?.window !== undefined);
    const first = windowed.find(({ tool }) => tool.name !== "results.load") ?? windowed[0];
    return this.#records.get(first?.step.id ?? "")?.window ?? null;
  }

  /** Takes what an earlier segment of the run found. */
  #recall(stepId: string, result: Omit<StoredResult, "runId">): void {
    const dataset = new ReplayDataset(result.table.columns);
    dataset.append({ rows: result.table.rows });
    dataset.end();
    this.#ledger.addAll(result.receipt);
    this.#records.set(stepId, { dataset, entries: [...result.receipt], window: result.window, text: result.text });
  }

  #executable({ step, tool, input, dependencies }: CheckedStep, finished: ReadonlyMap<string, unknown>): ExecutableStep {
    if (finished.has(step.id)) return { id: step.id, after: [], during: [], run: async () => {} };
    return {
      id: step.id,
      after: tool.streaming ? [] : dependencies,
      during: tool.streaming ? dependencies : [],
      run: (_signal, started) => this.#run(step, tool, input, dependencies, started),
    };
  }

  async #run(step: PlanStep, tool: Tool, input: unknown, dependencies: readonly string[], started: () => void): Promise<void> {
    const { observer, runtime, language } = this.#options;
    const beganMs = runtime.clock.now();
    const output = await tool.execute(input, this.#toolContext(step));
    const record: StepRecord = {
      dataset: new ReplayDataset(output.columns, output.providers ?? this.#providersOf(dependencies)),
      entries: [],
      window: output.window,
      text: undefined,
    };
    this.#records.set(step.id, record);
    // Awaited only after the rows; a failure before that must not go unhandled.
    output.text?.catch(() => {});
    started();
    try {
      for await (const batch of output.batches) {
        this.#options.signal.throwIfAborted();
        this.#ledger.addAll(batch.receipt);
        record.entries.push(...batch.receipt);
        record.dataset.append(batch);
        if (batch.receipt.some((entry) => entry.type === "listing")) observer?.receiptChanged?.(this.#ledger.receipt(language));
      }
      record.text = await output.text;
      record.dataset.end();
      this.#ledger.finish(step.id);
    } catch (error) {
      record.dataset.fail(error);
      throw error;
    }
    await observer?.stepFinished?.({
      stepId: step.id,
      table: await record.dataset.table(),
      receipt: record.entries,
      ...(record.window === undefined ? {} : { window: record.window }),
      ...(record.text === undefined ? {} : { text: record.text }),
    });
    observer?.receiptChanged?.(this.#ledger.receipt(language));
    observer?.stepEnded?.(step.id, { rows: record.dataset.size, durationMs: runtime.clock.now() - beganMs });
  }

  /** The clouds behind the rows of several steps, where each of them knows. */
  #providersOf(stepIds: readonly string[]): readonly string[] | undefined {
    const known = stepIds.map((stepId) => this.#records.get(stepId)?.dataset.providers);
    return known.length > 0 && known.every((ids) => ids !== undefined) ? [...new Set(known.flat())] : undefined;
  }

  #toolContext(step: PlanStep): ToolContext {
    const { runtime, language, providers, store, model, limits, startedMs, gate, observer, run, plan } = this.#options;
    const signal = this.#signal;
    return {
      step: { ...run, stepId: step.id, question: plan.question },
      signal,
      runtime,
      language,
      providers,
      store,
      ...(model === undefined ? {} : { model }),
      limits,
      startedMs,
      dataset: async (stepId) => this.#records.get(stepId)?.dataset ?? unknownStep(step.id, stepId),
      providerContext: (provider, note) => gate.context(provider, { signal, note, stepId: step.id }),
      progress: (progress) => observer?.stepProgressed?.(step.id, progress),
      tell: (event) => observer?.told?.(event),
    };
  }
}

function onlySink(steps: readonly CheckedStep[]): CheckedStep {
  const used = new Set(steps.flatMap((step) => step.dependencies));
  const [sink, ...others] = steps.filter(({ step }) => !used.has(step.id));
  if (sink !== undefined && others.length === 0) return sink;
  const ids = [sink, ...others].map((step) => step?.step.id ?? "").filter((id) => id !== "");
  throw new PlanError({
    code: "PLAN_INVALID",
    message: {
      en: `One step must be the answer, used by no other; here it is ${ids.length === 0 ? "none" : ids.join(", ")}.`,
      zh: `计划必须恰好有一个不被其他步骤引用的步骤作为答案，现在是：${ids.length === 0 ? "无" : ids.join("、")}。`,
    },
    hint: { en: "Join the steps, or remove the ones that are not needed.", zh: "请合并这些步骤，或删除多余的步骤。" },
  });
}

function isWaiting(error: unknown): error is OrchestratorError {
  return OrchestratorError.isInstance(error) && error.code === "APPROVAL_PENDING";
}

function isRefusal(error: unknown): boolean {
  return OrchestratorError.isInstance(error) && error.code === "APPROVAL_REJECTED";
}

function unknownStep(stepId: string, wanted: string): never {
  throw new PlanError({
    code: "PLAN_INVALID",
    message: {
      en: `Step ${stepId} reads step ${wanted}, which it does not depend on.`,
      zh: `步骤 ${stepId} 读取了步骤 ${wanted}，但没有依赖它。`,
    },
    hint: { en: "Add it to dependsOn.", zh: "请把它加入 dependsOn。" },
  });
}
