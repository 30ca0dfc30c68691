import { type LearnedTool, type Store, type StoredCall, sha256 } from "../../contracts/index.ts";
import { sqlApprovals } from "./sql-approvals.ts";
import type { SqlConnection, Transaction } from "./sql-connection.ts";
import { sqlRecords } from "./sql-records.ts";
import { sqlRuns } from "./sql-runs.ts";
import type { SqlStatements } from "./sql-statements.ts";

/** What differs between databases. */
export interface SqlStoreParts {
  readonly id: string;
  readonly connection: SqlConnection;
  readonly sql: SqlStatements;
  /** Keeps other writers from the audit chain until the transaction ends. */
  lockAudit(): Transaction<void>;
  checkpointer(): Promise<object>;
  /** Drops the checkpoints of all threads of a run. */
  dropCheckpoints(runId: string): Transaction<void>;
  /** Drops the checkpoints of runs begun before, while those runs are still there. */
  pruneCheckpoints(beforeMs: number): Transaction<void>;
}

type StoredReply = Pick<StoredCall, "operation" | "reply">;

/** A store in an SQL database. */
export function sqlStore(parts: SqlStoreParts): Store {
  const { connection, sql } = parts;

  return {
    contractVersion: "store-v1",
    id: parts.id,
    ...sqlRuns(connection, sql, parts.dropCheckpoints),
    ...sqlApprovals(connection, sql, parts.lockAudit),
    ...sqlRecords(connection, sql),

    async claimRun(runId, holder, replaces) {
      return connection.write(function* () {
        yield { sql: sql.claimRun, values: [runId, holder, replaces ?? holder] };
        const { rows } = yield { sql: sql.getHolder, values: [runId] };
        const holds = String(rows[0]?.holder);
        return holds === holder ? undefined : holds;
      });
    },

    async releaseRun(runId, holder) {
      await connection.write(function* () {
        yield { sql: sql.releaseRun, values: [runId, holder] };
      });
    },

    async putCall({ runId, key, operation, reply }) {
      const column = await connection.encode({ operation, reply } satisfies StoredReply);
      await connection.write(function* () {
        // A key may hold whole inputs: too long for an index.
        yield { sql: sql.putCall, values: [runId, sha256(key), column] };
      });
    },

    async getCall(runId, key) {
      const [row] = await connection.read({ sql: sql.getCall, values: [runId, sha256(key)] });
      if (row === undefined) return undefined;
      return { runId, key, ...(await connection.decode<StoredReply>(row.call, `a reply of run ${runId}`)) };
    },

    async putLearnedTool(tool) {
      const column = await connection.encode(tool);
      await connection.writeThrough(function* () {
        yield { sql: sql.putLearnedTool, values: [tool.name, column] };
      });
    },

    async getLearnedTool(name) {
      const [row] = await connection.read({ sql: sql.getLearnedTool, values: [name] });
      return row === undefined ? undefined : connection.decode<LearnedTool>(row.tool, `the learned tool ${name}`);
    },

    async listLearnedTools() {
      const rows = await connection.read({ sql: sql.listLearnedTools, values: [] });
      return Promise.all(rows.map((row) => connection.decode<LearnedTool>(row.tool, "a learned tool")));
    },

    async removeLearnedTool(name) {
      return connection.writeThrough(function* () {
        return (yield { sql: sql.removeLearnedTool, values: [name] }).changes > 0;
      });
    },

    checkpointer: () => parts.checkpointer(),

    async prune(beforeMs) {
      const dropped = await connection.write(function* () {
        for (const drop of sql.prune) yield { sql: drop, values: [beforeMs] };
        yield* parts.pruneCheckpoints(beforeMs);
        yield { sql: sql.pruneRecords, values: [beforeMs] };
        return (yield { sql: sql.pruneRuns, values: [beforeMs] }).changes;
      });
      if (dropped > 0) await connection.reclaim();
      return dropped;
    },

    close: () => connection.close(),
  };
}
