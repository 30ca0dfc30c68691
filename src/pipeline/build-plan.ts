import { PLAN_VERSION, type Plan, type PlannedSteps, type PlanStep, referencesOf } from "../contracts/index.ts";
import { type Restriction, restrictInput } from "./restriction.ts";

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
  const steps = planned.steps.map(({ id, tool, input: asked }): PlanStep => {
    const input = restrictInput(tool, asked, restriction, accountNames);
    return { id, tool, input, dependsOn: referencesOf(input) };
  });
  return { version: PLAN_VERSION, question, language: planned.language, timezone, emulated, steps };
}
