import { INTRINSICS } from "./program-input.ts";

/** What stands between a program and the host, so that a test can take each away and see what it was good for. */
export interface Guards {
  /** Ends a run when its time is over. */
  readonly watchdog: boolean;
  /** Checks the numbers and the form of what the sandbox asks for. */
  readonly strictBatch: boolean;
  /** Refuses results with `__proto__` in them, or too deep. */
  readonly plainResult: boolean;
  /** Which parts of the language exist; the compiler is none of them. */
  readonly intrinsics: number;
  /** Before it is run. */
  readonly prelude: (text: string) => string;
}

export const ALL_GUARDS: Guards = {
  watchdog: true,
  strictBatch: true,
  plainResult: true,
  intrinsics: INTRINSICS,
  prelude: (text) => text,
};
