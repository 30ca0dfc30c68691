import type { ToolInput, ToolName, TypedStep } from "../../contracts/index.ts";

/** Steps one after the other; each id is used once. */
export interface StepChain {
  readonly steps: TypedStep[];
  /** Adds a step and gives its id. */
  add<Name extends ToolName>(id: string, tool: Name, input: ToolInput<Name>): string;
}

export function stepChain(): StepChain {
  const steps: TypedStep[] = [];
  return {
    steps,
    add(id, tool, input) {
      const taken = steps.filter((step) => step.id === id || step.id.startsWith(`${id}-`)).length;
      const unique = taken === 0 ? id : `${id}-${taken + 1}`;
      steps.push({ id: unique, tool, input } as TypedStep);
      return unique;
    },
  };
}
