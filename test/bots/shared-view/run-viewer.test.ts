import fc from "fast-check";
import type { RunEvent } from "nephoscope";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunView } from "../../../bots/shared/run-view.ts";
import { RunViewer } from "../../../bots/shared/run-viewer.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/index.ts";
import { Orchestrator, type Provider } from "../../../src/index.ts";
import { aws } from "../../../src/providers/aws/index.ts";
import { memory as memoryProvider } from "../../../src/providers/memory/index.ts";
import { approve } from "../../guarantees/durability/killed-runs.ts";
import { CHINESE_QUESTION, QUESTION } from "../../guarantees/durability/volume-question.ts";
import { volumeOrchestrator } from "../../guarantees/durability/volume-world.ts";

let cloud: Emulator;
beforeAll(async () => {
  cloud = await startEmulator({ providers: ["aws"], instances: 40, seed: 7, deny: ["aws:eu-west-1"] });
});
afterAll(() => cloud.close());

function viewer(question: string, language: "en" | "zh"): RunViewer {
  return new RunViewer({ questionId: "q_1", question, language, timezone: "UTC", accountNames: () => ({ "111122223333": "main" }) });
}

/** Every view of a run, the last one last. */
async function viewsOf(events: AsyncIterable<RunEvent>, watching: RunViewer): Promise<RunView[]> {
  const views: RunView[] = [];
  for await (const event of events) {
    watching.apply(event);
    views.push(watching.view());
  }
  return views;
}

function opened(): Orchestrator {
  return new Orchestrator({ providers: [aws({}, { env: cloud.env })], timezone: "UTC" });
}

