import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ERROR_CODES } from "../../src/errors/index.ts";

test("docs/errors.md has one heading per error code, under its class, and no other", () => {
  const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
  const documented: Record<string, string[]> = {};
  let family = "";
  for (const [, level, title] of page.matchAll(/^(##|###) (\w+)$/gm)) {
    if (level === "##") {
      family = title!;
      documented[family] = [];
    } else documented[family]!.push(title!);
  }
  expect(documented).toEqual(ERROR_CODES);
});
