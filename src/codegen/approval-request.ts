import type { Approval, ApprovalSubject, RehearsalReport, ToolContext } from "../contracts/index.ts";
import type { CodegenParts } from "./codegen-parts.ts";
import { digestOf } from "./digest.ts";
import { summaryOf, whyCode } from "./wording.ts";

export interface ApprovalParts {
  readonly subject: ApprovalSubject;
  readonly rehearsal: RehearsalReport;
  /** How often a person had it changed: the same program again is another request. */
  readonly revision: number;
  readonly parts: CodegenParts;
  readonly context: ToolContext;
}

/** Keeps the request for a decision, with its audit entry. Once per run, step and digest: asked again, it is the same request. */
export async function requestApproval({ subject, rehearsal, revision, parts, context }: ApprovalParts): Promise<Approval> {
  const { step, runtime, language, store } = context;
  const createdMs = runtime.clock.now();
  const expiresMs = createdMs + parts.approvalTtlMs;
  const digest = digestOf(subject);
  const writes = subject.program.operations.some((operation) => operation.class === "write");
  const approval: Approval = {
    id: `approval_${step.runId.replace(/^run_/, "")}_${digest.slice(0, 8)}${revision === 0 ? "" : `_${revision}`}`,
    kind: writes ? "write" : "code",
    summary: summaryOf(subject, language),
    digest,
    expiresAt: new Date(expiresMs).toISOString(),
    runId: step.runId,
    stepId: step.stepId,
    createdMs,
    expiresMs,
    question: step.question,
    language,
    why: whyCode(language),
    subject,
    rehearsal,
    estimate: { calls: subject.scopes.length * Math.max(1, subject.program.calls.length), costUsd: null },
    askedBy: step.askedBy,
    policy: step.policy,
    status: "pending",
    approvedBy: [],
    decidedBy: null,
    decidedMs: null,
    comment: null,
  };
  const operations = subject.program.operations.map(({ operation }) => operation.id).join(",");
  await store.putApproval(approval, {
    atMs: createdMs,
    event: "approval-requested",
    runId: step.runId,
    approvalId: approval.id,
    actor: step.askedBy,
    details: { digest, operations, scopes: subject.scopes.length, emulated: subject.emulated },
  });
  return (await store.getApproval(approval.id)) ?? approval;
}
