import {
  type Actor,
  ANSWER_STEP,
  type Answer,
  type ApprovalPolicy,
  type ApprovalRequest,
  type DataKind,
  type EventBody,
  type Plan,
  type PlannedSteps,
  type PlannerKind,
  type PlanningFacts,
  type Receipt,
  type Restriction,
  type RunDocument,
  type RunStatus,
  type StoredResult,
  type StoredRun,
} from "../contracts/index.ts";
import { type Language, type OrchestratorError, type QuestionError, type Text, toOrchestratorError } from "../errors/index.ts";
import { BUILTIN_TOOLS, CallGate, ReceiptLedger, ToolRegistry, UsageMeter } from "../execution/index.ts";
import { type PlanOutcome, type RunPlanObserver, runPlan } from "../execution/run-plan.ts";
import { planByGrammar } from "../language/index.ts";
import { checkData } from "./allowed-data.ts";
import { buildPlan, restrictPlan } from "./build-plan.ts";
import { checkForeignResults, checkPlan } from "./check-plan.ts";
import { answerWindow, composeAnswer } from "./compose-answer.ts";
import type { Stages } from "./graph.ts";
import { ModelPlanning } from "./model-planning.ts";
import { nothingAnswered, timeLimit } from "./nothing-answered.ts";
import { observedDrivers } from "./observed-drivers.ts";
import { planningFacts, previousAnswer } from "./planning-facts.ts";
import { checkRestriction } from "./restriction.ts";
import type { Drivers, RunOptions } from "./run-options.ts";
import { deservesSecondOpinion } from "./second-opinion.ts";
import { stepTitle } from "./wording/step-title.ts";

export interface StageStart {
  readonly runId: string;
  /** When the run began; its relative windows end before that. */
  readonly startedMs: number;
  /** When this segment of it began. */
  readonly segmentStartedMs: number;
  readonly thread: string | null;
  readonly resumed: boolean;
  readonly question: string;
  readonly language: Language;
  /** Given for saved plans and resumed runs: nothing is planned then. */
  readonly plan: Plan | null;
  /** Results of an earlier segment of the run. */
  readonly finished: readonly StoredResult[];
  /** Stop once the plan is there. */
  readonly planOnly: boolean;
  readonly onBehalf: OnBehalf;
}

/** Who asked, what they may see, and who may decide what the run needs a consent for. */
export interface OnBehalf {
  readonly askedBy: Actor;
  readonly policy: ApprovalPolicy;
  readonly data?: readonly DataKind[] | undefined;
  readonly where?: Restriction | undefined;
}

/** Outputs of these are kept, so that a resumed run does not ask the clouds again; the others are cheap to repeat. */
const ASKS_CLOUDS: ReadonlySet<string> = new Set([
  "resources.list",
  "metrics.query",
  "logs.query",
  "traces.query",
  "alarms.list",
  "code.run",
]);

/** What a run knows so far, and the stages that find out more. */
export class RunStages implements Stages {
  readonly emulated: boolean;
  readonly #drivers: Drivers;
  readonly #start: StageStart;
  readonly #options: RunOptions & { readonly signal: AbortSignal };
  readonly #emit: (body: EventBody) => void;
  readonly #meter = new UsageMeter();
  /** Of this run from the start, so that an aborted one can still say what it looked at. */
  readonly #ledger = new ReceiptLedger();
  /** Our own time limit, over planning and execution together. */
  readonly #deadline = new AbortController();
  readonly #ended = new AbortController();
  readonly #registry: ToolRegistry;
  readonly #models: ModelPlanning;
  #plannedBy: PlannerKind;
  #facts: PlanningFacts | undefined;
  #planned: PlannedSteps | undefined;
  #misunderstood: QuestionError | undefined;
  #plan: Plan | null;
  #answer: Answer | null = null;
  #outcome: PlanOutcome | undefined;
  #approvals: readonly ApprovalRequest[] = [];

  constructor(
    drivers: Drivers,
    start: StageStart,
    options: RunOptions & { readonly signal: AbortSignal },
    emit: (body: EventBody) => void,
  ) {
    this.#drivers = observedDrivers(drivers, start.runId);
    this.#start = start;
    this.#options = options;
    this.#emit = emit;
    this.#plan = start.plan;
    this.#registry = new ToolRegistry([...BUILTIN_TOOLS, drivers.codeTool]);
    this.#plannedBy = start.plan === null ? "grammar" : "saved";
    this.#models = new ModelPlanning(this.#drivers, this.#registry, {
      ...options,
      signal: AbortSignal.any([options.signal, this.#deadline.signal]),
    });
    this.emulated = drivers.providers.some((provider) => provider.emulated);
  }

  /** The plan, once there is one. */
  get currentPlan(): Plan | null {
    return this.#plan;
  }

  /** Whether a person must decide before the run can go on. */
  get isWaiting(): boolean {
    return this.#approvals.length > 0;
  }