describe("the view of a run", () => {
  test("shows the plan before a step has ended, then steps that end one by one, then table, chart, receipt and cost", async () => {
    await using orchestrator = opened();
    const views = await viewsOf(orchestrator.stream("servers with CPU over 30%"), viewer("servers with CPU over 30%", "en"));
    const planned = views.find(({ steps }) => steps.length > 1);
    expect(planned?.steps.every(({ state }) => state === "waiting" || state === "running")).toBe(true);
    const done = views.map(({ steps }) => steps.filter(({ state }) => state === "done").length);
    expect(done).toEqual(done.toSorted((left, right) => left - right));
    const last = views.at(-1);
    expect(last).toMatchObject({ state: "answered", emulated: true, failure: null, approvals: [] });
    expect(last?.title).toMatch(/^\[emulated\] Answered in \d+\.\d s, incomplete$/);
    expect(last?.receipt?.complete).toBe(false);
    expect(last?.receipt?.summary).toMatch(/^⚠ incomplete · 2 accounts, 6 regions/);
    expect(last?.receipt?.lines[0]).toMatch(/^✖ aws main \(111122223333\) compute · eu-west-1/);
    expect(last?.cost).toMatch(/^cloud API calls \d+/);
    expect(last?.answer?.warnings.join(" ")).not.toBe("");
    for (const warning of last?.answer?.warnings ?? []) expect(last?.answer?.text).not.toContain(warning);
    const { table, chart } = last?.answer ?? {};
    expect(table?.columns.at(-1)?.title).toBe("CPU (%)");
    expect(table?.text(0, 1)).toMatch(/^(main|payments|\d+)/);
    expect(table?.csv().split("\r\n")).toHaveLength((table?.rows.length ?? 0) + 2);
    const png = await chart?.();
    expect([...(png ?? []).slice(1, 4)]).toEqual([...Buffer.from("PNG")]);
  });

  test("is in the language of the question, and says why there is no answer", async () => {
    await using orchestrator = opened();
    const question = "列出火星上的服务器";
    const last = (await viewsOf(orchestrator.stream(question), viewer(question, "zh"))).at(-1);
    expect(last).toMatchObject({ state: "failed", title: "【模拟】没有得到结果", answer: null, receipt: null });
    expect(last?.failure?.message).toMatch(/\p{Script=Han}.*。/u);
    expect(last?.failure?.hint).toMatch(/\p{Script=Han}/u);
  });

  test.each([
    ["en", QUESTION, /^\[emulated\] Waiting for approval$/, "Approval needed", /^at least \d+ API calls, cost not known$/],
    ["zh", CHINESE_QUESTION, /^【模拟】等待批准$/, "需要批准", /^至少 \d+ 次 API 调用，费用未知$/],
  ] as const)(
    "waits for an approval with all there is to decide, and goes on after it (%s)",
    async (language, question, waits, needed, estimate) => {
      await using orchestrator = volumeOrchestrator(cloud);
      const watching = viewer(question, language);
      const waiting = (await viewsOf(orchestrator.stream(question), watching)).at(-1);
      expect(waiting?.title).toMatch(waits);
      expect(waiting?.steps[0]?.state).toBe("paused");
      const [pending] = await orchestrator.approvals();
      if (pending === undefined) throw new Error("nothing waits");
      watching.setApprovals([pending], pending.createdMs);
      const [card] = watching.view().approvals;
      expect(card).toMatchObject({ id: pending.id, status: "pending", title: needed, canDecide: true, emulated: true, decisions: [] });
      expect(card?.estimate).toMatch(estimate);
      expect(card?.code).toContain("DescribeVolumes");
      expect(card?.operations.map(({ id, isRead }) => [id, isRead])).toEqual([
        ["aws.ec2.DescribeSnapshots", true],
        ["aws.ec2.DescribeVolumes", true],
      ]);
      expect(card?.places.join()).toContain("main (111122223333)");
      expect(card?.rehearsal.length).toBeGreaterThan(2);
      expect(pending.digest.startsWith(card?.digest ?? "-")).toBe(true);
      watching.setApprovals([pending], pending.expiresMs);
      expect(watching.view().approvals[0]).toMatchObject({ status: "expired", canDecide: false });

      const document = await approve(orchestrator, { runId: pending.runId, approvals: [pending] } as never);
      watching.setApprovals([(await orchestrator.approval(pending.id)) ?? pending], pending.createdMs);
      expect(watching.view().approvals[0]).toMatchObject({ status: "approved", canDecide: false, decisions: [{ by: "boss" }] });
      expect(document.status).toBe("answered");
    },
  );

  test("is the same when it is made again from the events that were kept", async () => {
    await using orchestrator = volumeOrchestrator(cloud);
    const live = viewer(QUESTION, "en");
    const events: RunEvent[] = [];
    for await (const event of orchestrator.stream(QUESTION)) {
      events.push(event);
      live.apply(event);
    }
    const again = viewer(QUESTION, "en");
    for (const event of JSON.parse(JSON.stringify(events)) as RunEvent[]) again.apply(event);
    expect(JSON.stringify(again.view())).toBe(JSON.stringify(live.view()));
  });
});

/** What no view may hold: it moves a cursor, hides or turns what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

test("nothing that clouds call their resources hides or turns a text", async () => {
  const name = fc.string({
    unit: fc.constantFrom("a", "<", "@", "`", "\u202e", "\u0007", "\u001b[2J", "\n", "|", "é", "服", "🔥", "="),
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 5 }), async (names) => {
      const provider: Provider = memoryProvider({
        resources: names.map((called, index) => ({ id: `vm-${index}`, name: called, kind: "virtual-machine", state: "running" })),
      } as never);
      await using orchestrator = new Orchestrator({ providers: [provider], timezone: "UTC" });
      const last = (await viewsOf(orchestrator.stream("list servers"), viewer("list servers", "en"))).at(-1);
      const table = last?.answer?.table;
      expect(table?.rows).toHaveLength(names.length);
      const cells = table?.rows.flatMap((_, row) => table.columns.map((_column, column) => table.text(row, column))) ?? [];
      for (const text of [...cells, last?.answer?.text ?? "", last?.title ?? ""]) expect(text).not.toMatch(UNSEEN);
    }),
    { numRuns: 30 },
  );
});
