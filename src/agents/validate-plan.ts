import { type Plan, type PlanningFacts, type PlanStep, planStepSchema, TOOL_INPUTS, type ToolName } from "../contracts/index.ts";
import { nearest } from "../errors/index.ts";
import { orderSteps } from "./validation/graph.ts";
import { type Problem, problem, suggestion } from "./validation/problem.ts";
import { schemaProblems } from "./validation/schema-problems.ts";
import type { Shape } from "./validation/shape.ts";
import { STEP_CHECKS, type StepContext } from "./validation/step-checks.ts";

/** Steps of a plan at most, unless said otherwise. */
const DEFAULT_MAX_STEPS = 40;

/**
 * Everything that keeps a plan from being run as it was meant, whoever made it: a model, a person, a file. Empty: nothing.
 * Tools, inputs, references, cycles, one answer, columns, units, metrics, scopes and windows are checked; nothing is asked of a cloud.
 */
export function validatePlan(plan: Pick<Plan, "steps">, facts: PlanningFacts, maxSteps: number = DEFAULT_MAX_STEPS): Problem[] {
  if (plan.steps.length === 0) return [problem("PLAN_INVALID", "steps", { en: "The plan has no step.", zh: "计划没有步骤。" })];
  if (plan.steps.length > maxSteps) {
    return [
      problem("PLAN_TOO_LARGE", "steps", {
        en: `The plan has ${plan.steps.length} steps; the limit is ${maxSteps}.`,
        zh: `计划有 ${plan.steps.length} 步，上限是 ${maxSteps} 步。`,
      }),
    ];
  }
  const unreadable = plan.steps.flatMap(checkStep);
  const { order, problems } = orderSteps(plan.steps);
  if (unreadable.length > 0 || order.length === 0) return [...unreadable, ...problems];
  return [...problems, ...checkMeaning(order, facts)];
}

/** Steps in an order in which each uses only earlier ones. The plan must be valid. */
export function inOrder(steps: readonly PlanStep[]): readonly PlanStep[] {
  return orderSteps(steps).order;
}

function checkStep(step: PlanStep): Problem[] {
  const path = `steps.${step.id}`;
  const form = schemaProblems(planStepSchema, step, path);
  if (form.length > 0) return form;
  return isToolName(step.tool) ? schemaProblems(TOOL_INPUTS[step.tool], step.input, `${path}.input`) : [unknownTool(step.tool, path)];
}

function isToolName(name: string): name is ToolName {
  return Object.hasOwn(TOOL_INPUTS, name);
}

export function unknownTool(name: string, path: string, tools: readonly string[] = Object.keys(TOOL_INPUTS)): Problem {
  const near = suggestion(nearest(name, tools), tools);
  return problem("TOOL_UNKNOWN", `${path}.tool`, { en: `There is no tool ${name}.${near.en}`, zh: `没有名为 ${name} 的工具。${near.zh}` });
}

/** Inputs that fit their schemas, in order: follows the columns from step to step. */
function checkMeaning(order: readonly PlanStep[], facts: PlanningFacts): Problem[] {
  const shapes = new Map<string, Shape | undefined>();
  const problems: Problem[] = [];
  for (const step of order) {
    const context: StepContext = {
      facts,
      path: `steps.${step.id}.input`,
      shapeOf: ({ from }) => shapes.get(from),
      report: (...found) => problems.push(...found),
    };
    const check = STEP_CHECKS[step.tool as ToolName] as (input: unknown, context: StepContext) => Shape | undefined;
    shapes.set(step.id, check(step.input, context));
  }
  return problems;
}
