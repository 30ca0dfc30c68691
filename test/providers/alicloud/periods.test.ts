import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Point } from "../../../src/contracts/index.ts";
import { ALICLOUD_METRICS } from "../../../src/providers/alicloud/metrics.ts";
import { chartPoints, reducePoints, seriesPlan } from "../../../src/providers/alicloud/periods.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 22, 9, 55);
const metricOf = (name: string) => ALICLOUD_METRICS.find((metric) => metric.metric === name)!;
const BASIC = metricOf("cpu.utilization");
const AGENT = metricOf("memory.utilization");
const last = (lengthMs: number, toMs = NOW) => ({ fromMs: toMs - lengthMs, toMs });

describe("the period", () => {
  test.each([
    ["five minutes", BASIC, last(5 * MINUTE), MINUTE],
    ["an hour", BASIC, last(HOUR), 5 * MINUTE],
    ["an hour that no five minutes meet", BASIC, last(HOUR, NOW + 2 * MINUTE), MINUTE],
    ["a day", BASIC, last(DAY), 5 * MINUTE],
    ["an hour of the agent's that no quarter meets", AGENT, last(HOUR), MINUTE],
    ["an hour of the agent's", AGENT, last(HOUR, NOW + 5 * MINUTE), 15 * MINUTE],
    ["an hour forty days ago, whose minutes are gone", BASIC, last(HOUR, NOW - 40 * DAY), 5 * MINUTE],
  ] as const)("of %s", (_, metric, window, expected) => {
    expect(seriesPlan("average", metric, window, NOW).periodMs).toBe(expected);
  });

  test("divides every window of whole minutes within the time that minutes are kept", () => {
    const minutes = fc.integer({ min: 1, max: 3_000 });
    fc.assert(
      fc.property(minutes, minutes, fc.constantFrom(BASIC, AGENT), (length, ago, metric) => {
        const window = last(length * MINUTE, NOW - ago * MINUTE);
        const { periodMs } = seriesPlan("average", metric, window, NOW);
        expect([window.fromMs % periodMs, window.toMs % periodMs]).toEqual([0, 0]);
        expect(metric.periodsMs).toContain(periodMs);
      }),
    );
  });
});

describe("a percentile", () => {
  test("is taken over samples of a minute", () => {
    expect(seriesPlan("p95", BASIC, last(DAY), NOW)).toEqual({ field: "Average", periodMs: MINUTE, reduce: 95 });
  });

  test.each([
    ["of what the agent has added up", AGENT, last(HOUR)],
    ["of minutes that are gone", BASIC, last(HOUR, NOW - 40 * DAY)],
  ] as const)("%s cannot be told", (_, metric, window) => {
    expect(() => seriesPlan("p95", metric, window, NOW)).toThrow(expect.objectContaining({ code: "PROVIDER_FAILED" }));
  });

  test("is the smallest value that enough of the others do not exceed", () => {
    const values = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.constantFrom(50, 90, 95, 99), (all, percent) => {
        const value = reducePoints(
          all.map((each, index): Point => [index, each]),
          { reduce: percent },
        )!;
        const share = (test: (each: number) => boolean) => all.filter(test).length / all.length;
        expect(all).toContain(value);
        expect(share((each) => each <= value)).toBeGreaterThanOrEqual(percent / 100 - 1e-9);
        expect(share((each) => each < value)).toBeLessThan(percent / 100);
      }),
    );
  });
});

test("a chart has at most sixty points, in order, and keeps the extremes and the mean", () => {
  const lengths = fc.integer({ min: 1, max: 3_000 });
  fc.assert(
    fc.property(lengths, fc.constantFrom("mean" as const, "maximum" as const, "minimum" as const), (length, reduce) => {
      const points = Array.from({ length }, (_, index): Point => [NOW + index * MINUTE, (index * 7_919) % 101]);
      const plan = { field: "Average" as const, periodMs: MINUTE, reduce };
      const chart = chartPoints(points, plan);
      expect(chart.points.length).toBeLessThanOrEqual(60);
      expect(chart.points.map(([timeMs]) => timeMs)).toEqual(chart.points.map(([timeMs]) => timeMs).toSorted((a, b) => a - b));
      if (reduce !== "mean") expect(reducePoints(chart.points, plan)).toBe(reducePoints(points, plan));
      const end = chart.points.at(-1)![0] + chart.periodMs;
      expect(end).toBeGreaterThanOrEqual(points.at(-1)![0] + MINUTE);
    }),
  );
});
