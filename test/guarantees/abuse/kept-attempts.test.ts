import { beforeAll, describe, expect, it } from "vitest";
import { decide } from "../../../src/codegen/approvals.ts";
import { learn } from "../../../src/codegen/learned-tools.ts";
import type { LearnedTool, Store } from "../../../src/contracts/index.ts";
import { NOW_MS } from "../standing-clock.ts";
import { APPROVER, ASKER, type Change, type ConsentWorld, forgedTool, sealed, startConsentWorld } from "./consent-world.ts";
import { KEPT_ATTEMPTS, KEPT_GUARDS } from "./kept-attempts.ts";

const CLOCK = { clock: { now: () => NOW_MS, sleep: async () => {} } };

let world: ConsentWorld;
let store: Store;
let tool: LearnedTool;
let runs = 1;
beforeAll(async () => {
  world = await startConsentWorld();
  ({ store, tool } = await kept());
  return () => world[Symbol.asyncDispose]();
}, 60_000);

/** A store with a program that was approved, answered, and kept. */
async function kept(): Promise<{ readonly store: Store; readonly tool: LearnedTool }> {
  const { store, approval } = await world.asked();
  const { id, digest, runId, question } = approval;
  await decide(store, { id, digest, decision: "approve", by: APPROVER }, CLOCK);
  expect((await world.run(store)).ended).toBe("ok");
  await store.putRun({ runId, startedMs: NOW_MS, question, thread: null, status: "answered", plan: null, document: null });
  return { store, tool: await learn(store, id, "volumes", CLOCK) };
}

/** Another run that asks for it. */
function asked(
  around: Change = {},
  values: Readonly<Record<string, unknown>> = {},
): Change & { readonly step: { readonly runId: string } } {
  const input: Change["input"] & object = { ...around.input, learned: "volumes", input: values as Record<string, never> };
  return { ...around, input, step: { ...around.step, runId: `run_${++runs}` } };
}

async function approvalsOf({ step: { runId } }: ReturnType<typeof asked>) {
  return await store.listApprovals({ runId });
}

describe("a kept program", () => {
  it("runs without asking, for who asked first, with other values", async () => {
    const change = asked({}, { state: "available" });
    const { ended, calls } = await world.run(store, change);
    expect(ended).toBe("ok");
    expect(calls).toHaveLength(1);
    expect(await approvalsOf(change)).toEqual([]);
  });

  it("is tried at every guard, each attempt under a name of its own", () => {
    expect(new Set(KEPT_ATTEMPTS.map(({ name }) => name)).size).toBe(KEPT_ATTEMPTS.length);
    expect(Object.keys(KEPT_GUARDS).filter((guard) => !KEPT_ATTEMPTS.some((attempt) => attempt.guard === guard))).toEqual([]);
  });

  for (const { name, guard, around = {}, stored = (tool: LearnedTool) => tool, values = {}, ends = "APPROVAL_PENDING" } of KEPT_ATTEMPTS) {
    /** The class is a part of what the digest covers: it fits here, so that the guard is what stops it. */
    const fits = guard === "reads";
    it(`${guard} stops it ${name}`, async () => {
      const changed = forgedTool((one) => (fits ? { ...stored(one), ...sealed(stored(one).subject) } : stored(one)));
      expect(await world.run(store, { ...asked(around, values), store: changed })).toEqual({ ended: ends, calls: [] });
    });

    it(`without ${guard} it runs ${name}`, async () => {
      const change = asked(around, values);
      const changed = stored(tool);
      const passing: Partial<LearnedTool> =
        guard === "actor"
          ? { askedBy: around.step?.askedBy ?? ASKER, policy: { ...tool.policy, via: around.step?.askedBy?.via ?? "slack" } }
          : guard === "expiry"
            ? { expiresMs: Number.MAX_SAFE_INTEGER }
            : guard === "digest"
              ? sealed(await world.subjectOf(store, changed.subject.program, change))
              : guard === "values"
                ? sealed({ ...tool.subject, program: { ...tool.subject.program, parameters: { type: "object", fields: ANYTHING } } })
                : sealed(tool.subject);
      const { ended, calls } = await world.run(store, {
        ...change,
        store: forgedTool((one) => ({ ...stored(one), ...passing })),
      });
      if (guard === "values") {
        // It gets to the program; what stops it there, if anything, is the broker.
        expect(["ok", "CALL_NOT_APPROVED"]).toContain(ended);
      } else {
        expect(ended).toBe("ok");
        expect(calls).not.toEqual([]);
      }
      expect(await approvalsOf(change)).toEqual([]);
    });
  }

  it.each(["unknown", "__proto__", "constructor", "VOLUMES", "volumes "])("is found under no other name: %s", async (learned) => {
    expect(await world.run(store, { input: { learned }, step: { runId: "run_0" } })).toEqual({ ended: "CODE_NO_OPERATION", calls: [] });
  });
});

const ANYTHING = Object.fromEntries(
  ["state", "region", "__proto__", "constructor"].map((name) => [name, { shape: { type: "unknown" } as const }]),
);
