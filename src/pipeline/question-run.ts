import type { ApprovalDecision, Plan, RunDocument, RunEvent, StoredRun } from "../contracts/index.ts";
import { type Language, OrchestratorError, QuestionError, StoreError, toOrchestratorError } from "../errors/index.ts";
import { detectLanguage } from "../language/index.ts";
import { planHeading, readSavedPlan } from "./check-plan.ts";
import { finishedResults } from "./finished-results.ts";
import type { Stages } from "./graph.ts";
import { claimRun } from "./run-claim.ts";
import { createRunEmitter, type RunEmitter } from "./run-emitter.ts";
import type { Drivers, RunOptions } from "./run-options.ts";
import { type OnBehalf, RunStages, type StageStart } from "./run-stages.ts";

/** What a run is about. */
export type Subject =
  | { readonly kind: "question"; readonly question: string; readonly planOnly: boolean }
  | { readonly kind: "plan"; readonly plan: unknown }
  | { readonly kind: "resume"; readonly runId: string; readonly decisions: readonly ApprovalDecision[] };

/** Walks the stages in order: what `createGraph()` of `graph.ts` returns. */
export type Walk = (stages: Stages) => Promise<void>;

/** One run from its first event to its last. It begins at once; reading its events is optional. */
export class QuestionRun {
  readonly id: string;
  readonly #drivers: Drivers;
  readonly #subject: Subject;
  readonly #options: RunOptions & { readonly signal: AbortSignal };
  /** Aborted when another process has taken the run over: it is the one that keeps it from then on. */
  readonly #lost = new AbortController();
  readonly #emitter: Promise<RunEmitter>;
  readonly #document: Promise<RunDocument>;
  #stages: RunStages | undefined;
  #release: () => Promise<void> = async () => {};
  #unclaimed: { readonly error: unknown } | undefined;
  /** What is known of the run that is to be gone on with. */
  #earlier: StoredRun | undefined;
  #failure: OrchestratorError | undefined;

  constructor(drivers: Drivers, subject: Subject, options: RunOptions & { readonly signal: AbortSignal }, walk: () => Promise<Walk>) {
    this.#drivers = drivers;
    this.#subject = subject;
    this.#options = { ...options, signal: AbortSignal.any([options.signal, this.#lost.signal]) };
    this.id = subject.kind === "resume" ? subject.runId : drivers.runtime.newId("run");
    this.#emitter = this.#createEmitter();
    // Readers are let go whatever happens.
    this.#document = this.#emitter.then((emitter) => this.#drive(emitter, walk).finally(() => emitter.end()));
    // Whoever asks for the result sees a failure; nobody has to ask.
    this.#document.catch(() => {});
  }

  /** The document of the last event. Rejects with the reason of a caller's abort. */
  async result(): Promise<RunDocument> {
    const document = await this.#document;
    if (document.error?.code === "RUN_INTERRUPTED") this.#options.signal.throwIfAborted();
    return document;
  }

  /** The plan, without running it. Rejects with what is wrong with the question. */
  async plan(): Promise<Plan> {
    await this.result();
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#stages?.currentPlan == null) throw new Error("a run that ended well has a plan");
    return this.#stages.currentPlan;
  }

