import type { Transaction } from "../shared/sql-connection.ts";

const TABLES = ["checkpoints", "checkpoint_values", "checkpoint_writes"] as const;

export const CHECKPOINT_SQL = {
  put: `INSERT INTO checkpoints (thread_id, namespace, checkpoint_id, parent_id, checkpoint, metadata) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET parent_id = excluded.parent_id, checkpoint = excluded.checkpoint, metadata = excluded.metadata`,
  putValue: `INSERT INTO checkpoint_values (thread_id, namespace, channel, version, encoding, value) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`,
  putWrite: `INSERT INTO checkpoint_writes (thread_id, namespace, checkpoint_id, task_id, position, task_path, channel, encoding, value)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  replaceWrite: `INSERT INTO checkpoint_writes (thread_id, namespace, checkpoint_id, task_id, position, task_path, channel, encoding, value)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET task_path = excluded.task_path, channel = excluded.channel, encoding = excluded.encoding, value = excluded.value`,
  get: "SELECT * FROM checkpoints WHERE thread_id = ? AND namespace = ? AND checkpoint_id = ?",
  latest: "SELECT * FROM checkpoints WHERE thread_id = ? AND namespace = ? ORDER BY checkpoint_id DESC LIMIT 1",
  list: `SELECT * FROM checkpoints
    WHERE thread_id = COALESCE(?1, thread_id) AND namespace = COALESCE(?2, namespace) AND checkpoint_id = COALESCE(?3, checkpoint_id)
      AND (?4 IS NULL OR checkpoint_id < ?4)
    ORDER BY checkpoint_id DESC`,
  /** The third is an object, channel to version, as JSON. */
  values: `SELECT channel, encoding, checkpoint_values.value AS value FROM checkpoint_values
    JOIN json_each(?) AS wanted ON channel = wanted.key AND version = wanted.value WHERE thread_id = ? AND namespace = ?`,
  /** Bytes of UTF-8 are compared: the order of code points, as LangGraph sorts the writes of a superstep. */
  writes: `SELECT task_id, channel, encoding, value FROM checkpoint_writes WHERE thread_id = ? AND namespace = ? AND checkpoint_id = ?
    ORDER BY task_path, task_id, position`,
  dropThread: TABLES.map((table) => `DELETE FROM ${table} WHERE thread_id = ?`),
} as const;

// Threads of a run are called RUN or RUN/STEP; "0" is the character after "/", so that the key's index finds them.
const OF_RUN = "(thread_id = ?1 OR (thread_id >= ?1 || '/' AND thread_id < ?1 || '0'))";
const OF_OLD_RUNS = "substr(thread_id || '/', 1, instr(thread_id || '/', '/') - 1) IN (SELECT run_id FROM runs WHERE started_ms < ?)";

export function* dropCheckpoints(runId: string): Transaction<void> {
  for (const table of TABLES) yield { sql: `DELETE FROM ${table} WHERE ${OF_RUN}`, values: [runId] };
}

export function* pruneCheckpoints(beforeMs: number): Transaction<void> {
  for (const table of TABLES) yield { sql: `DELETE FROM ${table} WHERE ${OF_OLD_RUNS}`, values: [beforeMs] };
}
