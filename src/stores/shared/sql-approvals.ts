import { z } from "zod";
import type { Approval, AuditEntry, AuditRecord, Store } from "../../contracts/index.ts";
import { linkAudit } from "./audit-chain.ts";
import { decidedApproval } from "./decided-approval.ts";
import type { SqlConnection, SqlRow, SqlValue, Transaction } from "./sql-connection.ts";
import type { SqlStatements } from "./sql-statements.ts";
import { damagedStore } from "./store-failures.ts";

/** Records of the chain that are read at a time. */
const RECORDS_PER_READ = 500;

type ApprovalMethods = Pick<Store, "putApproval" | "getApproval" | "listApprovals" | "decideApproval" | "appendAudit" | "audit">;

/** What a decision sets besides the status. */
type Decision = Pick<Approval, "approvedBy" | "decidedBy" | "decidedMs" | "comment">;
type Asked = Omit<Approval, keyof Decision | "status">;

/** Approvals and the audit chain. `lockAudit` keeps other writers from the chain until the transaction ends. */
export function sqlApprovals(connection: SqlConnection, sql: SqlStatements, lockAudit: () => Transaction<void>): ApprovalMethods {
  function* append(entry: AuditEntry): Transaction<void> {
    yield* lockAudit();
    const { rows } = yield { sql: sql.lastAudit, values: [] };
    const record = linkAudit(entry, rows[0] === undefined ? undefined : toRecord(rows[0]));
    yield { sql: sql.appendAudit, values: [record.sequence, JSON.stringify(record)] };
  }

  const toApproval = async (row: SqlRow): Promise<Approval> => {
    const status = statusSchema.safeParse(row.status);
    if (!status.success) throw damagedStore("the status of an approval");
    const asked = await connection.decode<Asked>(row.approval, "an approval");
    const decision = await connection.decode<Decision>(row.decision, `the decision of ${asked.id}`);
    // Those of earlier versions do not say who approved so far.
    return { ...asked, status: status.data, ...decision, approvedBy: decision.approvedBy ?? [] };
  };

  const rowOf = async (id: string): Promise<SqlRow | undefined> => (await connection.read({ sql: sql.getApproval, values: [id] }))[0];

  return {
    async putApproval({ status, approvedBy, decidedBy, decidedMs, comment, ...asked }, entry) {
      const column = await connection.encode(asked satisfies Asked);
      const decision = await connection.encode({ approvedBy, decidedBy, decidedMs, comment } satisfies Decision);
      const { id, runId, createdMs, expiresMs, digest } = asked;
      await connection.writeThrough(function* () {
        const { changes } = yield { sql: sql.putApproval, values: [id, runId, createdMs, expiresMs, digest, status, column, decision] };
        if (changes > 0) yield* append(entry);
      });
    },

    async getApproval(id) {
      const row = await rowOf(id);
      return row === undefined ? undefined : toApproval(row);
    },

    async listApprovals({ status, runId }) {
      const rows = await connection.read({ sql: sql.listApprovals, values: [status ?? null, runId ?? null] });
      return Promise.all(rows.map(toApproval));
    },

    async decideApproval(decision, nowMs, entry) {
      // Again where somebody else decided in between: what stands then may still wait for a second approval.
      for (;;) {
        const row = await rowOf(decision.id);
        if (row === undefined) return { claimed: false, approval: undefined };
        const found = await toApproval(row);
        const approval = decidedApproval(found, decision, nowMs);
        if (approval === undefined) return { claimed: false, approval: found };
        const { id, status, approvedBy, decidedBy, decidedMs, comment } = approval;
        const column = await connection.encode({ approvedBy, decidedBy, decidedMs, comment } satisfies Decision);
        const claimed = await connection.writeThrough(function* () {
          const { changes } = yield { sql: sql.decideApproval, values: [status, column, id, row.decision as SqlValue] };
          if (changes > 0) yield* append(entry);
          return changes > 0;
        });
        if (claimed) return { claimed, approval };
      }
    },

    async appendAudit(entry) {
      await connection.writeThrough(() => append(entry));
    },

    async *audit() {
      for (let from = 0; ; ) {
        const rows = await connection.read({ sql: sql.audit, values: [from, RECORDS_PER_READ] });
        for (const row of rows) {
          from = Number(row.sequence);
          yield toRecord(row);
        }
        if (rows.length < RECORDS_PER_READ) return;
      }
    },
  };
}

const statusSchema = z.enum(["pending", "approved", "rejected", "revised"]);

/** No more than what linking needs: whether the rest is as it was written is for `verifyAudit` to say. */
const recordSchema = z.looseObject({ sequence: z.number(), previous: z.string(), hash: z.string() });

function toRecord(row: SqlRow): AuditRecord {
  try {
    return recordSchema.parse(JSON.parse(String(row.record))) as unknown as AuditRecord;
  } catch (error) {
    const hint = {
      en: "Somebody or something changed the audit chain. Keep the store as it is, and look at who can write to it.",
      zh: "审计链被改动过。请保留该存储原样，并检查谁可以写入它。",
    };
    throw damagedStore(`record ${row.sequence} of the audit chain`, hint, error);
  }
}
