// Does something with runs in a process of its own, at a word: says "ready", waits for a line, then prints a line of JSON for each run.
// Arguments: the store's file, the cloud's environment as JSON, `resume`, `approve` or `reject`, ids of runs with their approvals as JSON.
import { once } from "node:events";
import type { RunDocument } from "../../../src/index.ts";
import { OrchestratorError } from "../../../src/index.ts";
import { sqlite } from "../../../src/stores/sqlite/index.ts";
import { volumeOrchestrator } from "./volume-world.ts";

/** How it went for one run. */
export interface Told {
  readonly status: RunDocument["status"] | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly rows: number | null;
}

const [path = "", env = "{}", action = "", runs = "[]"] = process.argv.slice(2);
await using orchestrator = volumeOrchestrator({ env: JSON.parse(env) }, { store: sqlite({ path }) });
process.stdout.write("ready\n");
await once(process.stdin, "data");
for (const { runId, approvalId } of JSON.parse(runs) as { runId: string; approvalId: string }[]) {
  const digest = (await orchestrator.approval(approvalId))?.digest ?? "";
  const by = { via: "sdk", id: `${process.pid}` } as const;
  try {
    if (action === "reject") await orchestrator.decide({ id: approvalId, digest, decision: "reject", by });
    const decisions = action === "approve" ? [{ id: approvalId, digest, decision: "approve", by } as const] : [];
    const { status, error, answer } = await orchestrator.resume(runId, decisions).result();
    tell({ status, code: error?.code ?? null, message: error?.message ?? null, rows: answer?.table?.rows.length ?? null });
  } catch (error) {
    if (!OrchestratorError.isInstance(error)) throw error;
    tell({ status: null, code: error.code, message: error.message, rows: null });
  }
}
process.stdin.destroy();

function tell(told: Told): void {
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
