import { DATA_KINDS, DATA_OF_TOOL, type DataKind, dataNotAllowed, type Plan, type PlanStep } from "../contracts/index.ts";

/**
 * Throws `DATA_NOT_ALLOWED` where a plan brings data of a kind that may not be shown. Counts of log lines and traces are no lines: they
 * may be shown where only an aggregate step reads the lines, by columns in which nobody writes prose.
 */
export function checkData(plan: Pick<Plan, "steps">, data: readonly DataKind[] | undefined): void {
  if (data === undefined) return;
  for (const step of plan.steps) {
    const kind = DATA_OF_TOOL[step.tool];
    if (kind === undefined || data.includes(kind) || isCountedOnly(step, kind, plan.steps)) continue;
    throw dataNotAllowed(kind);
  }
}

/** Throws `DATA_NOT_ALLOWED`: rows of an earlier answer are of the kinds that its plan brought, and of any where that is not known. */
export function checkEarlierData(plan: Pick<Plan, "steps"> | null | undefined, data: readonly DataKind[] | undefined): void {
  const missing = DATA_KINDS.find((kind) => data !== undefined && !data.includes(kind));
  if (plan != null) checkData(plan, data);
  else if (missing !== undefined) throw dataNotAllowed(missing);
}

/** Columns and fields that tell which service or place an entry is of, not what it says. */
const COUNTED_BY: ReadonlySet<string> = new Set(["provider", "account", "region", "service", "severity", "status", "time"]);

function isCountedOnly(step: PlanStep, kind: DataKind, steps: readonly PlanStep[]): boolean {
  if (kind === "logs" && step.input.countBy !== undefined) return COUNTED_BY.has(String(step.input.countBy));
  if (kind !== "logs" && kind !== "traces") return false;
  const readers = steps.filter(({ dependsOn }) => dependsOn.includes(step.id));
  return readers.length > 0 && readers.every(isCount);
}

function isCount({ tool, input }: PlanStep): boolean {
  if (tool !== "table.aggregate") return false;
  const { groupBy, measures } = input as {
    readonly groupBy: readonly string[];
    readonly measures: readonly { readonly function: string }[];
  };
  return groupBy.every((column) => COUNTED_BY.has(column)) && measures.every((measure) => measure.function === "count");
}
