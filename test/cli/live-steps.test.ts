import type { Plan, RunDocument, RunEvent } from "nephoscope";
import stringWidth from "string-width";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveSteps } from "../../src/cli/render/live-steps.ts";
import { createStyle } from "../../src/cli/render/style.ts";

const plan: Plan = {
  version: 1,
  question: "列出服务器",
  language: "zh",
  timezone: "UTC",
  emulated: true,
  steps: [
    { id: "list", tool: "resources.list", input: { kind: "virtual-machine" }, dependsOn: [] },
    {
      id: "keep",
      tool: "table.filter",
      input: { rows: { from: "list" }, all: [{ column: "name", operator: "contains", value: "a\x1b[2Jb" }] },
      dependsOn: ["list"],
    },
  ],
};

type Body = RunEvent extends infer Event ? (Event extends RunEvent ? Omit<Event, "runId" | "sequence" | "timestampMs"> : never) : never;
const event = (body: Body): RunEvent => ({ runId: "r", sequence: 0, timestampMs: 1000, ...body }) as RunEvent;

describe("the live step list", () => {
  let written: string[];
  let steps: LiveSteps;
  const create = (columns: number) => {
    written = [];
    const style = createStyle({ terminal: false, env: {} });
    return new LiveSteps({ columns, style, write: (text) => written.push(text), now: () => 3500 });
  };
  beforeEach(() => {
    vi.useFakeTimers();
    steps = create(60);
  });
  afterEach(() => {
    steps.stop();
    vi.useRealTimers();
  });

  it("shows every step of the plan, where each is, and gives the cursor back", () => {
    steps.update(event({ type: "plan-end", plan }));
    steps.update(event({ type: "step-start", stepId: "list", tool: "resources.list", title: "" }));
    steps.update(event({ type: "step-progress", stepId: "list", done: 3, total: 12, rows: 250 }));
    vi.advanceTimersByTime(80);
    expect(written.at(-1)).toBe("\x1b[2A\r⠙ 列出服务器  3/12 · 250 行 · 2.5 秒\x1b[K\n· 筛选 名称 包含“a␛[2Jb”\x1b[K\n");
    steps.update(event({ type: "step-end", stepId: "list", rows: 1000, durationMs: 1234 }));
    steps.update(event({ type: "step-error", stepId: "keep", error: { code: "INTERNAL", message: "", hint: null }, skipped: true }));
    steps.stop();
    expect(written.at(-2)).toBe("\x1b[2A\r✔ 列出服务器  1000 行 · 1.2 秒\x1b[K\n○ 筛选 名称 包含“a␛[2Jb”  跳过\x1b[K\n");
    expect(written.at(-1)).toBe("\x1b[?25h\n");
    expect(written[0]).toBe("\x1b[?25l");
  });

  it("redraws a dozen times a second at most, however many events there are", () => {
    steps.update(event({ type: "plan-end", plan }));
    for (let done = 0; done < 1000; done++) {
      steps.update(event({ type: "step-progress", stepId: "list", done, total: 1000, rows: done }));
      vi.advanceTimersByTime(1);
    }
    expect(written.length).toBeLessThanOrEqual(2 + 1000 / 80);
  });

  it("cuts lines that would wrap, so that the list stays in place", () => {
    steps = create(16);
    steps.update(event({ type: "plan-end", plan }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence that clears the rest of a line
    for (const line of (written.at(-1) ?? "").split("\n")) expect(stringWidth(line.replaceAll(/\x1b\[K/g, ""))).toBeLessThan(16);
  });

  it("shows that the question is being understood, and takes that line away with the plan or with a refusal", () => {
    steps.update(event({ type: "run-start", question: "哪些云盘没有快照", emulated: false }));
    steps.update(event({ type: "plan-start" }));
    expect(written).toEqual(["\x1b[?25l"]);
    vi.advanceTimersByTime(80);
    expect(written.at(-1)).toBe("⠋ 理解问题  2.5 秒\x1b[K\n");
    steps.update(event({ type: "plan-end", plan }));
    expect(written.at(-1)).toBe("\x1b[1A\r· 列出服务器\x1b[K\n· 筛选 名称 包含“a␛[2Jb”\x1b[K\n");

    const refused = create(60);
    refused.update(event({ type: "plan-start" }));
    vi.advanceTimersByTime(80);
    refused.update(event({ type: "run-error", document: {} as RunDocument }));
    refused.stop();
    expect(written.slice(-2)).toEqual(["\x1b[1A\r\x1b[J", "\x1b[?25h"]);
  });

  it.each([
    ["zh", "查找接口", "编写代码（第 1/3 次）", "编写代码（第 2/3 次）", "预演（第 2/3 次）", "申请批准", "等待批准"],
    [
      "en",
      "looking up operations",
      "writing code, attempt 1/3",
      "writing code, attempt 2/3",
      "rehearsing, attempt 2/3",
      "asking for approval",
      "waiting for approval",
    ],
  ] as const)("says what is done while code is written (%s)", (language, searching, writing, again, rehearsing, asking, waiting) => {
    const code = { id: "answer", tool: "code.run", input: { goal: "disks ".repeat(20) }, dependsOn: [] };
    const problem = { stage: "types", message: "", line: 1, column: 1 } as const;
    const shown = (...events: Body[]) => {
      steps = create(70);
      steps.update(event({ type: "plan-start" }));
      steps.update(event({ type: "plan-end", plan: { ...plan, language, steps: [code] } }));
      steps.update(event({ type: "step-start", stepId: "answer", tool: "code.run", title: "" }));
      for (const body of events) steps.update(event(body));
      steps.stop();
      const line = written.at(-2) ?? "";
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence that clears the rest of a line
      expect(stringWidth(line.split("\r")[1]?.replaceAll(/\x1b\[K\n/g, "") ?? "")).toBeLessThan(70);
      return line;
    };
    const stepId = "answer";
    expect(shown()).toContain(searching);
    const first: Body[] = [{ type: "code-start", stepId, attempt: 1 }];
    expect(shown(...first)).toContain(`${writing} · 2.5`);
    const second: Body[] = [
      ...first,
      { type: "code-end", stepId, attempt: 1, code: "", problems: [problem] },
      { type: "code-start", stepId, attempt: 2 },
    ];
    expect(shown(...second)).toContain(again);
    const checked: Body[] = [...second, { type: "code-end", stepId, attempt: 2, code: "", problems: [] }];
    expect(shown(...checked)).toContain(rehearsing);
    const rehearsed: Body[] = [...checked, { type: "rehearsal-end", stepId, attempt: 2, problems: [] }];
    expect(shown(...rehearsed)).toContain(asking);
    const approval = { id: "approval_1", kind: "code", summary: "", digest: "", expiresAt: "" } as const;
    const asked: Body[] = [...rehearsed, { type: "approval-request", stepId, approval }];
    expect(shown(...asked)).toContain(waiting);
    const paused = shown(...asked, { type: "run-pause", document: {} as RunDocument });
    expect(paused).toContain("● ");
    expect(paused).toContain(waiting);
    const by = { via: "local", id: "ann" } as const;
    const answered = shown(
      { type: "approval-request", stepId, approval },
      { type: "approval-response", stepId, approvalId: "approval_1", decision: "approved", by },
    );
    expect(answered).not.toContain(waiting);
  });

  it("writes nothing before there is a plan, and nothing after it was stopped", () => {
    steps.update(event({ type: "step-start", stepId: "list", tool: "resources.list", title: "" }));
    steps.stop();
    expect(written).toEqual([]);
    steps.update(event({ type: "plan-end", plan }));
    steps.stop();
    const count = written.length;
    steps.stop();
    vi.advanceTimersByTime(1000);
    expect(written).toHaveLength(count);
  });
});
