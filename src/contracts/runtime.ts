import type { Observer } from "./observer.ts";

/** The ambient world, injected: nothing outside `src/runtime` reads a clock, draws a number or looks at the environment. */
export interface Runtime {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  random(): number;
  /** A new unique id that begins with `prefix` and sorts by time. */
  newId(prefix: string): string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  /** Absent: nobody watches. */
  readonly observer?: Observer;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with `signal.reason` when aborted, leaving no timer behind. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}
