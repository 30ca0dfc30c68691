import type { Plan, RunEvent } from "nephoscope";
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
