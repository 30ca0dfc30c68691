import type { Store, StoredRecord } from "../../contracts/index.ts";
import type { SqlConnection, SqlRow } from "./sql-connection.ts";
import type { SqlStatements } from "./sql-statements.ts";

/** Records that are read at a time. */
const RECORDS_PER_READ = 200;

type RecordMethods = Pick<Store, "writeRecord" | "readRecord" | "listRecords" | "removeRecord">;

/** Small documents that are written by compare-and-swap. */
export function sqlRecords(connection: SqlConnection, sql: SqlStatements): RecordMethods {
  const toRecord = async (row: SqlRow): Promise<StoredRecord> => ({
    kind: String(row.kind),
    key: String(row.key),
    version: Number(row.version),
    value: await connection.decode(row.value, `the record ${row.kind} ${row.key}`),
    createdMs: Number(row.created_ms),
    expiresMs: row.expires_ms === null ? null : Number(row.expires_ms),
  });

  return {
    async writeRecord({ kind, key, value, createdMs, expiresMs }, version, nowMs) {
      const column = await connection.encode(value);
      return connection.write(function* () {
        if (version > 0) {
          const { changes } = yield { sql: sql.replaceRecord, values: [column, createdMs, expiresMs, kind, key, version, nowMs] };
          return changes > 0 ? version + 1 : 0;
        }
        const { changes } = yield { sql: sql.createRecord, values: [kind, key, column, createdMs, expiresMs, nowMs] };
        if (changes === 0) return 0;
        const { rows } = yield { sql: sql.recordVersion, values: [kind, key] };
        return Number(rows[0]?.version);
      });
    },

    async readRecord(kind, key, nowMs) {
      const [row] = await connection.read({ sql: sql.readRecord, values: [kind, key, nowMs] });
      return row === undefined ? undefined : toRecord(row);
    },

    async *listRecords(kind, nowMs) {
      for (let from: readonly [number, string] = [Number.MIN_SAFE_INTEGER, ""]; ; ) {
        const rows = await connection.read({ sql: sql.listRecords, values: [kind, nowMs, from[0], from[0], from[1], RECORDS_PER_READ] });
        for (const row of rows) {
          const record = await toRecord(row);
          from = [record.createdMs, record.key];
          yield record;
        }
        if (rows.length < RECORDS_PER_READ) return;
      }
    },

    async removeRecord(kind, key, version) {
      return connection.write(function* () {
        return (yield { sql: sql.removeRecord, values: [kind, key, version] }).changes > 0;
      });
    },
  };
}
