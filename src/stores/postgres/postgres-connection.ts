import type { Pool, PoolClient } from "pg";
import { optionalImport } from "../../runtime/index.ts";
import type { SqlConnection, SqlReply, SqlRow, SqlStatement, SqlValue, Transaction } from "../shared/sql-connection.ts";
import { damagedStore, storeClosed } from "../shared/store-failures.ts";
import { prepareDatabase } from "./database.ts";
import { isTaken, toStoreError } from "./postgres-error.ts";

/** Connections of one process. */
const MOST_CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 10_000;

/** A pool of connections to one database, made on first use. */
export class PostgresConnection implements SqlConnection {
  readonly #url: URL;
  readonly #texts = new Map<string, string>();
  #pool: Promise<Pool> | undefined;
  #closed = false;

  constructor(url: URL) {
    this.#url = url;
  }

  async read(statement: SqlStatement): Promise<readonly SqlRow[]> {
    return this.#withClient(async (client) => (await this.#run(client, statement)).rows);
  }

  async write<Result>(work: () => Transaction<Result>): Promise<Result> {
    return this.#withClient(async (client) => {
      await client.query("BEGIN");
      try {
        const result = await this.#steps(client, work());
        await client.query("COMMIT");
        return result;
      } catch (error) {
        // Over a broken connection the server has rolled back by itself.
        await client.query("ROLLBACK").catch(() => undefined);
        throw error;
      }
    });
  }

  /** The server writes through anyway, unless its operator has turned that off. */
  writeThrough<Result>(work: () => Transaction<Result>): Promise<Result> {
    return this.write(work);
  }

  /** Runs `work` while no other process does so under the same lock. */
  async locked<Result>(lock: number, work: () => Promise<Result>): Promise<Result> {
    return this.#withClient(async (client) => {
      await client.query("SELECT pg_advisory_lock($1)", [lock]);
      try {
        return await work();
      } finally {
        await client.query("SELECT pg_advisory_unlock($1)", [lock]);
      }
    });
  }

  isTaken(error: unknown): boolean {
    return isTaken(error);
  }

  async encode(value: unknown): Promise<SqlValue> {
    return JSON.stringify(value);
  }

  async decode<Value>(column: unknown, what: string): Promise<Value> {
    try {
      return JSON.parse(String(column));
    } catch (error) {
      throw damagedStore(what, undefined, error);
    }
  }

  /** The server's autovacuum does that. */
  async reclaim(): Promise<void> {}

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const pool = await this.#pool?.catch(() => undefined);
    await pool?.end();
  }

  /** Throws once the store is closed. */
  async opened(): Promise<Pool> {
    if (this.#closed) throw storeClosed();
    this.#pool ??= this.#open();
    const opening = this.#pool;
    try {
      const pool = await opening;
      if (this.#closed) throw storeClosed();
      return pool;
    } catch (error) {
      // A server that was away is asked again next time.
      if (this.#pool === opening && !this.#closed) this.#pool = undefined;
      throw toStoreError(error, this.#url);
    }
  }

  async #open(): Promise<Pool> {
    const { default: pg } = await optionalImport("pg", () => import("pg"));
    const pool = new pg.Pool({
      connectionString: this.#url.href,
      application_name: "nephoscope",
      max: MOST_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      // A program that forgets to close the store must be able to end.
      allowExitOnIdle: true,
    });
    // A connection that breaks, idle or at work, fails the next query on it; without listeners it would end the process.
    pool.on("error", () => {});
    pool.on("connect", (client) => client.on("error", () => {}));
    try {
      const client = await pool.connect();
      try {
        await prepareDatabase(client, this.#url.pathname.slice(1));
      } finally {
        client.release();
      }
      return pool;
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  async #withClient<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const pool = await this.opened();
    try {
      const client = await pool.connect();
      try {
        return await work(client);
      } finally {
        // One whose connection has broken is not used again.
        client.release();
      }
    } catch (error) {
      throw toStoreError(error, this.#url);
    }
  }

  async #steps<Result>(client: PoolClient, steps: Transaction<Result>): Promise<Result> {
    let step = steps.next();
    while (step.done !== true) {
      let reply: SqlReply;
      try {
        reply = await this.#run(client, step.value);
      } catch (error) {
        step = steps.throw(error);
        continue;
      }
      step = steps.next(reply);
    }
    return step.value;
  }

  async #run(client: PoolClient, { sql, values }: SqlStatement): Promise<SqlReply> {
    const { rows, rowCount } = await client.query(this.#numbered(sql), values.map(toText));
    return { rows, changes: rowCount ?? 0 };
  }

  /** PostgreSQL numbers its parameters: `$1`. */
  #numbered(sql: string): string {
    const known = this.#texts.get(sql);
    if (known !== undefined) return known;
    let number = 0;
    const text = sql.replaceAll("?", () => `$${++number}`);
    this.#texts.set(sql, text);
    return text;
  }
}

/** PostgreSQL's text cannot hold the character 0, which no question needs. */
function toText(value: SqlValue): SqlValue {
  return typeof value === "string" ? value.replaceAll("\0", "") : value;
}
