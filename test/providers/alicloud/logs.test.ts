import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LogEntry, LogPage, LogRequest, LogSource, Scope } from "../../../src/contracts/index.ts";
import type { TruthLog } from "../../../src/emulator/truth-rows.ts";
import { collect, type FakeContext } from "../fake-context.ts";
import { openStubWorld, SCOPE, slsError } from "./stub-world.ts";
import { FIVE_MINUTES, openWorld, type World } from "./world.ts";

let world: World;
let scopes: Scope[];
let truth: readonly TruthLog[];
beforeAll(async () => {
  world = await openWorld({ instances: 120 });
  scopes = await world.scopes();
  truth = (await world.truth()).logs;
});
afterAll(() => world[Symbol.asyncDispose]());

async function sourcesOf(scope: Scope, service?: string): Promise<LogSource[]> {
  return (await collect(world.provider.logs!.sources(scope, service, world.context()))).flat();
}

/** Reads all sources of all scopes. */
async function readAll(request: Partial<LogRequest>, context: FakeContext = world.context()): Promise<LogPage[]> {
  const pages = await Promise.all(
    scopes.map(async (scope) => {
      const sources = await sourcesOf(scope, request.service);
      return collect(world.provider.logs!.read(scope, { sources, window: FIVE_MINUTES, limit: 10_000, ...request }, context));
    }),
  );
  return pages.flat();
}

const lineOf = ({ timestampMs, source, service, severity, message }: LogEntry | TruthLog) =>
  `${timestampMs} ${source} ${service} ${severity} ${message}`;
const entriesOf = (pages: readonly LogPage[]) => pages.flatMap((page) => page.entries ?? []);

describe("sources", () => {
  test("of each scope are the logstores in which the truth has lines", async () => {
    for (const scope of scopes) {
      const expected = truth.filter((line) => line.account === scope.account && line.region === scope.region).map((line) => line.source);
      const names = (await sourcesOf(scope)).map((source) => source.name);
      expect(names).toEqual(expect.arrayContaining([...new Set(expected)]));
    }
  });

  test("of a service are those named after it, in any case", async () => {
    const names = (await sourcesOf(scopes[0]!, "CHECKOUT")).map((source) => source.name);
    expect(names).toHaveLength(1);
    expect(names[0]).toMatch(/\/app-checkout$/);
  });

  test("of a service that has none of its own are all that it may share", async () => {
    expect(await sourcesOf(scopes[0]!, "no-such-service")).toEqual(await sourcesOf(scopes[0]!));
    expect(entriesOf(await readAll({ service: "no-such-service" }))).toEqual([]);
  });
});

describe("entries", () => {
  test("equal the ground truth in time, logstore, service, severity and message, and need no index", async () => {
    const context = world.context();
    const entries = entriesOf(await readAll({}, context));
    expect(entries.length).toBeGreaterThan(50);
    expect(entries.map(lineOf).sort()).toEqual(truth.map(lineOf).sort());
    expect(context.count("alicloud.sls.GetIndex")).toBe(0);
    expect(new Set(context.calls)).toEqual(new Set(["alicloud.sls.GetLogsV2"]));
  });

  test.each([
    ["error", ["error"]],
    ["warning and above", ["warning", "error", "critical"]],
    ["info", ["info"]],
  ] as const)("of severity %s equal the ground truth, though a message may speak of another level", async (_, severities) => {
    const expected = truth.filter((line) => severities.some((severity) => severity === line.severity));
    expect(expected.length).toBeGreaterThan(0);
    expect(
      entriesOf(await readAll({ severities }))
        .map(lineOf)
        .sort(),
    ).toEqual(expected.map(lineOf).sort());
  });

  test.each([
    [{ contains: ["UPSTREAM"] }, (message: string) => /upstream/i.test(message)],
    [{ contains: ["upstream timed out"] }, (message: string) => message.includes("upstream timed out")],
    [{ contains: ["支付"] }, (message: string) => message.includes("支付")],
    [{ contains: ["支付网关"], excludes: ["database"] }, (message: string) => message.includes("支付网关")],
    [{ contains: ["upstream"], excludes: ["Retrying"] }, (message: string) => /upstream/.test(message) && !/retrying/.test(message)],
    [{ excludes: ["of an upstream"] }, (message: string) => !message.includes("of an upstream")],
    [{ contains: ["a+b/(c)"] }, () => false],
    [{ contains: ["()"] }, () => false],
    [{ contains: ['no "such" \\ text: *'] }, () => false],
  ])("of texts equal the ground truth: %j", async (request, matches) => {
    const expected = truth.filter((line) => matches(line.message));
    expect(
      entriesOf(await readAll(request))
        .map(lineOf)
        .sort(),
    ).toEqual(expected.map(lineOf).sort());
  });

  test("are the newest ones where there are more than were asked for", async () => {
    for (const source of (await sourcesOf(scopes[0]!)).slice(0, 3)) {
      const request = { sources: [source], window: { ...FIVE_MINUTES, fromMs: FIVE_MINUTES.toMs - 3 * 3_600_000 } };
      const [all] = await collect(world.provider.logs!.read(scopes[0]!, { ...request, limit: 10_000 }, world.context()));
      expect(all!.entries!.length).toBeGreaterThan(100);
      for (const limit of [1, 7, 99, 100, 101]) {
        const [page] = await collect(world.provider.logs!.read(scopes[0]!, { ...request, limit }, world.context()));
        expect(page!.entries).toEqual(all!.entries!.slice(0, limit));
      }
    }
  });

  test("of a long window, whose first answer is incomplete, are asked for again until it is complete", async () => {
    const window = { fromMs: FIVE_MINUTES.toMs - 7_200_000, toMs: FIVE_MINUTES.toMs };
    const [source] = await sourcesOf(scopes[0]!);
    const context = world.context();
    const [page] = await collect(world.provider.logs!.read(scopes[0]!, { sources: [source!], window, limit: 10_000 }, context));
    const expected = (await world.truth(window)).logs.filter((line) => line.source === source!.name);
    expect(page!.entries!.map(lineOf)).toEqual(expected.toSorted((left, right) => right.timestampMs - left.timestampMs).map(lineOf));
    expect(context.count("alicloud.sls.GetLogsV2")).toBe(Math.ceil((expected.length + 1) / 100) + 1);
    expect(page!.truncated).toBeUndefined();
  });
});

