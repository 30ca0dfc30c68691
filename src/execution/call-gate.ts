import type { Provider, ProviderContext, ReceiptEntry, Runtime, Scope } from "../contracts/index.ts";
import { OrchestratorError } from "../errors/index.ts";
import { AdaptiveLimit } from "./adaptive-limit.ts";
import { knownError } from "./outcome-of.ts";
import { RETRY_LIMITS, RetryBudget, type RetryLimits } from "./retry-budget.ts";
import { SharedStream } from "./shared-stream.ts";
import type { UsageMeter } from "./usage-meter.ts";

interface Request<Reply> {
  readonly operation: string;
  readonly scope: Partial<Scope>;
  readonly signal: AbortSignal;
  send(signal: AbortSignal): Promise<Reply>;
  readonly costUsd: ((reply: Reply) => number) | undefined;
  readonly stepId: string;
}

/**
 * The one way from a run to the clouds: every request is counted, limited per operation, account and region, and retried where that helps.
 * One gate a run, because the retry budget is the run's.
 */
export class CallGate {
  readonly #runtime: Runtime;
  readonly #runId: string;
  readonly #meter: UsageMeter;
  readonly #budget: RetryBudget;
  readonly #limits = new Map<string, AdaptiveLimit>();
  readonly #shared = new Map<string, SharedStream<unknown>>();

  constructor(options: { runtime: Runtime; meter: UsageMeter; retry?: Partial<RetryLimits>; runId?: string }) {
    this.#runtime = options.runtime;
    this.#runId = options.runId ?? "";
    this.#meter = options.meter;
    this.#budget = new RetryBudget({ ...RETRY_LIMITS, ...options.retry }, () => options.runtime.random());
  }

  /** What a provider's functions get. Aborting `signal` ends queued, running and waiting calls with its reason. */
  context(provider: Provider, options: { signal: AbortSignal; note: (entry: ReceiptEntry) => void; stepId?: string }): ProviderContext {
    const { signal, stepId = "" } = options;
    return {
      signal,
      runtime: this.#runtime,
      call: (operation, scope, send, costUsd) => this.#call(provider, { operation, scope, signal, send, costUsd, stepId }),
      shared: (key, start) => this.#share(`${provider.id}/${key}`, start),
      note: (text) => options.note({ type: "note", text }),
    };
  }

  #share<Item>(key: string, start: () => AsyncIterable<Item>): SharedStream<Item> {
    const known = this.#shared.get(key) as SharedStream<Item> | undefined;
    if (known !== undefined) return known;
    const stream = new SharedStream(start());
    this.#shared.set(key, stream);
    return stream;
  }

  async #call<Reply>(provider: Provider, request: Request<Reply>): Promise<Reply> {
    const limit = this.#limitFor(request.operation, request.scope);
    for (let attempt = 1; ; attempt++) {
      const permit = await limit.acquire(request.signal);
      let reply: Reply;
      try {
        this.#meter.countCall(request.operation);
        reply = await this.#send(provider, request);
      } catch (failure) {
        permit.release(codeOf(failure) === "PROVIDER_RATE_LIMITED" ? "throttled" : "failed");
        await this.#waitForRetry(failure, attempt, request.signal);
        continue;
      }
      permit.release("answered");
      // Outside of the try: a price that cannot be told makes no answered request a failed one, to be sent and paid for again.
      if (request.costUsd !== undefined) this.#meter.addCost(request.costUsd(reply));
      return reply;
    }
  }

  /** Throws the failure in the provider's own words. */
  #send<Reply>(provider: Provider, request: Request<Reply>): Promise<Reply> {
    const send = () =>
      unlessAborted(request).catch((error: unknown) => {
        throw knownError(provider, error);
      });
    const { observer } = this.#runtime;
    if (observer === undefined) return send();
    const { operation, scope, stepId } = request;
    return observer.request({ to: "cloud", runId: this.#runId, stepId, provider: provider.id, operation, region: scope.region }, send);
  }

  /** Throws the failure where another try would not help, or may not be made. */
  async #waitForRetry(failure: unknown, attempt: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const delayMs = isRetryable(failure) ? this.#budget.take(attempt, retryAfterOf(failure)) : undefined;
    if (delayMs === undefined) throw failure;
    await this.#runtime.clock.sleep(delayMs, signal);
    this.#meter.countRetry();
  }

  #limitFor(operation: string, scope: Partial<Scope>): AdaptiveLimit {
    const key = `${operation}/${scope.account ?? ""}/${scope.region ?? ""}`;
    let limit = this.#limits.get(key);
    if (limit === undefined) {
      limit = new AdaptiveLimit();
      this.#limits.set(key, limit);
    }
    return limit;
  }
}

/** Lets go at once when aborted, even if a provider forgot to pass the signal on. */
async function unlessAborted<Reply>({ send, signal }: Request<Reply>): Promise<Reply> {
  let abandon: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abandon = () => reject(signal.reason);
    signal.addEventListener("abort", abandon);
  });
  try {
    return await Promise.race([send(signal), aborted]);
  } finally {
    if (abandon !== undefined) signal.removeEventListener("abort", abandon);
  }
}

function codeOf(error: unknown): string | undefined {
  return OrchestratorError.isInstance(error) ? error.code : undefined;
}

function isRetryable(error: unknown): boolean {
  return OrchestratorError.isInstance(error) && error.retryable;
}

function retryAfterOf(error: unknown): number | undefined {
  const wanted = OrchestratorError.isInstance(error) && "retryAfterMs" in error ? error.retryAfterMs : undefined;
  return typeof wanted === "number" ? wanted : undefined;
}
