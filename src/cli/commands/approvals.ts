import { OrchestratorError } from "nephoscope";
import type { RunFlags } from "../ask-options.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { writeJson } from "../failure.ts";
import type { Host } from "../host.ts";
import { languageOf } from "../language.ts";
import { approvalLine, approvalLines } from "../render/approval.ts";
import { openSession } from "../session.ts";

/** Lists what waits for a decision; with an id, shows all of one. */
export async function approvals(host: Host, id: string | undefined, flags: Pick<RunFlags, "config" | "json">): Promise<ExitStatus> {
  const session = await openSession(host, { ...flags, model: false });
  try {
    const zh = languageOf("", host.env) === "zh";
    if (id !== undefined) {
      const approval = await session.orchestrator.approval(id);
      if (approval === undefined) throw unknownApproval(id);
      const accountNames = Object.assign({}, ...session.providers.map((provider) => provider.accountNames)) as Record<string, string>;
      if (flags.json) writeJson(host, approval);
      else host.stdout.write(`${approvalLines(approval, { style: host.stdout.style, accountNames, nowMs: host.now() }).join("\n")}\n`);
      return EXIT.complete;
    }
    const pending = await session.orchestrator.approvals();
    if (flags.json) writeJson(host, { approvals: pending });
    else if (pending.length === 0) host.stdout.write(zh ? "没有待审批的请求。\n" : "Nothing waits for a decision.\n");
    else {
      const lines = pending.map((approval) => approvalLine(approval, host.now()));
      const next = zh
        ? "查看：nephoscope approvals ID · 决定：nephoscope approve ID 或 reject ID"
        : "Look: nephoscope approvals ID · decide: nephoscope approve ID, or reject ID";
      host.stdout.write(`${[...lines, "", next].join("\n")}\n`);
    }
    return EXIT.complete;
  } finally {
    await session.close();
  }
}

export function unknownApproval(id: string): OrchestratorError {
  return new OrchestratorError({
    code: "APPROVAL_NOT_FOUND",
    message: { en: `There is no approval ${id}.`, zh: `没有编号为 ${id} 的审批。` },
    hint: { en: "nephoscope approvals lists what is pending.", zh: "可用 nephoscope approvals 查看待审批的请求。" },
  });
}
