import { ANSWER_STEP } from "../../contracts/index.ts";

export type SqlStatements = ReturnType<typeof sqlStatements>;

/**
 * What stores on SQL say, in the words that SQLite and PostgreSQL share; `at` stands before every table: a schema and a dot, or nothing.
 * Selecting statements begin with SELECT.
 */
export function sqlStatements(at: "" | `${string}.`) {
  const runColumns = "run_id, started_ms, question, thread, status, plan, document, on_behalf";
  const approvalColumns = "approval, status, decision";
  const recordColumns = "kind, key, version, value, created_ms, expires_ms";
  const isLive = "(expires_ms IS NULL OR expires_ms > ?)";
  const oldRuns = `SELECT run_id FROM ${at}runs WHERE started_ms < ?`;
  return {
    putRun: `INSERT INTO ${at}runs (${runColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (run_id) DO UPDATE SET started_ms = excluded.started_ms, question = excluded.question, thread = excluded.thread,
        status = excluded.status, plan = excluded.plan, document = excluded.document, on_behalf = excluded.on_behalf`,
    dropStepRows: `DELETE FROM ${at}result_rows WHERE run_id = ? AND step_id <> '${ANSWER_STEP}'`,
    dropSteps: `DELETE FROM ${at}results WHERE run_id = ? AND step_id <> '${ANSWER_STEP}'`,
    dropCalls: `DELETE FROM ${at}calls WHERE run_id = ?`,
    getRun: `SELECT ${runColumns} FROM ${at}runs WHERE run_id = ?`,
    listRuns: `SELECT ${runColumns} FROM ${at}runs ORDER BY started_ms DESC, run_id DESC LIMIT ?`,

    appendEvent: `INSERT INTO ${at}events (run_id, sequence, event) VALUES (?, ?, ?)`,
    events: `SELECT event FROM ${at}events WHERE run_id = ? AND sequence >= ? ORDER BY sequence`,

    putResult: `INSERT INTO ${at}results (run_id, step_id, head) VALUES (?, ?, ?)
      ON CONFLICT (run_id, step_id) DO UPDATE SET head = excluded.head`,
    dropResultRows: `DELETE FROM ${at}result_rows WHERE run_id = ? AND step_id = ?`,
    putResultRows: `INSERT INTO ${at}result_rows (run_id, step_id, chunk, rows) VALUES (?, ?, ?, ?)`,
    getResult: `SELECT head, rows FROM ${at}results LEFT JOIN ${at}result_rows USING (run_id, step_id)
      WHERE run_id = ? AND step_id = ? ORDER BY chunk`,

    getThread: `SELECT run_id FROM ${at}threads WHERE thread = ?`,
    putThread: `INSERT INTO ${at}threads (thread, run_id) VALUES (?, ?) ON CONFLICT (thread) DO UPDATE SET run_id = excluded.run_id`,

    claimRun: `INSERT INTO ${at}holders AS held (run_id, holder) VALUES (?, ?)
      ON CONFLICT (run_id) DO UPDATE SET holder = excluded.holder WHERE held.holder = ?`,
    getHolder: `SELECT holder FROM ${at}holders WHERE run_id = ?`,
    releaseRun: `DELETE FROM ${at}holders WHERE run_id = ? AND holder = ?`,

    putApproval: `INSERT INTO ${at}approvals (approval_id, run_id, created_ms, expires_ms, digest, status, approval, decision)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (approval_id) DO NOTHING`,
    getApproval: `SELECT ${approvalColumns} FROM ${at}approvals WHERE approval_id = ?`,
    listApprovals: `SELECT ${approvalColumns} FROM ${at}approvals WHERE status = COALESCE(?, status) AND run_id = COALESCE(?, run_id)
      ORDER BY created_ms DESC, approval_id DESC`,
    decideApproval: `UPDATE ${at}approvals SET status = ?, decision = ? WHERE approval_id = ? AND status = 'pending' AND decision = ?`,

    putCall: `INSERT INTO ${at}calls (run_id, key_hash, call) VALUES (?, ?, ?)
      ON CONFLICT (run_id, key_hash) DO UPDATE SET call = excluded.call`,
    getCall: `SELECT call FROM ${at}calls WHERE run_id = ? AND key_hash = ?`,

    lastAudit: `SELECT sequence, record FROM ${at}audit ORDER BY sequence DESC LIMIT 1`,
    appendAudit: `INSERT INTO ${at}audit (sequence, record) VALUES (?, ?)`,
    audit: `SELECT sequence, record FROM ${at}audit WHERE sequence > ? ORDER BY sequence LIMIT ?`,

    putLearnedTool: `INSERT INTO ${at}learned_tools (name, tool) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET tool = excluded.tool`,
    getLearnedTool: `SELECT tool FROM ${at}learned_tools WHERE name = ?`,
    listLearnedTools: `SELECT tool FROM ${at}learned_tools ORDER BY name`,
    removeLearnedTool: `DELETE FROM ${at}learned_tools WHERE name = ?`,

    createRecord: `INSERT INTO ${at}records AS old (kind, key, version, value, created_ms, expires_ms) VALUES (?, ?, 1, ?, ?, ?)
      ON CONFLICT (kind, key) DO UPDATE SET version = old.version + 1, value = excluded.value, created_ms = excluded.created_ms,
        expires_ms = excluded.expires_ms WHERE old.expires_ms <= ?`,
    recordVersion: `SELECT version FROM ${at}records WHERE kind = ? AND key = ?`,
    replaceRecord: `UPDATE ${at}records SET version = version + 1, value = ?, created_ms = ?, expires_ms = ?
      WHERE kind = ? AND key = ? AND version = ? AND ${isLive}`,
    readRecord: `SELECT ${recordColumns} FROM ${at}records WHERE kind = ? AND key = ? AND ${isLive}`,
    listRecords: `SELECT ${recordColumns} FROM ${at}records WHERE kind = ? AND ${isLive}
      AND (created_ms > ? OR (created_ms = ? AND key > ?)) ORDER BY created_ms, key LIMIT ?`,
    removeRecord: `DELETE FROM ${at}records WHERE kind = ? AND key = ? AND version = ?`,
    pruneRecords: `DELETE FROM ${at}records WHERE expires_ms <= ?`,

    prune: ["events", "results", "result_rows", "threads", "holders", "approvals", "calls"].map(
      (table) => `DELETE FROM ${at}${table} WHERE run_id IN (${oldRuns})`,
    ),
    pruneRuns: `DELETE FROM ${at}runs WHERE started_ms < ?`,
  } as const;
}
