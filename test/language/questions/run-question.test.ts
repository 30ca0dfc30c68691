import { describe, expect, it } from "vitest";
import type { AnswerTable, Cell, Column, RunDocument } from "../../../src/contracts/index.ts";
import { BLIND_EN } from "./blind-en.ts";
import { BLIND_ZH } from "./blind-zh.ts";
import { above, all, not, tagged } from "./conditions.ts";
import {
  alarming,
  alarms,
  between,
  byMetric,
  comparedRows,
  countsBy,
  howMany,
  logs,
  refused,
  rows,
  slowest,
  traces,
} from "./expectations.ts";
import type { Question, Truth, TruthLog, TruthResource, World } from "./question.ts";
import { checkQuestion } from "./run-question.ts";

const CPU = "cpu.utilization";
const NOW = Date.parse("2026-11-20T08:37:20Z");
const PLACE = { provider: "aws", account: "111122223333", region: "eu-west-1" } as const;

function server(id: string, cpu: number | undefined, tags: Record<string, string> = {}): TruthResource {
  const metrics = cpu === undefined ? {} : { [CPU]: { unit: "percent", avg: cpu, max: cpu + 3, min: cpu - 3, last: cpu } };
  return { ...PLACE, kind: "virtual-machine", id, name: `name of ${id}`, state: cpu === undefined ? "stopped" : "running", tags, metrics };
}

function logLine(minute: number): TruthLog {
  const timestampMs = NOW - minute * 60_000;
  return { ...PLACE, source: "/app/checkout", service: "checkout", severity: "error", timestampMs, message: `failure ${minute}` };
}

const TRUTH: Truth = {
  from: "2026-11-20T08:30:00Z",
  to: "2026-11-20T08:35:00Z",
  resources: [
    server("i-1", 95, { env: "prod" }),
    server("i-2", 85),
    server("i-3", 80.04),
    server("i-4", 20, { env: "prod" }),
    server("i-5", undefined),
  ],
  logs: Array.from({ length: 130 }, (_, index) => logLine(index + 2)),
  traces: [300, 9_000, 4_000].map((durationMs, index) => ({
    ...PLACE,
    id: `t-${index}`,
    service: "checkout",
    operation: "GET /cart",
    timestampMs: NOW - 120_000,
    durationMs,
    status: "ok" as const,
  })),
  alarms: [
    { ...PLACE, id: "a-1", name: "cpu of i-1", state: "alarm" },
    { ...PLACE, id: "a-2", name: "cpu of i-2", state: "ok" },
  ],
};
const DAY_BEFORE: Truth = { ...TRUTH, resources: [server("i-1", 50), server("i-2", 40), server("i-3", 30), server("i-4", 20)] };
const WORLD: World = {
  now: NOW,
  truth: TRUTH,
  truthAt: async (from) => (from < Date.parse("2026-11-20T00:00:00Z") ? DAY_BEFORE : TRUTH),
};

const RESOURCE_COLUMNS: readonly Column[] = ["provider", "account", "region", "id", "name"].map((name) => ({ name, type: "string" }));
const NUMBER = (name: string): Column => ({ name, type: "number" });

function resourceTable(numbers: readonly string[], ...cells: readonly (readonly [string, ...Cell[]])[]): AnswerTable {
  return {
    columns: [...RESOURCE_COLUMNS, ...numbers.map(NUMBER)],
    rows: cells.map(([id, ...values]) => ["aws", PLACE.account, PLACE.region, id, `name of ${id}`, ...values]),
    links: cells.map(() => null),
  };
}

function plainTable(columns: readonly string[], ...cells: readonly (readonly Cell[])[]): AnswerTable {
  return { columns: columns.map(NUMBER), rows: cells, links: cells.map(() => null) };
}

function answered(table: AnswerTable | null, changes: Partial<RunDocument> = {}): RunDocument {
  return {
    runId: "run-1",
    status: "answered",
    question: "?",
    language: "en",
    route: "complex",
    planner: "grammar",
    emulated: true,
    window: { from: TRUTH.from, to: TRUTH.to, timezone: "Asia/Shanghai", statistic: "average", periodMs: 300_000 },
    plan: null,
    answer: { text: "Some servers.", table, series: null, warnings: [] },
    receipt: { complete: true, scopes: [], notes: [] },
    usage: {
      modelCalls: 0,
      promptTokens: 0,
      completionTokens: 0,
      apiCalls: { total: 0, byOperation: {} },
      retries: 0,
      wallMs: 0,
      estimatedCostUsd: null,
    },
    approvals: [],
    error: null,
    ...changes,
  };
}

function failed(code: "QUESTION_WRITE_REQUEST" | "QUESTION_NOT_UNDERSTOOD", message = "No."): RunDocument {
  return answered(null, { status: "failed", answer: null, receipt: null, window: null, error: { code, message, hint: null } });
}

