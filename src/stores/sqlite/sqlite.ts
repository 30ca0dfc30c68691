import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { z } from "zod";
import type { Row, RunEvent, Runtime, Store, StoredResult, StoredRun } from "../../contracts/index.ts";
import { ConfigurationError, StoreError } from "../../errors/index.ts";
import { nodeRuntime } from "../../runtime/index.ts";
import { eventTaken, storeClosed } from "../shared/store-failures.ts";
import { openDatabase } from "./database.ts";
import { decodePayload, encodePayload, type Payload } from "./payload.ts";
import { isConstraint, toStoreError } from "./sqlite-error.ts";
import { SQL } from "./statements.ts";
import { defaultStorePath } from "./store-path.ts";

export interface SqliteOptions {
  /** The database file; its folder is made where it is missing. @defaultValue `NEPHOSCOPE_STORE`, else the user's state folder */
  readonly path?: string;
  readonly runtime?: Partial<Runtime>;
}

const optionsSchema = z.strictObject({ path: z.string().min(1).optional(), runtime: z.custom<Partial<Runtime>>().optional() });

/** Rows of one result that lie together in one compressed cell. */
const ROWS_PER_CHUNK = 1000;

/** Keeps runs in one file that several processes may use at once. Opened on first use; failures are `StoreError`. */
export function sqlite(options: SqliteOptions = {}): Store {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) throw invalidOptions(checked.error);
  const runtime = nodeRuntime(options.runtime);
  const path = options.path ?? defaultStorePath(runtime.env);
  return new SqliteStore(path, () => openDatabase(path, runtime.clock));
}

/** All of a result but its rows. */
type ResultHead = Omit<StoredResult, "runId" | "stepId" | "table"> & Pick<StoredResult["table"], "columns">;

class SqliteStore implements Store {
  readonly contractVersion = "store-v1";
  readonly id = "sqlite";
  readonly #path: string;
  readonly #open: () => Promise<DatabaseSync>;
  readonly #statements = new Map<string, StatementSync>();
  #database: Promise<DatabaseSync> | undefined;
  #closed = false;

  constructor(path: string, open: () => Promise<DatabaseSync>) {
    this.#path = path;
    this.#open = open;
  }

