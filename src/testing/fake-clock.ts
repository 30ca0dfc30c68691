import type { Clock } from "../contracts/index.ts";

/** A clock for tests: time passes only in sleeps, or when told. */
export class FakeClock implements Clock {
  readonly #sleepers = new Set<{ readonly dueMs: number; readonly wake: () => void }>();
  readonly #jumps: boolean;
  #nowMs: number;
  #jumpPlanned = false;

  /** With `jumps`, the clock goes on by itself to the next sleeper's time once nothing else is left to do. */
  constructor(nowMs: number, jumps: boolean) {
    this.#nowMs = nowMs;
    this.#jumps = jumps;
  }

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const abandon = () => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper = {
        dueMs: this.#nowMs + ms,
        wake: () => {
          signal?.removeEventListener("abort", abandon);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", abandon, { once: true });
      this.#planJump();
    });
  }

  /** Lets time pass; sleepers wake in the order of their times, and what they do then is done before the next wakes. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (let dueMs = this.#nextDueMs(); dueMs <= endMs; dueMs = this.#nextDueMs()) {
      this.#wakeUntil(dueMs);
      await idle();
    }
    this.#nowMs = endMs;
  }

  #planJump(): void {
    if (!this.#jumps || this.#jumpPlanned) return;
    this.#jumpPlanned = true;
    setImmediate(() => {
      this.#jumpPlanned = false;
      const dueMs = this.#nextDueMs();
      if (dueMs === Number.POSITIVE_INFINITY) return;
      this.#wakeUntil(dueMs);
      this.#planJump();
    });
  }

  #nextDueMs(): number {
    let dueMs = Number.POSITIVE_INFINITY;
    for (const sleeper of this.#sleepers) dueMs = Math.min(dueMs, sleeper.dueMs);
    return dueMs;
  }

  #wakeUntil(nowMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, nowMs);
    for (const sleeper of [...this.#sleepers]) {
      if (sleeper.dueMs > this.#nowMs) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
