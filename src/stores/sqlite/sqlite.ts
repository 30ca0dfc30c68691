import { z } from "zod";
import type { Runtime, Store } from "../../contracts/index.ts";
import { ConfigurationError } from "../../errors/index.ts";
import { nodeRuntime } from "../../runtime/index.ts";
import { sqlStatements } from "../shared/sql-statements.ts";
import { sqlStore } from "../shared/sql-store.ts";
import { dropCheckpoints, pruneCheckpoints } from "./checkpoint-statements.ts";
import { openDatabase } from "./database.ts";
import { SqliteConnection } from "./sqlite-connection.ts";
import { defaultStorePath } from "./store-path.ts";

export interface SqliteOptions {
  /** The database file; its folder is made where it is missing. @defaultValue `NEPHOSCOPE_STORE`, else the user's state folder */
  readonly path?: string;
  readonly runtime?: Partial<Runtime>;
}

const optionsSchema = z.strictObject({ path: z.string().min(1).optional(), runtime: z.custom<Partial<Runtime>>().optional() });

/** Keeps runs in one file that several processes may use at once. Opened on first use; failures are `StoreError`. */
export function sqlite(options: SqliteOptions = {}): Store {
  const checked = optionsSchema.safeParse(options);
  if (!checked.success) throw invalidOptions(checked.error);
  const runtime = nodeRuntime(options.runtime);
  const path = options.path ?? defaultStorePath(runtime.env);
  const connection = new SqliteConnection(path, () => openDatabase(path, runtime.clock));
  return sqlStore({
    id: "sqlite",
    connection,
    sql: sqlStatements(""),
    // One process writes at a time anyway.
    *lockAudit() {},
    async checkpointer() {
      await connection.opened();
      // Not before it is asked for: it loads LangGraph.
      const { SqliteCheckpointer } = await import("./checkpointer.ts");
      return new SqliteCheckpointer(connection, runtime.random);
    },
    dropCheckpoints,
    pruneCheckpoints,
  });
}

function invalidOptions(error: z.ZodError): ConfigurationError {
  const facts = z.prettifyError(error);
  return new ConfigurationError({
    code: "CONFIGURATION_INVALID",
    message: { en: `The options of sqlite() are wrong: ${facts}`, zh: `sqlite() 的选项有误：${facts}` },
  });
}
