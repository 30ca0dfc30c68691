import type { Actor, ApprovalDecision, ApprovalPolicy } from "../../../src/contracts/index.ts";
import { APPROVER, ASKER, POLICY } from "./consent-world.ts";

/** What stands between a decision and the run. */
export const DECISION_GUARDS = {
  policy: "only who may decide, by the way the question came",
  "same-digest": "a decision is for what the approval shows",
  "not-expired": "a request stands for a while only",
  "decided-once": "the first decision counts",
} as const;

/** A decision that must not count. */
export interface DecisionAttempt {
  readonly name: string;
  readonly guard: keyof typeof DECISION_GUARDS;
  readonly policy?: ApprovalPolicy;
  readonly decision?: Partial<ApprovalDecision>;
  /** Taken before. */
  readonly first?: Partial<ApprovalDecision>;
  /** After the request, in milliseconds. */
  readonly afterMs?: number;
  readonly ends: string;
  /** What the run then ends with. @defaultValue APPROVAL_PENDING */
  readonly runEnds?: string;
}

const STRANGERS: Readonly<Record<string, Actor>> = {
  "who asked, where nobody approves for themselves": ASKER,
  "who is no approver": { via: "slack", id: "U-mallory" },
  "an approver's name at a terminal": { ...APPROVER, via: "local" },
  "an approver's name in another chat": { ...APPROVER, via: "teams" },
  "an approver's name from the program itself": { ...APPROVER, via: "sdk" },
  "an approver's name in lower case": { via: "slack", id: APPROVER.id.toLowerCase() },
  "an approver's name with a space": { via: "slack", id: `${APPROVER.id} ` },
  "an approver's name with a Cyrillic letter": { via: "slack", id: APPROVER.id.replace("a", "\u0430") },
  "a part of an approver's name": { via: "slack", id: "U" },
  nobody: { via: "slack", id: "" },
  __proto__: { via: "slack", id: "__proto__" },
  "the operator, who is none of the approvers": { via: "slack", id: "operator" },
};

const BY_STRANGERS = Object.entries(STRANGERS).map(
  ([who, by]): DecisionAttempt => ({ name: `approved by ${who}`, guard: "policy", decision: { by }, ends: "APPROVAL_FORBIDDEN" }),
);

export const DECISION_ATTEMPTS: readonly DecisionAttempt[] = [
  ...BY_STRANGERS,
  {
    name: "approved where nobody may",
    guard: "policy",
    policy: { ...POLICY, approvers: [] },
    ends: "APPROVAL_FORBIDDEN",
  },
  {
    name: "approved by who asked, the only approver",
    guard: "policy",
    policy: { ...POLICY, approvers: [ASKER.id] },
    decision: { by: ASKER },
    ends: "APPROVAL_FORBIDDEN",
  },
  {
    name: "approved by who asked, where anybody else may",
    guard: "policy",
    policy: { ...POLICY, approvers: null },
    decision: { by: ASKER },
    ends: "APPROVAL_FORBIDDEN",
  },
  { name: "a decision on other code", guard: "same-digest", decision: { digest: "0".repeat(64) }, ends: "APPROVAL_CHANGED" },
  { name: "a decision on nothing in particular", guard: "same-digest", decision: { digest: "" }, ends: "APPROVAL_CHANGED" },
  { name: "approved when it had expired", guard: "not-expired", afterMs: 60_000, ends: "APPROVAL_EXPIRED", runEnds: "APPROVAL_EXPIRED" },
  { name: "approved a year later", guard: "not-expired", afterMs: 365 * 86_400_000, ends: "APPROVAL_EXPIRED", runEnds: "APPROVAL_EXPIRED" },
  {
    name: "approved after it was rejected",
    guard: "decided-once",
    first: { decision: "reject" },
    ends: "APPROVAL_DECIDED",
    runEnds: "APPROVAL_REJECTED",
  },
  {
    name: "approved after who asked took it back",
    guard: "decided-once",
    first: { decision: "reject", by: ASKER },
    ends: "APPROVAL_DECIDED",
    runEnds: "APPROVAL_REJECTED",
  },
];
