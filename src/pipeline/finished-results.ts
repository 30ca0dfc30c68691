import type { Plan, ReceiptEntry, StoredResult } from "../contracts/index.ts";

/**
 * Of the results that an earlier segment of a run stored, those to go on with: what a cloud refused or cut then may be had now, so such
 * steps run again, and all that depend on them.
 */
export function finishedResults(plan: Plan, stored: readonly StoredResult[]): StoredResult[] {
  const results = new Map(stored.map((result) => [result.stepId, result]));
  const settled = new Map<string, boolean>();
  const isSettled = (stepId: string): boolean => {
    const known = settled.get(stepId);
    if (known !== undefined) return known;
    // Plans are checked for cycles before they run; this one may not have been yet.
    settled.set(stepId, false);
    const result = results.get(stepId);
    const dependencies = plan.steps.find(({ id }) => id === stepId)?.dependsOn ?? [];
    // Steps that only work on rows are not stored: they are as good as what they work on.
    const own = result === undefined ? dependencies.length > 0 : !result.receipt.some(isGap);
    const outcome = own && dependencies.every(isSettled);
    settled.set(stepId, outcome);
    return outcome;
  };
  return stored.filter(({ stepId }) => isSettled(stepId));
}

function isGap(entry: ReceiptEntry): boolean {
  if (entry.type === "listing") return entry.state !== "complete";
  return entry.type === "outcome" && entry.outcome !== "answered" && entry.outcome !== "noData";
}
