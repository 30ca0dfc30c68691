import type { SandboxFailure, SandboxFailureKind, SandboxLimits } from "../../contracts/index.ts";

const MAX_MESSAGE_LENGTH = 2_000;

/** What is said of a limit or of the engine; what a program threw speaks for itself. */
export function failureOf(
  kind: SandboxFailureKind,
  message: string,
  at: Pick<SandboxFailure, "line" | "column"> = NOWHERE,
): SandboxFailure {
  return { kind, message: message.slice(0, MAX_MESSAGE_LENGTH), ...at, code: null };
}

export const NOWHERE = { line: null, column: null } as const;

type Limit = "timeout" | "memory" | "calls" | "batch-bytes" | "reply-bytes" | "result-bytes";

/** A limit that was reached, told with its number. */
export function limitReached(kind: Limit, limits: SandboxLimits): SandboxFailure {
  const message: Record<Limit, string> = {
    timeout: `The program did not end within ${limits.timeoutMs} ms, its calls included.`,
    memory: `The program used up its memory of ${limits.memoryBytes} bytes.`,
    calls: `The program made more than ${limits.maxCalls} calls.`,
    "batch-bytes": `The arguments of the calls made together are more than ${limits.maxBatchBytes} bytes of JSON.`,
    "reply-bytes": `The reply to a call is more than ${limits.maxReplyBytes} bytes of JSON.`,
    "result-bytes": `The result is more than ${limits.maxResultBytes} bytes of JSON.`,
  };
  return failureOf(kind, message[kind]);
}

export const DEADLOCK = "The program waits for something that will never happen: none of its calls is under way.";

/** Where in the program a stack says that it was: its first line that names `program.js`. */
export function placeIn(stack: string): Pick<SandboxFailure, "line" | "column"> {
  const [, line, column] = /program\.js:(\d{1,7})(?::(\d{1,7}))?/.exec(stack) ?? [];
  return { line: positive(line), column: positive(column) };
}

function positive(digits: string | undefined): number | null {
  const value = Number(digits);
  return value > 0 ? value : null;
}
