/** Items of several sources as they come, each source in its own order. The first failure is thrown. */
export async function* mergeStreams<Item>(sources: readonly AsyncIterable<Item>[]): AsyncGenerator<Item> {
  const waiting = new Map<AsyncIterator<Item>, Promise<{ iterator: AsyncIterator<Item>; result: IteratorResult<Item> }>>();
  const ask = (iterator: AsyncIterator<Item>) => {
    const next = iterator.next().then((result) => ({ iterator, result }));
    // A consumer that stops early leaves promises behind; their failures must not become unhandled.
    next.catch(() => {});
    waiting.set(iterator, next);
  };
  for (const source of sources) ask(source[Symbol.asyncIterator]());
  while (waiting.size > 0) {
    const { iterator, result } = await Promise.race(waiting.values());
    waiting.delete(iterator);
    if (result.done) continue;
    ask(iterator);
    yield result.value;
  }
}
