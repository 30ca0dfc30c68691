import { prepareOutputs, type RunFlags, toRunOptions } from "../ask-options.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Host } from "../host.ts";
import { presentRun } from "../present-run.ts";
import { openSession } from "../session.ts";

export async function resume(host: Host, runId: string, flags: RunFlags): Promise<ExitStatus> {
  const options = toRunOptions(flags, host);
  await prepareOutputs(flags, host.folder);
  const session = await openSession(host, flags);
  try {
    return await presentRun(host, session.orchestrator.resume(runId, [], options), { flags, session });
  } finally {
    await session.close();
  }
}
