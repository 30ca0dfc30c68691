import { ANSWER_STEP } from "../../contracts/index.ts";

const RUN_COLUMNS = "run_id, started_ms, question, thread, status, plan, document";
const OLD_RUNS = "SELECT run_id FROM runs WHERE started_ms < ?";

/** Each is prepared once, on first use. */
export const SQL = {
  putRun: `INSERT INTO runs (${RUN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (run_id) DO UPDATE SET started_ms = excluded.started_ms, question = excluded.question, thread = excluded.thread,
      status = excluded.status, plan = excluded.plan, document = excluded.document`,
  dropStepRows: `DELETE FROM result_rows WHERE run_id = ? AND step_id <> '${ANSWER_STEP}'`,
  dropSteps: `DELETE FROM results WHERE run_id = ? AND step_id <> '${ANSWER_STEP}'`,
  getRun: `SELECT ${RUN_COLUMNS} FROM runs WHERE run_id = ?`,
  listRuns: `SELECT ${RUN_COLUMNS} FROM runs ORDER BY started_ms DESC, run_id DESC LIMIT ?`,
  appendEvent: "INSERT INTO events (run_id, sequence, event) VALUES (?, ?, ?)",
  events: "SELECT event FROM events WHERE run_id = ? AND sequence >= ? ORDER BY sequence",
  putResult: "INSERT OR REPLACE INTO results (run_id, step_id, head) VALUES (?, ?, ?)",
  dropResultRows: "DELETE FROM result_rows WHERE run_id = ? AND step_id = ?",
  putResultRows: "INSERT INTO result_rows (run_id, step_id, chunk, rows) VALUES (?, ?, ?, ?)",
  getResult: `SELECT head, rows FROM results LEFT JOIN result_rows USING (run_id, step_id)
    WHERE run_id = ? AND step_id = ? ORDER BY chunk`,
  getThread: "SELECT run_id FROM threads WHERE thread = ?",
  putThread: "INSERT OR REPLACE INTO threads (thread, run_id) VALUES (?, ?)",
  pruneEvents: `DELETE FROM events WHERE run_id IN (${OLD_RUNS})`,
  pruneResults: `DELETE FROM results WHERE run_id IN (${OLD_RUNS})`,
  pruneResultRows: `DELETE FROM result_rows WHERE run_id IN (${OLD_RUNS})`,
  pruneThreads: `DELETE FROM threads WHERE run_id IN (${OLD_RUNS})`,
  pruneRuns: "DELETE FROM runs WHERE started_ms < ?",
} as const;
