import type { Approval, Language } from "nephoscope";
import { visibleLines, visibleText } from "nephoscope/presentation";
import type { ApprovalView, RunView, StepView } from "./run-view.ts";

type Failure = NonNullable<RunView["failure"]>;

/** A step of a question that has come to its end without it: nothing goes on there. Whatever was under way when a run was interrupted, fails. */
export function closedStep(step: StepView, isInterrupted: boolean, language: Language): StepView {
  const zh = language === "zh";
  if (step.state === "waiting") return { ...step, state: "skipped", facts: zh ? "未执行" : "not run" };
  const isUnfinished = step.state === "running" || step.state === "paused" || (step.state === "failed" && isInterrupted);
  if (!isUnfinished) return step;
  return { ...step, state: "skipped", facts: zh ? "未完成" : "not finished" };
}

/** A card that nobody has decided, of a question that has come to its end: there is nothing to decide any more. */
export function closedApproval(approval: ApprovalView, language: Language): ApprovalView {
  if (!approval.canDecide) return approval;
  return { ...approval, canDecide: false, title: language === "zh" ? "已无需批准" : "No longer needed" };
}

/** Why there is no answer. The card says who decided: here neither its id nor theirs stands again. */
export function failureView(error: Failure, approvals: readonly Approval[], language: Language): Failure {
  const zh = language === "zh";
  const hint = error.hint === null ? null : visibleLines(error.hint);
  switch (error.code) {
    case "APPROVAL_REJECTED": {
      const comment = approvals.findLast(({ status }) => status === "rejected")?.comment ?? null;
      const said = comment === null ? "" : zh ? `理由：${visibleText(comment)}` : ` They said: ${visibleText(comment)}`;
      return {
        code: error.code,
        message: zh ? `程序被拒绝，没有运行。${said}` : `The program was rejected, so it was not run.${said}`,
        hint,
      };
    }
    case "APPROVAL_EXPIRED":
      return {
        code: error.code,
        message: zh ? "没有人及时审批，程序没有运行。" : "Nobody decided in time, so the program was not run.",
        hint,
      };
    default:
      return { code: error.code, message: visibleLines(error.message), hint };
  }
}
