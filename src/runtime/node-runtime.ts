import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Clock, Logger, Runtime } from "../contracts/index.ts";

const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      // Node rejects with an AbortError of its own; callers compare with the reason.
      signal?.throwIfAborted();
      throw error;
    }
  },
};

const silentLogger: Logger = { debug() {}, warn() {} };

/** The real world. Parts given in `overrides` replace it. */
export function nodeRuntime(overrides: Partial<Runtime> = {}): Runtime {
  const clock = overrides.clock ?? systemClock;
  return {
    clock,
    random: Math.random,
    newId: (prefix) => `${prefix}_${clock.now().toString(36).padStart(9, "0")}${randomBytes(6).toString("hex")}`,
    env: process.env,
    logger: silentLogger,
    ...overrides,
  };
}