function question(entry: Pick<Question, "expect"> & Partial<Question>): Question {
  return { id: "q", kind: "list", language: "en", text: "?", ...entry };
}

const hot = question({
  window: { lastMs: 300_000 },
  statistic: "average",
  expect: rows("virtual-machine", above(CPU, 80), { shows: [CPU] }),
});
const hotTable = resourceTable([CPU], ["i-1", 95], ["i-2", 85.001]);

describe("a table of resources", () => {
  it("is right with exactly the expected rows and values", async () => {
    expect(await checkQuestion(hot, answered(hotTable), WORLD)).toEqual([]);
  });

  it("may hold a row whose value is as good as on the threshold", async () => {
    expect(await checkQuestion(hot, answered(resourceTable([CPU], ["i-1", 95], ["i-2", 85], ["i-3", 80.04])), WORLD)).toEqual([]);
  });

  it.each([
    [
      "a wrong row",
      resourceTable([CPU], ["i-1", 95], ["i-2", 85], ["i-4", 20]),
      "1 rows that should not be there: 111122223333 eu-west-1 i-4",
    ],
    ["a missing row", resourceTable([CPU], ["i-1", 95]), "1 rows that are missing: 111122223333 eu-west-1 i-2"],
    ["a row twice", resourceTable([CPU], ["i-1", 95], ["i-2", 85], ["i-1", 95]), "1 rows that are there twice: 111122223333 eu-west-1 i-1"],
    [
      "a wrong value",
      resourceTable([CPU], ["i-1", 98], ["i-2", 85]),
      "1 wrong values of cpu.utilization: name of i-1 has 98 instead of 94.895 to 95.105",
    ],
    [
      "no value",
      resourceTable([CPU], ["i-1", null], ["i-2", 85]),
      "1 wrong values of cpu.utilization: name of i-1 has null instead of 94.895 to 95.105",
    ],
    ["no metric column", resourceTable(["cpu"], ["i-1", 95], ["i-2", 85]), "there is no column cpu.utilization"],
    ["no id column", plainTable(["account", "region"]), "columns are missing: id"],
    ["no table", null, "there is no table"],
  ])("is wrong with %s", async (_, table, problem) => {
    expect(await checkQuestion(hot, answered(table), WORLD)).toContain(problem);
  });

  it("is wrong with the right ids of another region", async () => {
    const elsewhere = { ...hotTable, rows: hotTable.rows.map((row) => row.with(2, "us-east-1")) };
    expect(await checkQuestion(hot, answered(elsewhere), WORLD)).toHaveLength(2);
  });

  it("shows machines without a value as such, after all others", async () => {
    const order = byMetric(CPU, "descending");
    const sorted = question({ expect: rows("virtual-machine", not(tagged("env")), { shows: [CPU], order }) });
    const check = (table: AnswerTable) => checkQuestion(sorted, answered(table), WORLD);
    expect(await check(resourceTable([CPU], ["i-2", 85], ["i-3", 80.04], ["i-5", null]))).toEqual([]);
    expect(await check(resourceTable([CPU], ["i-5", null], ["i-2", 85], ["i-3", 80.04]))).toHaveLength(1);
    expect(await check(resourceTable([CPU], ["i-2", 85], ["i-3", 80.04], ["i-5", 0]))).toHaveLength(1);
  });

  it("keeps the order, and ends where the limit says", async () => {
    const order = byMetric(CPU, "descending", { limit: 2 });
    const top = question({ expect: rows("virtual-machine", () => "yes", { order }) });
    const check = (...ids: string[]) => checkQuestion(top, answered(resourceTable([], ...ids.map((id) => [id] as [string]))), WORLD);
    expect(await check("i-1", "i-2")).toEqual([]);
    expect(await check("i-2", "i-1")).toEqual(["row 1 with 85 stands before one with 95"]);
    expect(await check("i-1", "i-4")).toEqual(["a row with 20 is not among the first 2, which end at 85"]);
    expect(await check("i-1")).toEqual(["1 rows instead of 2"]);
    expect(await check("i-1", "i-2", "i-3")).toContain("3 rows instead of 2");
  });

  it("holds the values of both windows of a comparison", async () => {
    const compared = question({
      expect: comparedRows("virtual-machine", tagged("env", "prod"), CPU, {
        later: null,
        earlier: () => [between("2026-11-19T08:30:00Z", "2026-11-19T08:35:00Z")],
      }),
    });
    const check = (table: AnswerTable) => checkQuestion(compared, answered(table), WORLD);
    expect(await check(resourceTable([CPU, "earlier"], ["i-1", 95, 50], ["i-4", 20, 20]))).toEqual([]);
    expect(await check(resourceTable([CPU, "earlier"], ["i-1", 95, 95], ["i-4", 20, 20]))).toEqual(["no column has the expected values"]);
  });
});

