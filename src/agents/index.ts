export { type ManagedQuestion, ManagerAgent } from "./manager-agent.ts";
export { ModelCaller } from "./model-caller.ts";
export { type Intent, TaskPlannerAgent } from "./task-planner-agent.ts";
export type { PlannableTool } from "./tool-catalogue.ts";
export { validatePlan } from "./validate-plan.ts";
