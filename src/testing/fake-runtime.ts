import type { Runtime } from "../contracts/index.ts";
import { FakeClock } from "./fake-clock.ts";

export interface FakeRuntimeOptions {
  /** What the clock shows first, in milliseconds since the epoch. @defaultValue 2026-01-01T00:00:00Z */
  readonly nowMs?: number;
  /** False: sleepers wake only when the clock is told to advance. @defaultValue true */
  readonly jumps?: boolean;
  /** Of the random numbers. @defaultValue 1 */
  readonly seed?: number;
  readonly env?: Runtime["env"];
}

export interface FakeRuntime extends Runtime {
  readonly clock: FakeClock;
  /** What was logged, in order. */
  readonly logged: readonly { readonly level: "debug" | "warn"; readonly message: string }[];
}

/** A runtime in which nothing is left to chance: its clock moves when told or slept on, ids count, random numbers follow from a seed. */
export function fakeRuntime(options: FakeRuntimeOptions = {}): FakeRuntime {
  const clock = new FakeClock(options.nowMs ?? Date.UTC(2026, 0, 1), options.jumps ?? true);
  const logged: { level: "debug" | "warn"; message: string }[] = [];
  let ids = 0;
  let state = options.seed ?? 1;
  return {
    clock,
    logged,
    random() {
      // Mulberry32.
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
    newId: (prefix) => `${prefix}_${String(++ids).padStart(6, "0")}`,
    env: options.env ?? {},
    logger: {
      debug: (message) => logged.push({ level: "debug", message }),
      warn: (message) => logged.push({ level: "warn", message }),
    },
  };
}
