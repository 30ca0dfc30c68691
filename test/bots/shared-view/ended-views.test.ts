import type { Approval, ApprovalDecision, RunEvent } from "nephoscope";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunView } from "../../../bots/shared/run-view.ts";
import { RunViewer } from "../../../bots/shared/run-viewer.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/index.ts";
import { Orchestrator, type OrchestratorOptions } from "../../../src/index.ts";
import { aws } from "../../../src/providers/aws/index.ts";
import { memory as memorySandbox } from "../../../src/sandboxes/memory/index.ts";
import { CHINESE_QUESTION, codeStep, QUESTION, writer } from "../../guarantees/durability/volume-question.ts";
import { volumeOrchestrator } from "../../guarantees/durability/volume-world.ts";

let cloud: Emulator;
beforeAll(async () => {
  cloud = await startEmulator({ providers: ["aws"], instances: 40, seed: 7 });
});
afterAll(() => cloud.close());

const QUESTIONS = { en: QUESTION, zh: CHINESE_QUESTION } as const;
type Language = keyof typeof QUESTIONS;
const BOTH: readonly Language[] = ["en", "zh"];

function viewerOf(question: string, language: Language): RunViewer {
  return new RunViewer({ questionId: "q_1", question, language, timezone: "UTC", accountNames: () => ({}) });
}

async function follow(viewer: RunViewer, events: AsyncIterable<RunEvent>): Promise<RunView> {
  for await (const event of events) viewer.apply(event);
  return viewer.view();
}

/** A question that waits for somebody, and its view. */
async function waiting(language: Language, options: Partial<OrchestratorOptions> = {}) {
  const orchestrator = volumeOrchestrator(cloud, {
    model: writer([codeStep("volumes", ["us-east-1"])]),
    sandbox: memorySandbox(),
    ...options,
  });
  const viewer = viewerOf(QUESTIONS[language], language);
  await follow(viewer, orchestrator.stream(QUESTIONS[language]));
  const [approval] = await orchestrator.approvals();
  if (approval === undefined) throw new Error("nothing waits");
  viewer.setApprovals([approval], approval.createdMs);
  const look = async () => {
    const ids = new Set([approval.id, ...(await orchestrator.approvals()).map(({ id }) => id)]);
    const all = await Promise.all([...ids].map((id) => orchestrator.approval(id)));
    viewer.setApprovals(
      all.filter((one) => one !== undefined),
      approval.createdMs,
    );
  };
  const decide = async (decision: ApprovalDecision["decision"], comment?: string) => {
    const { id, digest, runId } = approval;
    const by = { via: "sdk", id: "T1:U-grace" } as const;
    await follow(viewer, orchestrator.resume(runId, [{ id, digest, decision, by, ...(comment === undefined ? {} : { comment }) }]));
    await look();
    return viewer.view();
  };
  return { orchestrator, viewer, approval, decide };
}

