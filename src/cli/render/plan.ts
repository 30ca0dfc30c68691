import { type Plan, stepTitle } from "nephoscope";
import { visibleText } from "nephoscope/presentation";
import type { Style } from "./style.ts";

/** The steps of a plan as people read them, each with the steps whose rows it takes. */
export function planLines(plan: Plan, style: Style): string[] {
  const numbers = new Map(plan.steps.map((step, index) => [step.id, index + 1]));
  const digits = String(plan.steps.length).length;
  const title = plan.language === "zh" ? "计划" : "Plan";
  return [
    style.bold(title),
    ...plan.steps.map((step, index) => {
      const inputs = step.dependsOn.map((id) => numbers.get(id) ?? id).join(", ");
      const arrow = inputs === "" ? "" : style.dim(`  ← ${inputs}`);
      return `  ${String(index + 1).padStart(digits)}  ${visibleText(stepTitle(step, plan))}${arrow}`;
    }),
  ];
}
