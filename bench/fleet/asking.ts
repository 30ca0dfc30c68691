import type { ContenderAnswer, ModelUsage } from "./contender.ts";

/** What an asking process tells of itself. */
export interface Asking {
  /** The warm-up first. */
  readonly runs: readonly AskingRun[];
  /** Most heap in use, of samples taken every 10 ms. */
  readonly heapBytes: number;
  /** Of the last run. */
  readonly usage: ModelUsage;
}

/** Times in milliseconds since the epoch, by the clock that the emulator notes its calls with. */
export interface AskingRun {
  readonly answer: ContenderAnswer;
  readonly startMs: number;
  readonly endMs: number;
  readonly wallMs: number;
  /** Processor time of the whole process, its background threads included. */
  readonly processorMs: number;
  /** Most memory the process has held by then, Node itself included. */
  readonly residentBytes: number;
}
