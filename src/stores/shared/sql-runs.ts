import { z } from "zod";
import type { Row, RunEvent, Store, StoredResult, StoredRun } from "../../contracts/index.ts";
import type { SqlConnection, SqlRow, SqlValue, Transaction } from "./sql-connection.ts";
import type { SqlStatements } from "./sql-statements.ts";
import { damagedStore, eventTaken } from "./store-failures.ts";

/** Rows of one result that lie together in one compressed cell. */
const ROWS_PER_CHUNK = 1000;

type RunMethods = Pick<
  Store,
  "putRun" | "getRun" | "listRuns" | "appendEvents" | "events" | "putResult" | "getResult" | "getThread" | "putThread"
>;

type OnBehalf = NonNullable<StoredRun["onBehalf"]>;

/** All of a result but its rows. */
type ResultHead = Omit<StoredResult, "runId" | "stepId" | "table"> & Pick<StoredResult["table"], "columns">;

/** Runs with their events, results and threads. `dropCheckpoints` is run where a run is put as answered. */
export function sqlRuns(connection: SqlConnection, sql: SqlStatements, dropCheckpoints: (runId: string) => Transaction<void>): RunMethods {
  const toRun = async (row: SqlRow): Promise<StoredRun> => {
    const runId = String(row.run_id);
    const status = statusSchema.safeParse(row.status);
    if (!status.success) throw damagedStore(`the status of run ${runId}`);
    return {
      runId,
      startedMs: Number(row.started_ms),
      question: String(row.question),
      thread: row.thread === null ? null : String(row.thread),
      status: status.data,
      plan: row.plan === null ? null : await connection.decode<StoredRun["plan"]>(row.plan, `the plan of run ${runId}`),
      document: row.document === null ? null : await connection.decode<StoredRun["document"]>(row.document, `the answer of run ${runId}`),
      ...(row.on_behalf === null ? {} : { onBehalf: await connection.decode<OnBehalf>(row.on_behalf, `who asked for run ${runId}`) }),
    };
  };

  return {
    async putRun(run) {
      const plan = run.plan === null ? null : await connection.encode(run.plan);
      const document = run.document === null ? null : await connection.encode(run.document);
      const onBehalf = run.onBehalf === undefined ? null : await connection.encode(run.onBehalf);
      await connection.write(function* () {
        yield { sql: sql.putRun, values: [run.runId, run.startedMs, run.question, run.thread, run.status, plan, document, onBehalf] };
        if (run.status !== "answered") return;
        for (const drop of [sql.dropStepRows, sql.dropSteps, sql.dropCalls]) yield { sql: drop, values: [run.runId] };
        yield* dropCheckpoints(run.runId);
      });
    },

    async getRun(runId) {
      const [row] = await connection.read({ sql: sql.getRun, values: [runId] });
      return row === undefined ? undefined : toRun(row);
    },

    async listRuns(limit) {
      return Promise.all((await connection.read({ sql: sql.listRuns, values: [limit] })).map(toRun));
    },

    async appendEvents(events) {
      const columns: SqlValue[] = [];
      for (const event of events) columns.push(await connection.encode(event));
      await connection.write(function* () {
        for (const [index, event] of events.entries()) {
          try {
            yield { sql: sql.appendEvent, values: [event.runId, event.sequence, columns[index] ?? null] };
          } catch (error) {
            throw connection.isTaken(error) ? eventTaken(event) : error;
          }
        }
      });
    },

    async events(runId, fromSequence) {
      const rows = await connection.read({ sql: sql.events, values: [runId, fromSequence] });
      return Promise.all(rows.map((row) => connection.decode<RunEvent>(row.event, `an event of run ${runId}`)));
    },

    async putResult({ runId, stepId, table, ...rest }) {
      const head = await connection.encode({ ...rest, columns: table.columns } satisfies ResultHead);
      // The caller may go on filling its array while these are encoded.
      const rows = [...table.rows];
      const chunks: SqlValue[] = [];
      for (let start = 0; start < rows.length; start += ROWS_PER_CHUNK) {
        chunks.push(await connection.encode(rows.slice(start, start + ROWS_PER_CHUNK)));
      }
      await connection.write(function* () {
        yield { sql: sql.putResult, values: [runId, stepId, head] };
        yield { sql: sql.dropResultRows, values: [runId, stepId] };
        for (const [index, chunk] of chunks.entries()) yield { sql: sql.putResultRows, values: [runId, stepId, index, chunk] };
      });
    },

    async getResult(runId, stepId) {
      const what = `the result of step ${stepId} of run ${runId}`;
      // One statement, so that a result that is being replaced is seen whole.
      const found = await connection.read({ sql: sql.getResult, values: [runId, stepId] });
      if (found[0] === undefined) return undefined;
      const { columns, ...rest } = await connection.decode<ResultHead>(found[0].head, what);
      const rows: Row[] = [];
      for (const { rows: chunk } of found) {
        if (chunk !== null) for (const row of await connection.decode<Row[]>(chunk, what)) rows.push(row);
      }
      return { runId, stepId, table: { columns, rows }, ...rest };
    },

    async getThread(thread) {
      const [row] = await connection.read({ sql: sql.getThread, values: [thread] });
      return row === undefined ? undefined : String(row.run_id);
    },

    async putThread(thread, runId) {
      await connection.write(function* () {
        yield { sql: sql.putThread, values: [thread, runId] };
      });
    },
  };
}

const statusSchema = z.enum(["running", "waiting", "answered", "failed"]);