  async putRun(run: StoredRun): Promise<void> {
    const plan = run.plan === null ? null : await encodePayload(run.plan);
    const document = run.document === null ? null : await encodePayload(run.document);
    await this.#write((execute) => {
      execute("putRun", [run.runId, run.startedMs, run.question, run.thread, run.status, plan, document]);
      if (run.status !== "answered") return;
      execute("dropStepRows", [run.runId]);
      execute("dropSteps", [run.runId]);
    });
  }

  async getRun(runId: string): Promise<StoredRun | undefined> {
    const [row] = await this.#read("getRun", [runId]);
    return row === undefined ? undefined : toRun(row);
  }

  async listRuns(limit: number): Promise<readonly StoredRun[]> {
    return Promise.all((await this.#read("listRuns", [limit])).map(toRun));
  }

  async appendEvents(events: readonly RunEvent[]): Promise<void> {
    const payloads: Payload[] = [];
    for (const event of events) payloads.push(await encodePayload(event));
    await this.#write((execute) => {
      events.forEach((event, index) => {
        try {
          execute("appendEvent", [event.runId, event.sequence, payloads[index] ?? null]);
        } catch (error) {
          throw isConstraint(error) ? eventTaken(event) : error;
        }
      });
    });
  }

  async events(runId: string, fromSequence: number): Promise<readonly RunEvent[]> {
    const rows = await this.#read("events", [runId, fromSequence]);
    return Promise.all(rows.map((row) => decodePayload<RunEvent>(row.event, `an event of run ${runId}`)));
  }

  async putResult(result: StoredResult): Promise<void> {
    const { runId, stepId, table, ...rest } = result;
    const head = await encodePayload({ ...rest, columns: table.columns } satisfies ResultHead);
    const chunks: Payload[] = [];
    for (let start = 0; start < table.rows.length; start += ROWS_PER_CHUNK) {
      chunks.push(await encodePayload(table.rows.slice(start, start + ROWS_PER_CHUNK)));
    }
    await this.#write((execute) => {
      execute("putResult", [runId, stepId, head]);
      execute("dropResultRows", [runId, stepId]);
      chunks.forEach((chunk, index) => {
        execute("putResultRows", [runId, stepId, index, chunk]);
      });
    });
  }

  async getResult(runId: string, stepId: string): Promise<StoredResult | undefined> {
    const what = `the result of step ${stepId} of run ${runId}`;
    // One statement, so that a result that is being replaced is seen whole.
    const found = await this.#read("getResult", [runId, stepId]);
    if (found[0] === undefined) return undefined;
    const { columns, ...rest } = await decodePayload<ResultHead>(found[0].head, what);
    const rows: Row[] = [];
    for (const { rows: chunk } of found) if (chunk !== null) for (const row of await decodePayload<Row[]>(chunk, what)) rows.push(row);
    return { runId, stepId, table: { columns, rows }, ...rest };
  }

  async getThread(thread: string): Promise<string | undefined> {
    const [row] = await this.#read("getThread", [thread]);
    return row === undefined ? undefined : String(row.run_id);
  }

  async putThread(thread: string, runId: string): Promise<void> {
    await this.#write((execute) => execute("putThread", [thread, runId]));
  }

  async prune(beforeMs: number): Promise<number> {
    const dropped = await this.#write((execute) => {
      for (const name of ["pruneEvents", "pruneResults", "pruneResultRows", "pruneThreads"] as const) execute(name, [beforeMs]);
      return execute("pruneRuns", [beforeMs]);
    });
    if (dropped > 0) await this.#shrink();
    return dropped;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const database = await this.#database?.catch(() => undefined);
    this.#statements.clear();
    database?.close();
  }

  /** Gives the freed pages back to the file system. A reader elsewhere may keep some of them until later. */
  async #shrink(): Promise<void> {
    const database = await this.#connection();
    this.#guard(() => database.exec("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)"));
  }

  async #read(name: keyof typeof SQL, values: SQLInputValue[]): Promise<Record<string, unknown>[]> {
    const database = await this.#connection();
    return this.#guard(() => this.#statement(database, name).all(...values));
  }

  /** All of `work` or nothing of it; `execute` tells how many rows a statement changed. */
  async #write<Result>(work: (execute: (name: keyof typeof SQL, values: SQLInputValue[]) => number) => Result): Promise<Result> {
    const database = await this.#connection();
    return this.#guard(() => {
      database.exec("BEGIN IMMEDIATE");
      try {
        const result = work((name, values) => Number(this.#statement(database, name).run(...values).changes));
        database.exec("COMMIT");
        return result;
      } catch (error) {
        // A full disk ends the transaction by itself.
        if (database.isTransaction) database.exec("ROLLBACK");
        throw error;
      }
    });
  }

  async #connection(): Promise<DatabaseSync> {
    if (this.#closed) throw storeClosed();
    this.#database ??= this.#open();
    const database = await this.#database;
    if (this.#closed) throw storeClosed();
    return database;
  }

  #statement(database: DatabaseSync, name: keyof typeof SQL): StatementSync {
    const known = this.#statements.get(name);
    if (known !== undefined) return known;
    const prepared = database.prepare(SQL[name]);
    this.#statements.set(name, prepared);
    return prepared;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw toStoreError(error, this.#path);
    }
  }
}

const statusSchema = z.enum(["running", "waiting", "answered", "failed"]);

async function toRun(row: Record<string, unknown>): Promise<StoredRun> {
  const runId = String(row.run_id);
  const status = statusSchema.safeParse(row.status);
  if (!status.success) {
    throw new StoreError({
      code: "STORE_FAILED",
      message: { en: `The store holds run ${runId} with an unknown status.`, zh: `存储中的运行 ${runId} 状态未知。` },
    });
  }
  return {
    runId,
    startedMs: Number(row.started_ms),
    question: String(row.question),
    thread: row.thread === null ? null : String(row.thread),
    status: status.data,
    plan: row.plan === null ? null : await decodePayload<StoredRun["plan"]>(row.plan, `the plan of run ${runId}`),
    document: row.document === null ? null : await decodePayload<StoredRun["document"]>(row.document, `the answer of run ${runId}`),
  };
}

function invalidOptions(error: z.ZodError): ConfigurationError {
  const facts = z.prettifyError(error);
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The options of sqlite() are wrong: ${facts}`, zh: `sqlite() 的选项有误：${facts}` },
  });
}
