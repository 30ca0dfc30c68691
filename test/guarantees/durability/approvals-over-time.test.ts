import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../../src/emulator/index.ts";
import type { Actor, ApprovalPolicy, Orchestrator, OrchestratorOptions, RunDocument, RunOptions, Store } from "../../../src/index.ts";
import { extism } from "../../../src/sandboxes/extism/index.ts";
import { memory } from "../../../src/stores/memory/index.ts";
import { approve, expectSoundStore } from "./killed-runs.ts";
import { CHINESE_QUESTION, QUESTION } from "./volume-question.ts";
import { newCloud, requestsTo, volumeOrchestrator } from "./volume-world.ts";

const DAY_MS = 24 * 3_600_000;
/** Machines do other things too. */
const PATIENT = { timeout: 120_000 };
const LANGUAGES = [
  ["English", QUESTION, /[a-z]\.$/],
  ["Chinese", CHINESE_QUESTION, /\p{Script=Han}.*。$/u],
] as const;
const ANNA: Actor = { via: "sdk", id: "anna" };
const BERTA: Actor = { via: "sdk", id: "berta" };

let cloud: Emulator;
let store: Store;
let orchestrator: Orchestrator;
/** Ahead of the machine's clock, in milliseconds. */
let laterMs: number;

function newOrchestrator(options: Partial<OrchestratorOptions> = {}): Orchestrator {
  const clock = { now: () => Date.now() + laterMs, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref()) };
  return volumeOrchestrator(cloud, { store, runtime: { clock }, ...options });
}

beforeAll(async () => {
  cloud = await newCloud();
  store = memory();
  orchestrator = newOrchestrator();
});
afterAll(async () => {
  await orchestrator.close();
  await cloud.close();
});
beforeEach(async () => {
  laterMs = 0;
  await store.removeLearnedTool("open-volumes");
  await fetch(`${cloud.url}/_emulator/reset`, { method: "POST", body: "{}" });
});

async function ask(question: string, options: RunOptions = {}): Promise<RunDocument> {
  const document = await orchestrator.ask(question, { askedBy: ANNA, ...options });
  expect(document).toMatchObject({ status: "waiting", error: null });
  return document;
}

async function decide({ approvals }: RunDocument, decision: "approve" | "reject", comment?: string): Promise<void> {
  const { id = "", digest = "" } = approvals[0] ?? {};
  await orchestrator.decide({ id, digest, decision, by: BERTA, ...(comment === undefined ? {} : { comment }) });
}

describe.each(LANGUAGES)("in %s, an approval", PATIENT, (_language, question, sentence) => {
  test("that expires while the run waits is decided by nobody, and the run says so", async () => {
    const waiting = await ask(question);
    laterMs = DAY_MS + 1_000;
    expect(await orchestrator.approvals()).toEqual([]);
    await expect(decide(waiting, "approve")).rejects.toMatchObject({ code: "APPROVAL_EXPIRED" });
    const late = await approve(orchestrator, waiting);
    expect(late).toMatchObject({ status: "failed", error: { code: "APPROVAL_EXPIRED" } });
    const { status, error } = await orchestrator.resume(waiting.runId).result();
    expect({ status, code: error?.code }).toEqual({ status: "failed", code: "APPROVAL_EXPIRED" });
    for (const said of [late.error, error]) {
      expect(said?.message).toMatch(sentence);
      expect(said?.hint).toMatch(sentence);
    }
    expect(await requestsTo(cloud)).toBe(0);
    const trail: string[] = [];
    for await (const { approvalId, event } of store.audit()) if (approvalId === waiting.approvals[0]?.id) trail.push(event);
    expect(trail).toEqual(["approval-requested", "decision-refused", "decision-refused", "approval-expired"]);
    await expectSoundStore(store);
  });

  test("that was given in time is good for a run that is gone on with later", async () => {
    const waiting = await ask(question);
    laterMs = DAY_MS - 60_000;
    await decide(waiting, "approve");
    laterMs = 3 * DAY_MS;
    expect(await orchestrator.resume(waiting.runId).result()).toMatchObject({ status: "answered", error: null });
  });

  test("does not cover another sandbox", async () => {
    const waiting = await ask(question);
    await decide(waiting, "approve");
    const other = newOrchestrator({ sandbox: { ...plain(extism()), fingerprint: async () => "another engine" } });
    const { status, error } = await other.resume(waiting.runId).result();
    expect({ status, code: error?.code }).toEqual({ status: "failed", code: "APPROVAL_CHANGED" });
    expect(error?.message).toMatch(sentence);
    expect(error?.hint).toMatch(sentence);
    expect(await requestsTo(cloud)).toBe(0);
  });

  test("that is refused ends the run, which says who and why", async () => {
    const waiting = await ask(question);
    await decide(waiting, "reject", "too dear 太贵");
    const { status, error, answer } = await orchestrator.resume(waiting.runId).result();
    expect({ status, answer, code: error?.code }).toEqual({ status: "failed", answer: null, code: "APPROVAL_REJECTED" });
    expect(error?.message).toMatch(/berta.*too dear 太贵/);
    expect(error?.hint).toMatch(sentence);
    expect(await requestsTo(cloud)).toBe(0);
  });
});

