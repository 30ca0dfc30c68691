import { describe, expect, it } from "vitest";
import type { Alarm, LogEntry, Provider, TraceSummary } from "../../src/contracts/index.ts";
import { ProviderError } from "../../src/errors/index.ts";
import { type MemoryOptions, memory } from "../../src/providers/memory/index.ts";
import { LAST_5_MINUTES, NOW_MS, objectsOf, runSteps } from "./run.ts";

function log(region: string, secondsAgo: number, parts: Partial<LogEntry> = {}) {
  const entry: LogEntry = {
    timestampMs: NOW_MS - secondsAgo * 1000,
    source: "/app/checkout",
    service: "checkout",
    severity: "error",
    message: `failed ${secondsAgo}`,
    ...parts,
  };
  return { region, entry };
}

const ask = (tool: string, input: object, options: MemoryOptions, limits = { maxLogScanBytes: 1e9, maxSampleRows: 0 }) =>
  runSteps([["ask", tool, { window: LAST_5_MINUTES, ...input }]], { providers: [memory(options)], limits });

describe("logs.query", () => {
  const logs = [
    log("north", 60),
    log("south", 90, { source: "/app/search", service: "search", severity: "warning" }),
    log("north", 120, { message: "中文" }),
    log("north", 9000),
  ];

  it("merges entries of all regions, newest first", async () => {
    const { table, receipt, window } = await ask("logs.query", {}, { logs });
    expect(objectsOf(table)).toEqual([
      expect.objectContaining({ time: "2026-01-01T12:02:20.000Z", region: "north", severity: "error", message: "failed 60" }),
      expect.objectContaining({ region: "south", source: "/app/search", service: "search" }),
      expect.objectContaining({ message: "中文" }),
    ]);
    expect(receipt).toMatchObject({ complete: true, scopes: [{ service: "logs", listed: 1, queried: 1, answered: 1 }, { answered: 1 }] });
    expect(window).toMatchObject({ toMs: Date.UTC(2026, 0, 1, 12, 3), statistic: null, periodMs: null });
  });

  it.each([
    [{ service: "search" }, 1],
    [{ severities: ["error"] }, 2],
    [{ contains: ["FAILED"] }, 2],
    [{ excludes: ["failed"] }, 1],
    [{ where: { regions: { include: ["north"] } } }, 2],
  ])("asks only for %j", async (input, count) => {
    expect((await ask("logs.query", input, { logs })).table?.rows).toHaveLength(count);
  });

  it.each([
    [
      "service",
      [
        ["checkout", 2],
        ["search", 1],
      ],
    ],
    [
      "severity",
      [
        ["error", 2],
        ["warning", 1],
      ],
    ],
    [
      "region",
      [
        ["north", 2],
        ["south", 1],
      ],
    ],
    ["nothing-like-it", [[null, 3]]],
  ])("counts by %s over all regions, most frequent first", async (countBy, cells) => {
    const { table } = await ask("logs.query", { countBy }, { logs });
    expect(table?.columns).toEqual([
      { name: countBy, type: "string" },
      { name: "count", type: "number", unit: "count" },
    ]);
    expect(table?.rows.map((row) => row.cells)).toEqual(cells);
  });

  it("cuts at a limit that was asked for without a word, at its own with one", async () => {
    const many = Array.from({ length: 130 }, (_, index) => log("north", 60 + index));
    const asked = await ask("logs.query", { limit: 20 }, { logs: many });
    expect(asked.table?.rows).toHaveLength(20);
    expect(asked.receipt.complete).toBe(true);
    const unasked = await ask("logs.query", {}, { logs: many });
    expect(unasked.table?.rows).toHaveLength(100);
    expect(unasked.receipt).toMatchObject({ complete: false, scopes: [{ truncated: 1, reasons: [{ code: "log-entries-cut" }] }] });
  });

  it("leaves out what is over the scan limit, and names it", async () => {
    const large = log("north", 60, { source: "/app/large", message: "x".repeat(500) });
    const { table, receipt } = await ask("logs.query", {}, { logs: [...logs, large] }, { maxLogScanBytes: 100, maxSampleRows: 0 });
    expect(table?.rows).toHaveLength(3);
    expect(receipt.complete).toBe(false);
    expect(receipt.scopes[0]).toMatchObject({ truncated: 1, queried: 1, listed: 2 });
    expect(receipt.scopes[0]?.reasons[0]?.message).toContain("/app/large");
    expect(receipt.notes).toEqual([expect.stringContaining("limit")]);
  });

  it("reads many sources in as few requests as the cloud allows", async () => {
    const many = Array.from({ length: 25 }, (_, index) => log("north", 60 + index, { source: `/app/${index}` }));
    const { table, receipt, usage } = await ask("logs.query", {}, { logs: many });
    expect(table?.rows).toHaveLength(25);
    expect(usage.apiCalls.byOperation).toEqual({ "memory.logs.ListSources": 1, "memory.logs.Read": 3 });
    expect(receipt.scopes[0]).toMatchObject({ listed: 25, queried: 25, answered: 25 });
  });

  it("tells sources that could not be read", async () => {
    const intercept = (operation: string, { region }: { region?: string }) => {
      if (operation === "memory.logs.Read" && region === "south")
        throw new ProviderError({ code: "PROVIDER_FORBIDDEN", providerId: "memory", message: { en: "no", zh: "不" } });
    };
    const { table, receipt } = await ask("logs.query", {}, { logs, intercept });
    expect(table?.rows).toHaveLength(2);
    expect(receipt.scopes[1]).toMatchObject({ region: "south", listing: "complete", denied: 1, answered: 0 });
  });

  it("takes the columns of a native query as they come", async () => {
    const base = memory({ logs });
    const page = {
      table: { columns: [{ name: "path", type: "string" as const }], rows: [["/pay"]] },
      truncated: { en: "cut", zh: "截断" },
    };
    const provider = {
      ...base,
      logs: {
        ...base.logs!,
        async *read() {
          yield page;
        },
      },
    };
    const { table, receipt } = await runSteps([["ask", "logs.query", { native: "stats …", window: LAST_5_MINUTES }]], {
      providers: [provider],
    });
    expect(objectsOf(table)).toEqual(["north", "south"].map((region) => ({ provider: "memory", account: "main", region, path: "/pay" })));
    expect(receipt).toMatchObject({ complete: false, scopes: [{ truncated: 1 }, { truncated: 1 }] });
  });

  /** A cloud whose regions give one native reply each. */
  function nativeCloud(tables: Readonly<Record<string, readonly (readonly [time: string | number, path: string])[]>>) {
    const base = memory({ logs: Object.keys(tables).map((region) => log(region, 60)) });
    const wanted: number[] = [];
    const provider: Provider = {
      ...base,
      logs: {
        ...base.logs!,
        async *read({ region }, { limit }) {
          wanted.push(limit);
          const type = typeof tables[region]![0]![0] === "string" ? ("time" as const) : ("number" as const);
          const columns = [
            { name: "first", type },
            { name: "path", type: "string" as const },
          ];
          yield { table: { columns, rows: tables[region]! } };
        },
      },
    };
    const query = async (limit?: number) => {
      const input = { native: "…", window: LAST_5_MINUTES, ...(limit === undefined ? {} : { limit }) };
      const { table, receipt } = await runSteps([["ask", "logs.query", input]], { providers: [provider] });
      return { paths: objectsOf(table)?.map(({ path }) => path), receipt };
    };
    return { query, wanted };
  }

  it("holds the limit of a native query over all sources, newest first where the replies are, and tells the cut", async () => {
    const at = (minute: number) => `2026-01-01T12:0${minute}:00.000Z`;
    const { query, wanted } = nativeCloud({
      north: [
        [at(2), "n2"],
        [at(0), "n0"],
      ],
      south: [
        [at(3), "s3"],
        [at(1), "s1"],
      ],
    });
    const cut = await query(3);
    expect(cut.paths).toEqual(["s3", "n2", "s1"]);
    expect(cut.receipt.notes).toContainEqual(expect.stringMatching(/gave 4 rows over all places, of which the newest 3/));
    expect(wanted).toEqual([3, 3]);
    const whole = await query();
    expect(whole.paths).toEqual(["s3", "n2", "s1", "n0"]);
    expect((await query(4)).receipt.notes.join()).not.toContain("limit says");
  });

  it("takes native rows that are in no order of time from each place in turn, and says that this ranks nothing", async () => {
    const { query } = nativeCloud({
      north: [
        [9, "n9"],
        [8, "n8"],
      ],
      south: [
        [5, "s5"],
        [4, "s4"],
      ],
    });
    const { paths, receipt } = await query(3);
    expect(paths).toEqual(["n9", "s5", "n8"]);
    expect(receipt.notes).toContainEqual(expect.stringContaining("no ranking over all"));
    const slowest = nativeCloud({
      north: [
        ["2026-01-01T12:00:00Z", "slowest"],
        ["2026-01-01T12:01:00Z", "slow"],
      ],
    });
    expect((await slowest.query()).paths).toEqual(["slowest", "slow"]);
  });

  it("keeps the most frequent values over all regions where a limit is asked for, and tells what the others hold", async () => {
    const counted = [
      ...["a", "a", "b", "c", "c", "c"].map((service) => log("north", 60, { service })),
      ...["b", "b", "b", "c"].map((service) => log("south", 60, { service })),
    ];
    const base = memory({ logs: counted });
    const wanted: number[] = [];
    const provider: Provider = {
      ...base,
      logs: {
        ...base.logs!,
        read(scope, request, context) {
          wanted.push(request.limit);
          return base.logs!.read(scope, request, context);
        },
      },
    };
    const { table, receipt } = await runSteps([["ask", "logs.query", { window: LAST_5_MINUTES, countBy: "service", limit: 2 }]], {
      providers: [provider],
    });
    expect(table?.rows.map(({ cells }) => cells)).toEqual([
      ["b", 4],
      ["c", 4],
    ]);
    expect(receipt.notes).toContainEqual("The 2 most frequent of 3 values are shown; entries with the others: 2.");
    // A region that left its rarer values out would make the sums wrong.
    expect(Math.min(...wanted)).toBeGreaterThan(2);
  });

  it("says which cloud has no logs", async () => {
    const { logs: _logs, ...provider } = memory({ logs });
    const { receipt } = await runSteps([["ask", "logs.query", { window: LAST_5_MINUTES }]], { providers: [provider] });
    expect(receipt.notes).toEqual(["memory cannot read logs here; it was left out."]);
  });
});

