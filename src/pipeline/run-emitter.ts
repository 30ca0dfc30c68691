import type { EventBody, Observer, RunEvent, Runtime, Store } from "../contracts/index.ts";

/** Events of one run: numbered, kept in the store, handed to one reader. */
export interface RunEmitter {
  emit(body: EventBody): void;
  /** For the one reader; ends after the last event of the segment. */
  events(): AsyncGenerator<RunEvent, void, void>;
  /** Resolves when everything emitted so far is stored. */
  flush(): Promise<void>;
  /** Stores the last event, and hands it to the reader when `stored` has resolved, which is told why it could not be stored. */
  conclude(body: EventBody, stored: (failure: { readonly error: unknown } | undefined) => Promise<void>): Promise<void>;
  end(): void;
}

/** Progress of one step is told at most this often; the newest value wins. */
const PROGRESS_INTERVAL_MS = 80;

export function createRunEmitter(options: {
  runId: string;
  store: Pick<Store, "appendEvents">;
  runtime: Runtime;
  firstSequence: number;
  /** Told of every event, besides the reader. */
  observer?: Pick<Observer, "event"> | undefined;
}): RunEmitter {
  const { runId, store, runtime } = options;
  const queue: RunEvent[] = [];
  const lastProgressMs = new Map<string, number>();
  /** Progress that came too soon after the last; told at the latest when its step ends. */
  const held = new Map<string, EventBody>();
  let sequence = options.firstSequence;
  let unstored: RunEvent[] = [];
  let storing: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  let ended = false;
  let wake: (() => void) | undefined;

  /** Batches go one after the other; one that could not be stored goes again with the next. */
  function persist() {
    storing = storing.then(async () => {
      const batch = unstored;
      unstored = [];
      if (batch.length === 0) return;
      try {
        await store.appendEvents(batch);
        failure = undefined;
      } catch (error) {
        unstored = [...batch, ...unstored];
        failure = { error };
      }
    });
  }

  function numbered(body: EventBody): RunEvent {
    const event: RunEvent = { ...body, runId, sequence: sequence++, timestampMs: runtime.clock.now() };
    unstored.push(event);
    options.observer?.event(event);
    return event;
  }

  function tell(event: RunEvent) {
    queue.push(event);
    wake?.();
    wake = undefined;
  }

  function append(body: EventBody) {
    const event = numbered(body);
    // Progress is for those who watch; it is stored with whatever comes next.
    if (body.type !== "step-progress") persist();
    tell(event);
  }

  return {
    emit(body) {
      if (body.type === "step-progress") {
        const nowMs = runtime.clock.now();
        if (nowMs - (lastProgressMs.get(body.stepId) ?? 0) < PROGRESS_INTERVAL_MS) {
          held.set(body.stepId, body);
          return;
        }
        lastProgressMs.set(body.stepId, nowMs);
        held.delete(body.stepId);
      } else if (body.type === "step-end" || body.type === "step-error") {
        const newest = held.get(body.stepId);
        if (newest !== undefined) append(newest);
        held.delete(body.stepId);
      }
      append(body);
    },
    async *events() {
      while (true) {
        const event = queue.shift();
        if (event !== undefined) yield event;
        else if (ended) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
    async flush() {
      persist();
      await storing;
      if (failure !== undefined) throw failure.error;
    },
    async conclude(body, stored) {
      const event = numbered(body);
      persist();
      await storing;
      await stored(failure);
      tell(event);
    },
    end() {
      ended = true;
      wake?.();
    },
  };
}
