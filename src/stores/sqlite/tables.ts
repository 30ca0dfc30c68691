/**
 * What makes the tables of each version out of those of the one before; the file's `user_version` says how many it has seen. Steps that have
 * been published are never changed.
 */
export const SCHEMA_STEPS: readonly string[] = [
  `CREATE TABLE runs (
    run_id TEXT PRIMARY KEY, started_ms INTEGER NOT NULL, question TEXT NOT NULL, thread TEXT,
    status TEXT NOT NULL, plan, document
  ) WITHOUT ROWID;
  CREATE INDEX runs_by_start ON runs (started_ms DESC, run_id DESC);
  CREATE TABLE events (run_id TEXT NOT NULL, sequence INTEGER NOT NULL, event NOT NULL, PRIMARY KEY (run_id, sequence));
  CREATE TABLE results (
    run_id TEXT NOT NULL, step_id TEXT NOT NULL, head NOT NULL, PRIMARY KEY (run_id, step_id)
  );
  CREATE TABLE result_rows (
    run_id TEXT NOT NULL, step_id TEXT NOT NULL, chunk INTEGER NOT NULL, rows NOT NULL, PRIMARY KEY (run_id, step_id, chunk)
  );
  CREATE TABLE threads (thread TEXT PRIMARY KEY, run_id TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX threads_by_run ON threads (run_id);`,

  `CREATE TABLE holders (run_id TEXT PRIMARY KEY, holder TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE approvals (
    approval_id TEXT PRIMARY KEY, run_id TEXT NOT NULL, created_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL,
    digest TEXT NOT NULL, status TEXT NOT NULL, approval NOT NULL, decision NOT NULL
  );
  CREATE INDEX approvals_by_run ON approvals (run_id);
  CREATE INDEX approvals_by_status ON approvals (status, created_ms DESC);
  CREATE TABLE calls (run_id TEXT NOT NULL, key_hash TEXT NOT NULL, call NOT NULL, PRIMARY KEY (run_id, key_hash));
  CREATE TABLE audit (sequence INTEGER PRIMARY KEY, record TEXT NOT NULL);
  CREATE TABLE learned_tools (name TEXT PRIMARY KEY, tool NOT NULL);
  CREATE TABLE checkpoints (
    thread_id TEXT NOT NULL, namespace TEXT NOT NULL, checkpoint_id TEXT NOT NULL, parent_id TEXT,
    checkpoint NOT NULL, metadata NOT NULL, PRIMARY KEY (thread_id, namespace, checkpoint_id)
  );
  CREATE TABLE checkpoint_values (
    thread_id TEXT NOT NULL, namespace TEXT NOT NULL, channel TEXT NOT NULL, version TEXT NOT NULL,
    encoding TEXT NOT NULL, value NOT NULL, PRIMARY KEY (thread_id, namespace, channel, version)
  );
  CREATE TABLE checkpoint_writes (
    thread_id TEXT NOT NULL, namespace TEXT NOT NULL, checkpoint_id TEXT NOT NULL, task_id TEXT NOT NULL, position INTEGER NOT NULL,
    task_path TEXT NOT NULL, channel TEXT NOT NULL, encoding TEXT NOT NULL, value NOT NULL,
    PRIMARY KEY (thread_id, namespace, checkpoint_id, task_id, position)
  );`,

  "ALTER TABLE runs ADD COLUMN on_behalf;",

  `CREATE TABLE records (
    kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, value NOT NULL, created_ms INTEGER NOT NULL, expires_ms INTEGER,
    PRIMARY KEY (kind, key)
  );
  CREATE INDEX records_by_age ON records (kind, created_ms, key);
  CREATE INDEX records_by_end ON records (expires_ms);`,
];
