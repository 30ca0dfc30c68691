import type { OperationClass } from "./operation.ts";
import type { ApprovedCall, Program, RehearsalReport } from "./program.ts";
import type { PartialScope } from "./resource.ts";
import type { SandboxLimits } from "./sandbox.ts";
import type { Where } from "./selection.ts";

/** Something a person must allow before a run goes on. Bound to `digest`: consent for one thing cannot be used for another. */
export interface ApprovalRequest {
  readonly id: string;
  readonly kind: "code" | "write";
  readonly summary: string;
  /** SHA-256, hex, over everything the consent covers. */
  readonly digest: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** Who asks or decides. `id` is unique within `via`: an OS user, a Slack user id. */
export interface Actor {
  readonly via: "local" | "sdk" | "slack" | "teams";
  readonly id: string;
  /** Groups they are in now, told by whoever took the decision from them: a policy may name groups. */
  readonly groups?: readonly string[];
}

/** Who may decide, set where the run began and enforced by the core. */
export interface ApprovalPolicy {
  /** Decisions from elsewhere are refused: a terminal does not decide for a channel. */
  readonly via: Actor["via"];
  /** Ids of people and groups that may decide; null: anybody who comes that way. */
  readonly approvers: readonly string[] | null;
  /** Whether who asked may approve. */
  readonly selfApproval: boolean;
  /** Different people who must approve what changes something (`kind` "write"). @defaultValue 1 */
  readonly writeApprovals?: number;
}

/** What the consent covers; the digest is over all of it. */
export interface ApprovalSubject {
  readonly program: Program;
  /** What the plan says about places, from which the scopes were found. */
  readonly where: Where;
  /** Resolved accounts and regions. */
  readonly scopes: readonly PartialScope[];
  /** Where requests go: `aws`, `aws-cn`, `AzurePublicCloud`, or `emulator`. */
  readonly partition: string;
  readonly emulated: boolean;
  readonly limits: SandboxLimits;
  /** Of the sandbox's engine. */
  readonly sandboxFingerprint: string;
}

/** A pending or decided approval as it is kept, and shown to whoever decides. */
export interface Approval extends ApprovalRequest {
  readonly runId: string;
  readonly stepId: string;
  readonly createdMs: number;
  readonly expiresMs: number;
  readonly question: string;
  readonly language: "zh" | "en";
  /** Why code is needed at all. */
  readonly why: string;
  readonly subject: ApprovalSubject;
  readonly rehearsal: RehearsalReport;
  /** Requests to the cloud, roughly; null cost where no price is known. */
  readonly estimate: { readonly calls: number; readonly costUsd: number | null };
  readonly askedBy: Actor;
  readonly policy: ApprovalPolicy;
  /** `revised`: somebody asked for changes, `comment` says which; another approval takes its place. */
  readonly status: "pending" | "approved" | "rejected" | "revised";
  /** Who approved so far, where several must; the last one is `decidedBy`. */
  readonly approvedBy: readonly { readonly by: Actor; readonly atMs: number }[];
  readonly decidedBy: Actor | null;
  readonly decidedMs: number | null;
  /** What the person said with a rejection, or wants changed. */
  readonly comment: string | null;
}

export interface ApprovalDecision {
  readonly id: string;
  /** Repeats the request's digest. */
  readonly digest: string;
  /** `revise` has the program written again, as `comment` wants it: at most as often as attempts are allowed. */
  readonly decision: "approve" | "reject" | "revise";
  readonly by: Actor;
  readonly comment?: string;
}

/** A program that was approved, answered, and is kept under a name. */
export interface LearnedTool {
  /** Lower case, digits, dashes. */
  readonly name: string;
  readonly description: string;
  readonly subject: ApprovalSubject;
  /** Of the approval, whose digest it repeats. */
  readonly approvalId: string;
  readonly digest: string;
  readonly policy: ApprovalPolicy;
  readonly approvedBy: Actor;
  readonly askedBy: Actor;
  readonly createdMs: number;
  /** After that it asks again. */
  readonly expiresMs: number;
}

/** One link of the audit chain. `hash` is over everything else, `previous` included. */
export interface AuditRecord {
  readonly sequence: number;
  readonly atMs: number;
  readonly event:
    | "approval-requested"
    | "approval-approved"
    | "approval-rejected"
    | "approval-revised"
    | "approval-expired"
    | "decision-refused"
    | "code-started"
    | "code-ended"
    | "tool-learned";
  readonly runId: string;
  readonly approvalId: string | null;
  readonly actor: Actor | null;
  /** Flat facts: digest, operations, outcome. Never a secret, never a row. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
  readonly previous: string;
  readonly hash: string;
}
export type AuditEntry = Omit<AuditRecord, "sequence" | "previous" | "hash">;

/** Operations of an approval for people: one line each. */
export function operationsOf(approval: Pick<Approval, "subject">): readonly {
  readonly id: string;
  readonly class: OperationClass;
  readonly permission: string | null;
  readonly calls: readonly ApprovedCall[];
}[] {
  const { program } = approval.subject;
  return program.operations.map(({ operation, class: operationClass }) => ({
    id: operation.id,
    class: operationClass,
    permission: operation.permission,
    calls: program.calls.filter((call) => call.operation === operation.id),
  }));
}
