import type { PlannedSteps, TypedStep } from "../contracts/index.ts";
import type { Language, QuestionError } from "../errors/index.ts";
import { noTool } from "./refusals.ts";
import { INTENT_STEP, type Intent } from "./task-planner-agent.ts";

export type ManagerDecision =
  | { readonly status: "planned"; readonly planned: PlannedSteps }
  /** `error` is what to say where there is no other way to an answer. */
  | { readonly status: "no-tool"; readonly goal: string; readonly error: QuestionError };

/** Finds the tool for an intent. */
export class ManagerAgent {
  readonly #toolNames: ReadonlySet<string>;

  constructor(options: { readonly tools: readonly { readonly name: string }[] }) {
    this.#toolNames = new Set(options.tools.map(({ name }) => name));
  }

  /** The intent as a plan of one step. Its input has been checked by the planner that made it. */
  resolve(intent: Intent, language: Language): ManagerDecision {
    const { tool, input, goal } = intent;
    if (tool === null || !this.#toolNames.has(tool)) return { status: "no-tool", goal, error: noTool(goal) };
    return { status: "planned", planned: { language, steps: [{ id: INTENT_STEP, tool, input } as TypedStep] } };
  }
}
