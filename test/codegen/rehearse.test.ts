import { afterAll, describe, expect, it } from "vitest";
import { createProgramChecker } from "../../src/codegen/check-program.ts";
import { rehearse } from "../../src/codegen/rehearse.ts";
import type { Program, Sandbox } from "../../src/contracts/index.ts";
import { extism } from "../../src/sandboxes/extism/index.ts";
import { memory } from "../../src/sandboxes/memory/index.ts";
import { OPERATIONS } from "./programs/operations.ts";
import { RIGHT_PROGRAMS } from "./programs/right-programs.ts";

const checker = createProgramChecker();
/** Quick; the real one is for what only it can stop. */
const sandbox = memory();
const strictSandbox = extism({ pool: 1 });
const NOW_MS = Date.parse("2026-03-01T00:00:00Z");
afterAll(() => strictSandbox.close());

async function checkedProgram(code: string): Promise<Program> {
  const checked = await checker.check(code, OPERATIONS);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.program;
}

async function rehearsed(code: string, change: (program: Program) => Program = (program) => program, where: Sandbox = sandbox) {
  return await rehearse(change(await checkedProgram(code)), where, { nowMs: NOW_MS, signal: AbortSignal.timeout(60_000) });
}

/** A program whose `main` is made of `lines`, beginning in line 3. */
function program(lines: string, row = "interface Row { name: string }"): string {
  return `${row}\n/** Made up. */\nasync function main(): Promise<Row[]> {\n${lines}\n}\n`;
}

const LIST = 'await cloud.call("aws", "cloudwatch", "ListDashboards", {})';

describe("a right program", () => {
  it.each(Object.entries(RIGHT_PROGRAMS))("goes through the rehearsal: %s", async (_, code) => {
    expect(await rehearsed(code)).toMatchObject({ ok: true });
  });

  it("sees samples, a long list, fields left out, nothing, and throttling", async () => {
    expect(await rehearsed(RIGHT_PROGRAMS["a call for each item, in parallel"]!)).toEqual({
      ok: true,
      report: {
        scenarios: [
          { name: "typed samples", calls: 4, rows: 3 },
          { name: "several pages", calls: 101, rows: 100 },
          { name: "fields left out", calls: 4, rows: 3 },
          { name: "nothing found", calls: 1, rows: 0 },
          { name: "throttled", calls: 4, rows: 0 },
        ],
      },
    });
  });

  it("goes through the rehearsal in the real sandbox too", async () => {
    const code = RIGHT_PROGRAMS["a call for each item, in parallel"]!;
    expect(await rehearsed(code, (checked) => checked, strictSandbox)).toEqual(await rehearsed(code));
  });

  it("finds what it filters for among the samples", async () => {
    const code = program(
      `  const { DashboardEntries = [] } = ${LIST};
  const old = DashboardEntries.filter(({ DashboardName = "", Size = 0, LastModified = "" }) => DashboardName.includes("checkout") || Size > 4242 || LastModified < "2025-06-01");
  return old.map(({ DashboardName = "" }) => ({ name: DashboardName }));`,
    );
    const outcome = await rehearsed(code);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    for (const name of ["typed samples", "several pages"]) {
      const { rows = 0 } = outcome.report.scenarios.find((scenario) => scenario.name === name) ?? {};
      expect(rows).toBeGreaterThan(0);
    }
  });

  it("finds what it filters for in lists within a list, together with other conditions", async () => {
    const code = program(`  const { metricFilters = [] } = await cloud.call("aws", "logs", "DescribeMetricFilters", {});
  const isWanted = (name: string | undefined) => name === "errors" || name === "latency";
  const found = metricFilters.filter(({ filterName, metricTransformations }) => filterName?.includes("checkout") && metricTransformations?.some(({ metricName }) => isWanted(metricName)));
  return found.map(({ filterName = "" }) => ({ name: filterName }));`);
    const outcome = await rehearsed(code);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    expect(outcome.report.scenarios.find(({ name }) => name === "several pages")?.rows).toBeGreaterThan(0);
  });

  it("gets what it asks for: an id that it gives comes back", async () => {
    const code = program(`  const { DashboardEntries = [] } = ${LIST};
  const rows: Row[] = [];
  for (const { DashboardName = "" } of DashboardEntries) {
    const one = await cloud.call("aws", "cloudwatch", "GetDashboard", { DashboardName });
    if (one.DashboardName !== DashboardName) throw new Error("another one");
    rows.push({ name: JSON.parse(one.DashboardBody ?? "{}").name ?? "" });
  }
  return rows;`);
    expect(await rehearsed(code)).toMatchObject({ ok: true });
  });

  it("is the same each time", async () => {
    const code = program(
      `  console.log(String(Math.random()));\n  return ((${LIST}).DashboardEntries ?? []).map(({ DashboardName }) => ({ name: DashboardName ?? "" }));`,
    );
    expect(await rehearsed(code)).toEqual(await rehearsed(code));
  });
});

