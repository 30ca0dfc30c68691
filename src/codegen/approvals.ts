import type { Actor, Approval, ApprovalDecision, AuditEntry, Runtime, Store } from "../contracts/index.ts";
import { ApprovalError, type Text } from "../errors/index.ts";

/**
 * Decides a pending approval, once: the policy is checked, then the decision is claimed. Throws `APPROVAL_NOT_FOUND`, `APPROVAL_FORBIDDEN`,
 * `APPROVAL_DECIDED`, `APPROVAL_EXPIRED` and `APPROVAL_CHANGED`. What is refused is written to the audit trail, too.
 */
export async function decide(store: Store, decision: ApprovalDecision, runtime: Pick<Runtime, "clock">): Promise<Approval> {
  const nowMs = runtime.clock.now();
  const pending = await store.getApproval(decision.id);
  if (pending === undefined) throw notFound(decision.id);
  const entryOf = (event: AuditEntry["event"], details: AuditEntry["details"]): AuditEntry => ({
    atMs: nowMs,
    event,
    runId: pending.runId,
    approvalId: pending.id,
    actor: decision.by,
    details,
  });
  const refusal = refusalOf(pending, decision);
  if (refusal !== undefined) {
    await store.appendAudit(entryOf("decision-refused", { code: refusal.code, decision: decision.decision }));
    throw refusal;
  }
  const event = decision.decision === "approve" ? "approval-approved" : "approval-rejected";
  const { claimed, approval } = await store.decideApproval(decision, nowMs, entryOf(event, { digest: decision.digest }));
  if (claimed && approval !== undefined) return approval;
  const lost = lostTo(approval ?? pending, nowMs);
  await store.appendAudit(entryOf("decision-refused", { code: lost.code, decision: decision.decision }));
  throw lost;
}

/** Throws `APPROVAL_FORBIDDEN` where this actor may not see to the approval at all. */
function refusalOf(approval: Approval, { by, digest, decision }: ApprovalDecision): ApprovalError | undefined {
  const { policy, askedBy } = approval;
  if (by.via !== policy.via) return forbidden(approval, NOT_THIS_WAY(policy.via));
  if (policy.approvers !== null && !policy.approvers.includes(by.id)) return forbidden(approval, NOT_AN_APPROVER(by));
  // Whoever asked may always take it back.
  if (!policy.selfApproval && decision === "approve" && isSame(by, askedBy)) return forbidden(approval, NOT_ONESELF);
  return digest === approval.digest ? undefined : changed(approval);
}

const NOT_THIS_WAY = (via: Actor["via"]): Text => ({
  en: `it was asked for through ${via}, and is decided there`,
  zh: `该请求来自 ${via}，只能在那里决定`,
});
const NOT_AN_APPROVER = (by: Actor): Text => ({ en: `${by.id} is not among the approvers`, zh: `${by.id} 不在审批人之列` });
const NOT_ONESELF: Text = { en: "nobody approves what they asked for themselves", zh: "不能批准自己提出的请求" };

function isSame(a: Actor, b: Actor): boolean {
  return a.via === b.via && a.id === b.id;
}

function notFound(id: string): ApprovalError {
  return new ApprovalError({
    code: "APPROVAL_NOT_FOUND",
    message: { en: `There is no approval ${id}.`, zh: `没有编号为 ${id} 的审批。` },
    hint: { en: "nephoscope approvals lists what is pending.", zh: "可用 nephoscope approvals 查看待审批的请求。" },
  });
}

function forbidden({ id }: Approval, why: Text): ApprovalError {
  return new ApprovalError({
    code: "APPROVAL_FORBIDDEN",
    message: { en: `The approval ${id} cannot be decided: ${why.en}.`, zh: `无法处理审批 ${id}：${why.zh}。` },
    hint: { en: "Ask somebody who may decide.", zh: "请让有权限的人处理。" },
  });
}

function changed({ id }: Approval): ApprovalError {
  return new ApprovalError({
    code: "APPROVAL_CHANGED",
    message: { en: `The decision is for something else than the approval ${id} shows.`, zh: `该决定与审批 ${id} 显示的内容不一致。` },
    hint: { en: "Look at the approval again, and decide what it shows now.", zh: "请重新查看审批内容后再决定。" },
  });
}

/** Why a decision came too late. */
function lostTo({ id, runId, status, decidedBy, expiresMs }: Approval, nowMs: number): ApprovalError {
  if (status === "pending" && expiresMs <= nowMs) return expired(id);
  const who = decidedBy?.id ?? "?";
  const approved = status === "approved";
  return new ApprovalError({
    code: "APPROVAL_DECIDED",
    message: {
      en: `The approval ${id} was ${approved ? "approved" : "rejected"} by ${who} before.`,
      zh: `审批 ${id} 已由 ${who} ${approved ? "批准" : "拒绝"}。`,
    },
    hint: { en: `See what became of its run: nephoscope resume ${runId}`, zh: `查看该次运行的结果：nephoscope resume ${runId}` },
    details: { decidedBy: who, status },
  });
}

export function expired(id: string): ApprovalError {
  return new ApprovalError({
    code: "APPROVAL_EXPIRED",
    message: { en: `The approval ${id} has expired.`, zh: `审批 ${id} 已过期。` },
    hint: { en: "Ask the question again.", zh: "请重新提问。" },
  });
}