describe("an answer", () => {
  it.each<[string, Partial<RunDocument>, string]>([
    ["another length", { window: { ...WINDOW(), from: "2026-11-20T08:25:00Z" } }, "the window is"],
    ["an end long ago", { window: { ...WINDOW(), from: "2026-11-20T07:30:00Z", to: "2026-11-20T07:35:00Z" } }, "the window is"],
    ["no window", { window: null }, "there is no window"],
    ["another statistic", { window: { ...WINDOW(), statistic: "maximum" } }, "the statistic is maximum instead of average"],
    ["an incomplete receipt", { receipt: { complete: false, scopes: [], notes: [] } }, "the receipt is not complete"],
    ["no receipt", { receipt: null }, "there is no receipt"],
    ["another language", { language: "zh" }, "the language is zh instead of en"],
    [
      "a failure",
      { status: "failed", answer: null, error: { code: "RUN_TIMEOUT", message: "Late.", hint: null } },
      "not answered: failed RUN_TIMEOUT Late.",
    ],
  ])("is wrong with %s", async (_, changes, problem) => {
    const problems = await checkQuestion(hot, answered(hotTable, changes), WORLD);
    expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });

  it("is in the language of the question", async () => {
    const chinese = { ...hot, language: "zh" as const };
    const text = (words: string) => ({ language: "zh" as const, answer: { text: words, table: hotTable, series: null, warnings: [] } });
    expect(await checkQuestion(chinese, answered(hotTable, text("有 2 台")), WORLD)).toEqual([]);
    expect(await checkQuestion(chinese, answered(hotTable, text("2 servers")), WORLD)).toEqual(['the text is not in zh: "2 servers"']);
  });

  it("has the window that was named, to the minute", async () => {
    const entry = { ...hot, window: { from: "2026-11-20T16:30:00+08:00", to: "now" } };
    expect(await checkQuestion(entry, answered(hotTable), WORLD)).toEqual([]);
    const early = { ...hot, window: { from: "2026-11-20T16:29:00+08:00", to: "now" } };
    expect(await checkQuestion(early, answered(hotTable), WORLD)).toHaveLength(1);
    expect(await checkQuestion({ ...hot, window: null }, answered(hotTable), WORLD)).toHaveLength(1);
  });

  it("to a follow-up does not ask the cloud", async () => {
    const usage = { ...answered(null).usage, apiCalls: { total: 1, byOperation: {} } };
    const followUp = { ...hot, after: "what runs?" };
    expect(await checkQuestion(followUp, answered(hotTable, { usage }), WORLD)).toEqual(["a follow-up asked the cloud again"]);
  });
});

function WINDOW() {
  const { window } = answered(null);
  if (window === null) throw new Error("answered documents have a window");
  return window;
}

describe("numbers", () => {
  it("are one number where one was asked for", async () => {
    const count = question({ expect: howMany("virtual-machine", tagged("env", "prod")) });
    expect(await checkQuestion(count, answered(plainTable(["count"], [2])), WORLD)).toEqual([]);
    expect(await checkQuestion(count, answered(plainTable(["count"], [3])), WORLD)).toEqual(["3 instead of 2"]);
    expect(await checkQuestion(count, answered(plainTable(["count"], [2], [2])), WORLD)).toEqual(["2 rows instead of one number"]);
  });

  it("stand beside their group, and none is left out", async () => {
    const groups = question({ expect: countsBy("env", "virtual-machine", () => "yes") });
    const check = (...cells: Cell[][]) => checkQuestion(groups, answered(plainTable(["tag:env", "count"], ...cells)), WORLD);
    expect(await check(["prod", 2], [null, 3])).toEqual([]);
    expect(await check(["prod", 2])).toEqual(['groups are missing: ""']);
    expect(await check(["prod", 1], [null, 3])).toEqual(['the group "prod" has 1 instead of 2']);
    expect(await check(["prod", 2], [null, 3], ["dev", 1])).toEqual(['the group "dev" should not be there']);
    expect(await check(["prod", 2], [null, 3], ["prod", 2])).toEqual(['the group "prod" is there twice']);
  });

  it("of the greatest group come first", async () => {
    const groups = question({ expect: countsBy("env", "virtual-machine", () => "yes", 1) });
    const check = (...cells: Cell[][]) => checkQuestion(groups, answered(plainTable(["tag:env", "count"], ...cells)), WORLD);
    expect(await check([null, 3])).toEqual([]);
    expect(await check([null, 3], ["prod", 2])).toEqual([]);
    expect(await check(["prod", 2], [null, 3])).toEqual(['the group "prod" is not among the first 1']);
    expect(await check()).toEqual(["0 groups instead of 1"]);
  });
});

