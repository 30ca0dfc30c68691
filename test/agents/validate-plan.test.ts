import { describe, expect, it } from "vitest";
import { validatePlan } from "../../src/agents/index.ts";
import type { PlanningFacts } from "../../src/contracts/index.ts";
import { CPU, type Draft, FACTS, HOT, LIST, planOf } from "./facts.ts";

const problemsOf = (drafts: readonly Draft[], facts: PlanningFacts = FACTS) => validatePlan(planOf(...drafts), facts);
const listed = (drafts: readonly Draft[], facts?: PlanningFacts) =>
  problemsOf(drafts, facts).map(({ code, path, message }) => `${code} ${path}: ${message}`);
const where = (condition: Record<string, unknown>): Draft => ({ ...LIST, input: { ...LIST.input, where: condition } });
const filter = (condition: Record<string, unknown>, from = "cpu"): Draft => ({ ...HOT, input: { rows: { from }, all: [condition] } });
const groups = (groupBy: string[], measure: Record<string, unknown>): Draft => ({
  id: "groups",
  tool: "table.aggregate",
  input: { rows: { from: "list" }, groupBy, measures: [measure] },
});
const metric = (change: Record<string, unknown>): Draft => ({ ...CPU, input: { ...CPU.input, ...change } });

describe("a plan that can be run", () => {
  const compared = [
    LIST,
    CPU,
    {
      ...CPU,
      id: "before",
      input: {
        ...CPU.input,
        resources: { from: "cpu" },
        window: { from: "2026-11-21T09:00:00+08:00", to: "2026-11-21T10:00:00+08:00" },
        suffix: "before",
      },
    },
    {
      id: "change",
      tool: "table.derive",
      input: {
        rows: { from: "before" },
        columns: [{ as: "change", operation: "percent-change", left: "cpu.utilization", right: "cpu.utilization.before" }],
      },
    },
    {
      id: "grown",
      tool: "table.filter",
      input: {
        rows: { from: "change" },
        all: [
          { column: "change", operator: "gte", value: 20, unit: "percent" },
          { column: "tag:env", operator: "eq", value: "prod" },
        ],
      },
    },
    {
      id: "groups",
      tool: "table.aggregate",
      input: {
        rows: { from: "grown" },
        groupBy: ["region", "tag:team"],
        measures: [{ function: "average", column: "change" }, { function: "count" }],
      },
    },
    {
      id: "top",
      tool: "table.sort",
      input: { rows: { from: "groups" }, by: [{ column: "average(change)", direction: "descending" }], limit: 3 },
    },
  ];
  const logs = [
    { id: "logs", tool: "logs.query", input: { service: "checkout", window: { lastMs: 3_600_000 }, countBy: "status" } },
    { id: "many", tool: "table.filter", input: { rows: { from: "logs" }, all: [{ column: "count", operator: "gt", value: 10 }] } },
    { id: "sorted", tool: "table.sort", input: { rows: { from: "many" }, by: [{ column: "status", direction: "ascending" }] } },
  ];
  const joined = [
    LIST,
    CPU,
    { id: "alarms", tool: "alarms.list", input: {} },
    {
      id: "names",
      tool: "table.aggregate",
      input: { rows: { from: "alarms" }, groupBy: ["account"], measures: [{ function: "count", as: "alarms" }] },
    },
    { id: "both", tool: "table.join", input: { left: { from: "cpu" }, right: { from: "names" }, on: ["account"], kind: "left" } },
    {
      id: "busy",
      tool: "table.filter",
      input: {
        rows: { from: "both" },
        any: [
          { column: "alarms", operator: "present" },
          { column: "cpu.utilization", operator: "between", values: [80, 90] },
        ],
      },
    },
  ];
  const slow = [
    { id: "slow", tool: "traces.query", input: { view: "traces", window: { lastMs: 300_000 } } },
    {
      id: "hot",
      tool: "table.filter",
      input: {
        rows: { from: "slow" },
        all: [
          { column: "duration", operator: "gt", value: 500, unit: "milliseconds" },
          { column: "time", operator: "gt", value: "2026-11-22T09:00:00Z" },
        ],
      },
    },
  ];
  it.each([
    ["a threshold", [LIST, CPU, HOT]],
    ["steps in any order", [HOT, CPU, LIST]],
    ["compared windows, grouped", compared],
    ["log counts", logs],
    ["a join", joined],
    ["slow traces", slow],
    [
      "a native metric",
      [LIST, metric({ metrics: ["AWS/EC2:CPUCreditBalance"] }), filter({ column: "AWS/EC2:CPUCreditBalance", operator: "lt", value: 5 })],
    ],
    [
      "a native metric of the catalogue, with its unit",
      [
        LIST,
        metric({ metrics: ["AWS/EC2:CPUUtilization"] }),
        filter({ column: "AWS/EC2:CPUUtilization", operator: "gt", value: 5, unit: "percent" }),
      ],
    ],
    [
      "a native log query",
      [
        { id: "logs", tool: "logs.query", input: { native: "stats count(*) as n by bin(5m)", window: { lastMs: 60_000 } } },
        filter({ column: "n", operator: "gt", value: 1 }, "logs"),
      ],
    ],
    [
      "a known scope",
      [
        where({
          providers: { include: ["aws"] },
          regions: { exclude: ["eu-west-1"] },
          accounts: { include: ["payments", "999988887777"] },
        }),
      ],
    ],
    [
      "rows of a run nobody has told us of",
      [{ id: "rows", tool: "results.load", input: { runId: "run_1" } }, filter({ column: "anything", operator: "present" }, "rows")],
    ],
  ])("with %s has no problem", (_, drafts) => {
    expect(listed(drafts)).toEqual([]);
  });
});

