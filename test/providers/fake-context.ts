import type { ProviderContext, Runtime, Scope } from "../../src/contracts/index.ts";
import type { Text } from "../../src/errors/index.ts";
import { SharedStream } from "../../src/execution/shared-stream.ts";
import { nodeRuntime } from "../../src/runtime/index.ts";

export interface FakeContext extends ProviderContext {
  /** Operations in the order in which they were sent. */
  readonly calls: string[];
  readonly scopes: Partial<Scope>[];
  readonly notes: Text[];
  count(operation: string): number;
}

/** A context that lets everything through once: what it counts is what the provider sends. */
export function fakeContext(options: { signal?: AbortSignal; runtime?: Partial<Runtime> } = {}): FakeContext {
  const signal = options.signal ?? new AbortController().signal;
  const calls: string[] = [];
  const scopes: Partial<Scope>[] = [];
  const notes: Text[] = [];
  const streams = new Map<string, AsyncIterable<unknown>>();
  return {
    signal,
    runtime: nodeRuntime(options.runtime),
    calls,
    scopes,
    notes,
    count: (operation) => calls.filter((call) => call === operation).length,
    async call(operation, scope, send) {
      signal.throwIfAborted();
      calls.push(operation);
      scopes.push(scope);
      return send(signal);
    },
    shared<Item>(key: string, start: () => AsyncIterable<Item>) {
      const stream = (streams.get(key) as AsyncIterable<Item> | undefined) ?? new SharedStream(start());
      streams.set(key, stream);
      return stream;
    },
    note: (text) => notes.push(text),
  };
}

/** Everything that an iterable yields. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
