import type { ApprovalDecision } from "nephoscope";
import { prepareOutputs, type RunFlags, toRunOptions } from "../ask-options.ts";
import type { ExitStatus } from "../exit-status.ts";
import { EXIT } from "../exit-status.ts";
import type { Host } from "../host.ts";
import { presentRun } from "../present-run.ts";
import { openSession } from "../session.ts";
import { unknownApproval } from "./approvals.ts";

export interface DecisionFlags extends RunFlags {
  /** Name under which the program is kept once it has answered. */
  readonly keep?: string;
  readonly comment?: string;
}

/** Decides what waits, as the person at this terminal, and goes on with its run. */
export async function approve(host: Host, id: string, flags: DecisionFlags): Promise<ExitStatus> {
  const options = toRunOptions(flags, host);
  await prepareOutputs(flags, host.folder);
  const session = await openSession(host, flags);
  try {
    const decision = await decisionOn(id, "approve");
    const status = await presentRun(host, session.orchestrator.resume(decision.runId, [decision.decision], options), { flags, session });
    if (flags.keep !== undefined && (status === EXIT.complete || status === EXIT.incomplete)) {
      const { name, expiresMs } = await session.orchestrator.learn(id, flags.keep);
      const until = new Date(expiresMs).toISOString();
      host.stderr.write(
        decision.zh ? `已保存为 ${name}，${until} 之前无需再次批准。\n` : `Kept as ${name}; it needs no new approval until ${until}.\n`,
      );
    }
    return status;
  } finally {
    await session.close();
  }

  async function decisionOn(approvalId: string, decision: ApprovalDecision["decision"]) {
    const approval = await session.orchestrator.approval(approvalId);
    if (approval === undefined) throw unknownApproval(approvalId);
    const by = { via: "local", id: host.user } as const;
    return { runId: approval.runId, zh: approval.language === "zh", decision: { id: approvalId, digest: approval.digest, decision, by } };
  }
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
