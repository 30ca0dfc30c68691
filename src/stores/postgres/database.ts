import type { ClientBase } from "pg";
import { StoreError } from "../../errors/index.ts";
import { schemaSteps } from "./tables.ts";

export const SCHEMA = "nephoscope";

// Advisory locks are the database's, and any program may use them: "NEPH" and a number.
export const SETUP_LOCK = 0x4e45_5048_01;
export const AUDIT_LOCK = 0x4e45_5048_02;

/** Makes the tables, or brings them up to date. Several may do so at once. */
export async function prepareDatabase(client: ClientBase, name: string): Promise<void> {
  const steps = schemaSteps(SCHEMA);
  if ((await versionOf(client)) === steps.length) return;
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [SETUP_LOCK]);
    const version = await versionOf(client);
    if (version > steps.length) throw newerSchema(name, version, steps.length);
    if (version === 0) {
      // Not IF NOT EXISTS alone, which asks for the right to make schemas even where there is nothing to make.
      const { rowCount } = await client.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [SCHEMA]);
      if (rowCount === 0) await client.query(`CREATE SCHEMA ${SCHEMA}`);
      await client.query(`CREATE TABLE ${SCHEMA}.schema_version (version INTEGER NOT NULL)`);
      await client.query(`INSERT INTO ${SCHEMA}.schema_version VALUES (0)`);
    }
    for (const step of steps.slice(version)) await client.query(step);
    await client.query(`UPDATE ${SCHEMA}.schema_version SET version = $1`, [steps.length]);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** Whether a table of the schema is there. Not `to_regclass`, which may remember from before a lock was waited for. */
export const TABLE_EXISTS = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = $2";

/** 0: there are no tables yet. */
async function versionOf(client: ClientBase): Promise<number> {
  const { rowCount } = await client.query(TABLE_EXISTS, [SCHEMA, "schema_version"]);
  if (rowCount === 0) return 0;
  return Number((await client.query(`SELECT version FROM ${SCHEMA}.schema_version`)).rows[0]?.version);
}

function newerSchema(name: string, version: number, known: number): StoreError {
  return new StoreError({
    code: "STORE_FAILED",
    message: {
      en: `The store ${name} cannot be used: it was written by a newer nephoscope (schema ${version}; this one knows ${known}).`,
      zh: `无法使用存储 ${name}：它由更新版本的 nephoscope 写入（结构版本 ${version}，本版本支持 ${known}）。`,
    },
    hint: { en: "Update nephoscope, or name another database.", zh: "请升级 nephoscope，或指定另一个数据库。" },
    details: { store: name },
  });
}
