import type { Pool } from "pg";
import { z } from "zod";
import type { Runtime, Store } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import { nodeRuntime, optionalImport } from "../../runtime/index.ts";
import type { Transaction } from "../shared/sql-connection.ts";
import { sqlStatements } from "../shared/sql-statements.ts";
import { sqlStore } from "../shared/sql-store.ts";
import { AUDIT_LOCK, SCHEMA, SETUP_LOCK, TABLE_EXISTS } from "./database.ts";
import { PostgresConnection } from "./postgres-connection.ts";

export interface PostgresOptions {
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`; what it leaves out comes from libpq's variables and `~/.pgpass`. @defaultValue `NEPHOSCOPE_STORE` */
  readonly url?: string;
  readonly runtime?: Partial<Runtime>;
}

const optionsSchema = z.strictObject({ url: z.string().optional(), runtime: z.custom<Partial<Runtime>>().optional() });

/** Tables of LangGraph's checkpointer. */
const CHECKPOINT_TABLES = ["checkpoints", "checkpoint_blobs", "checkpoint_writes"];
const CHECKPOINTER = "@langchain/langgraph-checkpoint-postgres";

/**
 * Keeps runs in a PostgreSQL database that replicas share, in a schema called `nephoscope`, which is made where it is missing. Connects on
 * first use; failures are `StoreError`.
 */
export function postgres(options: PostgresOptions = {}): Store {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) throw invalidOptions(z.prettifyError(checked.error));
  const runtime = nodeRuntime(options.runtime);
  const url = checkedUrl(options.url ?? runtime.env.NEPHOSCOPE_STORE?.trim());
  const connection = new PostgresConnection(url);

  let making: Promise<object> | undefined;
  const makeCheckpointer = async (pool: Pool): Promise<object> => {
    // Not before it is asked for: it loads LangGraph.
    const { PostgresCheckpointer } = await optionalImport(CHECKPOINTER, () => import("./checkpointer.ts"));
    const checkpointer = new PostgresCheckpointer(pool, url, runtime.random);
    // It makes its tables without a lock of its own, and fails where another process does so at the same moment.
    await connection.locked(SETUP_LOCK, () => checkpointer.setup());
    return checkpointer;
  };

  function* onCheckpoints(where: string, value: string | number): Transaction<void> {
    const { rows } = yield { sql: TABLE_EXISTS, values: [SCHEMA, "checkpoint_writes"] };
    if (rows.length === 0) return;
    for (const table of CHECKPOINT_TABLES) yield { sql: `DELETE FROM ${SCHEMA}.${table} WHERE ${where}`, values: [value] };
  }

  return sqlStore({
    id: "postgres",
    connection,
    sql: sqlStatements(`${SCHEMA}.`),
    *lockAudit() {
      yield { sql: "SELECT pg_advisory_xact_lock(?)", values: [AUDIT_LOCK] };
    },
    async checkpointer() {
      const pool = await connection.opened();
      // Once: each that makes it at the same time would hold a connection, and in the end none would be left to make it with.
      making ??= makeCheckpointer(pool).catch((error) => {
        making = undefined;
        throw error;
      });
      return making;
    },
    dropCheckpoints: (runId) => onCheckpoints("split_part(thread_id, '/', 1) = ?", runId),
    pruneCheckpoints: (beforeMs) =>
      onCheckpoints(`split_part(thread_id, '/', 1) IN (SELECT run_id FROM ${SCHEMA}.runs WHERE started_ms < ?)`, beforeMs),
  });
}

function checkedUrl(given: string | undefined): URL {
  if (given !== undefined && /^postgres(ql)?:\/\//.test(given) && URL.canParse(given) && isDecodable(given)) return new URL(given);
  // The value is not repeated: it may hold a password.
  throw new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: "The store's URL is not one of PostgreSQL.", zh: "存储的 URL 不是 PostgreSQL 的 URL。" },
    hint: {
      en: "Example: NEPHOSCOPE_STORE=postgres://USER:PASSWORD@HOST:5432/DATABASE. Special characters in the password are percent-encoded.",
      zh: "示例：NEPHOSCOPE_STORE=postgres://用户:密码@主机:5432/数据库。密码中的特殊字符须做百分号编码。",
    },
    details: { variable: "NEPHOSCOPE_STORE" },
  });
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function invalidOptions(facts: string): ConfigurationError {
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The options of postgres() are wrong: ${facts}`, zh: `postgres() 的选项有误：${facts}` },
  });
}
