import { type ApprovalDecision, formatTime, isKeepableName } from "nephoscope";
import { prepareOutputs, type RunFlags, toRunOptions } from "../ask-options.ts";
import type { ExitStatus } from "../exit-status.ts";
import { EXIT } from "../exit-status.ts";
import type { Host } from "../host.ts";
import { presentRun } from "../present-run.ts";
import { openSession } from "../session.ts";
import { usageError } from "../usage-error.ts";
import { unknownApproval } from "./approvals.ts";

export interface DecisionFlags extends RunFlags {
  /** Name under which the program is kept once it has answered. */
  readonly keep?: string;
  readonly comment?: string;
}

/** Decides what waits, as the person at this terminal, and goes on with its run. What was approved before can still be kept. */
export async function approve(host: Host, id: string, flags: DecisionFlags): Promise<ExitStatus> {
  const options = toRunOptions(flags, host);
  const { keep } = flags;
  // Before anything is decided: a decision is taken once.
  if (keep !== undefined && !isKeepableName(keep)) throw unusableName(keep);
  await prepareOutputs(flags, host.folder);
  const session = await openSession(host, flags);
  try {
    const approval = await session.orchestrator.approval(id);
    if (approval === undefined) throw unknownApproval(id);
    const { runId, digest, language } = approval;
    const decision: ApprovalDecision = { id, digest, decision: "approve", by: { via: "local", id: host.user } };
    const decisions = keep !== undefined && approval.status === "approved" ? [] : [decision];
    const status = await presentRun(host, session.orchestrator.resume(runId, decisions, options), { flags, session });
    if (keep !== undefined && (status === EXIT.complete || status === EXIT.incomplete)) {
      const { name, expiresMs } = await session.orchestrator.learn(id, keep);
      const until = formatTime(expiresMs, session.timezone);
      host.stderr.write(
        language === "zh"
          ? `已保存为 ${name}：再次提出同一问题时直接执行，${until} 之前无需批准。\n`
          : `Kept as ${name}: the same question runs it again, without an approval until ${until}.\n`,
      );
    }
    return status;
  } finally {
    await session.close();
  }
}

function unusableName(name: string) {
  return usageError(
    { en: `A program cannot be kept under the name ${name}.`, zh: `不能用 ${name} 作为程序名称。` },
    {
      en: "Use lower case letters, digits and dashes, such as disks-without-snapshots.",
      zh: "请使用小写字母、数字和短横线，例如 disks-without-snapshots。",
    },
  );
}

/** Refuses what waits; its run ends with that. */
export async function reject(host: Host, id: string, flags: DecisionFlags): Promise<ExitStatus> {
  const session = await openSession(host, { ...flags, model: false });
  try {
    const approval = await session.orchestrator.approval(id);
    if (approval === undefined) throw unknownApproval(id);
    const { digest, language } = approval;
    const comment = flags.comment === undefined ? {} : { comment: flags.comment };
    await session.orchestrator.decide({ id, digest, decision: "reject", by: { via: "local", id: host.user }, ...comment });
    host.stdout.write(language === "zh" ? `已拒绝 ${id}。\n` : `Rejected ${id}.\n`);
    return EXIT.complete;
  } finally {
    await session.close();
  }
}
