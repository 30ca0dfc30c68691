/** How much waiting one run may spend on clouds that say "later". Without an end a cloud that throttles for ever would never be reported. */
export interface RetryLimits {
  /** Requests of one call, the first included. */
  readonly maxAttempts: number;
  /** First back-off, in milliseconds; doubled each time. */
  readonly baseDelayMs: number;
  /** Longest back-off, in milliseconds. A cloud that asks for a longer one is not asked again. */
  readonly maxDelayMs: number;
  /** Retries of all calls of the run together. */
  readonly maxRetries: number;
  /** Waits of all calls of the run together, in milliseconds; calls wait side by side, so the run itself takes less. */
  readonly maxTotalDelayMs: number;
}

export const RETRY_LIMITS: RetryLimits = {
  maxAttempts: 6,
  baseDelayMs: 250,
  maxDelayMs: 15_000,
  maxRetries: 600,
  maxTotalDelayMs: 300_000,
};

/** Hands out the waits before retries, for one run. */
export class RetryBudget {
  readonly #limits: RetryLimits;
  readonly #random: () => number;
  #retries = 0;
  #delayMs = 0;

  constructor(limits: RetryLimits, random: () => number) {
    this.#limits = limits;
    this.#random = random;
  }

  /**
   * How long to wait after the `attempt`-th request (from 1) failed, in milliseconds; undefined when there is to be no other.
   * Full jitter, on top of what the cloud asked for.
   */
  take(attempt: number, retryAfterMs: number | undefined): number | undefined {
    const { maxAttempts, baseDelayMs, maxDelayMs, maxRetries, maxTotalDelayMs } = this.#limits;
    if (attempt >= maxAttempts || this.#retries >= maxRetries) return undefined;
    if (retryAfterMs !== undefined && retryAfterMs > maxDelayMs) return undefined;
    const jitterMs = this.#random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1));
    const delayMs = retryAfterMs === undefined ? jitterMs : retryAfterMs + Math.min(jitterMs, baseDelayMs);
    if (this.#delayMs + delayMs > maxTotalDelayMs) return undefined;
    this.#retries++;
    this.#delayMs += delayMs;
    return delayMs;
  }
}