describe("counts", () => {
  const tally = (values: readonly string[]) =>
    Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
  const countsOf = (pages: readonly LogPage[]) => {
    const counts: Record<string, number> = {};
    for (const { value, count } of pages.flatMap((page) => page.counts ?? [])) counts[value] = (counts[value] ?? 0) + count;
    return counts;
  };

  test.each([
    ["severity", (line: TruthLog) => line.severity],
    ["service", (line: TruthLog) => line.service],
    ["source", (line: TruthLog) => line.source],
    ["region", (line: TruthLog) => line.region],
    ["account", (line: TruthLog) => line.account],
    ["message", (line: TruthLog) => line.message],
  ] as const)("by %s equal the ground truth", async (countBy, read) => {
    expect(countsOf(await readAll({ countBy }))).toEqual(tally(truth.map(read)));
  });

  test("of some severities and words equal the ground truth, in one request for the index and one for the counts", async () => {
    const expected = truth.filter((line) => line.severity === "error" && line.message.includes("timed"));
    expect(expected.length).toBeGreaterThan(0);
    const context = world.context();
    const pages = await readAll({ countBy: "service", severities: ["error"], contains: ["timed"] }, context);
    expect(countsOf(pages)).toEqual(tally(expected.map((line) => line.service)));
    expect(context.count("alicloud.sls.GetIndex")).toBe(pages.length);
    expect(context.count("alicloud.sls.GetLogsV2")).toBe(pages.length);
    expect(context.notes).toEqual([]);
  });

  test("by a field that no log has are under an empty value", async () => {
    expect(countsOf(await readAll({ countBy: "no_such_field" }))).toEqual({ "": truth.length });
  });

  test("of a text of several words say that they were counted by words", async () => {
    const context = world.context();
    await readAll({ countBy: "service", contains: ["timed out"] }, context);
    expect(context.notes[0]?.en).toContain("whole words");
    expect(context.notes[0]?.zh).toContain("分词");
  });
});

