import type { Runtime, Store } from "nephoscope";
import type { z } from "zod";

/** A document with its version. */
export interface Kept<Value> {
  readonly value: Value;
  readonly version: number;
  readonly createdMs: number;
}

type StoredRecord = NonNullable<Awaited<ReturnType<Store["readRecord"]>>>;

/** What stands then, and what is to be written for that. */
interface Decision<Value> {
  readonly stands: Value | undefined;
  readonly write?: { readonly value: Value; readonly expiresMs: number | null };
}

/** Attempts at a write that others are faster with; each failure means that somebody else has written. */
const MOST_ATTEMPTS = 50;

/** Documents of one kind in the store: written by compare and swap, read through their schema. */
export class Documents<Value> {
  readonly #store: Store;
  readonly #runtime: Pick<Runtime, "clock" | "random">;
  readonly #kind: string;
  readonly #schema: z.ZodType<Value>;
  /** The last write of each document that this process has under way. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(options: { store: Store; runtime: Pick<Runtime, "clock" | "random">; kind: string; schema: z.ZodType<Value> }) {
    this.#store = options.store;
    this.#runtime = options.runtime;
    this.#kind = options.kind;
    this.#schema = options.schema;
  }

  /** False: there is one already. */
  async create(key: string, value: Value, expiresMs: number | null): Promise<boolean> {
    const nowMs = this.#runtime.clock.now();
    return (await this.#store.writeRecord({ kind: this.#kind, key, value, createdMs: nowMs, expiresMs }, 0, nowMs)) !== 0;
  }

  async read(key: string): Promise<Kept<Value> | undefined> {
    const record = await this.#store.readRecord(this.#kind, key, this.#runtime.clock.now());
    if (record === undefined) return undefined;
    return { value: this.#schema.parse(record.value), version: record.version, createdMs: record.createdMs };
  }

  /**
   * Changes what is there, and returns what stands then. `change` returns undefined to leave it; it may be called again, where somebody
   * else was faster. Undefined: it is gone.
   */
  async update(key: string, change: (value: Value) => Value | undefined): Promise<Value | undefined> {
    return await this.#inTurn(key, (record) => {
      if (record === undefined) return { stands: undefined };
      const before = this.#schema.parse(record.value);
      const after = change(before);
      return after === undefined ? { stands: before } : { stands: after, write: { value: after, expiresMs: record.expiresMs } };
    });
  }

  /** Creates or replaces, and returns what was written. `change` returns undefined to leave what is there. */
  async put(key: string, change: (value: Value | undefined) => Value | undefined, expiresMs: number | null): Promise<Value | undefined> {
    return await this.#inTurn(key, (record) => {
      const after = change(record === undefined ? undefined : this.#schema.parse(record.value));
      return after === undefined ? { stands: undefined } : { stands: after, write: { value: after, expiresMs } };
    });
  }

  async remove(key: string): Promise<void> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const record = await this.#store.readRecord(this.#kind, key, this.#runtime.clock.now());
      if (record === undefined || (await this.#store.removeRecord(this.#kind, key, record.version))) return;
    }
    throw new Error(`${this.#kind} ${key} is written too often`);
  }

  /** Reads, decides and writes, until nobody else writes in between; those of this process one after the other. */
  async #inTurn(key: string, decide: (record: StoredRecord | undefined) => Decision<Value>): Promise<Value | undefined> {
    const { clock, random } = this.#runtime;
    const attempts = async () => {
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        const nowMs = clock.now();
        const record = await this.#store.readRecord(this.#kind, key, nowMs);
        const { stands, write } = decide(record);
        if (write === undefined) return stands;
        const written = { kind: this.#kind, key, createdMs: record?.createdMs ?? nowMs, ...write };
        if ((await this.#store.writeRecord(written, record?.version ?? 0, nowMs)) !== 0) return stands;
        if (attempt > 2) await clock.sleep(random() * 20 * attempt);
      }
      throw new Error(`${this.#kind} ${key} is written too often`);
    };
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(attempts);
    const done = turn.then(
      () => {},
      () => {},
    );
    this.#turns.set(key, done);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === done) this.#turns.delete(key);
    }
  }

  /** Oldest first. What another version of the bot wrote otherwise is left to it. */
  async *list(): AsyncGenerator<Value, void, void> {
    for await (const record of this.#store.listRecords(this.#kind, this.#runtime.clock.now())) {
      const parsed = this.#schema.safeParse(record.value);
      if (parsed.success) yield parsed.data;
    }
  }
}
