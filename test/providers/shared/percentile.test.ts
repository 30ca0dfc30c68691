import * as fc from "fast-check";
import { expect, test } from "vitest";
import { percentileOf } from "../../../src/providers/shared/percentile.ts";

test("a percentile is a value that was measured, and as many of the others lie below it as it says", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.constantFrom(50, 90, 95, 99), (values, percent) => {
      const value = percentileOf(values, percent);
      expect(values).toContain(value);
      expect(values.filter((each) => each <= value).length / values.length).toBeGreaterThanOrEqual(percent / 100);
      expect(values.filter((each) => each < value).length / values.length).toBeLessThan(percent / 100);
    }),
  );
});

test("there is none of nothing", () => {
  expect(percentileOf([], 95)).toBeNaN();
});