describe("logs, traces and alarms", () => {
  const lines = question({ expect: logs(() => "yes") });
  const logTable = (entries: readonly TruthLog[]): AnswerTable =>
    plainTable(
      ["time", "account", "region", "source", "message"],
      ...entries.map((log) => [new Date(log.timestampMs).toISOString(), log.account, log.region, log.source, log.message]),
    );
  const scope = {
    ...PLACE,
    service: "logs",
    listed: 1,
    queried: 1,
    answered: 1,
    noData: 0,
    throttled: 0,
    denied: 0,
    failed: 0,
    reasons: [],
  };
  const cut = { receipt: { complete: false, scopes: [{ ...scope, listing: "complete" as const, truncated: 30 }], notes: [] } };

  it("are all there, or the newest with a receipt that says so", async () => {
    expect(await checkQuestion(lines, answered(logTable(TRUTH.logs)), WORLD)).toEqual([]);
    expect(await checkQuestion(lines, answered(logTable(TRUTH.logs.slice(0, 100)), cut), WORLD)).toEqual([]);
    expect(await checkQuestion(lines, answered(logTable(TRUTH.logs.slice(0, 100))), WORLD)).toHaveLength(1);
    expect(await checkQuestion(lines, answered(logTable(TRUTH.logs.slice(30)), cut), WORLD)).toHaveLength(1);
    expect(await checkQuestion(lines, answered(logTable(TRUTH.logs.slice(0, 50)), cut), WORLD)).toEqual(["50 rows: cut before 100"]);
    expect(await checkQuestion(lines, answered(logTable(TRUTH.logs), cut), WORLD)).toHaveLength(1);
  });

  it("are not excused by a denied scope", async () => {
    const denied = { receipt: { ...cut.receipt, scopes: [{ ...scope, listing: "failed" as const, truncated: 0, denied: 1 }] } };
    expect(await checkQuestion(lines, answered(logTable(TRUTH.logs.slice(0, 100)), denied), WORLD)).toEqual([
      "the receipt is not complete",
    ]);
  });

  it("keep their messages", async () => {
    const [first, ...others] = TRUTH.logs;
    const changed = [{ ...(first as TruthLog), message: "all is well" }, ...others];
    expect(await checkQuestion(lines, answered(logTable(changed)), WORLD)).toEqual(["1 wrong messages, the first instead of: failure 2"]);
  });

  it("come slowest first", async () => {
    const slow = question({ expect: traces(() => "yes", slowest(2)) });
    const check = (...ids: string[]) =>
      checkQuestion(slow, answered(plainTable(["account", "region", "id"], ...ids.map((id) => [PLACE.account, PLACE.region, id]))), WORLD);
    expect(await check("t-1", "t-2")).toEqual([]);
    expect(await check("t-2", "t-1")).toHaveLength(1);
    expect(await check("t-1", "t-0")).toHaveLength(1);
  });

  it("have the state that was asked for", async () => {
    const firing = question({ expect: alarms(all(alarming("alarm"))) });
    const check = (...names: string[]) =>
      checkQuestion(
        firing,
        answered(plainTable(["account", "region", "name"], ...names.map((name) => [PLACE.account, PLACE.region, name]))),
        WORLD,
      );
    expect(await check("cpu of i-1")).toEqual([]);
    expect(await check("cpu of i-2")).toHaveLength(2);
  });
});

describe("a refusal", () => {
  const write = question({ expect: refused("QUESTION_WRITE_REQUEST") });

  it("carries one of the codes, in the language of the question", async () => {
    expect(await checkQuestion(write, failed("QUESTION_WRITE_REQUEST"), WORLD)).toEqual([]);
    expect(await checkQuestion(write, failed("QUESTION_NOT_UNDERSTOOD"), WORLD)).toEqual([
      "refused with QUESTION_NOT_UNDERSTOOD instead of QUESTION_WRITE_REQUEST",
    ]);
    expect(await checkQuestion({ ...write, language: "zh" }, { ...failed("QUESTION_WRITE_REQUEST"), language: "zh" }, WORLD)).toHaveLength(
      1,
    );
  });

  it("is no answer", async () => {
    expect(await checkQuestion(write, answered(hotTable), WORLD)).toEqual(["not refused: answered"]);
  });
});

describe("the blind table", () => {
  it.each([
    ["en", BLIND_EN],
    ["zh", BLIND_ZH],
  ] as const)("has different questions enough in %s", (language, questions) => {
    expect(questions.length).toBeGreaterThanOrEqual(60);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    expect(new Set(questions.map(({ text }) => text)).size).toBe(questions.length);
    expect(questions.filter(({ id }) => !id.startsWith(`${language}-`))).toEqual([]);
    expect(questions.filter(({ kind }) => kind === "refused").length).toBeGreaterThanOrEqual(10);
  });
});
