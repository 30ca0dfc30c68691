import type { ApprovalDecision, RunDocument } from "nephoscope";
import type { RunFlags } from "./ask-options.ts";
import type { Host } from "./host.ts";
import { approvalLines } from "./render/approval.ts";
import type { Session } from "./session.ts";

interface Asking {
  readonly flags: Pick<RunFlags, "json" | "jsonl">;
  readonly session: Pick<Session, "providers" | "orchestrator" | "timezone">;
}

/** Shows what waits to the person at the terminal and takes the decisions; none where nobody sits there, or where they leave it open. */
export async function askAtOnce(host: Host, document: RunDocument, { flags, session }: Asking): Promise<ApprovalDecision[]> {
  const { columns: width, style } = host.stderr;
  if (flags.json || flags.jsonl || width === null) return [];
  const accountNames = Object.assign({}, ...session.providers.map((provider) => provider.accountNames)) as Record<string, string>;
  const zh = document.language === "zh";
  const decisions: ApprovalDecision[] = [];
  for (const { id } of document.approvals) {
    const approval = await session.orchestrator.approval(id);
    if (approval === undefined) continue;
    const card = approvalLines(approval, { style, width, accountNames, timezone: session.timezone, nowMs: host.now() });
    host.stderr.write(`${card.join("\n")}\n\n`);
    const answer = await host.ask(
      zh ? "批准执行？ y 批准 · n 拒绝 · 回车 稍后决定：" : "Run it? y approve · n reject · Enter to decide later: ",
    );
    const decision = /^\s*(y|yes|是|批准)\s*$/i.test(answer ?? "")
      ? "approve"
      : /^\s*(n|no|否|拒绝)\s*$/i.test(answer ?? "")
        ? "reject"
        : undefined;
    if (decision !== undefined) decisions.push({ id, digest: approval.digest, decision, by: { via: "local", id: host.user } });
  }
  return decisions;
}
