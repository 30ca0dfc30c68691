import type { Clock } from "../../src/index.ts";

/** Friday afternoon; the emulator's clock and the orchestrator's agree. */
export const NOW_MS = Date.parse("2026-11-20T08:37:20Z");

/** Waits pass this much faster than they say. */
const HURRY = 20;

/** A clock that stands still, and whose waits are real but short. */
export const CLOCK: Clock = {
  now: () => NOW_MS,
  sleep: (ms, signal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abandon = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", abandon);
        resolve();
      }, ms / HURRY);
      signal?.addEventListener("abort", abandon, { once: true });
    }),
};

/** What a time limit must be so that it bites after `realMs`. */
export function limitOf(realMs: number): number {
  return realMs * HURRY;
}
