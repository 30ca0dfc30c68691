import {
  DATA_KINDS,
  DATA_OF_TOOL,
  type DataKind,
  dataNotAllowed,
  type Plan,
  type PlanStep,
  referencesOf,
  type Store,
} from "../contracts/index.ts";

/**
 * Throws `DATA_NOT_ALLOWED` where a plan brings data of a kind that may not be shown, of an earlier answer too. Counts of log lines and
 * traces are no lines: they may be shown where they are counted by columns in which nobody writes prose, and nothing else reads them.
 */
export async function checkData(
  plan: Pick<Plan, "steps">,
  data: readonly DataKind[] | undefined,
  store: Pick<Store, "getRun">,
): Promise<void> {
  if (data === undefined) return;
  for (const step of plan.steps) {
    const kind = DATA_OF_TOOL[step.tool];
    if (kind !== undefined && !data.includes(kind) && !isCountedOnly(step, plan.steps)) throw dataNotAllowed(kind);
    if (step.tool === "results.load") await checkEarlier(String(step.input.runId), data, store);
  }
}

/** Rows of an earlier answer are of the kinds that its plan brought. What code of it read is not in its plan: it may be all that was allowed. */
async function checkEarlier(runId: string, data: readonly DataKind[], store: Pick<Store, "getRun">): Promise<void> {
  const run = await store.getRun(runId);
  const more = (run?.onBehalf?.data ?? DATA_KINDS).find((kind) => !data.includes(kind));
  if (more === undefined) return;
  if (run?.plan == null || run.plan.steps.some(({ tool }) => tool === "code.run")) throw dataNotAllowed(more);
  await checkData(run.plan, data, store);
}

/** Columns and fields that tell which service or place an entry is of, not what it says. */
const COUNTED_BY: ReadonlySet<string> = new Set(["provider", "account", "region", "service", "severity", "status", "time"]);

function isCountedOnly(step: PlanStep, steps: readonly PlanStep[]): boolean {
  const { tool, input } = step;
  // What columns a query in a cloud's own language has, and what is in them, is for whoever wrote it to say.
  if ((tool !== "logs.query" && tool !== "traces.query") || input.native !== undefined) return false;
  if (input.countBy !== undefined) return COUNTED_BY.has(String(input.countBy));
  const readers = steps.filter(({ dependsOn, input }) => [...dependsOn, ...referencesOf(input)].includes(step.id));
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
