import type { ProviderContext, Runtime, Scope } from "../../../src/contracts/index.ts";
import type { Text } from "../../../src/errors/index.ts";
import { nodeRuntime } from "../../../src/runtime/index.ts";

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
    note: (text) => notes.push(text),
  };
}

/** Everything that an iterable yields. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
