import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../src/codegen/approvals.ts";
import type { Actor, Approval, ApprovalDecision, ApprovalPolicy, AuditRecord, Store } from "../../src/contracts/index.ts";
import { OrchestratorError } from "../../src/errors/index.ts";
import { memory } from "../../src/stores/memory/index.ts";
import { verifyAudit } from "../../src/stores/shared/audit-chain.ts";
import { sampleApproval, sampleAuditEntry } from "../../src/testing/index.ts";

const at = (nowMs: number) => ({ clock: { now: () => nowMs, sleep: async () => {} } });
const ADA: Actor = { via: "slack", id: "U-ada" };
const GRACE: Actor = { via: "slack", id: "U-grace" };

async function pending(changes: Partial<Approval> = {}): Promise<{ readonly store: Store; readonly approval: Approval }> {
  const store = memory();
  const approval = sampleApproval({ askedBy: ADA, ...changes });
  await store.putApproval(approval, sampleAuditEntry());
  return { store, approval };
}

function decision({ id, digest }: Approval, changes: Partial<ApprovalDecision> = {}): ApprovalDecision {
  return { id, digest, decision: "approve", by: GRACE, ...changes };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => "ok",
    (error: unknown) => (OrchestratorError.isInstance(error) ? error.code : String(error)),
  );
}

async function trail(store: Store): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  for await (const record of store.audit()) records.push(record);
  return records;
}

const OPEN: ApprovalPolicy = { via: "slack", approvers: null, selfApproval: true };
const FORBIDDEN = "APPROVAL_FORBIDDEN";

/** Who may do what: whoever asked is Ada. */
const POLICIES: readonly (readonly [policy: Partial<ApprovalPolicy>, by: Actor, approve: string, reject: string])[] = [
  [{}, ADA, "ok", "ok"],
  [{}, GRACE, "ok", "ok"],
  [{ selfApproval: false }, ADA, FORBIDDEN, "ok"],
  [{ selfApproval: false }, GRACE, "ok", "ok"],
  [{ approvers: [GRACE.id] }, ADA, FORBIDDEN, "ok"],
  [{ approvers: ["S-oncall"] }, GRACE, FORBIDDEN, FORBIDDEN],
  [{ approvers: ["S-oncall"] }, { ...GRACE, groups: ["S-oncall"] }, "ok", "ok"],
  [{ approvers: ["S-oncall"] }, { ...GRACE, groups: ["S-interns"] }, FORBIDDEN, FORBIDDEN],
  [{ approvers: ["S-oncall"], selfApproval: false }, { ...ADA, groups: ["S-oncall"] }, FORBIDDEN, "ok"],
  [{ approvers: [GRACE.id] }, GRACE, "ok", "ok"],
  [{ approvers: [ADA.id], selfApproval: false }, ADA, FORBIDDEN, "ok"],
  [{ approvers: [ADA.id], selfApproval: false }, GRACE, FORBIDDEN, FORBIDDEN],
  [{ approvers: [] }, GRACE, FORBIDDEN, FORBIDDEN],
  [{ via: "teams" }, GRACE, FORBIDDEN, FORBIDDEN],
  [{ via: "local" }, ADA, FORBIDDEN, FORBIDDEN],
  [{ via: "local", selfApproval: false }, { via: "local", id: ADA.id }, "ok", "ok"],
];

