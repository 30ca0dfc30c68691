import type { Clock } from "nephoscope";

/** The system's clock, which a test can put forward, or let run faster: who sleeps until then wakes. */
export class ShiftingClock implements Clock {
  readonly #woken = new Set<() => void>();
  readonly #startMs = Date.now();
  readonly #speed: number;
  #shiftMs = 0;

  constructor(speed = 1) {
    this.#speed = speed;
  }

  now(): number {
    return Math.round(this.#startMs + (Date.now() - this.#startMs) * this.#speed) + this.#shiftMs;
  }

  shift(ms: number): void {
    this.#shiftMs += ms;
    for (const look of [...this.#woken]) look();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const dueMs = this.now() + ms;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      let timer: NodeJS.Timeout | undefined;
      const end = () => {
        clearTimeout(timer);
        this.#woken.delete(look);
        signal?.removeEventListener("abort", abandon);
      };
      const abandon = () => {
        end();
        reject(signal?.reason);
      };
      const look = () => {
        clearTimeout(timer);
        const leftMs = dueMs - this.now();
        if (leftMs <= 0) {
          end();
          resolve();
        } else timer = setTimeout(look, Math.min(leftMs / this.#speed, 2 ** 31 - 1));
      };
      signal?.addEventListener("abort", abandon, { once: true });
      this.#woken.add(look);
      look();
    });
  }
}
