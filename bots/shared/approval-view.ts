import { type Approval, formatTime, type Language } from "nephoscope";
import { estimateText, expiryText, operationFacts, placeLines, rehearsalLines, visibleLines, visibleText } from "nephoscope/presentation";
import type { ApprovalView } from "./run-view.ts";

export interface ApprovalContext {
  readonly nowMs: number;
  readonly timezone: string;
  readonly accountNames: Readonly<Record<string, string>>;
}

/** An approval as its card shows it: the body stays when it is decided, with who, when and what below. */
export function approvalView(approval: Approval, { nowMs, timezone, accountNames }: ApprovalContext): ApprovalView {
  const { language, subject } = approval;
  const status = approval.status === "pending" && approval.expiresMs <= nowMs ? "expired" : approval.status;
  return {
    id: approval.id,
    status,
    title: titleOf(approval, status),
    why: whyOf(approval),
    code: visibleLines(subject.program.code),
    codeLines: subject.program.code.split("\n").length,
    operations: operationFacts(approval).map(({ id, class: name, isRead, permission, calls }) => ({
      id,
      class: name,
      isRead,
      lines: [...(permission === null ? [] : [permission]), ...calls],
    })),
    places: placeLines(subject, language, accountNames),
    rehearsal: rehearsalLines(approval),
    estimate: estimateText(approval),
    emulated: subject.emulated,
    digest: approval.digest.slice(0, 12),
    // How long is left is of interest while somebody can decide.
    expires: expiryText(approval, { nowMs: status === "pending" ? nowMs : approval.expiresMs, timezone }),
    askedBy: visibleText(approval.askedBy.id),
    decisions: decisionsOf(approval, timezone),
    canDecide: status === "pending",
  };
}

const TITLES: Readonly<Record<ApprovalView["status"], Readonly<Record<Language, string>>>> = {
  pending: { en: "Approval needed", zh: "需要批准" },
  approved: { en: "Approved", zh: "已批准" },
  rejected: { en: "Rejected", zh: "已拒绝" },
  revised: { en: "Changes asked for", zh: "已要求修改" },
  expired: { en: "Expired", zh: "已过期" },
};

function titleOf({ kind, language, policy, approvedBy }: Approval, status: ApprovalView["status"]): string {
  const title = TITLES[status][language];
  const needed = kind === "write" ? (policy.writeApprovals ?? 1) : 1;
  if (status !== "pending" || needed === 1) return title;
  const counts = `${approvedBy.length}/${needed}`;
  return language === "zh" ? `${title}：需 ${needed} 人批准（${counts}）` : `${title}: by ${needed} people (${counts})`;
}

/** What it changes is said first, where it does. */
function whyOf({ kind, why, language, subject }: Approval): string {
  const said = visibleText(subject.program.purpose);
  const change = language === "zh" ? "⚠ 该程序会更改云上的资源。" : "⚠ This program changes something in the cloud.";
  const purpose = said === "" ? "" : language === "zh" ? `程序自述：${said}` : `The program says: ${said}`;
  return [...(kind === "write" ? [change] : []), visibleText(why), purpose].filter(Boolean).join(language === "zh" ? "" : " ");
}

function decisionsOf(approval: Approval, timezone: string): ApprovalView["decisions"] {
  const { approvedBy, status, decidedBy, decidedMs, comment, language } = approval;
  const zh = language === "zh";
  const approvals = approvedBy.map(({ by, atMs }) => ({
    by: visibleText(by.id),
    at: formatTime(atMs, timezone),
    text: zh ? "批准" : "approved",
  }));
  const ended = decidedBy !== null && decidedMs !== null && !(status === "approved" && approvals.length > 0);
  if (!ended) return approvals;
  const outcome = {
    approved: zh ? "批准" : "approved",
    rejected: zh ? "拒绝" : "rejected",
    revised: zh ? "要求修改" : "asked for changes",
  };
  const what = status === "pending" ? "" : outcome[status];
  const said = comment === null ? "" : zh ? `：${visibleText(comment)}` : `: ${visibleText(comment)}`;
  return [...approvals, { by: visibleText(decidedBy.id), at: formatTime(decidedMs, timezone), text: `${what}${said}` }];
}
