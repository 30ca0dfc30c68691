import type { Runtime, Store } from "nephoscope";

const KIND = "bot-lease";
/** After so long without a heartbeat the holder has ended. Clocks of replicas have to agree to a few seconds. */
const EXPIRY_MS = 20_000;
const HEARTBEAT_MS = 5_000;

/** The right to work on something, of one holder in all replicas. */
export interface Lease {
  /** Aborted when somebody else may have taken over: whoever holds it stops at once. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** Takes leases in the store, and keeps them by heartbeats while their holder lives. */
export class Leases {
  readonly #store: Store;
  readonly #runtime: Runtime;

  constructor(store: Store, runtime: Runtime) {
    this.#store = store;
    this.#runtime = runtime;
  }

  /** Undefined: somebody else has it. `beat` is called with each heartbeat. */
  async take(key: string, beat: () => Promise<void> = async () => {}): Promise<Lease | undefined> {
    const { clock } = this.#runtime;
    const holder = this.#runtime.newId("lease");
    const createdMs = clock.now();
    const write = async (version: number, nowMs: number) =>
      (await this.#store.writeRecord({ kind: KIND, key, value: { holder }, createdMs, expiresMs: nowMs + EXPIRY_MS }, version, nowMs)) !==
      0;
    if (!(await write(0, createdMs))) return undefined;

    const lost = new AbortController();
    const released = new AbortController();
    let expiresMs = createdMs + EXPIRY_MS;

    /** The version under which the lease is this holder's; undefined: it is somebody else's by now. */
    const ownVersion = async (nowMs: number) => {
      const record = await this.#store.readRecord(KIND, key, nowMs);
      return (record?.value as { holder?: unknown } | undefined)?.holder === holder ? record?.version : undefined;
    };
    const renew = async () => {
      const nowMs = clock.now();
      const version = await ownVersion(nowMs);
      if (version !== undefined && (await write(version, nowMs))) expiresMs = nowMs + EXPIRY_MS;
      else lost.abort(new DOMException(`The lease of ${key} was lost.`, "AbortError"));
    };
    let renewing: Promise<void> | undefined;
    const beats = (async () => {
      while (!released.signal.aborted && !lost.signal.aborted) {
        await clock.sleep(HEARTBEAT_MS, released.signal).catch(() => {});
        if (released.signal.aborted) return;
        // A store that hangs must not keep the holder from noticing that its time is over.
        renewing ??= renew()
          .then(beat)
          .catch((error: unknown) => this.#runtime.logger.warn("lease could not be renewed", { key, error: String(error) }))
          .finally(() => {
            renewing = undefined;
          });
        if (clock.now() + HEARTBEAT_MS > expiresMs) lost.abort(new DOMException(`The lease of ${key} ran out.`, "AbortError"));
      }
    })();

    return {
      lost: lost.signal,
      release: async () => {
        released.abort();
        await beats;
        await renewing;
        if (lost.signal.aborted) return;
        try {
          const version = await ownVersion(clock.now());
          if (version !== undefined) await this.#store.removeRecord(KIND, key, version);
        } catch (error) {
          this.#runtime.logger.warn("lease could not be released, and runs out", { key, error: String(error) });
        }
      },
    };
  }
}
