import { beforeAll, describe, expect, it } from "vitest";
import { decide } from "../../../src/codegen/approvals.ts";
import type { Approval, ApprovalDecision, ApprovalSubject, Store } from "../../../src/contracts/index.ts";
import { OrchestratorError } from "../../../src/errors/index.ts";
import { NOW_MS } from "../standing-clock.ts";
import { APPROVER, type ConsentWorld, forged, POLICY, sealed, startConsentWorld } from "./consent-world.ts";
import { DECISION_ATTEMPTS, DECISION_GUARDS } from "./decision-attempts.ts";
import { DIGEST_ATTEMPTS } from "./digest-attempts.ts";

let world: ConsentWorld;
beforeAll(async () => {
  world = await startConsentWorld();
  return () => world[Symbol.asyncDispose]();
}, 60_000);

const clockAt = (nowMs: number) => ({ clock: { now: () => nowMs, sleep: async () => {} } });

function approve({ id, digest }: Approval, more: Partial<ApprovalDecision> = {}): ApprovalDecision {
  return { id, digest, decision: "approve", by: APPROVER, ...more };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => "ok",
    (error: unknown) => (OrchestratorError.isInstance(error) ? error.code : String(error)),
  );
}

/** Decides as the store would be told to by somebody whom nobody asked for a reason. */
async function pastTheGuard(store: Store, approval: Approval): Promise<void> {
  const entry = { atMs: 0, event: "approval-approved", runId: approval.runId, approvalId: approval.id, actor: null, details: {} } as const;
  await store.decideApproval(approve(approval), approval.createdMs, entry);
}

async function events(store: Store): Promise<string[]> {
  const seen: string[] = [];
  for await (const { event } of store.audit()) seen.push(event);
  return seen;
}

describe("a decision that must not count", () => {
  it("is tried at every guard, each attempt under a name of its own", () => {
    expect(new Set(DECISION_ATTEMPTS.map(({ name }) => name)).size).toBe(DECISION_ATTEMPTS.length);
    expect(Object.keys(DECISION_GUARDS).filter((guard) => !DECISION_ATTEMPTS.some((attempt) => attempt.guard === guard))).toEqual([]);
  });

  for (const { name, guard, policy = POLICY, decision = {}, first, afterMs = 0, ends, runEnds = "APPROVAL_PENDING" } of DECISION_ATTEMPTS) {
    const step = { policy };
    it(`${guard} stops what is ${name}`, async () => {
      const { store, approval } = await world.asked({ step });
      if (first !== undefined) await decide(store, approve(approval, first), clockAt(NOW_MS));
      expect(await codeOf(decide(store, approve(approval, decision), clockAt(NOW_MS + afterMs)))).toBe(ends);
      expect((await events(store)).at(-1)).toBe("decision-refused");
      expect(await world.run(store, { step, nowMs: NOW_MS + afterMs })).toEqual({ ended: runEnds, calls: [] });
    });

    it(`without ${guard} there is what is ${name}`, async () => {
      const { store, approval } = await world.asked({ step });
      await pastTheGuard(store, approval);
      const { ended, calls } = await world.run(store, { step, nowMs: NOW_MS + afterMs });
      expect(ended).toBe("ok");
      expect(calls).not.toEqual([]);
    });
  }
});

