import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countQuery, quoted, searchQuery } from "../../../src/providers/volcengine/log-query.ts";

describe("a quoted text", () => {
  test("ends where it should, whatever is in it, and says what was meant", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const quotes = quoted(text);
        expect(quotes).toMatch(/^"(?:[^"\\]|\\["\\])*"$/s);
        expect(quotes.slice(1, -1).replace(/\\(["\\])/g, "$1")).toBe(text);
      }),
    );
  });

  test.each([
    ["支付 失败", '"支付 失败"'],
    ['say "no"', '"say \\"no\\""'],
    ["C:\\logs", '"C:\\\\logs"'],
    ["a | select b", '"a | select b"'],
  ])("%s", (text, expected) => expect(quoted(text)).toBe(expected));
});

describe("a search query", () => {
  test.each([
    [{}, "*"],
    [{ severities: ["warning"] as const }, '("warning" OR "warn" OR "40")'],
    [{ contains: ["upstream", "time out"] }, '("upstream" AND "time out")'],
    [{ contains: ["upstream"], excludes: ["retrying"] }, '("upstream" NOT "retrying")'],
    [{ excludes: ["retrying"] }, '(NOT "retrying")'],
    // Its words may stand apart in logs that are wanted, so it is checked on what comes back.
    [{ excludes: ["connection refused"] }, "*"],
    // No index has words of these.
    [{ contains: ["()"] }, "*"],
  ])("for %j", (conditions, expected) => expect(searchQuery(conditions)).toBe(expected));

  test("leaves out what does not fit", () => {
    const texts = Array.from({ length: 10 }, (_, index) => `${index}`.padEnd(600, "字"));
    const query = searchQuery({ contains: texts });
    expect(Buffer.byteLength(query)).toBeLessThanOrEqual(4_096);
    expect(query.split(" AND ")).toHaveLength(2);
  });

  test("is never longer than the service takes, and keeps parentheses and quotes in pairs", () => {
    const texts = fc.array(fc.string({ unit: "grapheme", maxLength: 900 }), { maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, fc.subarray(["error", "warning", "info"] as const), (contains, excludes, severities) => {
        const query = searchQuery({ contains, excludes, ...(severities.length === 0 ? {} : { severities }) });
        expect(Buffer.byteLength(query)).toBeLessThanOrEqual(4_096);
        const operators = query.replace(/"(?:[^"\\]|\\["\\])*"/gs, "x");
        expect(operators).toMatch(/^[()*x ANDORT]+$/);
        expect(operators.split("(").length).toBe(operators.split(")").length);
      }),
    );
  });
});

test.each([
  [undefined, undefined, undefined, "* | select count(1) as nephoscopeCount"],
  [
    ["error"] as const,
    "level",
    "service",
    "* | select service as nephoscopeValue, count(1) as nephoscopeCount where lower(level) in ('error', 'err', 'severe', '50') group by service order by nephoscopeCount desc limit 1000",
  ],
  [
    undefined,
    undefined,
    'log."x',
    '* | select "log.""x" as nephoscopeValue, count(1) as nephoscopeCount group by "log.""x" order by nephoscopeCount desc limit 1000',
  ],
])("a count of %j in %s by %s", (severities, level, countBy, expected) => {
  expect(countQuery(severities, level, countBy)).toBe(expected);
});
