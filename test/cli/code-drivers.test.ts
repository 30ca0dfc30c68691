import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { codeDrivers } from "../../src/cli/code-drivers.ts";
import type { OperationClass, ProgramOperation } from "../../src/contracts/index.ts";
import { sampleApproval } from "../../src/testing/index.ts";

const home = mkdtempSync(join(tmpdir(), "nephoscope-code-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function driversFor(approve: "ask" | "reads") {
  return codeDrivers({ env: { HOME: home } }, { file: null, code: { allow: ["write", "sensitive"], approve } }, false);
}

function calling(operationClass: OperationClass) {
  const { subject, ...approval } = sampleApproval();
  const { program } = subject;
  const operations = [{ class: operationClass } as ProgramOperation];
  return { ...approval, subject: { ...subject, program: { ...program, operations } } };
}

describe("the setting code.approve", () => {
  it.each([
    ["read", "approve"],
    ["write", "wait"],
    ["sensitive", "wait"],
  ] as const)("`reads` on a program that calls a %s: %s", async (operationClass, decision) => {
    const { approve } = driversFor("reads");
    expect(await approve?.(calling(operationClass))).toBe(decision);
  });

  it("`ask` leaves everything to a person", async () => {
    expect(driversFor("ask")).not.toHaveProperty("approve");
  });
});
