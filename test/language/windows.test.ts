import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlanningFacts, WindowSpec } from "../../src/contracts/index.ts";
import { planByGrammar } from "../../src/language/index.ts";
import { FACTS, NOW_MS } from "./facts.ts";
import { notationOf } from "./notation.ts";

const at = (iso: string, timezone: string): PlanningFacts => ({ ...FACTS, nowMs: Date.parse(iso), timezone });

function windowsOf(question: string, facts = FACTS): WindowSpec[] {
  const result = planByGrammar(question, facts);
  if (result.status !== "planned") throw new Error(`${question}: ${notationOf(result)} ${result.error.message}`);
  return result.planned.steps.flatMap((step) => (step.tool === "metrics.query" ? [step.input.window] : []));
}

const UNITS: readonly (readonly [string, number])[] = [
  ["minutes", 60_000],
  ["min", 60_000],
  ["m", 60_000],
  ["hours", 3_600_000],
  ["h", 3_600_000],
  ["days", 86_400_000],
  ["d", 86_400_000],
  ["分钟", 60_000],
  ["小时", 3_600_000],
  ["个小时", 3_600_000],
  ["天", 86_400_000],
];

describe("relative windows", () => {
  it("read any number of any unit, in both languages", () => {
    const words = fc.constantFrom("in the last #", "over the past #", "for the last #", "过去 #", "最近 # 内", "近 #", "# 内");
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom(...UNITS),
        words,
        fc.constantFrom("", " "),
        (count, [unit, ms], phrase, gap) => {
          const window = windowsOf(`cpu ${phrase.replace("#", `${count}${gap}${unit}`)}`);
          expect(window).toEqual([{ lastMs: count * ms }]);
        },
      ),
    );
  });

  it.each([
    ["last hour", 3_600_000],
    ["in the past half hour", 1_800_000],
    ["过去半小时", 1_800_000],
    ["过去半个小时", 1_800_000],
    ["过去一个半小时", 5_400_000],
    ["过去两个小时", 7_200_000],
    ["最近一天", 86_400_000],
    ["最近一周", 604_800_000],
    ["over the last week", 604_800_000],
    ["in the last twenty minutes", 1_200_000],
  ] as const)("read %s", (words, lastMs) => {
    expect(windowsOf(`cpu ${words}`)).toEqual([{ lastMs }]);
  });

  it("are the last five minutes unless the question says otherwise", () => {
    expect(windowsOf("cpu of prod servers")).toEqual([{ lastMs: 300_000 }]);
    expect(windowsOf("当前 CPU 超过 80% 的服务器")).toEqual([{ lastMs: 300_000 }]);
  });
});

describe("windows of the calendar", () => {
  it("follow the clock on the wall through the changes of summer time", () => {
    // In Berlin the clock went from 02:00 to 03:00 on 30 March 2025, and back from 03:00 to 02:00 on 26 October.
    expect(windowsOf("cpu yesterday", at("2025-03-31T10:00:00Z", "Europe/Berlin"))).toEqual([
      { from: "2025-03-29T23:00:00.000Z", to: "2025-03-30T22:00:00.000Z" },
    ]);
    expect(windowsOf("cpu yesterday", at("2025-10-27T10:00:00Z", "Europe/Berlin"))).toEqual([
      { from: "2025-10-25T22:00:00.000Z", to: "2025-10-26T23:00:00.000Z" },
    ]);
    expect(windowsOf("cpu yesterday from 1:00 to 4:00", at("2025-03-31T10:00:00Z", "Europe/Berlin"))).toEqual([
      { from: "2025-03-30T00:00:00.000Z", to: "2025-03-30T02:00:00.000Z" },
    ]);
    // 02:30 was skipped: the gap ends at 03:00 local, 01:00 UTC; 02:30 reads as the instant half an hour after the jump.
    expect(windowsOf("cpu yesterday from 2:30 to 4:00", at("2025-03-31T10:00:00Z", "Europe/Berlin"))[0]).toMatchObject({
      to: "2025-03-30T02:00:00.000Z",
    });
  });

  it("compare the same clock times across a change of summer time", () => {
    const windows = windowsOf("cpu yesterday from 9am to 11am versus the day before", at("2025-03-31T10:00:00Z", "Europe/Berlin"));
    expect(windows).toEqual([
      { from: "2025-03-30T07:00:00.000Z", to: "2025-03-30T09:00:00.000Z" },
      { from: "2025-03-29T08:00:00.000Z", to: "2025-03-29T10:00:00.000Z" },
    ]);
  });

  it("take the zone that the question names", () => {
    const nine = (zone: string) => windowsOf(`cpu yesterday from 9am to 11am ${zone}`)[0];
    expect(nine("UTC")).toEqual({ from: "2025-03-11T09:00:00.000Z", to: "2025-03-11T11:00:00.000Z" });
    expect(nine("Beijing time")).toEqual({ from: "2025-03-11T01:00:00.000Z", to: "2025-03-11T03:00:00.000Z" });
    expect(nine("PST")).toEqual({ from: "2025-03-10T16:00:00.000Z", to: "2025-03-10T18:00:00.000Z" });
    expect(windowsOf("东京时间昨天 9 点到 11 点的 CPU")[0]).toEqual({ from: "2025-03-11T00:00:00.000Z", to: "2025-03-11T02:00:00.000Z" });
  });

  it("never reach into the future nor end before they begin", () => {
    const day = fc.constantFrom("today", "yesterday", "on monday", "on 2025-03-10", "昨天", "周一", "3月8日");
    const hour = fc.integer({ min: 0, max: 24 });
    fc.assert(
      fc.property(day, hour, hour, (words, first, last) => {
        const result = planByGrammar(`cpu ${words} ${first}:00 - ${last}:00`, FACTS);
        if (result.status !== "planned") {
          expect(notationOf(result)).toBe("!WINDOW_INVALID");
          return;
        }
        const window = windowsOf(`cpu ${words} ${first}:00 - ${last}:00`)[0];
        if (window === undefined || !("from" in window)) throw new Error("no absolute window");
        expect(Date.parse(window.to) - Date.parse(window.from)).toBe((last - first) * 3_600_000);
        expect(Date.parse(window.to)).toBeLessThanOrEqual(NOW_MS);
      }),
    );
  });

  it.each([
    "cpu from 2025-03-10 12:00 to 2025-03-10 11:00",
    "cpu tomorrow",
    "cpu since 23:00",
    "明天的 CPU",
    "cpu in the last 10 seconds",
    "cpu in the last 900 days",
    "cpu from 2035-01-01 to 2035-01-02",
    "今天 11 点到 9 点的 CPU",
  ])("are refused where there is nothing to look at: %s", (question) => {
    expect(notationOf(planByGrammar(question, FACTS))).toBe("!WINDOW_INVALID");
  });

  it("contradict each other when there are two", () => {
    expect(notationOf(planByGrammar("cpu yesterday in the last 5 minutes", FACTS))).toBe("!QUESTION_CONTRADICTORY");
    expect(notationOf(planByGrammar("current cpu yesterday", FACTS))).toBe("!QUESTION_CONTRADICTORY");
  });
});
