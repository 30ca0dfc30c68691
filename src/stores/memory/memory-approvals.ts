import type { Approval, AuditEntry, AuditRecord, LearnedTool, Store } from "../../contracts/index.ts";
import { linkAudit } from "../shared/audit-chain.ts";
import { decidedApproval } from "../shared/decided-approval.ts";

type ApprovalMethods = Pick<
  Store,
  | "putApproval"
  | "getApproval"
  | "listApprovals"
  | "decideApproval"
  | "appendAudit"
  | "audit"
  | "putLearnedTool"
  | "getLearnedTool"
  | "listLearnedTools"
  | "removeLearnedTool"
>;

/** Approvals, what is learned from them, and the audit chain. `open` throws once the store is closed. */
export function memoryApprovals(open: () => void): { readonly methods: ApprovalMethods; drop(runId: string): void } {
  const approvals = new Map<string, Approval>();
  const chain: AuditRecord[] = [];
  const tools = new Map<string, LearnedTool>();

  const append = (entry: AuditEntry) => {
    chain.push(linkAudit(entry, chain.at(-1)));
  };

  return {
    drop(runId) {
      for (const approval of approvals.values()) if (approval.runId === runId) approvals.delete(approval.id);
    },
    methods: {
      async putApproval(approval, entry) {
        open();
        if (approvals.has(approval.id)) return;
        approvals.set(approval.id, approval);
        append(entry);
      },
      async getApproval(id) {
        open();
        return approvals.get(id);
      },
      async listApprovals({ status, runId }) {
        open();
        return [...approvals.values()]
          .filter((approval) => (status ?? approval.status) === approval.status && (runId ?? approval.runId) === approval.runId)
          .sort((left, right) => right.createdMs - left.createdMs || (right.id < left.id ? -1 : 1));
      },
      async decideApproval(decision, nowMs, entry) {
        open();
        const found = approvals.get(decision.id);
        const approval = found === undefined ? undefined : decidedApproval(found, decision, nowMs);
        if (approval === undefined) return { claimed: false, approval: found };
        approvals.set(approval.id, approval);
        append(entry);
        return { claimed: true, approval };
      },
      async appendAudit(entry) {
        open();
        append(entry);
      },
      async *audit() {
        open();
        yield* chain;
      },
      async putLearnedTool(tool) {
        open();
        tools.set(tool.name, tool);
      },
      async getLearnedTool(name) {
        open();
        return tools.get(name);
      },
      async listLearnedTools() {
        open();
        return [...tools.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
      },
      async removeLearnedTool(name) {
        open();
        return tools.delete(name);
      },
    },
  };
}
