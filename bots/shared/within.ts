import type { Clock } from "nephoscope";

/** What work resolves to, or undefined where that takes longer; it goes on then, and nobody waits for it. */
export async function within<Result>(clock: Clock, ms: number, work: Promise<Result>): Promise<Result | undefined> {
  const done = new AbortController();
  const late = clock.sleep(ms, done.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
