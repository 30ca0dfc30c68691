import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { SqlConnection, SqlReply, SqlRow, SqlStatement, SqlValue, Transaction } from "../shared/sql-connection.ts";
import { storeClosed } from "../shared/store-failures.ts";
import { decodePayload, encodePayload } from "./payload.ts";
import { isConstraint, toStoreError } from "./sqlite-error.ts";

/** One file, opened on first use. Transactions run from begin to end without giving way to other work of the process. */
export class SqliteConnection implements SqlConnection {
  readonly #path: string;
  readonly #open: () => Promise<DatabaseSync>;
  readonly #prepared = new Map<string, StatementSync>();
  #database: Promise<DatabaseSync> | undefined;
  #closed = false;

  constructor(path: string, open: () => Promise<DatabaseSync>) {
    this.#path = path;
    this.#open = open;
  }

  async read(statement: SqlStatement): Promise<readonly SqlRow[]> {
    const database = await this.opened();
    return this.#guard(() => this.#run(database, statement).rows);
  }

  async write<Result>(work: () => Transaction<Result>): Promise<Result> {
    const database = await this.opened();
    return this.#guard(() => this.#transaction(database, work));
  }

  async writeThrough<Result>(work: () => Transaction<Result>): Promise<Result> {
    const database = await this.opened();
    return this.#guard(() => {
      // Waits for the disk, milliseconds each time: too much for every event of a run.
      database.exec("PRAGMA synchronous = FULL");
      try {
        return this.#transaction(database, work);
      } finally {
        database.exec("PRAGMA synchronous = NORMAL");
      }
    });
  }

  isTaken(error: unknown): boolean {
    return isConstraint(error);
  }

  encode(value: unknown): Promise<SqlValue> {
    return encodePayload(value);
  }

  decode<Value>(column: unknown, what: string): Promise<Value> {
    return decodePayload(column, what);
  }

  /** A reader elsewhere may keep some of the pages until later. */
  async reclaim(): Promise<void> {
    const database = await this.opened();
    this.#guard(() => database.exec("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)"));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const database = await this.#database?.catch(() => undefined);
    this.#prepared.clear();
    database?.close();
  }

  /** Throws once the store is closed. */
  async opened(): Promise<DatabaseSync> {
    if (this.#closed) throw storeClosed();
    this.#database ??= this.#open();
    const database = await this.#database;
    if (this.#closed) throw storeClosed();
    return database;
  }

  #transaction<Result>(database: DatabaseSync, work: () => Transaction<Result>): Result {
    database.exec("BEGIN IMMEDIATE");
    try {
      const result = this.#steps(database, work());
      database.exec("COMMIT");
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }

  #steps<Result>(database: DatabaseSync, steps: Transaction<Result>): Result {
    let step = steps.next();
    while (step.done !== true) {
      let reply: SqlReply;
      try {
        reply = this.#run(database, step.value);
      } catch (error) {
        step = steps.throw(error);
        continue;
      }
      step = steps.next(reply);
    }
    return step.value;
  }

  #run(database: DatabaseSync, { sql, values }: SqlStatement): SqlReply {
    const prepared = this.#prepared.get(sql) ?? database.prepare(sql);
    this.#prepared.set(sql, prepared);
    if (sql.startsWith("SELECT")) return { rows: prepared.all(...values), changes: 0 };
    return { rows: [], changes: Number(prepared.run(...values).changes) };
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw toStoreError(error, this.#path);
    }
  }
}
