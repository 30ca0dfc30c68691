import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Plan } from "nephoscope";
import { checkWritable, type RunFlags, toRunOptions } from "../ask-options.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { writeJson } from "../failure.ts";
import type { Host } from "../host.ts";
import { planLines } from "../render/plan.ts";
import { openSession } from "../session.ts";

export async function plan(host: Host, question: string, flags: RunFlags & { readonly output?: string }): Promise<ExitStatus> {
  const options = toRunOptions(flags, host);
  const file = flags.output === undefined ? undefined : resolve(host.folder, flags.output);
  if (file !== undefined) checkWritable(file, "--output");
  const session = await openSession(host, flags);
  try {
    const made = await session.orchestrator.plan(question, options);
    if (file === undefined) return showPlan(host, made, flags);
    await writeFile(file, `${JSON.stringify(made, undefined, 2)}\n`);
    if (flags.json) writeJson(host, made);
    else host.stdout.write(`${planLines(made, host.stdout.style).join("\n")}\n`);
    host.stderr.write(
      made.language === "zh"
        ? `已写入 ${file}；执行：nephoscope run ${flags.output}\n`
        : `Wrote ${file}. Run it: nephoscope run ${flags.output}\n`,
    );
    return EXIT.complete;
  } finally {
    await session.close();
  }
}

export function showPlan(host: Host, made: Plan, flags: Pick<RunFlags, "json" | "jsonl">): ExitStatus {
  if (flags.json || flags.jsonl) writeJson(host, made);
  else host.stdout.write(`${planLines(made, host.stdout.style).join("\n")}\n`);
  return EXIT.complete;
}
