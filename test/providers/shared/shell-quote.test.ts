import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shellQuote } from "../../../src/providers/shared/shell-quote.ts";

test("any texts are words that a shell hands on as they are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom("a", "'", '"', "$", "`", "\\", " ", ";", "\n", "!", "*", "东") }), { minLength: 1 }),
      (words) => {
        const command = `printf '%s\\0' ${words.map(shellQuote).join(" ")}`;
        expect(execFileSync("/bin/sh", ["-c", command], { encoding: "utf8" })).toBe(words.map((word) => `${word}\0`).join(""));
      },
    ),
    { numRuns: 30 },
  );
});

test("plain words are left as they are", () => {
  expect(shellQuote("ap-southeast-1")).toBe("ap-southeast-1");
});
