import { describe, expect, it } from "vitest";
import { createProgramChecker } from "../../src/codegen/check-program.ts";
import { OPERATIONS } from "./programs/operations.ts";
import { RIGHT_PROGRAMS } from "./programs/right-programs.ts";
import { WRONG_PROGRAMS } from "./programs/wrong-programs.ts";

const checker = createProgramChecker();

async function programOf(name: string) {
  const checked = await checker.check(RIGHT_PROGRAMS[name]!, OPERATIONS);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.program;
}

describe("a right program", () => {
  it.each(Object.entries(RIGHT_PROGRAMS))("passes: %s", async (_, code) => {
    expect(await checker.check(code, OPERATIONS)).toMatchObject({ ok: true, program: { code } });
  });

  it.each(Object.entries(RIGHT_PROGRAMS))("gives itself again from its own code and operations: %s", async (_, code) => {
    const first = await checker.check(code, OPERATIONS);
    if (!first.ok) throw new Error("refused");
    expect(await createProgramChecker().check(first.program.code, first.program.operations)).toEqual(first);
  });

  it.each(Object.entries(RIGHT_PROGRAMS))("is JSON: %s", async (_, code) => {
    const checked = await checker.check(code, OPERATIONS);
    expect(JSON.parse(JSON.stringify(checked))).toEqual(checked);
  });

  it("tells its columns with types, units and where null may stand", async () => {
    expect((await programOf("input, times, units, literal unions and null")).columns).toEqual([
      { name: "name", type: "string" },
      { name: "created", type: "time", nullable: true },
      { name: "size", type: "number", unit: "bytes" },
      { name: "state", type: "string", nullable: true },
      { name: "isLarge", type: "boolean" },
    ]);
  });

  it("tells its parameters and their values", async () => {
    const { parameters, input, purpose } = await programOf("input, times, units, literal unions and null");
    expect(parameters.fields).toEqual({
      days: { shape: { type: "number" }, required: true, description: "Age that counts as old." },
      prefix: { shape: { type: "string" } },
      states: { shape: { type: "list", items: { type: "string", values: ["old", "new"] } }, required: true },
    });
    expect(input).toEqual({ days: 30, states: ["old"] });
    expect(purpose).toBe("Finds old dashboards.");
  });

  it("tells its calls, with the arguments that are known and the names of those that vary", async () => {
    const { calls, operations, provider } = await programOf("literal arguments of every kind");
    expect(calls).toEqual([
      { operation: "aws.cloudwatch.ListMetrics", literals: {}, varying: ["Namespace", "Dimensions"], line: 6 },
      {
        operation: "aws.cloudwatch.ListMetrics",
        literals: { Namespace: "AWS/EC2", Dimensions: [{ Name: "InstanceId" }] },
        varying: [],
        line: 7,
      },
      { operation: "aws.logs.DescribeMetricFilters", literals: { limit: 50 }, varying: ["order"], line: 8 },
    ]);
    expect(operations.map(({ operation }) => operation.id)).toEqual(["aws.logs.DescribeMetricFilters", "aws.cloudwatch.ListMetrics"]);
    expect(provider).toBe("aws");
  });

  it("ends its purpose with its first sentence in Chinese too", async () => {
    expect((await programOf("text in Chinese")).purpose).toBe("列出所有指标过滤器。");
  });
});

describe("a wrong program", () => {
  it.each(WRONG_PROGRAMS)("is refused: $rule", async ({ code, stage, says, line }) => {
    const checked = await checker.check(code, OPERATIONS);
    expect(checked).toMatchObject({ ok: false });
    if (checked.ok) return;
    const found = checked.problems.filter((problem) => problem.stage === stage && problem.line === line && says.test(problem.message));
    expect(found, JSON.stringify(checked.problems, null, 1)).not.toHaveLength(0);
  });

  it.each(WRONG_PROGRAMS)("has a place for each of its problems, and few of them: $rule", async ({ code }) => {
    const checked = await checker.check(code, OPERATIONS);
    if (checked.ok) throw new Error("passed");
    expect(checked.problems.length).toBeLessThanOrEqual(4);
    for (const { line, column, message } of checked.problems) {
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(code.split("\n").length);
      expect(column).toBeGreaterThanOrEqual(1);
      expect(message.length).toBeLessThanOrEqual(500);
    }
  });

  it("names at most ten problems, and says how many there are", async () => {
    const code = `interface Row { name: string }\n${Array.from({ length: 30 }, (_, index) => `const a${index}: number = "";`).join("\n")}\n`;
    const checked = await checker.check(code, OPERATIONS);
    if (checked.ok) throw new Error("passed");
    expect(checked.problems).toHaveLength(10);
    expect(checked.problems[9]?.message).toMatch(/And 21 more problems/);
  });

  it("is refused where it is too long or too deep for the parser", async () => {
    expect(await checker.check("x".repeat(12_001), OPERATIONS)).toMatchObject({ ok: false, problems: [{ message: /longer than/ }] });
    expect(await checker.check(`const x = ${"(".repeat(15_000)}1${")".repeat(15_000)};`, OPERATIONS)).toMatchObject({ ok: false });
  });
});

it("stops where it is aborted", async () => {
  await expect(checker.check("", OPERATIONS, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
});
