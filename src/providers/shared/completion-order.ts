/** Yields what promises resolve to, in the order in which they do. The first rejection is thrown; the others are let go silently. */
export async function* inCompletionOrder<Value>(promises: readonly Promise<Value>[]): AsyncGenerator<Value> {
  const waiting = new Map(promises.map((promise, index) => [index, promise.then((value) => ({ index, value }))]));
  // A consumer that stops early leaves promises behind; their failures must not become unhandled.
  for (const promise of waiting.values()) promise.catch(() => {});
  while (waiting.size > 0) {
    const { index, value } = await Promise.race(waiting.values());
    waiting.delete(index);
    yield value;
  }
}