test("an approval does not cover another list of accounts", PATIENT, async () => {
  const waiting = await ask(QUESTION);
  await decide(waiting, "approve");
  const elsewhere = await withOneAccount();
  const { status, error } = await elsewhere.resume(waiting.runId).result();
  expect({ status, code: error?.code }).toEqual({ status: "failed", code: "APPROVAL_CHANGED" });
  expect(await requestsTo(cloud)).toBe(0);
});

/** An orchestrator to which one account is configured. */
async function withOneAccount(): Promise<Orchestrator> {
  const { aws } = await import("../../../src/providers/aws/index.ts");
  const provider = aws({}, { env: cloud.env });
  const { scopes } = provider;
  return newOrchestrator({
    providers: [
      {
        ...provider,
        async *scopes(where, context) {
          for await (const finding of scopes(where, context)) if (finding.scope.account === "111122223333") yield finding;
        },
      },
    ],
  });
}

function plain(sandbox: ReturnType<typeof extism>): ReturnType<typeof extism> {
  return {
    contractVersion: sandbox.contractVersion,
    id: sandbox.id,
    fingerprint: () => sandbox.fingerprint(),
    load: () => sandbox.load(),
    run: (program, host, signal) => sandbox.run(program, host, signal),
    close: () => sandbox.close(),
  };
}

describe("a kept program", PATIENT, () => {
  const policy: ApprovalPolicy = { via: "sdk", approvers: ["berta"], selfApproval: false };

  async function keep(options: RunOptions = {}): Promise<RunDocument> {
    const waiting = await ask(QUESTION, options);
    await decide(waiting, "approve");
    const answered = await orchestrator.resume(waiting.runId).result();
    expect(answered.status).toBe("answered");
    await orchestrator.learn(waiting.approvals[0]?.id ?? "", "open-volumes");
    return answered;
  }

  test("answers the same question without a model and without asking, until it expires", async () => {
    const first = await keep();
    for (const days of [0, 29]) {
      laterMs = days * DAY_MS;
      const again = await orchestrator.ask(QUESTION, { askedBy: ANNA, model: false });
      expect(again).toMatchObject({ status: "answered", usage: { modelCalls: 0 }, answer: { table: first.answer?.table } });
      expect(again.usage.apiCalls.total).toBeGreaterThan(0);
    }
    laterMs = 31 * DAY_MS;
    await ask(QUESTION);
  });

  test("asks again in another region", async () => {
    await keep();
    const elsewhere = await ask(QUESTION, { where: { regions: ["us-east-1"] } });
    expect((await approve(orchestrator, elsewhere)).receipt?.scopes.map(({ region }) => region)).toEqual(["us-east-1", "us-east-1"]);
  });

  test("asks again where the accounts have changed", async () => {
    await keep();
    const elsewhere = await withOneAccount();
    expect(await elsewhere.ask(QUESTION, { askedBy: ANNA })).toMatchObject({ status: "waiting" });
  });

  test("asks again for somebody whom its approval does not cover, and not for who asked", async () => {
    await keep({ policy });
    expect(await orchestrator.ask(QUESTION, { askedBy: ANNA, policy })).toMatchObject({ status: "answered" });
    await ask(QUESTION, { askedBy: { via: "sdk", id: "carl" }, policy });
    // Nobody is the same person elsewhere because of a name.
    await ask(QUESTION, { askedBy: { via: "slack", id: "anna" } });
  });

  test("is kept of code that was approved and has answered only", async () => {
    const waiting = await ask(QUESTION);
    const id = waiting.approvals[0]?.id ?? "";
    await expect(orchestrator.learn(id, "open-volumes")).rejects.toMatchObject({ code: "APPROVAL_NOT_FOUND" });
    await decide(waiting, "reject");
    await orchestrator.resume(waiting.runId).result();
    await expect(orchestrator.learn(id, "open-volumes")).rejects.toMatchObject({ code: "APPROVAL_NOT_FOUND" });
    await expect(orchestrator.learn(id, "Open Volumes")).rejects.toMatchObject({ code: "CODE_FAILED" });
  });
});

describe("who may decide", PATIENT, () => {
  const policy: ApprovalPolicy = { via: "slack", approvers: ["U1"], selfApproval: false };

  test("stays as it was where the run began, whoever goes on with it", async () => {
    const waiting = await ask(QUESTION, { askedBy: { via: "slack", id: "U2" }, policy });
    const { id = "", digest = "" } = waiting.approvals[0] ?? {};
    const local: Actor = { via: "local", id: "root" };
    const decision = { id, digest, decision: "approve", by: local } as const;
    expect(await orchestrator.resume(waiting.runId, [decision], { askedBy: local }).result()).toMatchObject({
      status: "failed",
      error: { code: "APPROVAL_FORBIDDEN" },
    });
    expect(await orchestrator.resume(waiting.runId, [], { askedBy: local }).result()).toMatchObject({ status: "waiting" });
    expect(await orchestrator.approval(id)).toMatchObject({ status: "pending", policy, askedBy: { id: "U2" } });
    await orchestrator.decide({ id, digest, decision: "approve", by: { via: "slack", id: "U1" } });
    expect(await orchestrator.resume(waiting.runId).result()).toMatchObject({ status: "answered" });
  });
});
