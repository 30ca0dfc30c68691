import { decide } from "./codegen/approvals.ts";
import { codeRunTool } from "./codegen/code-run-tool.ts";
import type { CodegenParts } from "./codegen/codegen-parts.ts";
import { learn, learnedFor } from "./codegen/learned-tools.ts";
import {
  type Approval,
  type ApprovalDecision,
  type DescriptionSource,
  type Executor,
  isTimezone,
  type Knowledge,
  type KnowledgeAnswer,
  type KnowledgeQuery,
  type LearnedTool,
  type Model,
  type OperationClass,
  type Plan,
  type Provider,
  type RunDocument,
  type RunEvent,
  type Runtime,
  SANDBOX_LIMITS,
  type Sandbox,
  type Store,
  type SyncProgress,
  type SyncReport,
  type Tool,
} from "./contracts/index.ts";
import { ConfigurationError } from "./errors/index.ts";
import { local } from "./executors/local/index.ts";
import { QuestionRun, type Subject, type Walk } from "./pipeline/question-run.ts";
import { DEFAULT_LIMITS, type Drivers, type Limits, type RunOptions } from "./pipeline/run-options.ts";
import { nodeRuntime } from "./runtime/index.ts";
import { isHolderGone, newHolder } from "./runtime/process-holder.ts";
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
  /** Runs generated code. @defaultValue QuickJS in WebAssembly, by `nephoscope/sandboxes/extism` */
  readonly sandbox?: Sandbox;
  /** Finds API operations. @defaultValue an index in memory, by `nephoscope/knowledge/lexical` */
  readonly knowledge?: Knowledge;
  /** Where descriptions of APIs come from, the newest first. @defaultValue installed packages, then what ships with nephoscope */
  readonly descriptions?: readonly DescriptionSource[];
  /**
   * Decides on generated code in the operator's name, at once. Absent, or for `wait`: a person decides, and the run waits.
   * This is the one option that loosens it.
   */
  readonly approve?: (approval: Approval) => Promise<"approve" | "reject" | "wait">;
  /** Classes of operations that generated code may call besides `read`; writes need approvals of their own kind. @defaultValue none */
  readonly allow?: readonly Exclude<OperationClass, "read">[];
  readonly limits?: Partial<Limits>;
  /** IANA zone in which times of questions are read and answers are written. @defaultValue the process's zone */
  readonly timezone?: string;
  /** Parts of the ambient world to replace, in tests mostly. */
  readonly runtime?: Partial<Runtime>;
}

/** A run that has begun. Reading its events is optional and works once; leaving the loop cancels the run. */
export interface Run extends AsyncIterable<RunEvent> {
  readonly id: string;
  /** The document of the last event. Rejects only when the caller's signal cancelled the run, or the store could not be opened. */
  result(): Promise<RunDocument>;
}

/** How long a request for a decision stands, in milliseconds. */
const APPROVAL_TTL_MS = 24 * 60 * 60_000;

/** Answers questions about what runs in the clouds it was given. Construction does no I/O. */
export class Orchestrator implements AsyncDisposable {
  readonly #options: OrchestratorOptions;
  readonly #drivers: Drivers;
  #walk: Promise<Walk> | undefined;
  #codegen: Promise<CodegenParts> | undefined;

  constructor(options: OrchestratorOptions) {
    this.#options = options;
    this.#drivers = toDrivers(options, () => this.#loadCodegen());
  }

  /** Asks, and resolves to the whole document: also when the run failed, which its `status` and `error` then say. */
  ask(question: string, options: RunOptions = {}): Promise<RunDocument> {
    return this.stream(question, options).result();
  }

  /** Asks, and tells what happens while it happens. */
  stream(question: string, options: RunOptions = {}): Run {
    return this.#begin({ kind: "question", question, planOnly: false }, options).run;
  }

