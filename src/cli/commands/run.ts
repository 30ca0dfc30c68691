import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { prepareOutputs, type RunFlags, toRunOptions } from "../ask-options.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Host } from "../host.ts";
import { presentRun } from "../present-run.ts";
import { openSession } from "../session.ts";
import { usageError } from "../usage-error.ts";

export async function run(host: Host, file: string, flags: RunFlags): Promise<ExitStatus> {
  const options = toRunOptions(flags, host);
  await prepareOutputs(flags, host.folder);
  const plan = readPlan(resolve(host.folder, file));
  // A plan that analyses may use a model; it is never planned anew.
  const session = await openSession(host, flags);
  try {
    return await presentRun(host, session.orchestrator.run(plan, options), { flags, session });
  } finally {
    await session.close();
  }
}

function readPlan(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw usageError(
      { en: `The plan ${file} cannot be read: ${said}`, zh: `无法读取计划 ${file}：${said}` },
      { en: 'Make one with: nephoscope plan "…" -o plan.json', zh: '生成计划：nephoscope plan "…" -o plan.json' },
    );
  }
}
