import { beforeAll, describe, expect, it } from "vitest";
import { decide } from "../../../src/codegen/approvals.ts";
import { learn } from "../../../src/codegen/learned-tools.ts";
import type { Json, LearnedTool, Store } from "../../../src/contracts/index.ts";
import { NOW_MS } from "../standing-clock.ts";
import { APPROVER, ASKER, type Change, type ConsentWorld, forgedTool, sealed, startConsentWorld } from "./consent-world.ts";
import { KEPT_ATTEMPTS, KEPT_GUARDS } from "./kept-attempts.ts";

const CLOCK = { clock: { now: () => NOW_MS, sleep: async () => {} } };
const AGAIN = { runId: "run_2" };

let world: ConsentWorld;
beforeAll(async () => {
  world = await startConsentWorld();
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

function asked(around: Change = {}, values: Readonly<Record<string, unknown>> = {}): Change {
  const input = { ...around.input, learned: "volumes", input: values as Record<string, Json> };
  return { ...around, input, step: { ...AGAIN, ...around.step } } as Change;
}

describe("a kept program", () => {
  it("runs without asking, for who asked first, with other values", async () => {
    const { store } = await kept();
    const { ended, calls } = await world.run(store, asked({}, { state: "available" }));
    expect(ended).toBe("ok");
    expect(calls).toHaveLength(1);
    expect(await store.listApprovals({ runId: AGAIN.runId })).toEqual([]);
  });

  it("is tried at every guard, each attempt under a name of its own", () => {
    expect(new Set(KEPT_ATTEMPTS.map(({ name }) => name)).size).toBe(KEPT_ATTEMPTS.length);
    expect(Object.keys(KEPT_GUARDS).filter((guard) => !KEPT_ATTEMPTS.some((attempt) => attempt.guard === guard))).toEqual([]);
  });

  for (const { name, guard, around = {}, stored = (tool) => tool, values = {}, ends = "APPROVAL_PENDING" } of KEPT_ATTEMPTS) {
    /** The class is a part of what the digest covers: it fits here, so that the guard is what stops it. */
    const fits = guard === "reads";
    it(`${guard} stops it ${name}`, async () => {
      const { store } = await kept();
      const store2 = forgedTool((one) => (fits ? { ...stored(one), ...sealed(stored(one).subject) } : stored(one)));
      expect(await world.run(store, { ...asked(around, values), store: store2 })).toEqual({ ended: ends, calls: [] });
    });

    it(`without ${guard} it runs ${name}`, async () => {
      const { store, tool } = await kept();
      const change = asked(around);
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
        ...asked(around, values),
        store: forgedTool((one) => ({ ...stored(one), ...passing })),
      });
      // Values that no parameter takes are the program's and the broker's to refuse, behind this guard.
      if (guard !== "values") expect(ended).toBe("ok");
      if (guard !== "values" || ended === "ok") expect(calls).not.toEqual([]);
      expect(await store.listApprovals({ runId: AGAIN.runId })).toEqual([]);
    });
  }

  it.each(["unknown", "__proto__", "constructor", "VOLUMES", "volumes "])("is found under no other name: %s", async (learned) => {
    const { store } = await kept();
    expect(await world.run(store, { input: { learned }, step: AGAIN })).toEqual({ ended: "CODE_NO_OPERATION", calls: [] });
  });
});

const ANYTHING = Object.fromEntries(
  ["state", "region", "__proto__", "constructor"].map((name) => [name, { shape: { type: "unknown" } as const }]),
);
