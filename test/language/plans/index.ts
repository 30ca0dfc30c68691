export { COMPARISONS } from "./comparisons.ts";
export { FOLLOW_UPS } from "./follow-ups.ts";
export { LISTS } from "./lists.ts";
export { METRIC_QUESTIONS } from "./metrics.ts";
export type { PlanTable } from "./plan-table.ts";
export { REFUSALS } from "./refusals.ts";
export { SIGNALS } from "./signals.ts";
export { TIMES } from "./times.ts";
export { WORDINGS } from "./wordings.ts";
