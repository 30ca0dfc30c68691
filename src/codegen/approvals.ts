import {
  type Actor,
  type Approval,
  type ApprovalDecision,
  type AuditEntry,
  MAX_ATTEMPTS,
  type Runtime,
  type Store,
} from "../contracts/index.ts";
import { ApprovalError, type Text } from "../errors/index.ts";

/**
 * Decides a pending approval, once: the policy is checked, then the decision is claimed. Throws `APPROVAL_NOT_FOUND`, `APPROVAL_FORBIDDEN`,
 * `APPROVAL_DECIDED`, `APPROVAL_EXPIRED` and `APPROVAL_CHANGED`. What is refused is written to the audit trail, too. With `byRule` it is the
 * operator's own rule that decides, which no policy of people binds.
 */
export async function decide(
  store: Store,
  decision: ApprovalDecision,
  runtime: Pick<Runtime, "clock">,
  { byRule = false }: { readonly byRule?: boolean } = {},
): Promise<Approval> {
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
  const refusal =
    (byRule ? undefined : refusalOf(pending, decision)) ?? (decision.decision === "revise" ? await spent(store, pending) : undefined);
  if (refusal !== undefined) {
    await store.appendAudit(entryOf("decision-refused", { code: refusal.code, decision: decision.decision }));
    throw refusal;
  }
  const event = EVENTS[decision.decision];
  const { claimed, approval } = await store.decideApproval(decision, nowMs, entryOf(event, { digest: decision.digest }));
  if (claimed && approval !== undefined) return approval;
  const lost = lostTo(approval ?? pending, nowMs);
  await store.appendAudit(entryOf("decision-refused", { code: lost.code, decision: decision.decision }));
  throw lost;
}

const EVENTS = { approve: "approval-approved", reject: "approval-rejected", revise: "approval-revised" } as const;

/** Throws `APPROVAL_FORBIDDEN` where this actor may not see to the approval at all. */
function refusalOf(approval: Approval, { by, digest, decision, comment = "" }: ApprovalDecision): ApprovalError | undefined {
  const { policy, askedBy } = approval;
  if (by.via !== policy.via) return forbidden(approval, NOT_THIS_WAY(policy.via));
  // Whoever asked may always take it back, or have it changed: only to approve it is for others.
  if (!policy.selfApproval && decision === "approve" && isSame(by, askedBy)) return forbidden(approval, NOT_ONESELF);
  const isAskers = isSame(by, askedBy) && decision !== "approve";
  if (policy.approvers !== null && !isAskers && ![by.id, ...(by.groups ?? [])].some((id) => policy.approvers?.includes(id))) {
    return forbidden(approval, NOT_AN_APPROVER(by));
  }
  if (decision === "revise" && comment.trim() === "") return forbidden(approval, NO_COMMENT);
  return digest === approval.digest ? undefined : changed(approval);
}

/** Refuses changes where as many were made as attempts are allowed: each costs calls of the model. */
async function spent(store: Store, approval: Approval): Promise<ApprovalError | undefined> {
  const revised = await store.listApprovals({ runId: approval.runId, status: "revised" });
  const ofStep = revised.filter(({ stepId }) => stepId === approval.stepId);
  return ofStep.length < MAX_ATTEMPTS ? undefined : forbidden(approval, NO_MORE_CHANGES, { revisions: ofStep.length });
}

const NO_MORE_CHANGES: Text = {
  en: `it was changed ${MAX_ATTEMPTS} times; approve or reject it`,
  zh: `已修改 ${MAX_ATTEMPTS} 次，请批准或拒绝`,
};
const NO_COMMENT: Text = { en: "a request for changes says which", zh: "要求修改时请说明要改什么" };
const NOT_THIS_WAY = (via: Actor["via"]): Text => ({
  en: `it was asked for through ${via}, and is decided there`,
  zh: `该请求来自 ${via}，只能在那里决定`,
});
const NOT_AN_APPROVER = (by: Actor): Text => ({ en: `${by.id} is not among the approvers`, zh: `${by.id} 不在审批人之列` });
const NOT_TWICE: Text = { en: "you approved it already, and somebody else has to as well", zh: "您已批准，还需要另一位审批人批准" };
const OUTCOMES = {
  approved: { en: "approved", zh: "批准" },
  rejected: { en: "rejected", zh: "拒绝" },
  revised: { en: "sent back for changes", zh: "退回修改" },
} as const;
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

function forbidden({ id }: Approval, why: Text, details: ApprovalError["details"] = {}): ApprovalError {
  return new ApprovalError({
    code: "APPROVAL_FORBIDDEN",
    message: { en: `The approval ${id} cannot be decided: ${why.en}.`, zh: `无法处理审批 ${id}：${why.zh}。` },
    hint: { en: "Ask somebody who may decide.", zh: "请让有权限的人处理。" },
    details,
  });
}

function changed({ id }: Approval): ApprovalError {
  return new ApprovalError({
    code: "APPROVAL_CHANGED",
    message: { en: `The decision is for something else than the approval ${id} shows.`, zh: `该决定与审批 ${id} 显示的内容不一致。` },
    hint: { en: "Look at the approval again, and decide what it shows now.", zh: "请重新查看审批内容后再决定。" },
  });
}

/** Why a decision came too late, or is not the one that is missing. */
function lostTo(approval: Approval, nowMs: number): ApprovalError {
  const { id, runId, status, decidedBy, expiresMs } = approval;
  if (status === "pending" && expiresMs <= nowMs) return expired(id);
  if (status === "pending") return forbidden(approval, NOT_TWICE);
  const who = decidedBy?.id ?? "?";
  const outcome = OUTCOMES[status];
  return new ApprovalError({
    code: "APPROVAL_DECIDED",
    message: {
      en: `The approval ${id} was ${outcome.en} by ${who} before.`,
      zh: `审批 ${id} 已由 ${who} ${outcome.zh}。`,
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
