import { AsyncLocalStorage } from "node:async_hooks";
import type { Store } from "../../../src/index.ts";

/** Which write of a piece of work stops it, from 1, and whether that write is still done. */
export interface StopPoint {
  readonly write: number;
  readonly side: "before" | "after";
}

interface Work {
  readonly point: StopPoint | undefined;
  readonly writes: string[];
  isStopped: boolean;
  readonly stop: () => void;
}

const WRITES: ReadonlySet<PropertyKey> = new Set([
  "putRun",
  "appendEvents",
  "putResult",
  "putThread",
  "claimRun",
  "releaseRun",
  "putApproval",
  "decideApproval",
  "putCall",
  "appendAudit",
  "put",
  "putWrites",
]);
const NEVER = new Promise<never>(() => {});

/** Whether who drives a run says that it still does: when, depends on the machine. */
function isRenewal([, holder, replaces]: readonly unknown[]): boolean {
  const [name, earlier] = [holder, replaces].map((claim) => String(claim).replace(/ \d+$/, ""));
  return name === earlier;
}

type Method = (...given: unknown[]) => unknown;

export interface StoppingStore {
  readonly store: Store;
  /**
   * Does some work with the store. At its stop point the store falls silent for it, for good: nothing it asks is answered any more, as for
   * a process that is killed there. Resolves with the names of its writes when it was stopped, or has ended without.
   */
  until(
    point: StopPoint | undefined,
    work: () => Promise<unknown>,
  ): Promise<{ readonly stopped: boolean; readonly writes: readonly string[] }>;
}

/** Counts the writes to a store, those of its checkpointer included. */
export function stoppingStore(inner: Store): StoppingStore {
  const current = new AsyncLocalStorage<Work>();
  let latest: Work | undefined;
  // What comes out of a sandbox's thread has lost its context.
  const currentWork = () => current.getStore() ?? latest;

  async function write(method: Method, given: readonly unknown[], name: string): Promise<unknown> {
    const work = currentWork();
    if (work === undefined) throw new Error(`whose ${name} is this?`);
    if (work.isStopped) return NEVER;
    if (name === "claimRun" && isRenewal(given)) return await method(...given);
    work.writes.push(name);
    const isPoint = work.writes.length === work.point?.write;
    if (isPoint && work.point?.side === "before") work.stop();
    const result = work.isStopped ? NEVER : await method(...given);
    if (isPoint) work.stop();
    return work.isStopped ? NEVER : result;
  }

  function watched<Target extends object>(target: Target): Target {
    return new Proxy(target, {
      get(_, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        const method: Method = (...given) => member.apply(target, given);
        if (WRITES.has(name)) return (...given: unknown[]) => write(method, given, String(name));
        if (name === "checkpointer") return async () => watched((await method()) as object);
        return (...given: unknown[]) => {
          const result = method(...given);
          return result instanceof Promise ? result.then((value) => (currentWork()?.isStopped ? NEVER : value)) : result;
        };
      },
    });
  }

  return {
    store: watched(inner),
    async until(point, work) {
      const stopped = Promise.withResolvers<void>();
      const state: Work = {
        point,
        writes: [],
        isStopped: false,
        stop() {
          state.isStopped = true;
          stopped.resolve();
        },
      };
      latest = state;
      await Promise.race([stopped.promise, current.run(state, work)]);
      return { stopped: state.isStopped, writes: state.writes };
    },
  };
}
