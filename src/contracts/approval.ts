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

export interface ApprovalDecision {
  readonly id: string;
  /** Repeats the request's digest. */
  readonly digest: string;
  readonly decision: "approve" | "reject";
  readonly by: string;
}
