import type { Actor, Approval, StepOutput, ToolContext, ToolInput } from "../contracts/index.ts";
import { ApprovalError } from "../errors/index.ts";
import { askedProviders } from "../execution/tools/asked-providers.ts";
import { decide, expired } from "./approvals.ts";
import { CodeGeneration } from "./code-generation.ts";
import type { CodegenParts } from "./codegen-parts.ts";
import { codeWalk } from "./graph.ts";
import { learnedProgram } from "./learned-tools.ts";
import { type Consent, programOutput } from "./program-output.ts";
import { notWritten } from "./wording.ts";

/**
 * What no other tool gives: describe → retrieve → write → check → rehearse → approve → run. Throws `APPROVAL_PENDING` where a person must
 * decide first; executed again after the decision, it goes on from there.
 */
export async function codeRun(parts: CodegenParts, input: ToolInput<"code.run">, context: ToolContext): Promise<StepOutput> {
  // Sandbox and engine load while the clouds say where they are and the model writes; a failure there is told when they are needed.
  parts.sandbox.load().catch(() => {});
  const { providers, notes } = await askedProviders(context, input.where ?? {}, {
    task: { en: "run generated code", zh: "运行生成的代码" },
    isCapable: (provider) => provider.operations !== undefined,
  });
  const generation = new CodeGeneration(parts, input, context, providers);
  const given = await consent(parts, input, context, generation);
  return programOutput({
    parts,
    input,
    context,
    provider: generation.providerOf(given.subject.program),
    consent: { ...given, notes: [...notes, ...given.notes] },
  });
}

/** The consent under which code runs: of a kept program that covers this, or of a person who is asked. */
async function consent(
  parts: CodegenParts,
  input: ToolInput<"code.run">,
  context: ToolContext,
  generation: CodeGeneration,
): Promise<Consent> {
  const { runId, stepId } = context.step;
  if (input.learned !== undefined) {
    const learned = await learnedProgram(input.learned, input.input ?? {}, context, generation);
    if (learned !== undefined) {
      generation.checkData(learned.subject.program);
      return learned;
    }
  }
  const walk = codeWalk(await context.store.checkpointer(), `${runId}/${stepId}`);
  for (let state = await walk.walk(generation); ; ) {
    if (state.approvalId === null) throw notWritten([...(state.reviews ?? []), ...state.attempts]);
    let approval = await context.store.getApproval(state.approvalId);
    if (approval === undefined) throw new Error(`the approval ${state.approvalId} is not in the store`);
    if (approval.runId !== runId) throw changed(approval.id);
    if (approval.status === "pending") approval = await decidedAtOnce(parts, context, approval);
    const { status, decidedBy, comment, id, digest, subject } = approval;
    if (status === "pending" || decidedBy === null) throw pending(approval);
    if (state.decision === null) context.tell({ type: "approval-response", stepId, approvalId: id, decision: status, by: decidedBy });
    state = await walk.decide(id, { decision: status, comment }, generation);
    if (status === "revised") continue;
    if (status === "rejected") throw rejected(approval);
    generation.checkData(subject.program);
    if (!(await generation.covers(approval))) throw changed(id);
    return { subject, approvalId: id, digest, notes: state.notes };
  }
}

/** Decided by the operator's own rule where there is one; otherwise the run waits. */
async function decidedAtOnce(parts: CodegenParts, context: ToolContext, approval: Approval): Promise<Approval> {
  const { runtime, store, step } = context;
  const { id, kind, summary, digest, expiresAt } = approval;
  if (approval.expiresMs <= runtime.clock.now()) throw await endedBy(approval, context);
  context.tell({ type: "approval-request", stepId: step.stepId, approval: { id, kind, summary, digest, expiresAt } });
  const operator: Actor = { via: approval.policy.via, id: "operator" };
  // Of two consents that a write needs the rule gives one.
  const given = approval.approvedBy.some(({ by }) => by.id === operator.id);
  const decision = given ? "wait" : ((await parts.approve?.(approval)) ?? "wait");
  if (decision === "wait") throw pending(approval);
  return await decide(store, { id, digest, decision, by: operator }, runtime, { byRule: true });
}

/** Why the run ends where nobody decided in time. */
async function endedBy({ id, runId, digest }: Approval, { store, runtime }: ToolContext): Promise<ApprovalError> {
  const atMs = runtime.clock.now();
  await store.appendAudit({ atMs, event: "approval-expired", runId, approvalId: id, actor: null, details: { digest } });
  return expired(id);
}

function pending({ id, expiresAt }: Approval): ApprovalError {
  return new ApprovalError({
    code: "APPROVAL_PENDING",
    message: { en: `The run waits for the approval ${id}, until ${expiresAt}.`, zh: `运行正在等待审批 ${id}，有效期至 ${expiresAt}。` },
    hint: { en: `Look at it and decide: nephoscope approve ${id}`, zh: `请查看并决定：nephoscope approve ${id}` },
    details: { approvalId: id },
  });
}

function rejected({ id, decidedBy, comment }: Approval): ApprovalError {
  const said = comment === null ? { en: "", zh: "" } : { en: ` They said: ${comment}`, zh: `理由：${comment}` };
  return new ApprovalError({
    code: "APPROVAL_REJECTED",
    message: {
      en: `${decidedBy?.id ?? "Somebody"} rejected the approval ${id}.${said.en}`,
      zh: `${decidedBy?.id ?? "审批人"} 拒绝了审批 ${id}。${said.zh}`,
    },
    hint: { en: "Ask the question differently.", zh: "请换一种问法。" },
  });
}

function changed(id: string): ApprovalError {
  return new ApprovalError({
    code: "APPROVAL_CHANGED",
    message: {
      en: `What would run now is not what the approval ${id} covers: accounts, regions, limits or the sandbox have changed since.`,
      zh: `当前将要执行的内容与审批 ${id} 所涵盖的不一致：账号、区域、限额或沙箱在此期间发生了变化。`,
    },
    hint: { en: "Ask the question again.", zh: "请重新提问。" },
  });
}
