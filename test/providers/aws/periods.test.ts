import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { STATISTICS } from "../../../src/contracts/index.ts";
import { basePeriodMs, reducePoints, seriesPlan } from "../../../src/providers/aws/periods.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 10);

describe("the base period", () => {
  test.each([
    [1, "detailed", MINUTE],
    [1, "basic", 5 * MINUTE],
    [16, "detailed", 5 * MINUTE],
    [62, "basic", 5 * MINUTE],
    [64, "detailed", 60 * MINUTE],
  ] as const)("%i days ago with %s monitoring", (days, monitoring, expected) => {
    const window = { fromMs: NOW - days * DAY, toMs: NOW - days * DAY + 3_600_000 };
    expect(basePeriodMs(window, monitoring, NOW)).toBe(expected);
  });
});

const windows = fc
  .tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 400 * 24 * 12 }))
  .map(([start, length]) => ({ fromMs: NOW - (start + length) * 5 * MINUTE, toMs: NOW - start * 5 * MINUTE }));

test("periods are multiples of the base, and points stay few enough for 500 series in a call", () => {
  fc.assert(
    fc.property(windows, fc.constantFrom(...STATISTICS), fc.constantFrom("basic", "detailed"), (window, statistic, monitoring) => {
      const baseMs = basePeriodMs(window, monitoring, NOW);
      const { periodMs } = seriesPlan(statistic, "level", window, baseMs);
      expect(periodMs % baseMs).toBe(0);
      expect(Math.ceil((window.toMs - window.fromMs) / periodMs)).toBeLessThanOrEqual(60);
    }),
  );
});

test("the mean of a metric with a sample per request, and every percentile, is one period over the window", () => {
  const window = { fromMs: NOW - 3_600_000, toMs: NOW };
  expect(seriesPlan("average", "per-request", window, MINUTE)).toMatchObject({ stat: "Average", periodMs: 3_600_000, reduce: "mean" });
  expect(seriesPlan("p95", "level", window, MINUTE)).toMatchObject({ stat: "p95", periodMs: 3_600_000 });
  expect(seriesPlan("maximum", "per-request", window, MINUTE)).toMatchObject({ stat: "Maximum", periodMs: MINUTE });
});

test("periods prefer to begin and end where the window does", () => {
  const twoHours = { fromMs: NOW - 2 * 3_600_000, toMs: NOW };
  expect(seriesPlan("average", "level", twoHours, MINUTE).periodMs).toBe(2 * MINUTE);
  const odd = { fromMs: NOW - 3 * 3_600_000 + 5 * MINUTE, toMs: NOW };
  expect(seriesPlan("average", "level", odd, MINUTE).periodMs).toBe(5 * MINUTE);
});

test.each([
  ["sum", 60],
  ["average", 20 / 5],
  ["maximum", 30 / 5],
  ["minimum", 10 / 5],
  ["last", 30 / 5],
] as const)("%s of amounts in three periods of five minutes: all but the sum per minute", (statistic, expected) => {
  const plan = { ...seriesPlan(statistic, "events", { fromMs: NOW - 15 * MINUTE, toMs: NOW }, MINUTE), periodMs: 5 * MINUTE };
  expect(plan.stat).toBe("Sum");
  expect(reducePoints([10, 20, 30], plan)).toBe(expected);
});

test("no points are no value", () => {
  expect(reducePoints([], seriesPlan("sum", "events", { fromMs: 0, toMs: MINUTE }, MINUTE))).toBeNull();
});
