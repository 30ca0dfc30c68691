import { type Approval, type ApprovalError, OrchestratorError, type Text } from "nephoscope";
import { personFactsInTime } from "./admission.ts";
import type { EngineParts } from "./engine-parts.ts";
import { CLICKS } from "./engine-wording.ts";
import type { ClickReply, IncomingDecision } from "./incoming.ts";
import type { QuestionRecord } from "./question-record.ts";

/** What became of a click on a card; with `question`: its run may go on, and its card is to be shown anew. */
export interface DeskReply {
  readonly reply: ClickReply;
  readonly question: QuestionRecord | undefined;
}

/**
 * Takes a decision to the core, which checks it by the policy that was kept with the approval. Who decides, and the groups they are in, is
 * asked of the platform; what is decided on is read from the store.
 */
export async function decideApproval(parts: EngineParts, incoming: IncomingDecision): Promise<DeskReply> {
  const { orchestrator, book, runtime, platform } = parts;
  const { approvalId, person, place, decision } = incoming;
  const approval = await orchestrator.approval(approvalId);
  if (approval === undefined) return { reply: refusal(CLICKS.unknownApproval, undefined), question: undefined };
  const question = await book.ofRun(approval.runId);
  const refuse = (text: Text, reason: string): DeskReply => {
    runtime.logger.debug("decision refused", { approvalId, person: person.id, decision, reason });
    return { reply: refusal(text, approval), question };
  };
  const comment = incoming.comment?.trim() ?? "";
  if (decision === "revise" && comment === "") return refuse(CLICKS.revisionEmpty, "no comment");
  if (question === undefined && approval.status === "pending") return refuse(CLICKS.overApproval, "question ended");
  let groups: readonly string[];
  try {
    const facts = await personFactsInTime(parts, person, place);
    if (facts.isOutsider) return refuse(CLICKS.outsiderDecides, "outsider");
    groups = facts.groups;
  } catch (error) {
    runtime.logger.warn("facts about person not known", { approvalId, error: String(error) });
    return refuse(CLICKS.unknownPerson, "facts");
  }
  try {
    const decided = await orchestrator.decide({
      id: approvalId,
      digest: approval.digest,
      decision,
      by: { via: platform.id, id: person.id, groups },
      ...(comment === "" ? {} : { comment }),
    });
    runtime.logger.debug("decision taken", { approvalId, runId: approval.runId, person: person.id, decision, status: decided.status });
    return { reply: { accepted: true, text: accepted(decided)[approval.language] }, question };
  } catch (error) {
    if (!isApprovalError(error)) throw error;
    const stands = (await orchestrator.approval(approvalId)) ?? approval;
    return refuse(whyNot(error, stands, incoming), error.code);
  }
}

function accepted({ status }: Approval): Text {
  const texts = { pending: CLICKS.approvedInPart, approved: CLICKS.approved, rejected: CLICKS.rejected, revised: CLICKS.revised };
  return texts[status];
}

/** What the core refused, for whoever clicked: on the card they see which approval it is, and who was first. */
function whyNot({ code, text, details }: ApprovalError, approval: Approval, { person, decision }: IncomingDecision): Text {
  switch (code) {
    case "APPROVAL_EXPIRED":
      return CLICKS.expired;
    case "APPROVAL_DECIDED":
      return approval.decidedBy?.id === person.id ? CLICKS.decidedByYou[approval.status] : CLICKS.decided[approval.status];
    case "APPROVAL_FORBIDDEN":
      if (details.revisions !== undefined) return CLICKS.noMoreChanges;
      if (decision === "approve" && approval.askedBy.id === person.id && !approval.policy.selfApproval) return CLICKS.ownQuestion;
      return approval.approvedBy.some(({ by }) => by.id === person.id) ? CLICKS.approvedTwice : CLICKS.noApprover;
    default:
      return text;
  }
}

function refusal(text: Text, approval: Approval | undefined): ClickReply {
  // Of an approval that nobody knows the language is not known either.
  return { accepted: false, text: approval === undefined ? `${text.en} ${text.zh}` : text[approval.language] };
}

function isApprovalError(error: unknown): error is ApprovalError {
  return OrchestratorError.isInstance(error) && error.code.startsWith("APPROVAL_");
}
