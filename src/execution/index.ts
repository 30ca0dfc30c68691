export { BUILTIN_TOOLS } from "./builtin-tools.ts";
export { CallGate } from "./call-gate.ts";
export { ReplayDataset } from "./dataset.ts";

export { ReceiptLedger } from "./receipts.ts";
export { type RunPlanOptions, runPlan } from "./run-plan.ts";
export { executeSteps } from "./task-executor.ts";
export { ToolRegistry } from "./tool-registry.ts";
export { UsageMeter } from "./usage-meter.ts";
