import type { Clock } from "../../contracts/index.ts";

class TimeIsOver extends Error {
  override readonly name = "TimeIsOver";
}

/** Runs `body` for at most so many milliseconds; what it started is told to stop then, and not waited for. */
export async function within<Result>(
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
  body: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  const done = new AbortController();
  const over = clock.sleep(timeoutMs, AbortSignal.any([signal, done.signal])).then(() => {
    limit.abort(new TimeIsOver(`no answer within ${timeoutMs} ms`));
    throw limit.signal.reason;
  });
  const running = body(AbortSignal.any([signal, limit.signal]));
  // Whichever loses is heard by nobody.
  over.catch(() => {});
  running.catch(() => {});
  try {
    return await Promise.race([running, over]);
  } finally {
    done.abort();
  }
}
