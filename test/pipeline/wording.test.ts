import { describe, expect, test } from "vitest";
import type { Plan, PlanStep, Receipt, Row, ScopeReceipt, Table } from "../../src/contracts/index.ts";
import { headline } from "../../src/pipeline/wording/headline.ts";
import { nothingMatched } from "../../src/pipeline/wording/nothing-matched.ts";
import { stepTitle } from "../../src/pipeline/wording/step-title.ts";
import { warningsOf } from "../../src/pipeline/wording/warnings.ts";

function planOf(language: "en" | "zh", steps: readonly Omit<PlanStep, "dependsOn">[]): Plan {
  return {
    version: 1,
    question: "?",
    language,
    timezone: "Asia/Shanghai",
    emulated: false,
    steps: steps.map((step, index) => ({ ...step, dependsOn: index === 0 ? [] : [steps[index - 1]!.id] })),
  };
}

const LIST = { id: "list", tool: "resources.list", input: { kind: "virtual-machine", where: { regions: { include: ["eu-west-1"] } } } };
const CPU = {
  id: "metrics",
  tool: "metrics.query",
  input: { resources: { from: "list" }, metrics: ["cpu.utilization"], statistic: "average", window: { lastMs: 300_000 } },
};
const HOT = {
  id: "filter",
  tool: "table.filter",
  input: { rows: { from: "metrics" }, all: [{ column: "cpu.utilization", operator: "gt", value: 80, unit: "percent" }] },
};
const SORT = {
  id: "sort",
  tool: "table.sort",
  input: { rows: { from: "filter" }, by: [{ column: "cpu.utilization", direction: "descending" }], limit: 10 },
};
const COUNT = { id: "count", tool: "table.aggregate", input: { rows: { from: "list" }, groupBy: [], measures: [{ function: "count" }] } };

const scope = (changes: Partial<ScopeReceipt> = {}): ScopeReceipt => ({
  provider: "aws",
  account: "1",
  region: "eu-west-1",
  service: "compute",
  listing: "complete",
  listed: 1200,
  queried: 1200,
  answered: 1200,
  noData: 0,
  throttled: 0,
  denied: 0,
  failed: 0,
  truncated: 0,
  reasons: [],
  ...changes,
});
const receiptOf = (...scopes: ScopeReceipt[]): Receipt => ({ complete: false, scopes, notes: [] });
const window = {
  fromMs: Date.parse("2026-11-20T08:30:00Z"),
  toMs: Date.parse("2026-11-20T08:35:00Z"),
  statistic: "average" as const,
  periodMs: 60_000,
};
const cpuTable = (...values: number[]): Table => ({
  columns: [
    { name: "name", type: "string" },
    { name: "cpu.utilization", type: "number", unit: "percent" },
  ],
  rows: values.map((value, index): Row => ({ cells: [`web-${index}`, value] })),
});

describe("headline", () => {
  test("says how many, under which conditions, when, and which is the worst", () => {
    const facts = { plan: planOf("en", [LIST, CPU, HOT, SORT]), table: cpuTable(97.25, 81), window, receipt: receiptOf(scope()) };
    expect(headline(facts)).toBe(
      "2 servers (region eu-west-1; CPU > 80%; average over 2026-11-20 16:30–16:35 (Asia/Shanghai)). Highest: web-0, 97.3%.",
    );
  });

  test("speaks Chinese with Chinese punctuation", () => {
    const facts = { plan: planOf("zh", [LIST, CPU, HOT, SORT]), table: cpuTable(97.25), window, receipt: receiptOf(scope()) };
    expect(headline(facts)).toBe(
      "共 1 台服务器（区域 eu-west-1，CPU 使用率 > 80%，2026-11-20 16:30–16:35 (Asia/Shanghai) 平均值）。最高：web-0，97.3%。",
    );
  });

  test("a count is a number of things, not of rows", () => {
    const table: Table = { columns: [{ name: "count", type: "number", unit: "count" }], rows: [{ cells: [1234] }] };
    expect(headline({ plan: planOf("en", [LIST, COUNT]), table, window: null, receipt: receiptOf(scope()) })).toBe(
      "1,234 servers (region eu-west-1).",
    );
  });
});

test("when nothing matches, the answer says what was looked at", () => {
  const receipt = receiptOf(scope(), scope({ region: "us-east-1", listed: 34 }));
  const facts = { plan: planOf("en", [LIST, CPU, HOT]), table: cpuTable(), window, receipt };
  expect(nothingMatched(facts)).toContain("Looked at 1,234 servers in 1 account and 2 regions.");
  expect(nothingMatched({ ...facts, plan: planOf("zh", [LIST, CPU, HOT]) })).toContain("1 个账号、2 个区域中的 1,234 台服务器");
});

describe("warnings", () => {
  test("a complete receipt has none", () => {
    expect(warningsOf({ complete: true, scopes: [scope()], notes: [] }, "en")).toEqual([]);
  });

  test("name what is missing, and why", () => {
    const denied = scope({
      listing: "failed",
      listed: 0,
      queried: 1,
      answered: 0,
      denied: 1,
      reasons: [{ code: "X", message: "no rights", count: 1 }],
    });
    expect(warningsOf(receiptOf(scope(), denied), "en")).toEqual(["Incomplete: aws 1 eu-west-1 refused to be listed (no rights)."]);
    expect(warningsOf(receiptOf(scope({ throttled: 3 })), "zh")).toEqual(["不完整：aws 1 eu-west-1 中有 3 个对象因限流没有结果。"]);
  });

  test("reasons are clauses: what ends them as sentences is left out", () => {
    const reasons = ["甲不存在。", "乙不存在。"].map((message) => ({ code: "X", message, count: 1 }));
    const missing = scope({ listing: "failed", listed: 0, queried: 2, answered: 0, failed: 2, reasons });
    expect(warningsOf(receiptOf(missing), "zh")).toEqual(["不完整：aws 1 eu-west-1 未能列出（甲不存在、乙不存在）。"]);
  });

  test("every way to be incomplete has a sentence", () => {
    for (const changes of [{ listing: "partial" }, { denied: 1 }, { failed: 1 }, { throttled: 1 }, { truncated: 1 }] as const) {
      expect(warningsOf(receiptOf(scope(changes)), "en"), JSON.stringify(changes)).toHaveLength(1);
    }
    expect(warningsOf(receiptOf(), "en")).toHaveLength(1);
    const notes = ["Google Cloud cannot list functions here; it was left out."];
    expect(warningsOf({ complete: false, scopes: [], notes }, "en")).toEqual([
      "Incomplete: no account or region was looked at. Google Cloud cannot list functions here; it was left out.",
    ]);
  });
});

test("steps are told in the language of the question", () => {
  const plan = planOf("zh", [LIST, CPU, HOT, SORT]);
  expect(plan.steps.map((step) => stepTitle(step, plan))).toEqual([
    "列出服务器（区域 eu-west-1）",
    "查询 CPU 使用率（平均，过去 5 分钟）",
    "筛选 CPU 使用率 > 80%",
    "按 CPU 使用率从高到低排序，取前 10 个",
  ]);
});