describe("traces.query", () => {
  const traces = Array.from({ length: 30 }, (_, index) => {
    const trace: TraceSummary = {
      id: `t-${index}`,
      timestampMs: NOW_MS - 60_000 - index * 1000,
      durationMs: ((index * 7) % 30) * 10,
      service: index % 2 === 0 ? "checkout" : "search",
      operation: "GET /",
      status: index % 10 === 0 ? "error" : "ok",
    };
    return { region: index % 3 === 0 ? "north" : "south", trace };
  });

  it("ranks the slowest over all regions, and says of how many", async () => {
    const { table, receipt } = await ask("traces.query", { view: "traces", order: "slowest" }, { traces });
    expect(objectsOf(table)?.map(({ duration }) => duration)).toEqual(Array.from({ length: 20 }, (_, index) => 290 - index * 10));
    expect(receipt).toMatchObject({
      complete: true,
      notes: ["The first 20 of 30 traces are shown."],
      scopes: [{ listed: 10 }, { listed: 20 }],
    });
  });

  it("tells a cut that nobody asked for", async () => {
    const { receipt } = await ask("traces.query", { view: "traces" }, { traces });
    expect(receipt.complete).toBe(false);
    expect(receipt.scopes.reduce((sum, scope) => sum + scope.truncated, 0)).toBe(10);
  });

  it("finds errors, long ones, the newest", async () => {
    const errors = await ask("traces.query", { view: "traces", errorsOnly: true, order: "newest" }, { traces });
    expect(objectsOf(errors.table)?.map(({ id }) => id)).toEqual(["t-0", "t-10", "t-20"]);
    const long = await ask("traces.query", { view: "traces", minDurationMs: 280, service: "search", limit: 5 }, { traces });
    expect(objectsOf(long.table)?.every(({ duration, service }) => Number(duration) >= 280 && service === "search")).toBe(true);
  });

  it("sums up per service", async () => {
    const { table } = await ask("traces.query", { view: "services" }, { traces: traces.map(({ trace }) => ({ trace })) });
    expect(objectsOf(table)).toMatchObject([
      { service: "checkout", requests: 15, errors: 3, calls: null },
      { service: "search", requests: 15, errors: 0 },
    ]);
  });
});

describe("alarms.list", () => {
  const alarm = (id: string, state: Alarm["state"], region: string) => ({
    region,
    alarm: { id, name: `cpu of ${id}`, state, sinceMs: NOW_MS, metric: "CPU", resource: id, reason: null },
  });
  const alarms = [alarm("b", "alarm", "south"), alarm("a", "alarm", "north"), alarm("c", "ok", "north")];
  const rowsFor = async (input: Readonly<Record<string, unknown>>) =>
    objectsOf((await runSteps([["ask", "alarms.list", input]], { providers: [memory({ alarms })] })).table);

  it("lists what is alarming now, unless other states are asked for", async () => {
    expect(await rowsFor({})).toMatchObject([
      { region: "north", id: "a", state: "alarm", since: "2026-01-01T12:03:20.000Z", metric: "CPU", resource: "a", reason: null },
      { region: "south", id: "b" },
    ]);
    expect(await rowsFor({ states: ["ok"] })).toMatchObject([{ id: "c" }]);
    expect(await rowsFor({ names: [{ operator: "ends-with", value: "B" }] })).toMatchObject([{ id: "b" }]);
  });
});
