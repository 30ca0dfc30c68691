export { ManagerAgent, type ManagerDecision } from "./manager-agent.ts";
export {
  type Intent,
  type PlannerDecision,
  type PlanningRequest,
  TaskPlannerAgent,
  type TaskPlannerOptions,
} from "./task-planner-agent.ts";
export type { PlannableTool } from "./tool-catalogue.ts";
export { validatePlan } from "./validate-plan.ts";
export type { Problem } from "./validation/problem.ts";
