export * from "./contracts/index.ts";
export * from "./errors/index.ts";
export { Orchestrator, type OrchestratorOptions, type Run } from "./orchestrator.ts";
export type { Restriction } from "./pipeline/build-plan.ts";
export type { Limits, RunOptions } from "./pipeline/run-options.ts";
export { columnTitle, statisticTitle } from "./pipeline/wording/conditions.ts";
export { formatDuration, formatValue, formatWindow } from "./pipeline/wording/format.ts";
export { stepTitle } from "./pipeline/wording/step-title.ts";
export { nodeRuntime } from "./runtime/index.ts";
