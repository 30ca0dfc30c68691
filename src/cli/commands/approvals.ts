import { type Approval, OrchestratorError } from "nephoscope";
import { languageOf } from "nephoscope/presentation";
import type { RunFlags } from "../ask-options.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { writeJson } from "../failure.ts";
import type { Host } from "../host.ts";
import { approvalLines, pendingLines } from "../render/approval.ts";
import { openSession, type Session } from "../session.ts";

/** Lists what waits for a decision; with an id, shows all of one. */
export async function approvals(host: Host, id: string | undefined, flags: Pick<RunFlags, "config" | "json">): Promise<ExitStatus> {
  const session = await openSession(host, { ...flags, model: false });
  try {
    const language = languageOf("", host.env);
    if (id !== undefined) {
      const approval = await session.orchestrator.approval(id);
      if (approval === undefined) throw unknownApproval(id);
      if (flags.json) writeJson(host, approval);
      else host.stdout.write(`${(await card(approval, session, host)).join("\n")}\n`);
      return EXIT.complete;
    }
    const pending = await session.orchestrator.approvals();
    if (flags.json) writeJson(host, { approvals: pending });
    else if (pending.length === 0) host.stdout.write(language === "zh" ? "没有待审批的请求。\n" : "Nothing waits for a decision.\n");
    else {
      const lines = pending.flatMap((approval) => [...pendingLines(approval, { language, nowMs: host.now() }), ""]);
      const next =
        language === "zh"
          ? "查看：nephoscope approvals ID · 决定：nephoscope approve ID，或 reject ID"
          : "Look: nephoscope approvals ID · decide: nephoscope approve ID, or reject ID";
      host.stdout.write(`${[...lines, next].join("\n")}\n`);
    }
    return EXIT.complete;
  } finally {
    await session.close();
  }
}

/** All of one, and where nobody has decided yet, how to. */
async function card(approval: Approval, { providers, timezone }: Session, host: Host): Promise<string[]> {
  const { columns: width, style } = host.stdout;
  // An emulator's accounts have names that the provider learns while it loads.
  const asked = providers.filter(({ id, emulated }) => emulated && id === approval.subject.program.provider);
  await Promise.all(asked.map((provider) => provider.load().catch(() => {})));
  const accountNames = Object.assign({}, ...providers.map((provider) => provider.accountNames)) as Record<string, string>;
  const nowMs = host.now();
  const lines = approvalLines(approval, { style, width, accountNames, timezone, nowMs });
  if (approval.status !== "pending" || approval.expiresMs <= nowMs) return lines;
  const { id, language } = approval;
  const decide = language === "zh" ? `决定：nephoscope approve ${id}，或 reject` : `Decide: nephoscope approve ${id}, or reject`;
  return [...lines, "", decide];
}

export function unknownApproval(id: string): OrchestratorError {
  return new OrchestratorError({
    code: "APPROVAL_NOT_FOUND",
    message: { en: `There is no approval ${id}.`, zh: `没有编号为 ${id} 的审批。` },
    hint: { en: "nephoscope approvals lists what is pending.", zh: "可用 nephoscope approvals 查看待审批的请求。" },
  });
}