describe("code that is otherwise than it was approved", () => {
  it("is tried in many ways, each under a name of its own", () => {
    expect(new Set(DIGEST_ATTEMPTS.map(({ name }) => name)).size).toBe(DIGEST_ATTEMPTS.length);
  });

  for (const { name, stored = (subject: ApprovalSubject) => subject, around = {} } of DIGEST_ATTEMPTS) {
    it(`the digest stops ${name}`, async () => {
      const { store, approval } = await world.asked();
      await decide(store, approve(approval), clockAt(NOW_MS));
      const change = { ...around, store: forged((one) => ({ ...one, subject: stored(one.subject) })) };
      expect(await world.run(store, change)).toEqual({ ended: "APPROVAL_CHANGED", calls: [] });
    });

    it(`without the digest there is ${name}`, async () => {
      const { store, approval } = await world.asked();
      await decide(store, approve(approval), clockAt(NOW_MS));
      const { program } = stored(approval.subject);
      const fitting = sealed(await world.subjectOf(store, program, around));
      const { ended, calls } = await world.run(store, { ...around, store: forged((one) => ({ ...one, ...fitting })) });
      expect(ended).toBe("ok");
      expect(calls).not.toEqual([]);
    });
  }

  it("is stopped where what the approval shows was changed, and what runs was not", async () => {
    const { store, approval } = await world.asked();
    await decide(store, approve(approval), clockAt(NOW_MS));
    const scopes = [...approval.subject.scopes, { provider: "aws", account: "111122223333", region: "eu-west-1" }];
    const change = { store: forged((one) => ({ ...one, subject: { ...one.subject, scopes } })) };
    expect(await world.run(store, change)).toEqual({ ended: "APPROVAL_CHANGED", calls: [] });
  });
});

describe("an approval of something else", () => {
  const approvedElsewhere = async (runId: string) => {
    const other = await world.asked({ step: { runId } });
    await decide(other.store, approve(other.approval), clockAt(NOW_MS));
    const approval = await other.store.getApproval(other.approval.id);
    if (approval === undefined) throw new Error("no approval");
    return approval;
  };

  it("of the same code in another run does not count", async () => {
    const other = await approvedElsewhere("run_2");
    const { store, approval } = await world.asked();
    expect(other.digest).toBe(approval.digest);
    expect(await world.run(store, { store: forged(() => other) })).toEqual({ ended: "APPROVAL_CHANGED", calls: [] });
    const { ended } = await world.run(store, { store: forged(({ runId }) => ({ ...other, runId })) });
    expect(ended).toBe("ok");
  });

  it("decided in its place leaves this run waiting", async () => {
    const { store, approval } = await world.asked();
    await world.run(store, { step: { runId: "run_2" } });
    const other = (await store.listApprovals({ runId: "run_2" }))[0];
    if (other === undefined) throw new Error("the other run asks for nothing");
    await decide(store, approve(other), clockAt(NOW_MS));
    expect(await world.run(store)).toEqual({ ended: "APPROVAL_PENDING", calls: [] });
    expect((await store.getApproval(approval.id))?.status).toBe("pending");
  });

  it("with its digest does not decide this one", async () => {
    const { store, approval } = await world.asked();
    const { store: elsewhere, approval: other } = await world.asked({ step: { runId: "run_2" } });
    expect(await codeOf(decide(store, approve(other), clockAt(NOW_MS)))).toBe("APPROVAL_NOT_FOUND");
    expect(await codeOf(decide(elsewhere, approve(approval), clockAt(NOW_MS)))).toBe("APPROVAL_NOT_FOUND");
  });

  it("that says approved and names nobody does not count", async () => {
    const { store } = await world.asked();
    const change = { store: forged((one) => ({ ...one, status: "approved" })) };
    expect(await world.run(store, change)).toEqual({ ended: "APPROVAL_PENDING", calls: [] });
  });
});

describe("the operator's rule", () => {
  it("decides whatever policy the people are under, and nobody can speak in its name", async () => {
    const step = { policy: { ...POLICY, approvers: [APPROVER.id] } };
    const { store, approval } = await world.asked({ step });
    const pretended = approve(approval, { by: { via: approval.policy.via, id: "operator" } });
    expect(await codeOf(decide(store, pretended, clockAt(NOW_MS)))).toBe("APPROVAL_FORBIDDEN");
    const parts = { approve: async () => "approve" as const };
    expect((await world.run(store, { step, parts })).ended).toBe("ok");
  });

  it("decides nothing that has expired", async () => {
    const { store } = await world.asked();
    const parts = { approve: async () => "approve" as const };
    expect(await world.run(store, { parts, nowMs: NOW_MS + 60_000 })).toEqual({ ended: "APPROVAL_EXPIRED", calls: [] });
  });
});