describe("queries in the cloud's own language", () => {
  test("with SQL give its rows, numbers as numbers", async () => {
    const pages = await readAll({ native: "level: ERROR | select service, count(1) as lines from log group by service", limit: 100 });
    const rows = pages.flatMap(({ table }) =>
      table!.rows.map((row) => Object.fromEntries(table!.columns.map((column, index) => [column.name, row[index]]))),
    );
    const expected = Map.groupBy(
      truth.filter((line) => line.severity === "error"),
      (line) => line.service,
    );
    expect(rows.reduce((sum, row) => sum + Number(row.lines), 0)).toBe([...expected.values()].flat().length);
    expect(rows.every((row) => typeof row.lines === "number" && typeof row.service === "string")).toBe(true);
  });

  test("without SQL give the logs as a table", async () => {
    const [page] = (await readAll({ native: "level: ERROR", limit: 5 })).filter(({ table }) => table!.rows.length > 0);
    const columns = page!.table!.columns;
    expect(columns).toEqual(
      expect.arrayContaining([
        { name: "__time__", type: "time" },
        { name: "message", type: "string" },
      ]),
    );
    expect(page!.table!.rows[0]![columns.findIndex(({ name }) => name === "__time__")]).toMatch(/^2026-11-22T09:5\d:\d\d\.000Z$/);
  });

  test("that are wrong fail in the cloud's words", async () => {
    await expect(readAll({ native: "nofield: x" })).rejects.toMatchObject({
      code: "PROVIDER_FAILED",
      details: { vendorCode: "ParameterInvalid" },
    });
  });
});

describe("indexes that are not like the emulator's", () => {
  /** Reads one logstore whose index is as given; tells the queries that it was asked. */
  async function readIndexed(keys: object, request: Partial<LogRequest>) {
    await using stub = await openStubWorld(({ operation }) => {
      if (operation === "/logstores/k8s-stdout/index") return { body: { keys, line: { token: [" "] } } };
      if (operation !== "/logstores/k8s-stdout/logs") return undefined;
      return { body: { meta: { progress: "Complete", hasSQL: true }, data: [{ nephoscope_value: "null", nephoscope_count: "7" }] } };
    });
    const all = { sources: [{ name: "cluster/k8s-stdout" }], window: FIVE_MINUTES, limit: 5, ...request };
    const pages = await collect(stub.provider.logs!.read(SCOPE, all, stub.context));
    const queries = stub.requests.filter(({ body }) => body !== "").map(({ body }) => (JSON.parse(body) as { query: string }).query);
    return { pages, queries, notes: stub.context.notes };
  }

  test("a field without statistics is not counted by, which is said", async () => {
    const { pages, queries, notes } = await readIndexed({ service: { type: "text" } }, { countBy: "service" });
    expect(queries).toEqual(["* | select count(1) as nephoscope_count from log"]);
    expect(pages).toEqual([{ counts: [{ value: "k8s-stdout", count: 7 }] }]);
    expect(notes[0]!.en).toContain("cannot count by service");
  });

  test("logs without the field that is counted by are under what their logstore says", async () => {
    const keys = { level: { type: "text", doc_value: true } };
    expect((await readIndexed(keys, { countBy: "severity" })).pages[0]!.counts).toEqual([{ value: "unknown", count: 7 }]);
  });

  test("a service that shares a logstore with others is asked for by its field", async () => {
    const keys = { App: { type: "text" }, level: { type: "long" } };
    const { queries } = await readIndexed(keys, { service: "checkout", countBy: "region", severities: ["error"] });
    expect(queries).toEqual(['level: 50 and App: "checkout" | select count(1) as nephoscope_count from log']);
  });

  test("a logstore without any index is asked all the same, and answers in its own words", async () => {
    await using stub = await openStubWorld(({ operation }) =>
      /index|logs$/.test(operation) ? slsError("IndexConfigNotExist", "no", 404) : undefined,
    );
    const request = { sources: [{ name: "cluster/raw" }], window: FIVE_MINUTES, limit: 5, severities: ["error"] as const };
    await expect(collect(stub.provider.logs!.read(SCOPE, request, stub.context))).rejects.toMatchObject({ code: "PROVIDER_NOT_FOUND" });
    expect(stub.context.count("alicloud.sls.GetLogsV2")).toBe(1);
  });
});

test("lines that a collector did not take apart are read as what is in them", async () => {
  const log = (content: string) => ({ __time__: String(FIVE_MINUTES.fromMs / 1_000), content });
  const data = [log('{"level":"ERROR","service":"auth","msg":"no"}'), log("2026-11-22 WARN slow"), log("{broken")];
  await using stub = await openStubWorld(({ operation }) =>
    operation.endsWith("/logs") ? { body: { meta: { progress: "Complete" }, data } } : undefined,
  );
  const request = { sources: [{ name: "cluster/k8s-stdout" }], window: FIVE_MINUTES, limit: 5 };
  const [page] = await collect(stub.provider.logs!.read(SCOPE, request, stub.context));
  expect(page!.entries!.map(({ service, severity, message }) => ({ service, severity, message }))).toEqual([
    { service: "auth", severity: "error", message: "no" },
    { service: "k8s-stdout", severity: "warning", message: "2026-11-22 WARN slow" },
    { service: "k8s-stdout", severity: null, message: "{broken" },
  ]);
});
