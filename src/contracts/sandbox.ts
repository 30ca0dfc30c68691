/** Runs a program that nobody trusts: no credentials, no network, no clock but the one it is given, no state left behind. */
export interface Sandbox {
  readonly contractVersion: "sandbox-v1";
  readonly id: string;
  /** SHA-256, hex, of the engine a program runs on: part of what an approval covers. */
  fingerprint(): Promise<string>;
  /** Starts loading, so that the first run is quick. Rejects with `DEPENDENCY_MISSING`. */
  load(): Promise<void>;
  /**
   * Runs a program once, in a sandbox of its own. Never rejects for what the program does, only with the reason of an aborted `signal`, which
   * also ends the calls under way.
   */
  run(program: SandboxProgram, host: SandboxHost, signal: AbortSignal): Promise<SandboxOutcome>;
  close(): Promise<void>;
}

export interface SandboxProgram {
  /**
   * JavaScript. It declares `async function main(input)`, which is called once; what it resolves to is the result. It sees `cloud.call`,
   * `console.log` and the language, nothing else.
   */
  readonly code: string;
  /** JSON. */
  readonly input: unknown;
  /** What `Date.now()` says when the program begins, in milliseconds since the epoch, and what its random numbers follow from: so that it can be run again alike. */
  readonly nowMs: number;
  readonly seed: number;
  readonly limits: SandboxLimits;
}

/** All are hard; each, when reached, is told as itself. */
export interface SandboxLimits {
  /** Wall time in milliseconds, the time spent in calls included. */
  readonly timeoutMs: number;
  /** Heap of the program. At most 64 MiB less what the engine itself needs. */
  readonly memoryBytes: number;
  /** Calls in all. */
  readonly maxCalls: number;
  /** Calls at the same time; more wait. */
  readonly maxConcurrentCalls: number;
  /** Arguments of the calls that are made together, as JSON. */
  readonly maxBatchBytes: number;
  /** One call's reply, as JSON. Above some 6 MB the heap below cannot hold it. */
  readonly maxReplyBytes: number;
  /** The result, as JSON. */
  readonly maxResultBytes: number;
  /** All that is logged; what is beyond is dropped and counted. */
  readonly maxLogBytes: number;
}

export const SANDBOX_LIMITS: SandboxLimits = {
  timeoutMs: 60_000,
  memoryBytes: 48 * 1024 * 1024,
  maxCalls: 1_000,
  maxConcurrentCalls: 8,
  maxBatchBytes: 1024 * 1024,
  maxReplyBytes: 4 * 1024 * 1024,
  maxResultBytes: 8 * 1024 * 1024,
  maxLogBytes: 64 * 1024,
};

/** `cloud.call(provider, service, operation, parameters)` as the program made it: not checked in any way. */
export interface SandboxCall {
  readonly provider: string;
  readonly service: string;
  readonly operation: string;
  readonly parameters: unknown;
}

export interface SandboxHost {
  /**
   * Answers a call with JSON. What it throws reaches the program as an error with `code` and `message` where it is an
   * `OrchestratorError` (whose English message is safe to show), and as nothing but "INTERNAL" otherwise. `signal` ends with the run.
   */
  call(call: SandboxCall, signal: AbortSignal): Promise<unknown>;
}

export type SandboxFailureKind =
  /** The code does not parse. */
  | "syntax"
  /** It threw. */
  | "error"
  /** It waits for something that will never happen. */
  | "deadlock"
  | "timeout"
  | "memory"
  | "calls"
  | "batch-bytes"
  | "reply-bytes"
  | "result-bytes"
  /** The result is no JSON. */
  | "result"
  /** The engine died. */
  | "crash";

export interface SandboxFailure {
  readonly kind: SandboxFailureKind;
  /** English; what the program threw is untrusted text, at most 2,000 characters. */
  readonly message: string;
  /** Of the program, from 1; null where not known. */
  readonly line: number | null;
  readonly column: number | null;
  /** `code` of a failed call that the program did not catch. */
  readonly code: string | null;
}

export type SandboxOutcome = { readonly logs: readonly string[]; readonly droppedLogBytes: number; readonly calls: number } & (
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: SandboxFailure }
);
