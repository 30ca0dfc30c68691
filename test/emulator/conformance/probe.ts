import type { Provider, ProviderContext } from "../../../src/contracts/index.ts";
import type { Truth } from "../../../src/emulator/index.ts";
import { OrchestratorError } from "../../../src/errors/index.ts";
import { SharedStream } from "../../../src/execution/shared-stream.ts";
import { nodeRuntime } from "../../../src/runtime/index.ts";

/** `large` is for second pages. */
export type WorldSize = "small" | "large";

/** Something that a provider is asked, and what the ground truth says to it. */
export interface Probe {
  readonly name: string;
  readonly world: WorldSize;
  /** Faults to set while it is recorded. */
  readonly faults?: readonly string[];
  ask(provider: Provider): Promise<unknown>;
  /** Throws if the answer is not true. */
  verify?(answer: unknown, truth: Truth): void;
}

/** A probe whose answer is true if it tells the same texts as the ground truth, in any order. */
export function truthful<Answer>(
  probe: Omit<Probe, "ask"> & { ask(provider: Provider): Promise<Answer> },
  told: (answer: Answer) => readonly string[],
  expected: (truth: Truth, answer: Answer) => readonly string[],
): Probe {
  return { ...probe, verify: (answer, truth) => same(told(answer as Answer), expected(truth, answer as Answer)) };
}

const MOST_CALLS = 100;

/** Lets a bounded number of calls through: a mutation may send a client round in circles. */
export function probeContext(nowMs: number): ProviderContext {
  let calls = 0;
  const streams = new Map<string, AsyncIterable<unknown>>();
  const { signal } = new AbortController();
  return {
    signal,
    runtime: nodeRuntime({ clock: { now: () => nowMs, sleep: async () => {} } }),
    call: async (_operation, _scope, send) => {
      if (++calls > MOST_CALLS) throw new Error("too many calls");
      return send(signal);
    },
    shared<Item>(key: string, start: () => AsyncIterable<Item>) {
      const stream = (streams.get(key) as AsyncIterable<Item> | undefined) ?? new SharedStream(start());
      streams.set(key, stream);
      return stream;
    },
    note: () => {},
  };
}

/** What a probe says: its answer, or the code of what it throws, and when to ask again. */
export async function outcomeOf(probe: Probe, provider: Provider): Promise<{ readonly answer: unknown; readonly thrown: boolean }> {
  try {
    return { answer: await probe.ask(provider), thrown: false };
  } catch (error) {
    const failure = provider.toError?.(error) ?? error;
    if (!OrchestratorError.isInstance(failure)) return { answer: String(failure), thrown: true };
    const retryAfterMs = "retryAfterMs" in failure ? failure.retryAfterMs : undefined;
    return { answer: retryAfterMs === undefined ? failure.code : `${failure.code} ${retryAfterMs}`, thrown: true };
  }
}

export async function collect<Item>(items: AsyncIterable<Item> | undefined): Promise<Item[]> {
  if (items === undefined) throw new TypeError("The provider cannot do that.");
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** @throws Error where two lists do not hold the same texts, or hold none. */
export function same(seen: readonly string[], expected: readonly string[]): void {
  const missing = expected.filter((text) => !seen.includes(text));
  const wrong = seen.filter((text) => !expected.includes(text));
  if (expected.length === 0) throw new Error("the ground truth has nothing to say");
  if (missing.length > 0 || wrong.length > 0 || seen.length !== expected.length)
    throw new Error(`not the ground truth: ${seen.length} of ${expected.length}, missing ${missing[0]}, too much ${wrong[0]}`);
}
