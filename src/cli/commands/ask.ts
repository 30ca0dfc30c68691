import { prepareOutputs, type RunFlags, toRunOptions } from "../ask-options.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Host } from "../host.ts";
import { presentRun } from "../present-run.ts";
import { openSession } from "../session.ts";
import { showPlan } from "./plan.ts";

export async function ask(host: Host, question: string, flags: RunFlags): Promise<ExitStatus> {
  const options = toRunOptions(flags, host);
  await prepareOutputs(flags, host.folder);
  const session = await openSession(host, flags);
  try {
    if (flags.planOnly) return showPlan(host, await session.orchestrator.plan(question, options), flags);
    return await presentRun(host, session.orchestrator.stream(question, options), { flags, session });
  } finally {
    await session.close();
  }
}
