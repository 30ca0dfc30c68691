import type { Approval, ApprovalDecision } from "../../contracts/index.ts";

/** The approval after a decision that counts; undefined where it does not: late, of another digest, or the second of one person. */
export function decidedApproval(approval: Approval, decision: ApprovalDecision, nowMs: number): Approval | undefined {
  const { by, comment = null } = decision;
  if (approval.status !== "pending" || approval.expiresMs <= nowMs || approval.digest !== decision.digest) return undefined;
  if (decision.decision !== "approve") {
    const status = decision.decision === "reject" ? "rejected" : "revised";
    return { ...approval, status, decidedBy: by, decidedMs: nowMs, comment };
  }
  if (approval.approvedBy.some((earlier) => earlier.by.via === by.via && earlier.by.id === by.id)) return undefined;
  const approvedBy = [...approval.approvedBy, { by, atMs: nowMs }];
  const needed = approval.kind === "write" ? (approval.policy.writeApprovals ?? 1) : 1;
  if (approvedBy.length < needed) return { ...approval, approvedBy };
  return { ...approval, approvedBy, status: "approved", decidedBy: by, decidedMs: nowMs, comment };
}