describe("a decision", () => {
  it.each(POLICIES)("under %j by %j is, to approve: %s, to reject: %s", async (policy, by, approve, reject) => {
    for (const [kind, expected] of [
      ["approve", approve],
      ["reject", reject],
    ] as const) {
      const { store, approval } = await pending({ policy: { ...OPEN, ...policy } });
      expect(await codeOf(decide(store, decision(approval, { by, decision: kind }), at(approval.createdMs)))).toBe(expected);
      const standing = { approve: "approved", reject: "rejected" }[kind];
      expect((await store.getApproval(approval.id))?.status).toBe(expected === "ok" ? standing : "pending");
    }
  });

  it("of one person is not enough for a write that needs two, however often they click", async () => {
    const policy = { ...OPEN, selfApproval: false, writeApprovals: 2 };
    const { store, approval } = await pending({ kind: "write", policy });
    const now = at(approval.createdMs);
    expect(await decide(store, decision(approval), now)).toMatchObject({ status: "pending", decidedBy: null, approvedBy: [{ by: GRACE }] });
    await expect(decide(store, decision(approval), now)).rejects.toMatchObject({
      code: FORBIDDEN,
      message: expect.stringContaining("somebody else"),
    });
    expect(await codeOf(decide(store, decision(approval, { by: ADA }), now))).toBe(FORBIDDEN);
    const by: Actor = { via: "slack", id: "U-linus" };
    expect(await decide(store, decision(approval, { by }), now)).toMatchObject({ status: "approved", decidedBy: by });
    expect(await verifyAudit(store.audit())).toEqual({ records: 5, broken: null });
  });

  it("to change a program says what is to be changed", async () => {
    const { store, approval } = await pending({ policy: OPEN });
    for (const comment of ["", " \n"])
      expect(await codeOf(decide(store, decision(approval, { decision: "revise", comment }), at(0)))).toBe(FORBIDDEN);
    expect(await codeOf(decide(store, decision(approval, { decision: "revise" }), at(0)))).toBe(FORBIDDEN);
    expect((await store.getApproval(approval.id))?.status).toBe("pending");
  });

  it("by the operator's own rule needs no place among the approvers, and still covers one digest only", async () => {
    const { store, approval } = await pending({ policy: { ...OPEN, approvers: ["U-linus"], selfApproval: false } });
    const by: Actor = { via: "slack", id: "operator" };
    const now = at(approval.createdMs);
    expect(await codeOf(decide(store, decision(approval, { by }), now))).toBe(FORBIDDEN);
    const other = decide(store, decision(approval, { by, digest: "0".repeat(64) }), now, { byRule: true });
    expect(await codeOf(other)).not.toBe("ok");
    expect(await decide(store, decision(approval, { by }), now, { byRule: true })).toMatchObject({ status: "approved", decidedBy: by });
  });

  it("to change a program can be made as often as attempts are allowed in one step", async () => {
    const { store } = await pending();
    for (const id of ["a", "b", "c", "d"]) await store.putApproval(sampleApproval({ id, askedBy: ADA, policy: OPEN }), sampleAuditEntry());
    const revise = (id: string) => decide(store, decision(sampleApproval({ id }), { decision: "revise", comment: "smaller" }), at(0));
    for (const id of ["a", "b", "c"]) expect(await revise(id)).toMatchObject({ status: "revised", comment: "smaller" });
    await expect(revise("d")).rejects.toMatchObject({ code: FORBIDDEN, message: expect.stringContaining("3 times") });
    expect((await trail(store)).filter(({ event }) => event === "approval-revised")).toHaveLength(3);
  });

  it("gives back what stands then, and is in the trail with who decided what", async () => {
    const { store, approval } = await pending({ policy: OPEN });
    const decided = await decide(store, decision(approval, { decision: "reject", comment: "too much" }), at(approval.createdMs + 5));
    expect(decided).toMatchObject({ status: "rejected", decidedBy: GRACE, decidedMs: approval.createdMs + 5, comment: "too much" });
    expect((await trail(store)).at(-1)).toMatchObject({
      event: "approval-rejected",
      actor: GRACE,
      approvalId: approval.id,
      runId: approval.runId,
      details: { digest: approval.digest },
    });
  });

  it("that is refused is in the trail, with why, and the chain holds", async () => {
    const { store, approval } = await pending({ policy: { ...OPEN, approvers: [] } });
    await codeOf(decide(store, decision(approval), at(approval.createdMs)));
    await codeOf(decide(store, decision(approval, { digest: "0" }), at(approval.createdMs)));
    expect((await trail(store)).slice(1)).toMatchObject([
      { event: "decision-refused", actor: GRACE, details: { code: FORBIDDEN, decision: "approve" } },
      { event: "decision-refused", actor: GRACE, details: { code: FORBIDDEN, decision: "approve" } },
    ]);
    expect(await verifyAudit(store.audit())).toEqual({ records: 3, broken: null });
  });

  it("about nothing is refused, and leaves no trace", async () => {
    const store = memory();
    const nothing = { id: "approval_9", digest: "0", decision: "approve", by: GRACE } as const;
    expect(await codeOf(decide(store, nothing, at(0)))).toBe("APPROVAL_NOT_FOUND");
    expect(await trail(store)).toEqual([]);
  });

  it("counts until the last millisecond, and not after", async () => {
    const { store, approval } = await pending({ policy: OPEN });
    expect(await codeOf(decide(store, decision(approval), at(approval.expiresMs)))).toBe("APPROVAL_EXPIRED");
    expect(await codeOf(decide(store, decision(approval), at(approval.expiresMs - 1)))).toBe("ok");
    expect(await codeOf(decide(store, decision(approval), at(approval.expiresMs)))).toBe("APPROVAL_DECIDED");
  });

  it("is one, of however many that come at once: the others are told who was first", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("approve", "reject"), { minLength: 2, maxLength: 8 }), async (kinds) => {
        const { store, approval } = await pending({ policy: OPEN });
        const deciding = kinds.map((kind, index) =>
          decide(store, decision(approval, { decision: kind, by: { via: "slack", id: `U${index}` } }), at(approval.createdMs)),
        );
        const ended = await Promise.allSettled(deciding);
        const won = ended.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
        expect(won).toHaveLength(1);
        for (const end of ended) {
          if (end.status === "rejected")
            expect(end.reason).toMatchObject({
              code: "APPROVAL_DECIDED",
              details: { decidedBy: won[0]?.decidedBy?.id, status: won[0]?.status },
            });
        }
        const events = (await trail(store)).map(({ event }) => event);
        expect(events.filter((event) => event === "decision-refused")).toHaveLength(kinds.length - 1);
      }),
      { numRuns: 30 },
    );
  });
});
