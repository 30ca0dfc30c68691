import assert from "node:assert/strict";
import {
  SANDBOX_LIMITS,
  type Sandbox,
  type SandboxFailure,
  type SandboxFailureKind,
  type SandboxHost,
  type SandboxLimits,
  type SandboxOutcome,
} from "../contracts/index.ts";

/** What is run, and the limits that are not the usual ones. */
type Program = {
  readonly code: string;
  readonly input?: unknown;
  readonly nowMs?: number;
  readonly seed?: number;
} & Partial<SandboxLimits>;
/** Runs a program, or the code of one, in the sandbox under test. */
export type SandboxRun = (program: Program | string, call?: SandboxHost["call"], signal?: AbortSignal) => Promise<SandboxOutcome>;
/** Registers one test, which gets a sandbox of its own. */
export type SandboxTest = (title: string, body: (run: SandboxRun, sandbox: Sandbox) => Promise<void>) => void;

/** What the clock of a program shows that is not given another. */
export const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

export function runWith(sandbox: Sandbox): SandboxRun {
  return (program, call = answerNothing, signal = new AbortController().signal) => {
    const { code, input = null, nowMs = NOW_MS, seed = 7, ...limits } = typeof program === "string" ? { code: program } : program;
    return sandbox.run({ code, input, nowMs, seed, limits: { ...SANDBOX_LIMITS, timeoutMs: 20_000, ...limits } }, { call }, signal);
  };
}

async function answerNothing(): Promise<unknown> {
  return null;
}

/** A program that does `body` in `main`, on its second line. */
export function main(body: string): string {
  return `async function main(input) {\n${body}\n}`;
}

/** The result of a run that ended well. */
export function value(outcome: SandboxOutcome): unknown {
  assert.ok(outcome.ok, outcome.ok ? "" : `${outcome.failure.kind}: ${outcome.failure.message}`);
  return outcome.value;
}

/** The failure of a run that ended as it should. */
export function failure(outcome: SandboxOutcome, kind: SandboxFailureKind): SandboxFailure {
  assert.ok(!outcome.ok, `expected ${kind}, got ${outcome.ok ? JSON.stringify(outcome.value)?.slice(0, 200) : ""}`);
  assert.equal(outcome.failure.kind, kind, outcome.failure.message);
  assert.ok(outcome.failure.message.length > 0 && outcome.failure.message.length <= 2_000);
  return outcome.failure;
}
