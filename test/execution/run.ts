import type { Plan, PlanStep, Provider, StoredResult, ToolLimits } from "../../src/contracts/index.ts";
import { referencesOf } from "../../src/contracts/index.ts";
import { BUILTIN_TOOLS, CallGate, type RunPlanOptions, runPlan, ToolRegistry, UsageMeter } from "../../src/execution/index.ts";
import { local } from "../../src/executors/local/index.ts";
import { memory as memoryStore } from "../../src/stores/memory/index.ts";
import { fakeRuntime } from "../../src/testing/index.ts";

/** A step in short: its id, its tool, its input. */
export type ShortStep = readonly [id: string, tool: string, input: Readonly<Record<string, unknown>>];

export const NOW_MS = Date.UTC(2026, 0, 1, 12, 3, 20);
export const LAST_5_MINUTES = { lastMs: 300_000 };

function planOf(steps: readonly ShortStep[]): Plan {
  return {
    version: 1,
    question: "?",
    language: "en",
    timezone: "UTC",
    emulated: false,
    steps: steps.map(([id, tool, input]): PlanStep => ({ id, tool, input, dependsOn: referencesOf(input) })),
  };
}

export interface RunSetup extends Partial<RunPlanOptions> {
  readonly providers: readonly Provider[];
  readonly limits?: ToolLimits;
  readonly finished?: readonly Omit<StoredResult, "runId">[];
}

/** Runs steps on providers with a clock that never waits. */
export async function runSteps(steps: readonly ShortStep[], setup: RunSetup) {
  const runtime = setup.runtime ?? fakeRuntime({ nowMs: NOW_MS });
  const meter = new UsageMeter();
  const outcome = await runPlan({
    plan: planOf(steps),
    run: { runId: "run_1", askedBy: { via: "sdk", id: "sdk" }, policy: { via: "sdk", approvers: null, selfApproval: true } },
    registry: new ToolRegistry(BUILTIN_TOOLS),
    executor: local(),
    runtime,
    store: memoryStore(),
    limits: { maxLogScanBytes: 1e9, maxSampleRows: 3 },
    language: "en",
    startedMs: runtime.clock.now(),
    concurrency: 8,
    gate: new CallGate({ runtime, meter }),
    signal: new AbortController().signal,
    ...setup,
  });
  return { ...outcome, receipt: outcome.ledger.receipt("en"), usage: meter.usage() };
}

/** The rows as objects, one field per column. */
export function objectsOf(table: { columns: readonly { name: string }[]; rows: readonly { cells: readonly unknown[] }[] } | null) {
  return table?.rows.map((row) => Object.fromEntries(table.columns.map(({ name }, index) => [name, row.cells[index]])));
}