/** What is wrong, what the problem says, and its line. */
const WRONG: readonly (readonly [string, string, RegExp, number])[] = [
  ["throws", `  ${LIST};\n  throw new Error("no luck");`, /sample answers.*no luck/, 5],
  [
    "trusts that a field is there",
    `  const reply = ${LIST};\n  return reply.DashboardEntries!.map((entry) => ({ name: entry.DashboardName!.toLowerCase() }));`,
    /leave out every optional field/,
    5,
  ],
  [
    "trusts that something is found",
    `  const reply = ${LIST};\n  return [{ name: reply.DashboardEntries![0]!.DashboardName ?? "" }];`,
    /empty answers/,
    5,
  ],
  ["waits for nothing", `  ${LIST};\n  await new Promise(() => {});\n  return [];`, /never happens/, 1],
  [
    "retries what is throttled for ever",
    `  for (;;) {\n    try {\n      ${LIST};\n      return [];\n    } catch {}\n  }`,
    /RATE_LIMITED.*Do not retry/,
    1,
  ],
  ["calls without end", `  for (;;) ${LIST};`, /more than 500 calls/, 1],
  ["gives no list", `  return (${LIST}) as unknown as Row[];`, /Row\[\]/, 1],
  ["gives a cell of another type", `  ${LIST};\n  return [{ name: 1 as unknown as string }];`, /row 1.*name/, 1],
  ["gives null where none is declared", `  ${LIST};\n  return [{ name: null as unknown as string }];`, /row 1.*name/, 1],
  ["gives a column too many", `  ${LIST};\n  const row = { name: "", more: 1 };\n  return [row];`, /row 1.*more/, 1],
  ["leaves a column out", `  ${LIST};\n  return [{} as Row];`, /row 1.*name/, 1],
  [
    "gives a parameter of another type",
    `  await cloud.call("aws", "cloudwatch", "GetDashboard", { DashboardName: 1 as unknown as string });\n  return [];`,
    /DashboardName must be a string/,
    4,
  ],
];

describe("a wrong program", () => {
  it.each(WRONG)("is told so where it %s", async (_, lines, says, line) => {
    const outcome = await rehearsed(program(lines));
    expect(outcome).toMatchObject({ ok: false, problems: [{ stage: "rehearsal", message: expect.stringMatching(says) }] });
    if (outcome.ok) return;
    for (const problem of outcome.problems) {
      expect(problem.line).toBeGreaterThanOrEqual(line);
      expect(problem.column).toBeGreaterThanOrEqual(1);
    }
  });

  it("is told so where it loops for ever, and is stopped", async () => {
    const code = program(`  const reply = ${LIST};\n  while (reply !== undefined) {}\n  return [];`);
    const outcome = await rehearsed(code, (checked) => checked, strictSandbox);
    expect(outcome).toMatchObject({ ok: false, problems: [{ message: expect.stringMatching(/did not end/), line: 3, column: 1 }] });
  });

  it("is told where a number is none, and where a time is none", async () => {
    const numbers = program(`  ${LIST};\n  return [{ size: Number("x") }];`, "interface Row { size: number }");
    expect(await rehearsed(numbers)).toMatchObject({ ok: false, problems: [{ message: expect.stringMatching(/size/) }] });
    const times = program(`  ${LIST};\n  return [{ at: "yesterday" }];`, "interface Row { /** @time */ at: string }");
    expect(await rehearsed(times)).toMatchObject({ ok: false, problems: [{ message: expect.stringMatching(/at is no time/) }] });
  });

  it("is told where it calls what is not declared, whatever the check said of it", async () => {
    const code = RIGHT_PROGRAMS["the plainest one"]!;
    const withoutCalls = await rehearsed(code, (checked) => ({ ...checked, calls: [] }));
    expect(withoutCalls).toMatchObject({ ok: false, problems: [{ message: expect.stringMatching(/not among the operations/) }] });
    const withMore = await rehearsed(code, (checked) => ({ ...checked, javascript: checked.javascript.replace("{}", "{ limit: 1 }") }));
    expect(withMore).toMatchObject({
      ok: false,
      problems: [{ line: 4, column: 23, message: expect.stringMatching(/no call in the code names/) }],
    });
  });
});

it("stops where it is aborted", async () => {
  const checked = await checkedProgram(RIGHT_PROGRAMS["the plainest one"]!);
  await expect(rehearse(checked, sandbox, { nowMs: NOW_MS, signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
});
