import type { Runtime } from "nephoscope";
import { PlatformError } from "./chat-platform.ts";

const FIRST_MS = 500;
const MOST_MS = 60_000;

/** How long to wait after the nth failure in a row, from 1: doubling, with jitter, at least what the platform asked for. */
export function backoffMs(failures: number, error: unknown, random: Runtime["random"]): number {
  const growing = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
  const asked = error instanceof PlatformError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(asked, growing * (0.5 + random() / 2));
}

/** Whether trying again can't help. What is no `PlatformError` may be anything, a store that is away included. */
export function isPermanent(error: unknown): boolean {
  return error instanceof PlatformError && !error.retryable;
}

/** Calls until it succeeds. Rejects where trying again can't help, and with the signal's reason. */
export async function persistently(
  call: () => Promise<void>,
  { clock, random }: Pick<Runtime, "clock" | "random">,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 1; ; failures++) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      if (isPermanent(error)) throw error;
      await clock.sleep(backoffMs(failures, error, random), signal);
    }
  }
}