  /** What a question would do, without doing it. Rejects with what is wrong with the question. */
  plan(question: string, options: RunOptions = {}): Promise<Plan> {
    return this.#begin({ kind: "question", question, planOnly: true }, options).questionRun.plan();
  }

  /** Runs a saved plan, without a model. The plan is untrusted: it is checked as a model's would be. */
  run(plan: unknown, options: RunOptions = {}): Run {
    return this.#begin({ kind: "plan", plan }, options).run;
  }

  /**
   * Goes on with a run that waits, was interrupted or crashed: what its finished steps found is not asked for again. Decisions are
   * claimed first, by the policy of their approvals.
   */
  resume(runId: string, decisions: readonly ApprovalDecision[] = [], options: RunOptions = {}): Run {
    return this.#begin({ kind: "resume", runId, decisions }, options).run;
  }

  /** What waits for a decision, newest first. */
  async approvals(): Promise<readonly Approval[]> {
    const nowMs = this.#drivers.runtime.clock.now();
    return (await this.#drivers.store.listApprovals({ status: "pending" })).filter(({ expiresMs }) => expiresMs > nowMs);
  }

  /** One approval, whatever became of it: with the code, the operations and the rehearsal that a person wants to see. */
  approval(id: string): Promise<Approval | undefined> {
    return this.#drivers.store.getApproval(id);
  }

  /** Claims a decision without going on with the run. Throws `ApprovalError`: a second decision loses, and is told who was first. */
  decide(decision: ApprovalDecision): Promise<Approval> {
    return decide(this.#drivers.store, decision, this.#drivers.runtime);
  }

  /** Keeps an approved program under a name: it runs again without asking where the approval covers it. Throws `ApprovalError`. */
  learn(approvalId: string, name: string): Promise<LearnedTool> {
    return learn(this.#drivers.store, approvalId, name, this.#drivers.runtime);
  }

  /** What people call accounts, by id: as the providers know by now, for those of an emulator are learned while it loads. */
  get accountNames(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.#drivers.providers.map(({ accountNames }) => accountNames));
  }

  /** Has the index hold what the sources describe now. Throws `KnowledgeError`. */
  async syncKnowledge(
    options: { readonly providers?: readonly string[]; readonly signal?: AbortSignal; progress?(progress: SyncProgress): void } = {},
  ): Promise<SyncReport> {
    const [{ refreshKnowledge }, { knowledge, descriptions }] = await Promise.all([
      import("./codegen/refresh-knowledge.ts"),
      this.#loadCodegen(),
    ]);
    const report = await refreshKnowledge(knowledge, descriptions, { ...options, signal: options.signal ?? new AbortController().signal });
    return report ?? { added: 0, updated: 0, removed: 0, unchanged: 0 };
  }

  /** Looks into the index of API operations, filling an empty one first. Throws `KnowledgeError`. */
  async searchKnowledge(query: KnowledgeQuery, signal: AbortSignal = new AbortController().signal): Promise<KnowledgeAnswer> {
    const { knowledge, descriptions } = await this.#loadCodegen();
    if ((await knowledge.size()) === 0) {
      const { refreshKnowledge } = await import("./codegen/refresh-knowledge.ts");
      await refreshKnowledge(knowledge, descriptions, { signal, onlyIfEmpty: true });
    }
    return await knowledge.search(query, signal);
  }

  async close(): Promise<void> {
    const codegen = await this.#codegen?.catch(() => undefined);
    const clouds = this.#drivers.providers.map((provider) => provider.close?.());
    try {
      await Promise.all([...clouds, codegen?.sandbox.close(), codegen?.knowledge.close()]);
    } finally {
      await this.#drivers.store.close();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #begin(subject: Subject, options: RunOptions): { run: Run; questionRun: QuestionRun } {
    const left = new AbortController();
    const signal = options.signal === undefined ? left.signal : AbortSignal.any([options.signal, left.signal]);
    const questionRun = new QuestionRun(this.#drivers, subject, { ...options, signal }, () => this.#loadWalk());
    return { questionRun, run: toRun(questionRun, left) };
  }

  /** Sandbox, index and compiler are for the few questions that need code. */
  #loadCodegen(): Promise<CodegenParts> {
    this.#codegen ??= loadCodegen(this.#options);
    this.#codegen.catch(() => {
      this.#codegen = undefined;
    });
    return this.#codegen;
  }

  /** LangGraph is large: it is loaded by the first question, not by importing the package. */
  #loadWalk(): Promise<Walk> {
    this.#walk ??= import("./pipeline/graph.ts").then(({ createGraph }) => createGraph());
    return this.#walk;
  }
}

function toRun(questionRun: QuestionRun, left: AbortController): Run {
  let read = false;
  return {
    id: questionRun.id,
    result: () => questionRun.result(),
    async *[Symbol.asyncIterator]() {
      if (read) throw new Error("The events of a run can be read once.");
      read = true;
      let ended = false;
      try {
        for await (const event of questionRun.events()) {
          ended = event.type === "run-end" || event.type === "run-error" || event.type === "run-pause";
          yield event;
        }
      } finally {
        if (!ended) left.abort(new DOMException("The reader left the run.", "AbortError"));
      }
    },
  };
}

async function loadCodegen(options: OrchestratorOptions): Promise<CodegenParts> {
  const [{ SpecDocAgent }, { createProgramChecker }, sandbox, knowledge, sources] = await Promise.all([
    import("./agents/spec-doc-agent.ts"),
    import("./codegen/check-program.ts"),
    options.sandbox ?? import("./sandboxes/extism/index.ts").then(({ extism }) => extism()),
    options.knowledge ?? import("./knowledge/lexical/index.ts").then(({ lexical }) => lexical()),
    options.descriptions ?? defaultSources(),
  ]);
  return {
    sandbox,
    knowledge,
    descriptions: new SpecDocAgent({ sources }),
    checker: createProgramChecker(),
    allowed: new Set<OperationClass>(["read", ...(options.allow ?? [])]),
    limits: { ...SANDBOX_LIMITS, maxPages: 1_000 },
    approvalTtlMs: APPROVAL_TTL_MS,
    approve: options.approve,
  };
}

async function defaultSources(): Promise<readonly DescriptionSource[]> {
  const [{ installed }, { shipped }] = await Promise.all([
    import("./descriptions/installed/index.ts"),
    import("./descriptions/shipped/index.ts"),
  ]);
  return [installed(), shipped()];
}

function toDrivers(options: OrchestratorOptions, codegen: () => Promise<CodegenParts>): Drivers {
  const ids = options.providers.map((provider) => provider.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: { en: `The provider ${twice} was given twice.`, zh: `云 ${twice} 被重复配置。` },
      hint: { en: "Give one provider per cloud; it takes several accounts.", zh: "每个云只需配置一次，一个配置可包含多个账号。" },
    });
  }
  const timezone = options.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isTimezone(timezone)) {
    throw new ConfigurationError({
      code: "CONFIGURATION_INVALID",
      message: { en: `${timezone} is no time zone.`, zh: `${timezone} 不是有效的时区。` },
      hint: { en: "Give an IANA name, such as Asia/Shanghai or UTC.", zh: "请使用 IANA 名称，例如 Asia/Shanghai 或 UTC。" },
    });
  }
  const runtime = nodeRuntime(options.runtime);
  const store = options.store ?? memory();
  return {
    providers: options.providers,
    model: options.model,
    fallbackModel: options.fallbackModel,
    store,
    executor: options.executor ?? local(),
    runtime,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    timezone,
    codeTool: codeRunTool(codegen) as Tool,
    writes: options.allow?.includes("write") ?? false,
    holders: { create: newHolder, isGone: isHolderGone },
    keptProgram: (question) => learnedFor(question, store),
    decide: (decision) => decide(store, decision, runtime),
  };
}
