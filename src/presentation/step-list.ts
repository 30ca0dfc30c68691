import { type Language, MAX_ATTEMPTS, type RunEvent, stepTitle } from "nephoscope";
import { languageOf } from "./question-language.ts";
import { visibleText } from "./visible-text.ts";

export type StepState = "waiting" | "running" | "paused" | "done" | "failed" | "skipped";

/** Where a step stands that has code written. */
type CodeStage = "searching" | "writing" | "rehearsing" | "asking" | "approval";

interface Step {
  readonly title: string;
  readonly state: StepState;
  readonly startedMs: number;
  readonly durationMs: number | null;
  readonly done: number;
  readonly total: number | null;
  readonly rows: number;
  readonly code: { readonly stage: CodeStage; readonly attempt: number } | null;
}

/** One line: its title may be cut where there is no room, what is known of it may not. */
export interface StepLine {
  readonly id: string;
  readonly state: StepState;
  readonly title: string;
  readonly facts: string;
}

/** The steps of a run and how far each is, gathered from its events. */
export class StepList {
  readonly #steps = new Map<string, Step>();
  #language: Language = "en";

  update(event: RunEvent): void {
    switch (event.type) {
      case "run-start":
        this.#language = languageOf(event.question, {});
        return;
      case "plan-start": {
        const title = this.#language === "zh" ? "理解问题" : "Understand the question";
        this.#steps.set(PLANNING, { ...NOT_BEGUN, title, state: "running", startedMs: event.timestampMs });
        return;
      }
      case "run-error":
        this.#steps.delete(PLANNING);
        return;
      case "plan-end": {
        // Of a run that is gone on with, the code may be there already.
        const isNew = this.#steps.delete(PLANNING);
        this.#language = event.plan.language;
        for (const step of event.plan.steps) {
          const title = visibleText(stepTitle(step, event.plan));
          const isToBeWritten = isNew && step.tool === "code.run" && step.input.learned === undefined;
          this.#steps.set(step.id, { ...NOT_BEGUN, title, code: isToBeWritten ? { stage: "searching", attempt: 0 } : null });
        }
        return;
      }
      case "step-start":
        this.#change(event.stepId, { state: "running", startedMs: event.timestampMs });
        return;
      case "step-progress":
        this.#change(event.stepId, { done: event.done, total: event.total, rows: event.rows });
        return;
      case "step-end":
        this.#change(event.stepId, { state: "done", rows: event.rows, durationMs: event.durationMs });
        return;
      case "step-error":
        this.#change(event.stepId, { state: event.skipped ? "skipped" : "failed" });
        return;
      case "code-start":
        this.#change(event.stepId, { code: { stage: "writing", attempt: event.attempt } });
        return;
      case "code-end":
        if (event.problems.length === 0) this.#change(event.stepId, { code: { stage: "rehearsing", attempt: event.attempt } });
        return;
      case "rehearsal-end":
        if (event.problems.length === 0) this.#change(event.stepId, { code: { stage: "asking", attempt: event.attempt } });
        return;
      case "approval-request":
        this.#change(event.stepId, { code: { stage: "approval", attempt: 0 } });
        return;
      case "approval-response":
        this.#change(event.stepId, { code: null });
        return;
      case "run-pause":
        for (const [id, step] of this.#steps) {
          if (step.state === "running") this.#change(id, { state: "paused", durationMs: event.timestampMs - step.startedMs });
        }
    }
  }

  /** One line a step: its state, its title, its counts and seconds. */
  lines(nowMs: number): StepLine[] {
    return [...this.#steps].map(([id, step]) => ({ id, state: step.state, title: step.title, facts: this.#facts(step, nowMs) }));
  }

  #change(stepId: string, change: Partial<Step>): void {
    const step = this.#steps.get(stepId);
    if (step !== undefined) this.#steps.set(stepId, { ...step, ...change });
  }

  #facts(step: Step, nowMs: number): string {
    const zh = this.#language === "zh";
    const facts: string[] = [];
    const isOpen = step.state === "running" || step.state === "paused";
    if (isOpen && step.code !== null) facts.push(codeText(step.code, this.#language));
    if (step.state === "running" && step.total !== null) facts.push(`${step.done}/${step.total}`);
    if (step.state === "done" || step.rows > 0) facts.push(zh ? `${step.rows} 行` : `${step.rows} ${step.rows === 1 ? "row" : "rows"}`);
    if (step.state === "failed") facts.push(zh ? "失败" : "failed");
    if (step.state === "skipped") facts.push(zh ? "跳过" : "skipped");
    const spentMs = step.durationMs ?? (step.state === "running" ? Math.max(0, nowMs - step.startedMs) : null);
    if (spentMs !== null) facts.push(`${(spentMs / 1000).toFixed(1)} ${zh ? "秒" : "s"}`);
    return facts.join(" · ");
  }
}

/** Before there are steps; no step's id has a blank. */
const PLANNING = "to plan";

const NOT_BEGUN: Omit<Step, "title"> = { state: "waiting", startedMs: 0, durationMs: null, done: 0, total: null, rows: 0, code: null };

const CODE_STAGES: Readonly<Record<CodeStage, Readonly<Record<Language, string>>>> = {
  searching: { en: "looking up operations", zh: "查找接口" },
  writing: { en: "writing code", zh: "编写代码" },
  rehearsing: { en: "rehearsing", zh: "预演" },
  asking: { en: "asking for approval", zh: "申请批准" },
  approval: { en: "waiting for approval", zh: "等待批准" },
};

function codeText({ stage, attempt }: NonNullable<Step["code"]>, language: Language): string {
  const doing = CODE_STAGES[stage][language];
  if (stage !== "writing" && stage !== "rehearsing") return doing;
  const which = `${attempt}/${MAX_ATTEMPTS}`;
  return language === "zh" ? `${doing}（第 ${which} 次）` : `${doing}, attempt ${which}`;
}
