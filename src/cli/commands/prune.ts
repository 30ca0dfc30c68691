import { languageOf } from "nephoscope/presentation";
import type { RunFlags } from "../ask-options.ts";
import { readConfig } from "../config-file.ts";
import { parseDuration } from "../durations.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { writeJson } from "../failure.ts";
import type { Host } from "../host.ts";
import { openStore } from "../session.ts";

export async function prune(host: Host, flags: Pick<RunFlags, "config" | "json"> & { readonly olderThan: string }): Promise<ExitStatus> {
  const beforeMs = host.now() - parseDuration(flags.olderThan, "--older-than", "d");
  const store = openStore(host, await readConfig(flags.config, host.folder));
  try {
    const dropped = await store.prune(beforeMs);
    const before = new Date(beforeMs).toISOString();
    if (flags.json) writeJson(host, { dropped, before });
    else if (languageOf("", host.env) === "zh") host.stdout.write(`已删除 ${dropped} 次运行（开始于 ${before} 之前）\n`);
    else host.stdout.write(`Dropped ${dropped} ${dropped === 1 ? "run" : "runs"} begun before ${before}.\n`);
    return EXIT.complete;
  } finally {
    await store.close();
  }
}
