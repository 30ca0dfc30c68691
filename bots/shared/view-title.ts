import type { Language } from "nephoscope";
import type { RunState, StepView } from "./run-view.ts";

interface Told {
  readonly language: Language;
  readonly state: RunState;
  readonly steps: readonly StepView[];
  /** Over all segments of the run. */
  readonly wallMs: number;
  readonly isIncomplete: boolean;
  readonly failureCode: string | null;
}

/** What happens, or has happened, in a few words. */
export function viewTitle({ language, state, steps, wallMs, isIncomplete, failureCode }: Told): string {
  const zh = language === "zh";
  switch (state) {
    case "queued":
      return zh ? "排队中：等待本会话的上一个问题" : "Waiting for the question before in this thread";
    case "working": {
      const done = steps.filter((step) => step.state === "done").length;
      if (steps.length < 2) return zh ? "正在处理" : "Working on it";
      return zh ? `正在处理：${done}/${steps.length} 步已完成` : `Working on it: ${done} of ${steps.length} steps done`;
    }
    case "waiting":
      return zh ? "等待批准" : "Waiting for approval";
    case "answered": {
      const seconds = (wallMs / 1000).toFixed(1);
      if (zh) return `用时 ${seconds} 秒${isIncomplete ? "，结果不完整" : ""}`;
      return `Answered in ${seconds} s${isIncomplete ? ", incomplete" : ""}`;
    }
    case "failed":
      return (FAILURES[failureCode ?? ""] ?? { en: "No answer", zh: "没有得到结果" })[language];
    case "stopped":
      return zh ? "已停止" : "Stopped";
  }
}

/** Failures that are somebody's decision, or nobody's fault. */
const FAILURES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  APPROVAL_REJECTED: { en: "Rejected: not run", zh: "已拒绝，未运行" },
  APPROVAL_EXPIRED: { en: "Approval expired: not run", zh: "审批已过期，未运行" },
  RUN_INTERRUPTED: { en: "Interrupted", zh: "已中断" },
};
