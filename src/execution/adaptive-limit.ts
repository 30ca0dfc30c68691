const INITIAL_LIMIT = 16;
const MAX_LIMIT = 64;

/**
 * A semaphore that learns how much a cloud takes: one more for each round of successes, half as many when the cloud says it is too much
 * (additive increase, multiplicative decrease). First come, first served.
 */
export class AdaptiveLimit {
  #limit = INITIAL_LIMIT;
  #running = 0;
  /** Counts the halvings: calls sent before one tell nothing about the limit after it. */
  #era = 0;
  readonly #waiting = new Set<() => void>();

  /** Calls that may run at the same time now. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Resolves when a call may be sent; rejects with `signal.reason`. */
  async acquire(signal: AbortSignal): Promise<Permit> {
    signal.throwIfAborted();
    if (this.#running >= this.limit || this.#waiting.size > 0) await this.#turn(signal);
    else this.#running++;
    return new Permit(this.#era, (outcome, era) => this.#release(outcome, era));
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const proceed = () => {
        signal.removeEventListener("abort", abandon);
        resolve();
      };
      const abandon = () => {
        this.#waiting.delete(proceed);
        reject(signal.reason);
      };
      this.#waiting.add(proceed);
      signal.addEventListener("abort", abandon, { once: true });
    });
  }

  #release(outcome: PermitOutcome, era: number): void {
    this.#running--;
    if (outcome === "answered") this.#limit = Math.min(MAX_LIMIT, this.#limit + 1 / this.#limit);
    // A burst of refusals is one signal, not many.
    if (outcome === "throttled" && era === this.#era) {
      this.#limit = Math.max(1, this.#limit / 2);
      this.#era++;
    }
    for (const proceed of this.#waiting) {
      if (this.#running >= this.limit) break;
      this.#waiting.delete(proceed);
      this.#running++;
      proceed();
    }
  }
}

export type PermitOutcome = "answered" | "throttled" | "failed";

/** The right to have one call running. */
class Permit {
  readonly #era: number;
  readonly #release: (outcome: PermitOutcome, era: number) => void;

  constructor(era: number, release: (outcome: PermitOutcome, era: number) => void) {
    this.#era = era;
    this.#release = release;
  }

  release(outcome: PermitOutcome): void {
    this.#release(outcome, this.#era);
  }
}
