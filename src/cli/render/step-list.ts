import { type Language, type RunEvent, stepTitle } from "nephoscope";
import { visibleText } from "./visible-text.ts";

export type StepState = "waiting" | "running" | "done" | "failed" | "skipped";

interface Step {
  readonly title: string;
  readonly state: StepState;
  readonly startedMs: number;
  readonly durationMs: number | null;
  readonly done: number;
  readonly total: number | null;
  readonly rows: number;
}

/** The steps of a run and how far each is, gathered from its events. */
export class StepList {
  readonly #steps = new Map<string, Step>();
  #language: Language = "en";

  update(event: RunEvent): void {
    switch (event.type) {
      case "plan-end":
        this.#language = event.plan.language;
        for (const step of event.plan.steps) {
          const title = visibleText(stepTitle(step, event.plan));
          this.#steps.set(step.id, { title, state: "waiting", startedMs: 0, durationMs: null, done: 0, total: null, rows: 0 });
        }
        return;
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
    }
  }

  /** One line a step: its state, its title with counts and seconds. */
  lines(nowMs: number): { readonly state: StepState; readonly text: string }[] {
    return [...this.#steps.values()].map((step) => ({ state: step.state, text: [step.title, ...this.#facts(step, nowMs)].join("  ") }));
  }

  #change(stepId: string, change: Partial<Step>): void {
    const step = this.#steps.get(stepId);
    if (step !== undefined) this.#steps.set(stepId, { ...step, ...change });
  }

  #facts(step: Step, nowMs: number): string[] {
    const zh = this.#language === "zh";
    const facts: string[] = [];
    if (step.state === "running" && step.total !== null) facts.push(`${step.done}/${step.total}`);
    if (step.state === "done" || step.rows > 0) facts.push(zh ? `${step.rows} 行` : `${step.rows} ${step.rows === 1 ? "row" : "rows"}`);
    if (step.state === "failed") facts.push(zh ? "失败" : "failed");
    if (step.state === "skipped") facts.push(zh ? "跳过" : "skipped");
    const spentMs = step.durationMs ?? (step.state === "running" ? Math.max(0, nowMs - step.startedMs) : null);
    if (spentMs !== null) facts.push(`${(spentMs / 1000).toFixed(1)} ${zh ? "秒" : "s"}`);
    return facts.length === 0 ? [] : [facts.join(" · ")];
  }
}
