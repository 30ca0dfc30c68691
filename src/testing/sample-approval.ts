import type { Approval, AuditEntry, LearnedTool } from "../contracts/index.ts";
import { SANDBOX_LIMITS } from "../contracts/index.ts";

/** A pending approval as stores and tests need one: every field filled, nothing of it secret. */
export function sampleApproval(changes: Partial<Approval> = {}): Approval {
  const { id = "ap_1" } = changes;
  return {
    id,
    kind: "code",
    summary: "读取 2 个区域的指标筛选器 📊",
    digest: "d".repeat(64),
    expiresAt: "2026-01-01T01:00:00.000Z",
    runId: "r1",
    stepId: "code",
    createdMs: 1_767_225_600_000,
    expiresMs: 1_767_229_200_000,
    question: "有哪些指标筛选器？",
    language: "zh",
    why: "No tool lists metric filters.",
    subject: {
      program: {
        purpose: "Lists metric filters.",
        code: 'async function main(): Promise<Row[]> {\n  return cloud.call("aws", "logs", "DescribeMetricFilters", {});\n}',
        javascript: 'async function main() {\n  return cloud.call("aws", "logs", "DescribeMetricFilters", {});\n}',
        columns: [{ name: "name", type: "string" }],
        parameters: { type: "object", fields: {} },
        input: {},
        provider: "aws",
        calls: [{ operation: "aws.logs.DescribeMetricFilters", literals: {}, varying: [], line: 2 }],
        operations: [],
        declarationsHash: "e".repeat(64),
      },
      where: {},
      scopes: [{ provider: "aws", account: "111122223333", region: "eu-west-1" }],
      partition: "aws",
      emulated: false,
      limits: SANDBOX_LIMITS,
      sandboxFingerprint: "f".repeat(64),
    },
    rehearsal: { scenarios: [{ name: "typed samples", calls: 1, rows: 2 }] },
    estimate: { calls: 1, costUsd: null },
    askedBy: { via: "local", id: "ada" },
    policy: { via: "local", approvers: null, selfApproval: true },
    status: "pending",
    approvedBy: [],
    decidedBy: null,
    decidedMs: null,
    comment: null,
    ...changes,
  };
}

/** An entry of the audit chain about `sampleApproval`. */
export function sampleAuditEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    atMs: 1_767_225_600_000,
    event: "approval-requested",
    runId: "r1",
    approvalId: "ap_1",
    actor: { via: "local", id: "ada" },
    details: { digest: "d".repeat(64), calls: 1, emulated: false, cost: null },
    ...changes,
  };
}

/** A tool learned from `sampleApproval`. */
export function sampleLearnedTool(changes: Partial<LearnedTool> = {}): LearnedTool {
  const { subject, id, digest, policy, askedBy, createdMs } = sampleApproval();
  return {
    name: "metric-filters",
    description: "Lists metric filters.",
    subject,
    approvalId: id,
    digest,
    policy,
    approvedBy: { via: "local", id: "grace" },
    askedBy,
    createdMs,
    expiresMs: createdMs + 1,
    ...changes,
  };
}
