import type { Approval } from "nephoscope";

/** Says what cards of these approvals show, so that a decision made elsewhere is noticed. */
export function fingerprintOf(approvals: readonly Approval[], nowMs: number): string {
  return approvals.map((approval) => `${approval.id} ${standing(approval, nowMs)} ${approval.approvedBy?.length ?? 0}`).join("; ");
}

export function standing({ status, expiresMs }: Approval, nowMs: number): Approval["status"] | "expired" {
  return status === "pending" && expiresMs <= nowMs ? "expired" : status;
}
