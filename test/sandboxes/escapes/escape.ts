import type { SandboxCall, SandboxFailureKind, SandboxLimits, SandboxOutcome } from "../../../src/contracts/index.ts";
import type { Guards } from "../../../src/sandboxes/extism/guards.ts";

/** What an attempt returns when it got what it wanted. */
export const ESCAPED = "ESCAPED";

/** What stops an attempt. Those of the engine come with QuickJS and WebAssembly; ours can be left away. */
export const ENGINE = {
  WASM_IMPORTS: "the engine has no function but Extism's memory, its log, and `exchange`",
  LANGUAGE: "the language itself says so",
  STACK_LIMIT: "the engine ends a recursion that is too deep",
  NO_LOADER: "the engine has no loader of modules",
  STRING_LIMIT: "the engine's strings and big integers have a greatest length",
} as const;

export const OURS = {
  NO_COMPILER: "the program's context has no compiler",
  LANGUAGE_ONLY: "globals beyond the language are not made, or removed before the program",
  STACK_HOOKS: "the hooks that show functions on the stack are removed",
  FIXED_BRIDGE: "cloud and console are frozen, and their names fixed",
  TAKEN_EARLY: "the prelude takes what it needs of the language before the program runs",
  NO_PROTOTYPES: "what the prelude writes to has no prototype",
  STRICT_BATCH: "the host believes nothing of what the sandbox sends",
  PLAIN_RESULT: "the host takes no result with __proto__, or too deep",
  WATCHDOG: "the host ends a run whose time is over",
  HEAP_LIMIT: "the engine refuses memory beyond the program's",
  CALL_LIMIT: "the host counts calls",
  CONCURRENCY_LIMIT: "the host lets so many calls go at a time",
  BATCH_LIMIT: "the shim sends no batch that is too large",
  REPLY_LIMIT: "the host measures replies",
  RESULT_LIMIT: "the shim sends no result that is too large",
  LOG_LIMIT: "the shim sends no more log than there is room for",
} as const;

export interface Escape {
  readonly name: string;
  readonly code: string;
  readonly guard: keyof typeof ENGINE | keyof typeof OURS;
  /** How the run ends; `null`: it ends well, without what it wanted. */
  readonly ends: SandboxFailureKind | null;
  readonly limits?: Partial<SandboxLimits>;
  /** An engine that has already been taken over, as far as the host can see. */
  readonly prelude?: Guards["prelude"];
  /** Whether it got what it wanted; by default it returns ESCAPED when it did. */
  readonly escaped?: (outcome: SandboxOutcome, seen: Seen) => boolean;
  /** Limits that show it without its guard. */
  readonly without?: Partial<SandboxLimits>;
}

/** What the host noticed. */
export interface Seen {
  readonly calls: readonly SandboxCall[];
  readonly mostAtOnce: number;
  readonly wallMs: number;
}

export function main(body: string): string {
  return `async function main(input) {\n${body}\n}`;
}

/** A program that escaped when one of these expressions is true. */
export function anyOf(...expressions: readonly string[]): string {
  const tries = expressions.map((expression) => `try { if (await (async () => ${expression})()) return "${ESCAPED}"; } catch {}`);
  return main(tries.join("\n"));
}