describe("a plan that cannot be run", () => {
  const cases: readonly [string, readonly Draft[], ...string[]][] = [
    [
      "a tool nobody has",
      [{ ...LIST, tool: "resource.list" }],
      "TOOL_UNKNOWN steps.list.tool: There is no tool resource.list. Did you mean resources.list",
    ],
    [
      "an input that does not fit",
      [where({ region: "eu-west-1" })],
      'TOOL_INPUT_INVALID steps.list.input.where: Unrecognized key: "region".',
    ],
    ["a window in words", [LIST, metric({ window: { last: "5m" } })], "TOOL_INPUT_INVALID steps.cpu.input.window"],
    ["an id that is none", [{ ...LIST, id: "List 1" }], "TOOL_INPUT_INVALID steps.List 1.id"],
    ["two steps of one id", [LIST, LIST], "PLAN_INVALID steps.list: Two steps have this id."],
    [
      "a missing step",
      [LIST, CPU, filter({ column: "id", operator: "present" }, "memory")],
      "PLAN_INVALID steps.hot: It uses a step memory, which does not exist. Steps are list, cpu, hot.",
    ],
    [
      "a cycle",
      [{ ...CPU, input: { ...CPU.input, resources: { from: "hot" } } }, HOT],
      "PLAN_INVALID steps: These steps wait for each other: cpu, hot.",
    ],
    [
      "a step that waits for itself",
      [{ ...HOT, input: { ...HOT.input, rows: { from: "hot" } } }],
      "PLAN_INVALID steps: These steps wait for each other: hot.",
    ],
    [
      "two answers",
      [LIST, CPU, { id: "alarms", tool: "alarms.list", input: {} }],
      "PLAN_INVALID steps: No other step uses these: cpu, alarms.",
    ],
    [
      "an unknown column",
      [LIST, CPU, filter({ column: "cpu.utilisation", operator: "gt", value: 80 })],
      "PLAN_INVALID steps.hot.input.all.0: The rows have no column cpu.utilisation. Did you mean cpu.utilization",
    ],
    [
      "a tag of rows that are no resources",
      [{ id: "alarms", tool: "alarms.list", input: {} }, filter({ column: "tag:env", operator: "eq", value: "prod" }, "alarms")],
      "The rows have no column tag:env.",
    ],
    [
      "a column that an aggregation lost",
      [
        LIST,
        CPU,
        { id: "all", tool: "table.aggregate", input: { rows: { from: "cpu" }, groupBy: [], measures: [{ function: "count" }] } },
        filter({ column: "cpu.utilization", operator: "gt", value: 80 }, "all"),
      ],
      "The rows have no column cpu.utilization. There are: count.",
    ],
    [
      "the wrong unit",
      [LIST, metric({ metrics: ["network.in.bytes"] }), filter({ column: "network.in.bytes", operator: "gt", value: 5, unit: "bytes" })],
      "UNIT_MISMATCH steps.hot.input.all.0: network.in.bytes is in bytes/second, the value in bytes.",
    ],
    [
      "a unit on a column without",
      [LIST, filter({ column: "name", operator: "eq", value: "a", unit: "percent" }, "list")],
      "name is in no unit, the value in percent.",
    ],
    [
      "bytes without a unit",
      [
        { ...LIST, input: { kind: "database" } },
        metric({ metrics: ["disk.free.bytes"] }),
        filter({ column: "disk.free.bytes", operator: "lt", value: 5 }),
      ],
      "UNIT_MISSING steps.hot.input.all.0: The value for disk.free.bytes has no unit; the column is in bytes.",
    ],
    [
      "a text against a number",
      [LIST, CPU, filter({ column: "cpu.utilization", operator: "gt", value: "80%" })],
      "cpu.utilization holds numbers",
    ],
    ["an order of texts", [LIST, filter({ column: "state", operator: "gt", value: 80 }, "list")], "state holds no numbers"],
    [
      "bounds the wrong way round",
      [LIST, CPU, filter({ column: "cpu.utilization", operator: "between", values: [90, 10] })],
      "The first bound of between is above the second.",
    ],
    ["a comparison with nothing", [LIST, CPU, filter({ column: "cpu.utilization", operator: "gt" })], "gt needs a value."],
    ["no condition", [LIST, { ...HOT, input: { rows: { from: "list" } } }], "A filter needs a condition."],
    [
      "conditions that exclude each other",
      [
        LIST,
        CPU,
        {
          ...HOT,
          input: {
            rows: { from: "cpu" },
            all: [
              { column: "cpu.utilization", operator: "gt", value: 90 },
              { column: "cpu.utilization", operator: "lt", value: 10 },
            ],
          },
        },
      ],
      "QUESTION_CONTRADICTORY steps.hot.input.all: The conditions on cpu.utilization exclude each other.",
    ],
    [
      "an unknown metric",
      [LIST, metric({ metrics: ["cpu.usage"] })],
      "METRIC_UNKNOWN steps.cpu.input.metrics.0: No metric of servers is called cpu.usage. Did you mean cpu.utilization",
    ],
    [
      "a metric of another kind",
      [LIST, metric({ metrics: ["connections.count"] })],
      "METRIC_UNKNOWN steps.cpu.input.metrics.0: No metric of servers is called connections.count.",
    ],
    ["a sum of levels", [LIST, metric({ statistic: "sum" })], "The sum of cpu.utilization over time means nothing"],
    [
      "a percentile of totals",
      [{ ...LIST, input: { kind: "function" } }, metric({ metrics: ["requests.count"], statistic: "p95" })],
      "p95 of requests.count over time means nothing",
    ],
    [
      "metrics of what is no resource",
      [{ id: "list", tool: "alarms.list", input: {} }, CPU],
      "PLAN_INVALID steps.cpu.input.resources: Metrics belong to resources",
    ],
    [
      "an unknown cloud",
      [where({ providers: { include: ["amazon"] } })],
      "PROVIDER_UNKNOWN steps.list.input.where.providers: No cloud amazon is configured. Did you mean aws?",
    ],
    [
      "an unknown region",
      [where({ regions: { include: ["eu-west-9"] } })],
      "REGION_UNKNOWN steps.list.input.where.regions: AWS has no region eu-west-9. Did you mean eu-west-1",
    ],
    ["a place for a region", [where({ regions: { include: ["Frankfurt"] } })], "Did you mean eu-central-1?"],
    [
      "an unknown account",
      [where({ accounts: { exclude: ["payment"] } })],
      "ACCOUNT_UNKNOWN steps.list.input.where.accounts: No configured account is called payment. Did you mean payments",
    ],
    [
      "a scope that excludes itself",
      [where({ regions: { include: ["eu-west-1"], exclude: ["eu-west-1", "us-east-1"] } })],
      "QUESTION_CONTRADICTORY steps.list.input.where.regions",
    ],
    [
      "a reversed window",
      [LIST, metric({ window: { from: "2026-11-22T09:00:00Z", to: "2026-11-22T08:00:00Z" } })],
      "WINDOW_INVALID steps.cpu.input.window: The window begins at",
    ],
    [
      "a window in the future",
      [LIST, metric({ window: { from: "2026-11-22T09:00:00Z", to: "2026-11-23T09:00:00Z" } })],
      "WINDOW_INVALID steps.cpu.input.window: The window reaches into the future",
    ],
    ["a measure without its column", [LIST, groups([], { function: "average" })], "average needs a column."],
    ["an average of names", [LIST, groups([], { function: "average", column: "name" })], "The column name does not hold numbers."],
    ["two columns of one name", [LIST, groups(["region"], { function: "count", as: "region" })], "There would be two columns region."],
    [
      "a difference of units",
      [
        LIST,
        metric({ metrics: ["cpu.utilization", "network.in.bytes"] }),
        {
          id: "d",
          tool: "table.derive",
          input: {
            rows: { from: "cpu" },
            columns: [{ as: "x", operation: "difference", left: "cpu.utilization", right: "network.in.bytes" }],
          },
        },
      ],
      "UNIT_MISMATCH steps.d.input.columns.0: cpu.utilization is in percent, network.in.bytes in bytes/second.",
    ],
    [
      "a join on what one side lacks",
      [
        LIST,
        { id: "alarms", tool: "alarms.list", input: {} },
        { id: "both", tool: "table.join", input: { left: { from: "list" }, right: { from: "alarms" }, on: ["type"], kind: "inner" } },
      ],
      "steps.both.input.on.0: The rows have no column type.",
    ],
  ];
  it.each(cases)("because of %s says so", (_, drafts, ...facts) => {
    const found = listed(drafts);
    for (const fact of facts) expect(found.join("\n")).toContain(fact);
    for (const { text } of problemsOf(drafts)) expect(text.zh).toMatch(/[一-鿿]/);
  });

  it("because a file states its dependencies wrongly says so", () => {
    const { steps } = planOf(LIST, CPU);
    const undeclared = { steps: steps.map((step) => ({ ...step, dependsOn: [] })) };
    expect(validatePlan(undeclared, FACTS)[0]?.message).toBe("It uses the step list without depending on it.");
    const invented = { steps: steps.map((step) => ({ ...step, dependsOn: [...step.dependsOn, "cpu"] })) };
    expect(validatePlan(invented, FACTS)[0]?.message).toContain("wait for each other");
  });

  it("because it has too many steps, or none, says so", () => {
    const { steps } = planOf(LIST, CPU, HOT);
    expect(validatePlan({ steps }, FACTS, 2)).toMatchObject([{ code: "PLAN_TOO_LARGE", message: "The plan has 3 steps; the limit is 2." }]);
    expect(validatePlan({ steps: [] }, FACTS)).toMatchObject([{ code: "PLAN_INVALID" }]);
  });

  it("reports the cause once, and nothing that merely follows from it", () => {
    expect(listed([LIST, { ...CPU, input: { ...CPU.input, resources: { from: "sorted" } } }, HOT])).toHaveLength(1);
    expect(listed([{ id: "list", tool: "alarms.list", input: {} }, CPU, HOT])).toHaveLength(1);
  });
});

describe("a plan about the previous answer", () => {
  const facts: PlanningFacts = {
    ...FACTS,
    previous: {
      runId: "run_7",
      columns: [
        { name: "name", type: "string" },
        { name: "cpu.utilization", type: "number", unit: "percent" },
      ],
      kind: "virtual-machine",
      rows: 4,
    },
  };
  const load = { id: "load", tool: "results.load", input: { runId: "run_7" } };

  it("knows its columns, its kind and its resources", () => {
    expect(listed([load, filter({ column: "tag:env", operator: "eq", value: "prod" }, "load")], facts)).toEqual([]);
    expect(listed([load, filter({ column: "memory.utilization", operator: "gt", value: 80 }, "load")], facts)[0]).toContain(
      "no column memory.utilization",
    );
    expect(
      listed([load, { ...CPU, input: { ...CPU.input, resources: { from: "load" }, metrics: ["throttles.count"] } }], facts)[0],
    ).toContain("METRIC_UNKNOWN");
  });
});
