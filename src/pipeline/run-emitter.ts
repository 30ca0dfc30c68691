import type { EventBody, RunEvent, Runtime, Store } from "../contracts/index.ts";

/** Events of one run: numbered, kept in the store, handed to one reader. */
export interface RunEmitter {
  emit(body: EventBody): void;
  /** For the one reader; ends after the last event of the segment. */
  events(): AsyncGenerator<RunEvent, void, void>;
  /** Resolves when everything emitted so far is stored. */
  flush(): Promise<void>;
  end(): void;
}

/** Progress of one step is told at most this often; the newest value wins. */
const PROGRESS_INTERVAL_MS = 80;

export function createRunEmitter(options: { runId: string; store: Store; runtime: Runtime; firstSequence: number }): RunEmitter {
  const { runId, store, runtime } = options;
  const queue: RunEvent[] = [];
  const lastProgressMs = new Map<string, number>();
  let sequence = options.firstSequence;
  let unstored: RunEvent[] = [];
  let storing: Promise<void> = Promise.resolve();
  let ended = false;
  let wake: (() => void) | undefined;

  function notify() {
    wake?.();
    wake = undefined;
  }

  function persist() {
    if (unstored.length === 0) return;
    const batch = unstored;
    unstored = [];
    storing = storing.then(() => store.appendEvents(batch));
    // Whoever flushes sees the failure; nobody has to.
    storing.catch(() => {});
  }

  return {
    emit(body) {
      const timestampMs = runtime.clock.now();
      if (body.type === "step-progress") {
        if (timestampMs - (lastProgressMs.get(body.stepId) ?? 0) < PROGRESS_INTERVAL_MS) return;
        lastProgressMs.set(body.stepId, timestampMs);
      }
      const event: RunEvent = { ...body, runId, sequence: sequence++, timestampMs };
      queue.push(event);
      // Progress is for those who watch; it is stored with whatever comes next.
      unstored.push(event);
      if (body.type !== "step-progress") persist();
      notify();
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
    },
    end() {
      ended = true;
      notify();
    },
  };
}
