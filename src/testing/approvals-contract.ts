import assert from "node:assert/strict";
import type { ApprovalDecision, AuditRecord, Store } from "../contracts/index.ts";
import { verifyAudit } from "../stores/shared/audit-chain.ts";
import { sampleApproval, sampleAuditEntry, sampleLearnedTool } from "./sample-approval.ts";
import type { StoreTest } from "./store-test.ts";

const pending = sampleApproval();
const requested = sampleAuditEntry();
const approve: ApprovalDecision = { id: pending.id, digest: pending.digest, decision: "approve", by: { via: "slack", id: "U1" } };
const approved = sampleAuditEntry({ event: "approval-approved", actor: approve.by });

/** Consent: asked for, decided once, recorded. */
export function approvalsContract(test: StoreTest): void {
  test("gives an approval back as it was put, also a large one, with its audit entry", async (store) => {
    const { subject } = pending;
    const code = `// ${"逐行审阅 📋 ".repeat(20_000)}`;
    const large = sampleApproval({ id: "ap_2", subject: { ...subject, program: { ...subject.program, code } } });
    await store.putApproval(pending, requested);
    await store.putApproval(large, sampleAuditEntry({ approvalId: "ap_2" }));
    assert.deepEqual(await store.getApproval("ap_1"), pending);
    assert.deepEqual(await store.getApproval("ap_2"), large);
    assert.deepEqual(
      (await chainOf(store)).map(({ approvalId }) => approvalId),
      ["ap_1", "ap_2"],
    );
  });

  test("keeps an approval that is there already as it is, without a second audit entry", async (store) => {
    await store.putApproval(pending, requested);
    await store.decideApproval(approve, 1, approved);
    await store.putApproval({ ...pending, digest: "0".repeat(64) }, requested);
    assert.equal((await store.getApproval(pending.id))?.status, "approved");
    assert.equal((await store.getApproval(pending.id))?.digest, pending.digest);
    assert.equal((await chainOf(store)).length, 2);
  });

  test("lists approvals, the newest first, by status and run", async (store) => {
    for (const [id, runId, createdMs] of [
      ["a", "r1", 1],
      ["c", "r1", 3],
      ["b", "r2", 2],
    ] as const) {
      await store.putApproval(sampleApproval({ id, runId, createdMs }), requested);
    }
    await store.decideApproval({ ...approve, id: "c" }, 1, approved);
    const ids = async (filter: Parameters<Store["listApprovals"]>[0]) => (await store.listApprovals(filter)).map(({ id }) => id);
    assert.deepEqual(await ids({}), ["c", "b", "a"]);
    assert.deepEqual(await ids({ status: "pending" }), ["b", "a"]);
    assert.deepEqual(await ids({ status: "approved" }), ["c"]);
    assert.deepEqual(await ids({ runId: "r1" }), ["c", "a"]);
    assert.deepEqual(await ids({ runId: "r1", status: "pending" }), ["a"]);
  });

  test("decides once: who comes later gets the approval as it stands", async (store) => {
    await store.putApproval(pending, requested);
    const rejected = { ...approve, decision: "reject", comment: "不需要" } as const;
    const first = await store.decideApproval(rejected, 5, sampleAuditEntry({ event: "approval-rejected" }));
    const standing = { ...pending, status: "rejected", decidedBy: approve.by, decidedMs: 5, comment: "不需要" };
    assert.deepEqual(first, { claimed: true, approval: standing });
    assert.deepEqual(await store.decideApproval(approve, 6, approved), { claimed: false, approval: standing });
    assert.deepEqual(await store.getApproval(pending.id), standing);
    assert.deepEqual(
      (await chainOf(store)).map(({ event }) => event),
      ["approval-requested", "approval-rejected"],
    );
  });

  test("lets one of many decide that come at once", async (store) => {
    await store.putApproval(pending, requested);
    const deciding = Array.from({ length: 9 }, (_, index) =>
      store.decideApproval({ ...approve, by: { via: "slack", id: `U${index}` } }, 5, approved),
    );
    const decided = await Promise.all(deciding);
    assert.equal(decided.filter(({ claimed }) => claimed).length, 1);
    const winner = decided.find(({ claimed }) => claimed)?.approval;
    for (const { approval } of decided) assert.deepEqual(approval, winner);
    assert.equal((await chainOf(store)).length, 2);
  });

  test("waits for as many different people as a write needs, and one rejection ends it", async (store) => {
    const policy = { ...pending.policy, writeApprovals: 2 };
    for (const id of ["w1", "w2"]) await store.putApproval(sampleApproval({ id, kind: "write", policy }), requested);
    const by = (person: string) => ({ ...approve, id: "w1", by: { via: "slack", id: person } }) as const;
    const first = await store.decideApproval(by("U1"), 5, approved);
    assert.deepEqual([first.claimed, first.approval?.status, first.approval?.decidedBy], [true, "pending", null]);
    assert.equal((await store.decideApproval(by("U1"), 6, approved)).claimed, false);
    assert.equal((await store.getApproval("w1"))?.approvedBy.length, 1);
    const second = await store.decideApproval(by("U2"), 7, approved);
    assert.deepEqual([second.claimed, second.approval?.status, second.approval?.decidedBy?.id], [true, "approved", "U2"]);
    assert.deepEqual(await store.getApproval("w1"), second.approval);
    await store.decideApproval({ ...by("U1"), id: "w2" }, 5, approved);
    const rejected = await store.decideApproval({ ...by("U1"), id: "w2", decision: "reject" }, 6, approved);
    assert.deepEqual([rejected.claimed, rejected.approval?.status, rejected.approval?.approvedBy.length], [true, "rejected", 1]);
    assert.equal((await chainOf(store)).length, 6);
  });

  test("counts everybody of those that a write needs who approve at once, and nobody twice", async (store) => {
    await store.putApproval(sampleApproval({ kind: "write", policy: { ...pending.policy, writeApprovals: 3 } }), requested);
    const deciding = Array.from({ length: 10 }, (_, index) =>
      store.decideApproval({ ...approve, by: { via: "slack", id: `U${index % 5}` } }, 5, approved),
    );
    assert.equal((await Promise.all(deciding)).filter(({ claimed }) => claimed).length, 3);
    const standing = await store.getApproval(pending.id);
    assert.equal(standing?.status, "approved");
    assert.equal(new Set(standing?.approvedBy.map(({ by }) => by.id)).size, 3);
    assert.equal((await chainOf(store)).length, 4);
  });

  test("keeps what somebody wants changed", async (store) => {
    await store.putApproval(pending, requested);
    const revise = { ...approve, decision: "revise", comment: "只看 eu-west-1" } as const;
    const { approval } = await store.decideApproval(revise, 5, approved);
    assert.deepEqual([approval?.status, approval?.comment, approval?.decidedBy], ["revised", "只看 eu-west-1", approve.by]);
    assert.deepEqual(await store.listApprovals({ status: "revised" }), [approval]);
  });

  test("takes no decision that is late, of another digest, or about nothing", async (store) => {
    await store.putApproval(pending, requested);
    const untouched = { claimed: false, approval: pending };
    assert.deepEqual(await store.decideApproval(approve, pending.expiresMs, approved), untouched);
    assert.deepEqual(await store.decideApproval({ ...approve, digest: "0".repeat(64) }, 1, approved), untouched);
    assert.deepEqual(await store.decideApproval({ ...approve, id: "ap_9" }, 1, approved), { claimed: false, approval: undefined });
    assert.equal((await chainOf(store)).length, 1);
    assert.equal((await store.decideApproval(approve, pending.expiresMs - 1, approved)).claimed, true);
  });

  test("chains audit records from the first to the last, also those that come at once", async (store) => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.appendAudit({ ...requested, atMs: index })));
    const chain = await chainOf(store);
    assert.deepEqual(
      chain.map(({ sequence }) => sequence),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    assert.equal(chain[0]?.previous, "0".repeat(64));
    assert.deepEqual(await verifyAudit(store.audit()), { records: 20, broken: null });
    const { sequence, previous, hash, ...entry } = chain[0] as AuditRecord;
    assert.deepEqual({ ...entry, atMs: 0 }, { ...requested, atMs: 0 });
  });

  test("keeps learned tools by name, until they are removed", async (store) => {
    const tool = sampleLearnedTool();
    const other = sampleLearnedTool({ name: "a-tool" });
    await store.putLearnedTool(sampleLearnedTool({ description: "Earlier." }));
    await store.putLearnedTool(tool);
    await store.putLearnedTool(other);
    assert.deepEqual(await store.getLearnedTool(tool.name), tool);
    assert.deepEqual(await store.listLearnedTools(), [other, tool]);
    assert.equal(await store.removeLearnedTool(tool.name), true);
    assert.equal(await store.removeLearnedTool(tool.name), false);
    assert.deepEqual(await store.listLearnedTools(), [other]);
  });
}

async function chainOf(store: Store): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  for await (const record of store.audit()) records.push(record);
  return records;
}
