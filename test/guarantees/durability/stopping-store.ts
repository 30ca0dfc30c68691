import type { Store } from "../../../src/index.ts";

/** Which write stops everything, from 1, and whether it is still done. */
export interface StopPoint {
  readonly write: number;
  readonly side: "before" | "after";
}

export interface StoppingStore {
  readonly store: Store;
  /** Writes so far, by name. */
  readonly writes: readonly string[];
  /** Resolves when the point was reached: from then on nothing is answered any more. */
  readonly stopped: Promise<void>;
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

type Method = (...given: unknown[]) => unknown;

/** A store that stands still for good at one of its writes, those of its checkpointer included, as for a process that is killed there. */
export function stoppingStore(inner: Store, point?: StopPoint): StoppingStore {
  const writes: string[] = [];
  const reached = Promise.withResolvers<void>();
  let isStopped = false;
  const stop = (): Promise<never> => {
    isStopped = true;
    reached.resolve();
    return NEVER;
  };
  const write = async (method: Method, given: readonly unknown[], name: string): Promise<unknown> => {
    writes.push(name);
    const isPoint = writes.length === point?.write;
    if (isPoint && point?.side === "before") return stop();
    const result = await method(...given);
    return isPoint || isStopped ? stop() : result;
  };
  const watched = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(_, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        const method: Method = (...given) => member.apply(target, given);
        if (WRITES.has(name)) return (...given: unknown[]) => (isStopped ? NEVER : write(method, given, String(name)));
        if (name === "checkpointer") return async () => watched((await method()) as object);
        return (...given: unknown[]) => {
          const result = method(...given);
          // A reply that comes after the end reaches nobody.
          return result instanceof Promise ? result.then((value) => (isStopped ? NEVER : value)) : result;
        };
      },
    });
  return { store: watched(inner), writes, stopped: reached.promise };
}
