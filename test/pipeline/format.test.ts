import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDuration, formatList, formatValue, formatWindow, toZonedIso } from "../../src/pipeline/wording/format.ts";

describe("toZonedIso", () => {
  test("names the same instant in any zone and season, seconds precise", () => {
    const zones = fc.constantFrom("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/St_Johns");
    fc.assert(
      fc.property(fc.integer({ min: 1_500_000_000, max: 2_000_000_000 }), zones, (seconds, zone) => {
        expect(Date.parse(toZonedIso(seconds * 1000, zone))).toBe(seconds * 1000);
      }),
    );
  });

  test("shows the offset that held then", () => {
    expect(toZonedIso(Date.parse("2026-07-01T10:00:00Z"), "Europe/Berlin")).toBe("2026-07-01T12:00:00+02:00");
    expect(toZonedIso(Date.parse("2026-12-01T10:00:00Z"), "Europe/Berlin")).toBe("2026-12-01T11:00:00+01:00");
    expect(toZonedIso(Date.parse("2026-12-01T10:00:00Z"), "UTC")).toBe("2026-12-01T10:00:00Z");
  });
});

describe("formatValue", () => {
  test.each([
    [83.456, "percent", "83.5%"],
    [1_234_567, "bytes/second", "1.2 MB/s"],
    [999, "bytes", "999 B"],
    [1e12, "bytes", "1 TB"],
    [1500, "milliseconds", "1.5 s"],
    [20.4, "milliseconds", "20 ms"],
    [12345, "count", "12,345"],
    [-0.5, "percent", "-0.5%"],
  ] as const)("writes %d %s as %s", (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });
});

test("a window within one day names the day once", () => {
  const from = Date.parse("2026-11-20T08:30:00Z");
  expect(formatWindow(from, from + 300_000, "Asia/Shanghai")).toBe("2026-11-20 16:30–16:35 (Asia/Shanghai)");
  expect(formatWindow(from, from + 86_400_000, "UTC")).toBe("2026-11-20 08:30–2026-11-21 08:30 (UTC)");
});

test("durations are told in the largest unit that fits", () => {
  expect(formatDuration(300_000, "zh")).toBe("5 分钟");
  expect(formatDuration(3_600_000, "en")).toBe("1 hour");
  expect(formatDuration(172_800_000, "en")).toBe("2 days");
});

test("a long list says how many it leaves out", () => {
  const items = ["a", "b", "c", "d"];
  expect(formatList(items, "en", 2)).toBe("a, b and 2 more");
  expect(formatList(items, "zh", 2)).toBe("a、b 等 4 个");
  expect(formatList(items, "en", 4)).toBe("a, b, c, d");
});