  async *events(): AsyncGenerator<RunEvent, void, void> {
    yield* (await this.#emitter).events();
  }

  async #createEmitter(): Promise<RunEmitter> {
    const { store, runtime } = this.#drivers;
    // A store that cannot be read says so when the run is claimed.
    if (this.#subject.kind === "resume") this.#earlier = await store.getRun(this.id).catch(() => undefined);
    try {
      // Before the run is claimed: of many that decide at once all but one are told who was first, and leave the run alone.
      if (this.#subject.kind === "resume") for (const decision of this.#subject.decisions) await this.#drivers.decide(decision);
      this.#release = await claimRun(this.id, this.#drivers, (error) => this.#lost.abort(error));
    } catch (error) {
      this.#unclaimed = { error };
      // Whoever drives the run numbers its events; those of this attempt are for its reader alone.
      return createRunEmitter({ runId: this.id, store: { appendEvents: async () => {} }, runtime, firstSequence: 0 });
    }
    try {
      const earlier = this.#subject.kind === "resume" ? await store.events(this.id, 0) : [];
      const firstSequence = (earlier.at(-1)?.sequence ?? -1) + 1;
      const appendEvents = async (events: readonly RunEvent[]) => (this.#lost.signal.aborted ? undefined : store.appendEvents(events));
      return createRunEmitter({ runId: this.id, store: { appendEvents }, runtime, firstSequence, observer: runtime.observer });
    } catch (error) {
      await this.#release();
      throw error;
    }
  }

  async #drive(emitter: RunEmitter, walk: () => Promise<Walk>): Promise<RunDocument> {
    const { runtime } = this.#drivers;
    const startedMs = runtime.clock.now();
    let document: RunDocument;
    try {
      if (this.#unclaimed !== undefined) throw this.#unclaimed.error;
      // The clouds' packages load while the question is being planned; what fails there fails again, and is told, at first use.
      for (const provider of this.#drivers.providers) provider.load().catch(() => {});
      const answered = await this.#answeredBefore();
      if (answered !== undefined) {
        await this.#tellLast(emitter, answered);
        return answered;
      }
      const start = await this.#start(startedMs);
      const stages = new RunStages(this.#drivers, start, this.#options, (body) => emitter.emit(body));
      emitter.emit({ type: "run-start", question: start.question, emulated: stages.emulated });
      // Two that go on with one run begin with the same event: one of them stops here, before it asks anybody.
      await emitter.flush();
      this.#stages = stages;
      await stages.store("running");
      await (await walk())(stages);
      document = stages.document(stages.isWaiting ? "waiting" : "answered", null);
    } catch (error) {
      document = this.#failed(error, startedMs);
    }
    await this.#finish(emitter, document);
    return document;
  }

  /** What the stages begin with: a question, a plan to run, or a run to go on with. */
  async #start(startedMs: number): Promise<StageStart> {
    const { runId, drivers } = { runId: this.id, drivers: this.#drivers };
    const emulated = drivers.providers.some((provider) => provider.emulated);
    const begun = {
      runId,
      startedMs,
      segmentStartedMs: startedMs,
      thread: this.#options.thread ?? null,
      resumed: false,
      onBehalf: onBehalf(this.#options),
    };
    switch (this.#subject.kind) {
      case "question": {
        const question = this.#subject.question.trim();
        if (question === "") throw emptyQuestion();
        const { planOnly } = this.#subject;
        return { ...begun, question, language: detectLanguage(question), plan: null, finished: [], planOnly };
      }
      case "plan": {
        const plan = readSavedPlan(this.#subject.plan, emulated);
        return { ...begun, question: plan.question, language: plan.language, plan, finished: [], planOnly: false };
      }
      case "resume": {
        const run = await drivers.store.getRun(runId);
        if (run?.plan === null || run?.plan === undefined) throw unknownRun(runId, run !== undefined);
        const plan = readSavedPlan(run.plan, emulated);
        const stored = await Promise.all(plan.steps.map((step) => drivers.store.getResult(runId, step.id)));
        const finished = finishedResults(
          plan,
          stored.filter((result) => result !== undefined),
        );
        return {
          ...begun,
          startedMs: run.startedMs,
          thread: begun.thread ?? run.thread,
          onBehalf: run.onBehalf === undefined ? begun.onBehalf : narrowed(run.onBehalf, this.#options),
          question: plan.question,
          language: plan.language,
          plan,
          finished,
          planOnly: false,
          resumed: true,
        };
      }
    }
  }

  #failed(error: unknown, startedMs: number): RunDocument {
    const { signal } = this.#options;
    this.#failure =
      signal.aborted && !OrchestratorError.isInstance(error) ? interrupted(this.id, this.#canGoOn) : toOrchestratorError(error);
    const { question, language } = this.#heading();
    const known =
      this.#stages ??
      new RunStages(
        this.#drivers,
        {
          runId: this.id,
          startedMs,
          segmentStartedMs: startedMs,
          thread: null,
          resumed: false,
          onBehalf: onBehalf(this.#options),
          question,
          language,
          plan: null,
          finished: [],
          planOnly: false,
        },
        this.#options,
        () => {},
      );
    return known.document("failed", this.#failure);
  }

  /** A store in memory is gone with the process, and without a plan there is nothing to go on with. */
  get #canGoOn(): boolean {
    return this.#drivers.store.id !== "memory" && this.#stages?.currentPlan != null;
  }

  #heading(): { readonly question: string; readonly language: Language } {
    if (this.#subject.kind === "plan") return planHeading(this.#subject.plan);
    const question = this.#subject.kind === "question" ? this.#subject.question : (this.#earlier?.question ?? "");
    return { question, language: detectLanguage(question) };
  }

  async #finish(emitter: RunEmitter, document: RunDocument): Promise<void> {
    try {
      if (!this.#lost.signal.aborted) await this.#stages?.store(document.status, document);
    } catch (error) {
      // The answer is there; that it could not be kept must not take it away.
      this.#drivers.runtime.logger.warn("run could not be stored", { runId: this.id, error: String(error) });
    }
    this.#stages?.end();
    await this.#tellLast(emitter, document);
  }

  /** Lets go before the reader learns of it: who reads that the run waits may go on with it at once. */
  async #tellLast(emitter: RunEmitter, document: RunDocument): Promise<void> {
    await emitter.conclude({ type: LAST_EVENTS[document.status], document }, async (failure) => {
      if (failure !== undefined) {
        this.#drivers.runtime.logger.warn("events could not be stored", { runId: this.id, error: String(failure.error) });
      }
      await this.#release();
    });
  }

  /** A run that was answered has nothing to go on with: its answer stands. */
  async #answeredBefore(): Promise<RunDocument | undefined> {
    if (this.#subject.kind !== "resume") return undefined;
    const run = await this.#drivers.store.getRun(this.id);
    return run?.status === "answered" ? (run.document ?? undefined) : undefined;
  }
}

const LAST_EVENTS = { answered: "run-end", waiting: "run-pause", failed: "run-error" } as const;

function onBehalf({ askedBy = { via: "sdk", id: "sdk" }, policy, data, where }: RunOptions): OnBehalf {
  return {
    askedBy,
    policy: policy ?? { via: askedBy.via, approvers: null, selfApproval: true },
    ...(data === undefined ? {} : { data }),
    ...(where === undefined ? {} : { where }),
  };
}

/** What a run was begun under holds when it is gone on with; whoever goes on may allow less. */
function narrowed(kept: OnBehalf, { data }: RunOptions): OnBehalf {
  return data === undefined ? kept : { ...kept, data: kept.data?.filter((kind) => data.includes(kind)) ?? data };
}

function emptyQuestion(): QuestionError {
  return new QuestionError({
    code: "QUESTION_EMPTY",
    message: { en: "Nothing was asked.", zh: "问题是空的。" },
    hint: { en: "Try: which servers have CPU over 80%", zh: "例如：列出 CPU > 80% 的服务器" },
  });
}

function unknownRun(runId: string, known: boolean): StoreError {
  return new StoreError({
    code: "RUN_NOT_FOUND",
    message: known
      ? { en: `The run ${runId} never got as far as a plan.`, zh: `运行 ${runId} 还没有生成计划。` }
      : { en: `There is no run ${runId} in the store.`, zh: `存储中没有运行 ${runId}。` },
    hint: {
      en: "It may have been pruned, or belong to another store. Ask the question again.",
      zh: "它可能已被清理，或属于另一个存储。请重新提问。",
    },
  });
}

function interrupted(runId: string, canGoOn: boolean): OrchestratorError {
  return new OrchestratorError({
    code: "RUN_INTERRUPTED",
    message: { en: "The run was interrupted.", zh: "运行已被中断。" },
    hint: canGoOn
      ? { en: `Go on with: nephoscope resume ${runId}`, zh: `继续执行：nephoscope resume ${runId}` }
      : { en: "Ask the question again.", zh: "请重新提问。" },
  });
}
