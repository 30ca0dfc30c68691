import type { Clock } from "nephoscope";

const QUIET_MS = 50;
const MOST_MS = 1_000;

/** Many questions at once: platforms want each acknowledged within seconds, and work that has begun is in the way of that. */
export class Burst {
  readonly #clock: Clock;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something came in. */
  came(): void {
    this.#lastMs = this.#clock.now();
  }

  /** Resolves when nothing has come in for a moment, at the latest after a second. */
  async over(): Promise<void> {
    const untilMs = this.#clock.now() + MOST_MS;
    for (;;) {
      const nowMs = this.#clock.now();
      const quietMs = Math.min(this.#lastMs + QUIET_MS, untilMs) - nowMs;
      if (quietMs <= 0) return;
      await this.#clock.sleep(quietMs);
    }
  }
}
