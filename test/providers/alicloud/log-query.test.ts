import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IndexedField, LogIndex } from "../../../src/providers/alicloud/log-index.ts";
import { countStatement, quoted, searchStatement } from "../../../src/providers/alicloud/log-query.ts";

const field = (name: string, more: Partial<IndexedField> = {}): IndexedField => ({
  name,
  numeric: false,
  caseSensitive: false,
  countable: true,
  ...more,
});
const index = (more: Partial<LogIndex> = {}): LogIndex => ({
  field: () => undefined,
  level: field("level"),
  service: field("service"),
  fullText: true,
  ...more,
});

/** Reads a text in quotes back, as the log service does: a backslash makes the next character an ordinary one. */
function unquoted(text: string): { readonly value: string; readonly rest: string } {
  let value = "";
  for (let position = 1; position < text.length; position++) {
    const character = text[position];
    if (character === '"') return { value, rest: text.slice(position + 1) };
    if (character === "\\") position++;
    value += text[position];
  }
  throw new Error(`the quote is never closed: ${text}`);
}

test("whatever a text holds, it stays within its quotes", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.oneof(fc.constantFrom('"', "\\", "|", " ", "(", "*"), fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 })),
      }),
      (text) => {
        expect(unquoted(quoted(text))).toEqual({ value: text, rest: "" });
      },
    ),
  );
});

test("no text can end the search statement and begin SQL", () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('"', "\\", "|", " ", "a", "支") }), { maxLength: 4 });
  fc.assert(
    fc.property(texts, texts, (contains, excludes) => {
      let rest = searchStatement({ contains, excludes }, undefined).text;
      // Outside quotes there are only our own words.
      while (rest.includes('"')) {
        expect(rest.slice(0, rest.indexOf('"'))).toMatch(/^[ a-z]*$/);
        rest = unquoted(rest.slice(rest.indexOf('"'))).rest;
      }
      expect(rest).toMatch(/^\*?$/);
    }),
  );
});

describe("a search statement", () => {
  test.each([
    ["without conditions", {}, "*", true],
    ["a word", { contains: ["timeout"] }, '"timeout"', true],
    ["a text of several words", { contains: ["timed out"] }, '"timed out"', false],
    ["Chinese", { contains: ["支付"] }, '"支付"', false],
    ["separators only", { contains: ["()"] }, "*", false],
    ["an unwanted word", { excludes: ["retrying"] }, 'not "retrying"', true],
    ["an unwanted text of several words, which the reader leaves out", { excludes: ["timed out"] }, "*", false],
    ["severities", { severities: ["warning"] }, '(level: "warning" or level: "warn" or level: "40")', true],
    ["a service in a shared logstore", { service: "checkout" }, 'service: "checkout"', true],
    ["all", { severities: ["warning"], contains: ["a", "b"] }, '(level: "warning" or level: "warn" or level: "40") and "a" and "b"', true],
  ] as const)("with %s", (_, conditions, text, exact) => {
    expect(searchStatement(conditions, index())).toEqual({ text, exact });
  });

  test("asks a field of numbers for numbers only", () => {
    expect(searchStatement({ severities: ["error"] }, index({ level: field("level", { numeric: true }) })).text).toBe("level: 50");
  });

  test("spells values of a case-sensitive field in three ways", () => {
    const { text } = searchStatement({ severities: ["warning"] }, index({ level: field("Level", { caseSensitive: true }) }));
    expect(text).toContain('Level: "warn" or Level: "WARN" or Level: "Warn"');
  });

  test("quotes the name of a field that is no plain word", () => {
    expect(searchStatement({ severities: ["error"] }, index({ level: field("log.level") })).text).toContain('"log.level": "error"');
  });

  test("looks for the words of severities where no field has them", () => {
    expect(searchStatement({ severities: ["error"] }, index({ level: undefined }))).toEqual({
      text: '("error" or "err" or "severe")',
      exact: false,
    });
    expect(searchStatement({ severities: ["error"] }, index({ level: undefined, fullText: false })).text).toBe("*");
  });

  test("never has more than thirty conditions", () => {
    const severities = fc.subarray(["debug", "info", "warning", "error", "critical"] as const, { minLength: 1 });
    fc.assert(
      fc.property(severities, fc.array(fc.constant("word"), { maxLength: 15 }), fc.boolean(), (wanted, contains, caseSensitive) => {
        const { text } = searchStatement({ severities: wanted, contains }, index({ level: field("level", { caseSensitive }) }));
        expect(text.split(/ and | or /).length).toBeLessThanOrEqual(30);
      }),
    );
  });
});

test("a count names the field in quotes, whatever its name", () => {
  expect(countStatement("*", field('a"b'))).toBe(
    '* | select "a""b" as nephoscope_value, count(1) as nephoscope_count from log group by nephoscope_value order by nephoscope_count desc limit 1000',
  );
  expect(countStatement('"x"', undefined)).toBe('"x" | select count(1) as nephoscope_count from log');
});
