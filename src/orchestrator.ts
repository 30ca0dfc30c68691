import {
  type ApprovalDecision,
  type Executor,
  isTimezone,
  type Model,
  type Plan,
  type Provider,
  type RunDocument,
  type RunEvent,
  type Runtime,
  type Store,
} from "./contracts/index.ts";
import { ConfigurationError } from "./errors/index.ts";
import { local } from "./executors/local/index.ts";
import { QuestionRun, type Subject, type Walk } from "./pipeline/question-run.ts";
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

/** A run that has begun. Reading its events is optional and works once; leaving the loop cancels the run. */
export interface Run extends AsyncIterable<RunEvent> {
  readonly id: string;
  /** The document of the last event. Rejects only when the caller's signal cancelled the run, or the store could not be opened. */
  result(): Promise<RunDocument>;
}

/** Answers questions about what runs in the clouds it was given. Construction does no I/O. */
export class Orchestrator implements AsyncDisposable {
  readonly #drivers: Drivers;
  #walk: Promise<Walk> | undefined;

  constructor(options: OrchestratorOptions) {
    this.#drivers = toDrivers(options);
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

  /** Goes on with a run that was interrupted or crashed: what its finished steps found is not asked for again. */
  resume(runId: string, _decisions: readonly ApprovalDecision[] = [], options: RunOptions = {}): Run {
    return this.#begin({ kind: "resume", runId }, options).run;
  }

  async close(): Promise<void> {
    await Promise.all(this.#drivers.providers.map((provider) => provider.close?.()));
    await this.#drivers.store.close();
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

function toDrivers(options: OrchestratorOptions): Drivers {
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
  return {
    providers: options.providers,
    model: options.model,
    fallbackModel: options.fallbackModel,
    store: options.store ?? memory(),
    executor: options.executor ?? local(),
    runtime,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    timezone,
  };
}
