import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { STATISTICS } from "../../../src/contracts/index.ts";
import { reducePoints, seriesPlan } from "../../../src/providers/gcp/periods.ts";

const MINUTE = 60_000;
const FROM = Date.UTC(2026, 10, 22, 9);
const LEVEL = { sampling: "level" } as const;
const COUNTER = { sampling: "counter", reducer: "REDUCE_SUM" } as const;
const BY = "resource.labels.instance_id";

describe("the periods of a window", () => {
  test.each([
    [5, 1],
    [60, 1],
    [61, 61],
    [120, 2],
    [180, 5],
    [1_440, 30],
    [7 * 1_440, 180],
  ])("of %i minutes last %i", (minutes, period) => {
    const plan = seriesPlan("average", LEVEL, { fromMs: FROM, toMs: FROM + minutes * MINUTE }, BY)!;
    expect(plan.periodMs).toBe(period * MINUTE);
  });

  test("are at most sixty, at least a minute long, and end where it ends without reaching over its beginning", () => {
    const times = fc.tuple(fc.integer({ min: 0, max: 3 * 86_400_000 }), fc.integer({ min: MINUTE, max: 60 * 86_400_000 }));
    fc.assert(
      fc.property(times, fc.constantFrom(...STATISTICS), fc.constantFrom(LEVEL, COUNTER), ([offset, length], statistic, metric) => {
        const window = { fromMs: FROM + offset, toMs: FROM + offset + length };
        const plan = seriesPlan(statistic, metric, window, BY);
        if (plan === undefined) {
          expect(statistic).toMatch(/^p/);
          return;
        }
        const minutes = (plan.window.toMs - plan.window.fromMs) / MINUTE;
        expect(plan.periodMs % MINUTE).toBe(0);
        expect(minutes % (plan.periodMs / MINUTE)).toBe(0);
        if (!statistic.startsWith("p")) expect(minutes / (plan.periodMs / MINUTE)).toBeLessThanOrEqual(60);
        // The minutes that begin within the window, all of them and no others.
        expect(plan.window.fromMs - window.fromMs).toBeGreaterThanOrEqual(0);
        expect(plan.window.fromMs - window.fromMs).toBeLessThan(MINUTE);
        expect(plan.window.toMs - window.toMs).toBeLessThan(MINUTE);
        expect(plan.window.toMs - window.toMs).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("alignment", () => {
  const hours = { fromMs: FROM, toMs: FROM + 3 * 60 * MINUTE };

  test.each([
    ["average", "ALIGN_MEAN"],
    ["maximum", "ALIGN_MAX"],
    ["minimum", "ALIGN_MIN"],
    ["sum", "ALIGN_SUM"],
    ["last", "ALIGN_MEAN"],
  ] as const)("for %s of a level is %s", (statistic, aligner) => {
    const plan = seriesPlan(statistic, LEVEL, hours, BY)!;
    expect(plan.aggregation).toEqual({ alignmentPeriod: { seconds: 300 }, perSeriesAligner: aligner });
    expect(plan.secondaryAggregation).toBeUndefined();
  });

  test("of a counter makes rates minute by minute, added up over its series, and then takes the statistic", () => {
    const plan = seriesPlan("maximum", COUNTER, hours, BY)!;
    expect(plan.aggregation).toEqual({
      alignmentPeriod: { seconds: 60 },
      perSeriesAligner: "ALIGN_RATE",
      crossSeriesReducer: "REDUCE_SUM",
      groupByFields: [BY],
    });
    expect(plan.secondaryAggregation).toEqual({ alignmentPeriod: { seconds: 300 }, perSeriesAligner: "ALIGN_MAX" });
  });

  test("needs no second step where points last a minute", () => {
    expect(seriesPlan("maximum", COUNTER, { fromMs: FROM, toMs: FROM + 5 * MINUTE }, BY)!.secondaryAggregation).toBeUndefined();
  });

  test("never asks for percentiles of numbers", () => {
    for (const metric of [LEVEL, COUNTER]) {
      for (const statistic of STATISTICS) {
        const plan = seriesPlan(statistic, metric, hours, BY);
        expect(JSON.stringify(plan)).not.toContain("PERCENTILE");
      }
    }
  });
});

describe("points become the statistic", () => {
  test.each([
    ["mean", 3],
    ["maximum", 6],
    ["minimum", 1],
    ["sum", 12],
    ["last", 2],
    [50, 2],
    [90, 6],
    [100, 6],
  ] as const)("%s", (reduce, expected) => {
    expect(reducePoints([1, 3, 6, 2], { reduce })).toBeCloseTo(expected, 10);
  });

  test("none become none", () => {
    for (const reduce of ["mean", "maximum", "minimum", "sum", "last", 95] as const) expect(reducePoints([], { reduce })).toBeNull();
  });
});
