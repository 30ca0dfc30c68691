import { ANSWER_STEP, type RunEvent, type Store, type StoredResult, type StoredRun } from "../../contracts/index.ts";
import { eventTaken, storeClosed } from "../shared/store-failures.ts";
import { memoryApprovals } from "./memory-approvals.ts";
import { memoryCheckpoints } from "./memory-checkpoints.ts";
import { memoryRecords } from "./memory-records.ts";

/** A program that asks for weeks must not grow: finished runs kept besides those that threads refer to. */
const MOST_RUNS = 20;
/** Threads kept, each with its last run: a bot begins one with every conversation. */
const MOST_THREADS = 100;

/**
 * Keeps the runs that ended last and the threads that were used last, in this process; everything is gone when it ends. Learned tools and
 * the audit chain, a few records an approval, stay until then.
 */
export function memory(): Store {
  const runs = new Map<string, StoredRun>();
  const events = new Map<string, Map<number, RunEvent>>();
  const results = new Map<string, Map<string, StoredResult>>();
  const threads = new Map<string, string>();
  const holders = new Map<string, string>();
  let closed = false;

  function open(): void {
    if (closed) throw storeClosed();
  }

  const approvals = memoryApprovals(open);
  const records = memoryRecords(open);
  const checkpoints = memoryCheckpoints(open);

  function drop(runId: string): void {
    for (const kept of [runs, events, results, holders]) kept.delete(runId);
    approvals.drop(runId);
    checkpoints.drop(runId);
  }

  function trim(): void {
    for (const thread of [...threads.keys()].slice(0, -MOST_THREADS)) threads.delete(thread);
    const inUse = new Set(threads.values());
    const ended = [...runs.values()].filter(({ runId, status }) => status !== "running" && status !== "waiting" && !inUse.has(runId));
    for (const { runId } of ended.slice(0, -MOST_RUNS)) drop(runId);
    // A run that failed before it was put, as an empty question does, has events only.
    const neverPut = [...events.keys()].filter((runId) => !runs.has(runId));
    for (const runId of neverPut.slice(0, -MOST_RUNS)) drop(runId);
  }

  return {
    contractVersion: "store-v1",
    id: "memory",
    ...approvals.methods,
    ...records.methods,
    ...checkpoints.methods,
    async putRun(run) {
      open();
      putLast(runs, run.runId, run);
      if (run.status === "answered") {
        const steps = results.get(run.runId);
        for (const stepId of steps?.keys() ?? []) if (stepId !== ANSWER_STEP) steps?.delete(stepId);
        checkpoints.drop(run.runId);
      }
      trim();
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
      trim();
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
      putLast(threads, thread, runId);
      trim();
    },
    async claimRun(runId, holder, replaces) {
      open();
      const holds = holders.get(runId) ?? holder;
      if (holds !== holder && holds !== replaces) return holds;
      holders.set(runId, holder);
      return undefined;
    },
    async releaseRun(runId, holder) {
      open();
      if (holders.get(runId) === holder) holders.delete(runId);
    },
    async prune(beforeMs) {
      open();
      const dropped = new Set([...runs.values()].filter((run) => run.startedMs < beforeMs).map((run) => run.runId));
      for (const runId of dropped) drop(runId);
      for (const [thread, runId] of threads) if (dropped.has(runId)) threads.delete(thread);
      records.prune(beforeMs);
      return dropped.size;
    },
    async close() {
      closed = true;
    },
  };
}

/** Maps go through their entries in the order of insertion: so the first are the oldest. */
function putLast<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
}

function newestFirst(left: StoredRun, right: StoredRun): number {
  return right.startedMs - left.startedMs || (right.runId < left.runId ? -1 : 1);
}
