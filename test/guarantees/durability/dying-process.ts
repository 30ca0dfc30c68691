// Runs questions, each until it stops at its write, then kills itself. Its argument is JSON: `Deaths`. Prints one line a question: JSON.
import { writeSync } from "node:fs";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { ApprovalDecision } from "../../../src/index.ts";
import { extism } from "../../../src/sandboxes/extism/index.ts";
import { sqlite } from "../../../src/stores/sqlite/index.ts";
import { CLOCK } from "../standing-clock.ts";
import { type StopPoint, stoppingStore } from "./stopping-store.ts";
import { QUESTION } from "./volume-question.ts";
import { volumeOrchestrator } from "./volume-world.ts";

/** What happens with one store. */
export interface Death {
  readonly path: string;
  readonly env: Emulator["env"];
  /** Goes on with this run, after the decision; else the question is asked. */
  readonly resume?: { readonly runId: string; readonly decisions: readonly ApprovalDecision[] };
  /** One run for each. */
  readonly points: readonly StopPoint[];
}

/** What became of one run: whether it got as far as its point. */
export interface Stopped {
  readonly runId: string;
  readonly stopped: boolean;
  readonly writes: readonly string[];
}

const sandbox = extism();
for (const { path, env, resume, points } of JSON.parse(process.argv[2] ?? "[]") as Death[]) {
  const { store, until } = stoppingStore(sqlite({ path }));
  const orchestrator = volumeOrchestrator({ env }, { store, sandbox, runtime: { clock: CLOCK } });
  for (const point of points) {
    let runId = "";
    const { stopped, writes } = await until(point, () => {
      const run = resume === undefined ? orchestrator.stream(QUESTION) : orchestrator.resume(resume.runId, resume.decisions);
      runId = run.id;
      return run.result();
    });
    writeSync(1, `${JSON.stringify({ runId, stopped, writes } satisfies Stopped)}\n`);
  }
}
process.kill(process.pid, "SIGKILL");
