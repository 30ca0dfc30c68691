import { PLAN_VERSION, type Plan, type PlannedSteps, type PlanStep, type Restriction, referencesOf } from "../contracts/index.ts";
import { restrictInput } from "./restriction.ts";

export interface PlanFacts {
  readonly question: string;
  readonly timezone: string;
  readonly emulated: boolean;
  readonly restriction: Restriction;
  /** Friendly account names of all clouds, by id: people may mean either. */
  readonly accountNames: Readonly<Record<string, string>>;
}

/** Makes a plan out of planned steps: dependencies spelled out, the restriction written into every step that asks a cloud. */
export function buildPlan(planned: PlannedSteps, facts: PlanFacts): Plan {
  const { question, timezone, emulated, restriction, accountNames } = facts;
  const usesTags = planned.steps.some(({ input }) => JSON.stringify(input).includes('"tag:'));
  const steps = planned.steps.map(({ id, tool, input: asked }): PlanStep => {
    const complete = usesTags && tool === "resources.list" ? { ...asked, readTags: true } : asked;
    const input = restrictInput(tool, complete, restriction, accountNames);
    return { id, tool, input, dependsOn: referencesOf(input) };
  });
  return { version: PLAN_VERSION, question, language: planned.language, timezone, emulated, steps };
}

/** A plan that was made elsewhere, narrowed like one that is made here. */
export function restrictPlan(plan: Plan, { restriction, accountNames }: Pick<PlanFacts, "restriction" | "accountNames">): Plan {
  const steps = plan.steps.map((step) => ({ ...step, input: restrictInput(step.tool, step.input, restriction, accountNames) }));
  return { ...plan, steps };
}
