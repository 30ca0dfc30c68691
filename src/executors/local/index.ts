import type { Executor } from "../../contracts/index.ts";
import { executeSteps } from "../../execution/task-executor.ts";

/** Runs the steps of a plan in this process: the default executor. */
export function local(): Executor {
  return { contractVersion: "executor-v1", id: "local", execute: executeSteps };
}