describe("the view of a question that came to its end", () => {
  test.each(BOTH)("says that it was rejected, by whom and with which words (%s)", async (language) => {
    const { orchestrator, decide } = await waiting(language);
    await using _ = orchestrator;
    const view = await decide("reject", "only gp2\u202e");
    expect(view).toMatchObject({ state: "failed", title: language === "zh" ? "【模拟】已拒绝，未运行" : "[emulated] Rejected: not run" });
    expect(view.failure?.message).toBe(
      language === "zh"
        ? "程序被拒绝，没有运行。理由：only gp2\ufffd"
        : "The program was rejected, so it was not run. They said: only gp2\ufffd",
    );
    expect(view.approvals).toMatchObject([{ status: "rejected", canDecide: false, decisions: [{ by: "T1:U-grace" }] }]);
    expect(view.approvals[0]?.decisions[0]?.text).toBe(language === "zh" ? "拒绝：only gp2\ufffd" : "rejected: only gp2\ufffd");
    expect(view.approvals[0]?.expires).not.toMatch(/left|还剩/);
  });

  test.each(BOTH)("says that nobody decided in time (%s)", async (language) => {
    let lateMs = 0;
    const clock = { now: () => Date.now() + lateMs, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
    const { orchestrator, viewer, approval } = await waiting(language, { runtime: { clock } });
    await using _ = orchestrator;
    lateMs = 7 * 24 * 3_600_000;
    await follow(viewer, orchestrator.resume(approval.runId, []));
    viewer.setApprovals([approval], clock.now());
    const view = viewer.view();
    expect(view.title).toBe(language === "zh" ? "【模拟】审批已过期，未运行" : "[emulated] Approval expired: not run");
    expect(view.failure?.message).not.toContain(approval.id);
    expect(view.approvals).toMatchObject([{ status: "expired", title: language === "zh" ? "已过期" : "Expired", canDecide: false }]);
  });

  test("keeps the card that was sent back, with what is to be changed, above the one that takes its place", async () => {
    const { orchestrator, decide, approval } = await waiting("en");
    await using _ = orchestrator;
    const view = await decide("revise", "leave the snapshots out");
    expect(view).toMatchObject({ state: "waiting", title: "[emulated] Waiting for approval" });
    expect(view.approvals.map(({ id, title, canDecide }) => [id === approval.id, title, canDecide])).toEqual([
      [true, "Changes asked for", false],
      [false, "Approval needed", true],
    ]);
    expect(view.approvals[0]?.decisions).toMatchObject([{ by: "T1:U-grace", text: "asked for changes: leave the snapshots out" }]);
  });

  test("counts what all segments took, not the wait", async () => {
    const { orchestrator, viewer, decide } = await waiting("en");
    await using _ = orchestrator;
    expect(viewer.view().cost).toMatch(/model calls 2 \(220 tokens\)/);
    const view = await decide("approve");
    expect(view.state).toBe("answered");
    expect(view.cost).toMatch(/model calls 2 \(220 tokens\)/);
    expect(view.cost).toMatch(/DescribeVolumes \d/);
    expect(view.receipt).toMatchObject({ complete: true });
  });

  test("has nothing to decide any more once it was stopped while it waited", async () => {
    const { orchestrator, viewer } = await waiting("zh");
    await using _ = orchestrator;
    viewer.stopped();
    const view = viewer.view();
    expect(view).toMatchObject({ state: "stopped", title: "【模拟】已停止", receipt: null, failure: null });
    expect(view.steps).toMatchObject([{ state: "skipped", facts: "未完成" }]);
    expect(view.approvals).toMatchObject([{ status: "pending", title: "已无需批准", canDecide: false }]);
  });

  test("shows no step as running or failed that was stopped", async () => {
    await using orchestrator = new Orchestrator({ providers: [aws({}, { env: cloud.env })], timezone: "UTC" });
    const stop = new AbortController();
    const question = "servers with CPU over 30%";
    const viewer = viewerOf(question, "en");
    for await (const event of orchestrator.stream(question, { signal: stop.signal })) {
      viewer.apply(event);
      if (event.type === "step-start") stop.abort();
    }
    viewer.stopped();
    const view = viewer.view();
    expect(view).toMatchObject({ title: "[emulated] Stopped", failure: null });
    expect(view.steps.length).toBeGreaterThan(2);
    for (const step of view.steps) expect(step.state).toBe("skipped");
  });

  test.each(BOTH)("shows all three attempts where none of them worked (%s)", async (language) => {
    const model = writer([codeStep("volumes", ["us-east-1"])], "async function main() { return cloud.nothing() }");
    await using orchestrator = volumeOrchestrator(cloud, { model, sandbox: memorySandbox() });
    const viewer = viewerOf(QUESTIONS[language], language);
    const stages = new Set<string>();
    for await (const event of orchestrator.stream(QUESTIONS[language])) {
      viewer.apply(event);
      stages.add(viewer.view().steps[0]?.facts.split(" · ")[0] ?? "");
    }
    const view = viewer.view();
    expect([...stages].filter((stage) => /\/3/.test(stage))).toEqual(
      [1, 2, 3].map((attempt) => (language === "zh" ? `编写代码（第 ${attempt}/3 次）` : `writing code, attempt ${attempt}/3`)),
    );
    expect(view.failure?.code).toBe("CODE_NOT_WRITTEN");
    const heads = view.failure?.message.split("\n").filter((line) => /^(Attempt|第) ?\d/.test(line));
    expect(heads).toEqual([1, 2, 3].map((attempt) => (language === "zh" ? `第 ${attempt} 次：` : `Attempt ${attempt}:`)));
    expect(view.failure?.hint).not.toBeNull();
  });
});

test("a card of a program that changes something says so first, how many must approve, and who has", async () => {
  const { orchestrator, viewer, approval } = await waiting("en");
  await using _ = orchestrator;
  const first = { by: { via: "slack", id: "T1:U-grace" }, atMs: approval.createdMs } as const;
  const two: Approval = { ...approval, kind: "write", policy: { ...approval.policy, writeApprovals: 2 }, approvedBy: [first] };
  viewer.setApprovals([two], approval.createdMs);
  const [half] = viewer.view().approvals;
  expect(half).toMatchObject({ title: "Approval needed: by 2 people (1/2)", canDecide: true, decisions: [{ by: "T1:U-grace" }] });
  expect(half?.why).toMatch(/^⚠ This program changes something in the cloud\./);
  const second = { by: { via: "slack", id: "T1:U-linus" }, atMs: approval.createdMs } as const;
  viewer.setApprovals(
    [{ ...two, status: "approved", approvedBy: [first, second], decidedBy: second.by, decidedMs: second.atMs }],
    approval.createdMs,
  );
  const [card] = viewer.view().approvals;
  expect(card).toMatchObject({ title: "Approved", canDecide: false });
  expect(card?.decisions.map(({ by, text }) => [by, text])).toEqual([
    ["T1:U-grace", "approved"],
    ["T1:U-linus", "approved"],
  ]);
});
