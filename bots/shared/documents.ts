import type { Runtime, Store } from "nephoscope";
import type { z } from "zod";

/** A document with its version. */
export interface Kept<Value> {
  readonly value: Value;
  readonly version: number;
  readonly createdMs: number;
}

/** Attempts at a write that others are faster with; each failure means that somebody else has written. */
const MOST_ATTEMPTS = 50;

/** Documents of one kind in the store: written by compare and swap, read through their schema. */
export class Documents<Value> {
  readonly #store: Store;
  readonly #runtime: Pick<Runtime, "clock" | "random">;
  readonly #kind: string;
  readonly #schema: z.ZodType<Value>;

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
   * Changes what is there, again where somebody else was faster, and returns what stands then. `change` returns undefined to leave it.
   * Undefined: it is gone.
   */
  async update(key: string, change: (value: Value) => Value | undefined): Promise<Value | undefined> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const nowMs = this.#runtime.clock.now();
      const record = await this.#store.readRecord(this.#kind, key, nowMs);
      if (record === undefined) return undefined;
      const { version, ...rest } = record;
      const before = this.#schema.parse(record.value);
      const after = change(before);
      if (after === undefined) return before;
      if ((await this.#store.writeRecord({ ...rest, value: after }, version, nowMs)) !== 0) return after;
      if (attempt > 2) await this.#runtime.clock.sleep(this.#runtime.random() * 20 * attempt);
    }
    throw new Error(`${this.#kind} ${key} is written too often`);
  }

  /** Creates or replaces, and returns what was written. `change` returns undefined to leave what is there. */
  async put(key: string, change: (value: Value | undefined) => Value | undefined, expiresMs: number | null): Promise<Value | undefined> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const nowMs = this.#runtime.clock.now();
      const record = await this.#store.readRecord(this.#kind, key, nowMs);
      const after = change(record === undefined ? undefined : this.#schema.parse(record.value));
      if (after === undefined) return undefined;
      const written = { kind: this.#kind, key, value: after, createdMs: record?.createdMs ?? nowMs, expiresMs };
      if ((await this.#store.writeRecord(written, record?.version ?? 0, nowMs)) !== 0) return after;
      if (attempt > 2) await this.#runtime.clock.sleep(this.#runtime.random() * 20 * attempt);
    }
    throw new Error(`${this.#kind} ${key} is written too often`);
  }

  async remove(key: string): Promise<void> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const record = await this.#store.readRecord(this.#kind, key, this.#runtime.clock.now());
      if (record === undefined || (await this.#store.removeRecord(this.#kind, key, record.version))) return;
    }
    throw new Error(`${this.#kind} ${key} is written too often`);
  }

  /** Oldest first. What another version of the bot wrote otherwise is left to it. */
  async *list(): AsyncGenerator<Value, void, void> {
    for await (const record of this.#store.listRecords(this.#kind, this.#runtime.clock.now())) {
      const parsed = this.#schema.safeParse(record.value);
      if (parsed.success) yield parsed.data;
    }
  }
}
