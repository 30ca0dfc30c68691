import type { Clock, Model, ModelMessage, ModelReply, ModelRequest } from "../contracts/index.ts";
import { ModelError } from "../errors/index.ts";

export interface ModelCallLimits {
  /** Prompt and completion tokens of all calls together. */
  readonly maxModelTokens: number;
  /** Wall time of one call, in milliseconds. */
  readonly modelTimeoutMs: number;
}

export interface ModelCallerOptions {
  readonly clock: Clock;
  readonly limits: ModelCallLimits;
  /** Of the budget, what is gone already. @defaultValue 0 */
  readonly spentTokens?: number;
  /** Told after every call, failed ones included: those count no tokens. */
  onCall?(usage: ModelReply["usage"]): void;
}

const MAX_REPLY_TOKENS = 4_000;
const RETRY_AFTER_MS = 1_000;
/** A person waits: longer than this, the sentence that says so is the better answer. */
const MAX_RETRY_AFTER_MS = 10_000;

/** Calls models within a time limit and a token budget; tries once more where that helps. */
export class ModelCaller {
  readonly #options: ModelCallerOptions;
  #spentTokens: number;

  constructor(options: ModelCallerOptions) {
    this.#options = options;
    this.#spentTokens = options.spentTokens ?? 0;
  }

  /** Asks for one JSON object. Throws `ModelError`; an aborted signal rejects with its reason. */
  ask(model: Model, messages: readonly ModelMessage[], signal: AbortSignal): Promise<ModelReply> {
    return this.complete(model, { messages, json: true, maxTokens: MAX_REPLY_TOKENS }, signal);
  }

  /** Throws `ModelError`; an aborted signal rejects with its reason. */
  async complete(model: Model, request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    try {
      return await this.#call(model, request, signal);
    } catch (error) {
      const waitMs = retryDelayMs(error);
      if (waitMs === undefined) throw error;
      await this.#options.clock.sleep(waitMs, signal);
      return await this.#call(model, request, signal);
    }
  }

  async #call(model: Model, request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    signal.throwIfAborted();
    const { clock, limits, onCall } = this.#options;
    if (this.#spentTokens >= limits.maxModelTokens) throw budgetExceeded(model, this.#spentTokens, limits.maxModelTokens);
    const limit = new AbortController();
    const answered = new AbortController();
    clock.sleep(limits.modelTimeoutMs, answered.signal).then(
      () => limit.abort(),
      () => {},
    );
    let usage: ModelReply["usage"] = { promptTokens: 0, completionTokens: 0 };
    try {
      const reply = await model.complete(request, AbortSignal.any([signal, limit.signal]));
      usage = reply.usage;
      this.#spentTokens += usage.promptTokens + usage.completionTokens || estimatedTokens(request.messages, reply);
      return reply;
    } catch (error) {
      signal.throwIfAborted();
      throw limit.signal.aborted ? timedOut(model, limits.modelTimeoutMs) : error;
    } finally {
      answered.abort();
      onCall?.(usage);
    }
  }
}

/** For servers that count nothing: too high rather than too low, so that the budget still bites. */
function estimatedTokens(messages: readonly ModelMessage[], reply: ModelReply): number {
  const text = messages.map(({ content }) => content).join("") + reply.text;
  return Math.ceil(new TextEncoder().encode(text).length / 3);
}

function retryDelayMs(error: unknown): number | undefined {
  if (!isModelError(error) || !error.retryable || error.details.timeoutMs !== undefined) return undefined;
  const waitMs = error.retryAfterMs ?? RETRY_AFTER_MS;
  return waitMs <= MAX_RETRY_AFTER_MS ? waitMs : undefined;
}

function isModelError(error: unknown): error is ModelError {
  return ModelError.isInstance(error) && error.name === "ModelError";
}

function timedOut(model: Model, timeoutMs: number): ModelError {
  return new ModelError({
    code: "MODEL_UNAVAILABLE",
    modelId: model.id,
    message: {
      en: `${model.id} did not answer within ${timeoutMs / 1000} seconds.`,
      zh: `${model.id} 在 ${timeoutMs / 1000} 秒内没有回答。`,
    },
    hint: {
      en: "Try again, raise limits.modelTimeoutMs, or configure a fallback model.",
      zh: "请重试、调大 limits.modelTimeoutMs，或配置备用模型。",
    },
    details: { timeoutMs },
  });
}

function budgetExceeded(model: Model, spent: number, limit: number): ModelError {
  return new ModelError({
    code: "MODEL_BUDGET_EXCEEDED",
    modelId: model.id,
    message: {
      en: `The token budget of the run is used up: ${spent} of ${limit}.`,
      zh: `本次运行的令牌预算已用完：${spent}/${limit}。`,
    },
    hint: {
      en: "Word the question more simply, or raise limits.maxModelTokens.",
      zh: "请把问题问得更简单，或调大 limits.maxModelTokens。",
    },
    details: { spentTokens: spent, maxModelTokens: limit },
  });
}
