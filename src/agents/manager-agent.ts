import type { PlannedSteps, PlanningFacts, TypedStep } from "../contracts/index.ts";
import type { Language, QuestionError } from "../errors/index.ts";
import { namedProviders } from "./named-providers.ts";
import { noTool } from "./refusals.ts";
import { INTENT_STEP, type Intent } from "./task-planner-agent.ts";

export type ManagerDecision =
  | { readonly status: "planned"; readonly planned: PlannedSteps }
  /** `error` is what to say where there is no other way to an answer. */
  | { readonly status: "no-tool"; readonly goal: string; readonly error: QuestionError };

export interface ManagedQuestion {
  readonly question: string;
  readonly language: Language;
  readonly facts: Pick<PlanningFacts, "providers">;
}

const CODE_TOOL = "code.run";

/** Finds the tool for an intent: where there is none, code is written. */
export class ManagerAgent {
  readonly #toolNames: ReadonlySet<string>;

  constructor(options: { readonly tools: readonly { readonly name: string }[] }) {
    this.#toolNames = new Set(options.tools.map(({ name }) => name));
  }

  /** The intent as a plan of one step. Its input has been checked by the planner that made it. */
  resolve(intent: Intent, { question, language, facts }: ManagedQuestion): ManagerDecision {
    const { tool, input, goal } = intent;
    if (tool !== null && this.#toolNames.has(tool)) {
      return { status: "planned", planned: { language, steps: [{ id: INTENT_STEP, tool, input } as TypedStep] } };
    }
    if (!this.#toolNames.has(CODE_TOOL)) return { status: "no-tool", goal, error: noTool(goal) };
    const named = namedProviders(question, facts.providers);
    const where = named.length === 0 ? {} : { where: { providers: { include: named } } };
    const step: TypedStep = { id: INTENT_STEP, tool: CODE_TOOL, input: { goal: goal === "" ? question : goal, ...where } };
    return { status: "planned", planned: { language, steps: [step] } };
  }
}