  /** Lets go of the time limit. */
  end(): void {
    this.#ended.abort();
  }

  async classify(): Promise<"planned" | "unplanned"> {
    const { store, providers, runtime, timezone } = this.#drivers;
    const timeoutMs = this.#timeoutMs;
    runtime.clock.sleep(timeoutMs, this.#ended.signal).then(
      () => this.#deadline.abort(timeLimit(timeoutMs)),
      () => {},
    );
    // An emulator's accounts have names that the provider learns while it loads; real ones stand in its configuration.
    await Promise.all(providers.filter((provider) => provider.emulated).map((provider) => provider.load().catch(() => {})));
    this.#facts = planningFacts({ providers, runtime, timezone, previous: await previousAnswer(store, this.#start.thread) });
    checkRestriction(this.#options.where ?? {}, this.#facts);
    if (this.#plan !== null) return "planned";
    this.#emit({ type: "plan-start" });
    const result = planByGrammar(this.#start.question, this.#facts);
    if (result.status === "refused" && !this.#deservesSecondOpinion(result.error)) throw result.error;
    if (result.status === "planned") {
      this.#planned = result.planned;
      return "planned";
    }
    this.#misunderstood = result.error;
    const { question, language } = this.#start;
    const kept = await this.#drivers.keptProgram(question);
    if (kept === undefined) return "unplanned";
    const input = { goal: question, where: kept.subject.where, learned: kept.name };
    this.#planned = { language, steps: [{ id: "answer", tool: "code.run", input }] };
    return "planned";
  }

  #deservesSecondOpinion(error: QuestionError): boolean {
    const { model, writes } = this.#drivers;
    if (model === undefined || this.#options.model === false) return false;
    return deservesSecondOpinion(this.#start.question, error, writes);
  }

  async plan(): Promise<"intent" | "plan"> {
    this.#plannedBy = "model";
    return await this.#models.plan(this.#start, this.#knownFacts(), this.#misunderstood);
  }

  async manage(): Promise<void> {
    await this.#models.manage();
  }

  async validate(): Promise<"run" | "stop"> {
    const facts = this.#knownFacts();
    const planned = this.#planned ?? this.#models.planned;
    const { where: restriction = {} } = this.#start.onBehalf;
    const accountNames = Object.assign({}, ...this.#drivers.providers.map((provider) => provider.accountNames));
    if (this.#plan !== null) this.#plan = restrictPlan(this.#plan, { restriction, accountNames });
    else if (planned !== undefined) {
      const { timezone } = this.#drivers;
      this.#plan = buildPlan(planned, { question: this.#start.question, timezone, emulated: this.emulated, restriction, accountNames });
    }
    // Whoever goes on with a run may narrow it further.
    if (this.#start.resumed) this.#plan = restrictPlan(this.#knownPlan(), { restriction: this.#options.where ?? {}, accountNames });
    const plan = this.#knownPlan();
    if (this.#start.plan !== null && !this.#start.resumed) checkForeignResults(plan, facts);
    checkPlan(plan, facts, this.#drivers.limits.maxSteps);
    await checkData(plan, this.#start.onBehalf.data, this.#drivers.store);
    this.#emit({ type: "route-end", route: routeOf(plan), planner: this.#plannedBy });
    this.#emit({ type: "plan-end", plan });
    return this.#start.planOnly ? "stop" : "run";
  }

  async execute(): Promise<"answer" | "wait"> {
    const { executor, runtime, providers, store, model, limits } = this.#drivers;
    const plan = this.#knownPlan();
    await this.store("running");
    this.#outcome = await runPlan({
      plan,
      run: { runId: this.#start.runId, ...this.#start.onBehalf },
      registry: this.#registry,
      executor,
      runtime,
      providers,
      store,
      ...(model === undefined || this.#options.model === false ? {} : { model: this.#models.bounded(model) }),
      limits: {
        maxLogScanBytes: limits.maxLogScanBytes,
        maxSampleRows: this.#options.samples === false ? 0 : limits.maxSampleRows,
      },
      language: plan.language,
      startedMs: this.#start.startedMs,
      concurrency: limits.maxConcurrency,
      gate: new CallGate({ runtime, meter: this.#meter, runId: this.#start.runId }),
      ledger: this.#ledger,
      signal: this.#options.signal,
      deadline: this.#deadline.signal,
      finished: this.#options.where === undefined ? this.#start.finished : [],
      observer: this.#observer(plan),
    });
    const pending = await Promise.all(this.#outcome.waitingFor.map((id) => store.getApproval(id)));
    this.#approvals = pending
      .filter((approval) => approval !== undefined)
      .map(({ id, kind, summary, digest, expiresAt }) => ({ id, kind, summary, digest, expiresAt }));
    return this.isWaiting ? "wait" : "answer";
  }

  async answer(): Promise<void> {
    const { providers, store } = this.#drivers;
    const plan = this.#knownPlan();
    if (this.#outcome === undefined) throw new Error("no answer before execution");
    const { table, failure, entries, window, texts } = this.#outcome;
    if (table === null) throw failure;
    const receipt = this.#ledger.receipt(plan.language);
    const nothing = nothingAnswered(receipt, entries, this.#timeoutMs);
    if (nothing !== undefined) throw nothing;
    this.#emit({ type: "answer-start" });
    const answer = composeAnswer({ plan, providers, table, receipt, window, texts });
    const { runId, thread } = this.#start;
    try {
      await store.putResult({ runId, stepId: ANSWER_STEP, table, receipt: entries, ...(window === null ? {} : { window }) });
      if (thread !== null) await store.putThread(thread, runId);
      this.#answer = answer;
    } catch (error) {
      this.#answer = { ...answer, warnings: [...answer.warnings, notKept(error)[plan.language]] };
    }
    this.#emit({ type: "answer-end", answer: this.#answer, receipt });
  }

  document(status: RunStatus, error: OrchestratorError | null): RunDocument {
    const { runId, question } = this.#start;
    const language = this.#plan?.language ?? this.#start.language;
    return {
      runId,
      status,
      question,
      language,
      route: this.#plan === null ? "simple" : routeOf(this.#plan),
      planner: this.#plannedBy,
      emulated: this.emulated,
      window: answerWindow(this.#outcome?.window ?? null, this.#plan?.timezone ?? this.#drivers.timezone),
      plan: this.#plan === null ? null : { version: this.#plan.version, steps: this.#plan.steps },
      answer: this.#answer,
      receipt: this.#receipt(language, error),
      usage: { ...this.#models.usage, ...this.#meter.usage(), wallMs: this.#drivers.runtime.clock.now() - this.#start.segmentStartedMs },
      approvals: this.#approvals,
      error: error?.summary(language) ?? null,
    };
  }

  async store(status: StoredRun["status"], document: RunDocument | null = null): Promise<void> {
    const { runId, startedMs, question, thread, onBehalf } = this.#start;
    await this.#drivers.store.putRun({ runId, startedMs, question, thread, onBehalf, status, plan: this.#plan, document });
  }

  /** Null before anything was looked at. What a failed run looked at is never all there was. */
  #receipt(language: Language, error: OrchestratorError | null): Receipt | null {
    const receipt = this.#ledger.receipt(language);
    const nothing = receipt.scopes.length === 0 && receipt.notes.length === 0;
    if (nothing && (this.#outcome === undefined || error !== null)) return null;
    return { ...receipt, complete: receipt.complete && error === null };
  }

  #observer(plan: Plan): RunPlanObserver {
    const titles = new Map(plan.steps.map((step) => [step.id, stepTitle(step, plan)]));
    const tools = new Map(plan.steps.map((step) => [step.id, step.tool]));
    return {
      stepStarted: (stepId, tool) => this.#emit({ type: "step-start", stepId, tool, title: titles.get(stepId) ?? tool }),
      stepProgressed: (stepId, { done, total, rows }) => this.#emit({ type: "step-progress", stepId, done, total: total ?? null, rows }),
      stepEnded: (stepId, { rows, durationMs }) => this.#emit({ type: "step-end", stepId, rows, durationMs }),
      stepFailed: (stepId, error, skipped) =>
        this.#emit({ type: "step-error", stepId, error: toOrchestratorError(error).summary(plan.language), skipped }),
      told: (event) => this.#emit(event),
      receiptChanged: (receipt) => this.#emit({ type: "receipt-update", receipt }),
      stepFinished: async (result) => {
        if (!ASKS_CLOUDS.has(tools.get(result.stepId) ?? "")) return;
        try {
          await this.#drivers.store.putResult({ ...result, runId: this.#start.runId });
        } catch (error) {
          // What the cloud answered is not lost with it; only a resumed run would have to ask again.
          this.#ledger.add({ type: "note", text: notKept(error) });
        }
      },
    };
  }

  get #timeoutMs(): number {
    return this.#options.timeoutMs ?? this.#drivers.limits.timeoutMs;
  }

  #knownFacts(): PlanningFacts {
    if (this.#facts === undefined) throw new Error("no stage before classify");
    return this.#facts;
  }

  #knownPlan(): Plan {
    if (this.#plan === null) throw new Error("no plan after planning");
    return this.#plan;
  }
}

function notKept(error: unknown): Text {
  const { en, zh } = toOrchestratorError(error).text;
  return {
    en: `The store did not keep the result, so it cannot be gone on with or referred to: ${en}`,
    zh: `结果未能保存，因此无法继续执行或在后续问题中引用：${zh}`,
  };
}

function routeOf(plan: Plan): "simple" | "complex" {
  return plan.steps.length === 1 ? "simple" : "complex";
}
