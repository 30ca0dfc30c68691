import { ANSWER_STEP, type RunEvent, type Store, type StoredResult, type StoredRun } from "../../contracts/index.ts";
import { eventTaken, storeClosed } from "../shared/store-failures.ts";

/** Runs kept besides those that threads refer to: a program that asks for weeks must not grow. */
const MOST_RUNS = 20;

/** Keeps the newest runs in this process; everything is gone when it ends. */
export function memory(): Store {
  const runs = new Map<string, StoredRun>();
  const events = new Map<string, Map<number, RunEvent>>();
  const results = new Map<string, Map<string, StoredResult>>();
  const threads = new Map<string, string>();
  let closed = false;

  function open(): void {
    if (closed) throw storeClosed();
  }

  function drop(runId: string): void {
    runs.delete(runId);
    events.delete(runId);
    results.delete(runId);
  }

  return {
    contractVersion: "store-v1",
    id: "memory",
    async putRun(run) {
      open();
      runs.set(run.runId, run);
      if (run.status !== "answered") return;
      const steps = results.get(run.runId);
      for (const stepId of steps?.keys() ?? []) if (stepId !== ANSWER_STEP) steps?.delete(stepId);
      const inUse = new Set(threads.values());
      const done = [...runs.values()].filter(({ runId, status }) => status !== "running" && status !== "waiting" && !inUse.has(runId));
      for (const { runId } of done.sort(newestFirst).slice(MOST_RUNS)) drop(runId);
    },
    async getRun(runId) {
      open();
      return runs.get(runId);
    },
    async listRuns(limit) {
      open();
      return [...runs.values()].sort(newestFirst).slice(0, limit);
    },
    async appendEvents(added) {
      open();
      const taken = added.find((event) => events.get(event.runId)?.has(event.sequence));
      if (taken !== undefined) throw eventTaken(taken);
      for (const event of added) {
        const ofRun = events.get(event.runId) ?? new Map<number, RunEvent>();
        ofRun.set(event.sequence, event);
        events.set(event.runId, ofRun);
      }
    },
    async events(runId, fromSequence) {
      open();
      return [...(events.get(runId)?.values() ?? [])]
        .filter((event) => event.sequence >= fromSequence)
        .sort((left, right) => left.sequence - right.sequence);
    },
    async putResult(result) {
      open();
      const steps = results.get(result.runId) ?? new Map<string, StoredResult>();
      // The caller may go on filling its arrays.
      steps.set(result.stepId, { ...result, table: { ...result.table, rows: [...result.table.rows] }, receipt: [...result.receipt] });
      results.set(result.runId, steps);
    },
    async getResult(runId, stepId) {
      open();
      return results.get(runId)?.get(stepId);
    },
    async getThread(thread) {
      open();
      return threads.get(thread);
    },
    async putThread(thread, runId) {
      open();
      threads.set(thread, runId);
    },
    async prune(beforeMs) {
      open();
      const dropped = new Set([...runs.values()].filter((run) => run.startedMs < beforeMs).map((run) => run.runId));
      for (const runId of dropped) drop(runId);
      for (const [thread, runId] of threads) if (dropped.has(runId)) threads.delete(thread);
      return dropped.size;
    },
    async close() {
      closed = true;
    },
  };
}

function newestFirst(left: StoredRun, right: StoredRun): number {
  return right.startedMs - left.startedMs || (right.runId < left.runId ? -1 : 1);
}
