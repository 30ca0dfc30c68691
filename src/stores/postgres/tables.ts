/**
 * What makes the tables of each version out of those of the one before; `schema_version` says how many the database has seen. Steps that
 * have been published are never changed. Names are compared by their bytes, so that lists are in the same order everywhere. JSON lies as
 * text: PostgreSQL compresses it by itself, and `jsonb` would refuse characters that questions may hold.
 */
export function schemaSteps(schema: string): readonly string[] {
  const name = 'TEXT COLLATE "C" NOT NULL';
  const table = (columns: string) => `CREATE TABLE ${schema}.${columns};`;
  return [
    [
      table(`runs (run_id ${name} PRIMARY KEY, started_ms BIGINT NOT NULL, question TEXT NOT NULL, thread TEXT,
        status TEXT NOT NULL, plan TEXT, document TEXT)`),
      `CREATE INDEX runs_by_start ON ${schema}.runs (started_ms DESC, run_id DESC);`,
      table(`events (run_id ${name}, sequence BIGINT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (run_id, sequence))`),
      table(`results (run_id ${name}, step_id ${name}, head TEXT NOT NULL, PRIMARY KEY (run_id, step_id))`),
      table(`result_rows (run_id ${name}, step_id ${name}, chunk INTEGER NOT NULL, rows TEXT NOT NULL,
        PRIMARY KEY (run_id, step_id, chunk))`),
      table(`threads (thread ${name} PRIMARY KEY, run_id ${name})`),
      `CREATE INDEX threads_by_run ON ${schema}.threads (run_id);`,
      table(`holders (run_id ${name} PRIMARY KEY, holder TEXT NOT NULL)`),
      table(`approvals (approval_id ${name} PRIMARY KEY, run_id ${name}, created_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL,
        digest TEXT NOT NULL, status TEXT NOT NULL, approval TEXT NOT NULL, decision TEXT NOT NULL)`),
      `CREATE INDEX approvals_by_run ON ${schema}.approvals (run_id);`,
      `CREATE INDEX approvals_by_status ON ${schema}.approvals (status, created_ms DESC);`,
      table(`calls (run_id ${name}, key_hash ${name}, call TEXT NOT NULL, PRIMARY KEY (run_id, key_hash))`),
      table("audit (sequence BIGINT PRIMARY KEY, record TEXT NOT NULL)"),
      table(`learned_tools (name ${name} PRIMARY KEY, tool TEXT NOT NULL)`),
    ].join("\n"),
    `ALTER TABLE ${schema}.runs ADD COLUMN on_behalf TEXT;`,
    [
      table(`records (kind ${name}, key ${name}, version BIGINT NOT NULL, value TEXT NOT NULL, created_ms BIGINT NOT NULL,
        expires_ms BIGINT, PRIMARY KEY (kind, key))`),
      `CREATE INDEX records_by_age ON ${schema}.records (kind, created_ms, key);`,
      `CREATE INDEX records_by_end ON ${schema}.records (expires_ms);`,
    ].join("\n"),
  ];
}
