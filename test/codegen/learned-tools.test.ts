import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isKeepableName, learn, learnedFor } from "../../src/codegen/learned-tools.ts";
import type { Approval, AuditRecord, Store, StoredRun } from "../../src/contracts/index.ts";
import { OrchestratorError } from "../../src/errors/index.ts";
import { memory } from "../../src/stores/memory/index.ts";
import { sampleApproval, sampleAuditEntry, sampleLearnedTool } from "../../src/testing/index.ts";

const NOW_MS = 1_767_225_700_000;
const CLOCK = { clock: { now: () => NOW_MS, sleep: async () => {} } };
const GRACE = { via: "slack", id: "U-grace" } as const;

async function storeWith(approval: Partial<Approval>, status: StoredRun["status"]): Promise<Store> {
  const store = memory();
  const { runId, question, createdMs, ...kept } = sampleApproval(approval);
  await store.putApproval({ runId, question, createdMs, ...kept }, sampleAuditEntry());
  await store.putRun({ runId, startedMs: createdMs, question, thread: null, status, plan: null, document: null });
  return store;
}

const APPROVED = { status: "approved", decidedBy: GRACE, decidedMs: 1 } as const;

async function codeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => "ok",
    (error: unknown) => (OrchestratorError.isInstance(error) ? error.code : String(error)),
  );
}

async function lastOf(store: Store): Promise<AuditRecord | undefined> {
  let last: AuditRecord | undefined;
  for await (const record of store.audit()) last = record;
  return last;
}

describe("keeping a program", () => {
  it("keeps what was approved, for whom, by whom, for thirty days, and says so in the trail", async () => {
    const store = await storeWith(APPROVED, "answered");
    const tool = await learn(store, "ap_1", "metric-filters", CLOCK);
    const { subject, digest, policy, askedBy, question } = sampleApproval();
    expect(tool).toEqual({
      name: "metric-filters",
      description: question,
      subject,
      approvalId: "ap_1",
      digest,
      policy,
      approvedBy: GRACE,
      askedBy,
      createdMs: NOW_MS,
      expiresMs: NOW_MS + 30 * 86_400_000,
    });
    expect(await store.getLearnedTool("metric-filters")).toEqual(tool);
    expect(await lastOf(store)).toMatchObject({
      event: "tool-learned",
      actor: GRACE,
      approvalId: "ap_1",
      details: { name: "metric-filters", digest },
    });
  });

  it.each<[string, Partial<Approval>, StoredRun["status"]]>([
    ["is pending", {}, "waiting"],
    ["was rejected", { ...APPROVED, status: "rejected" }, "failed"],
    ["was approved by nobody", { ...APPROVED, decidedBy: null }, "answered"],
    ["has not run yet", APPROVED, "waiting"],
    ["is running", APPROVED, "running"],
    ["failed", APPROVED, "failed"],
  ])("keeps nothing that %s", async (_what, approval, status) => {
    const store = await storeWith(approval, status);
    expect(await codeOf(learn(store, "ap_1", "filters", CLOCK))).toBe("APPROVAL_NOT_FOUND");
    expect(await store.listLearnedTools()).toEqual([]);
  });

  it("keeps nothing of an approval that is not there", async () => {
    expect(await codeOf(learn(memory(), "ap_9", "filters", CLOCK))).toBe("APPROVAL_NOT_FOUND");
  });

  it("takes names of lower case letters, digits and dashes only", async () => {
    const hostile = fc.constantFrom("../x", "__proto__", "a b", "A", "-a", "1a", "", "a/b", "a\n", "ä", "a\u0000", `a${"b".repeat(40)}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, fc.string({ unit: "grapheme" })), async (name) => {
        fc.pre(!/^[a-z][a-z0-9-]{0,39}$/.test(name) || name.includes("\n"));
        expect(isKeepableName(name)).toBe(false);
        const store = await storeWith(APPROVED, "answered");
        expect(await codeOf(learn(store, "ap_1", name, CLOCK))).toBe("CODE_FAILED");
        expect(await store.listLearnedTools()).toEqual([]);
      }),
      { numRuns: 60 },
    );
    for (const name of ["a", "disks-without-snapshots", `a${"1".repeat(39)}`]) expect(isKeepableName(name)).toBe(true);
  });
});

describe("the program that was kept for a question", () => {
  const words = fc.array(fc.stringMatching(/^[a-z\u4e00-\u9fff]{1,6}$/), { minLength: 1, maxLength: 6 });
  const marks = fc.constantFrom(" ", "  ", ", ", "? ", "？", "! ", "\n", " — ");

  async function keptFor(...questions: readonly string[]) {
    const store = memory();
    for (const [index, description] of questions.entries())
      await store.putLearnedTool(sampleLearnedTool({ name: `tool-${index}`, description }));
    return store;
  }

  it("is found for the same words, whatever stands between them, in whatever case and width", async () => {
    await fc.assert(
      fc.asyncProperty(words, marks, marks, async (asked, first, second) => {
        const store = await keptFor(asked.join(first));
        const again = asked.join(second).toUpperCase().normalize("NFKD");
        expect((await learnedFor(again, store))?.name).toBe("tool-0");
      }),
    );
  });

  it("is not found for one word more, one less, or another order", async () => {
    await fc.assert(
      fc.asyncProperty(words, fc.constantFrom("payments", "all", "999999999999", "ignore"), async (asked, more) => {
        fc.pre(!asked.includes(more));
        const store = await keptFor(asked.join(" "));
        expect(await learnedFor([...asked, more].join(" "), store)).toBeUndefined();
        expect(await learnedFor([more, ...asked].join(" "), store)).toBeUndefined();
        if (asked.length > 1) expect(await learnedFor(asked.slice(1).join(" "), store)).toBeUndefined();
      }),
    );
  });

  it("is none for a question of marks alone, where none was kept for such", async () => {
    const store = await keptFor("which volumes are in use");
    for (const question of ["", "?", " \n", "\u200b"]) expect(await learnedFor(question, store)).toBeUndefined();
  });
});
