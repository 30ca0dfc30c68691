import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LogEntry, LogPage, LogRequest, LogSource, Scope } from "../../../src/contracts/index.ts";
import type { TruthLog } from "../../../src/emulator/truth-rows.ts";
import { collect, type FakeContext } from "../fake-context.ts";
import { ACCOUNT, openStubWorld, useKeys } from "./stub-world.ts";
import { FIVE_MINUTES, openWorld, type World } from "./world.ts";

let world: World;
let scopes: Scope[];
let truth: readonly TruthLog[];
beforeAll(async () => {
  world = await openWorld({ instances: 120 });
  scopes = await world.scopes();
  truth = (await world.truth()).logs.filter((line) => line.provider === "aws");
});
afterAll(() => world[Symbol.asyncDispose]());

async function sourcesOf(scope: Scope, service?: string): Promise<LogSource[]> {
  return (await collect(world.provider.logs!.sources(scope, service, world.context()))).flat();
}

/** Reads all sources of all scopes; unknown sizes, so that nothing is small. */
async function readAll(request: Partial<LogRequest>, context: FakeContext = world.context()): Promise<LogPage[]> {
  const pages = await Promise.all(
    scopes.map(async (scope) => {
      const sources = (await sourcesOf(scope)).map(({ name }) => ({ name }));
      return collect(world.provider.logs!.read(scope, { sources, window: FIVE_MINUTES, limit: 10_000, ...request }, context));
    }),
  );
  return pages.flat();
}

const lineOf = ({ timestampMs, source, service, severity, message }: LogEntry | TruthLog) =>
  `${timestampMs} ${source} ${service} ${severity} ${message}`;
const entriesOf = (pages: readonly LogPage[]) => pages.flatMap((page) => page.entries ?? []);

test("log groups of each scope are those in which the truth has lines", async () => {
  for (const scope of scopes) {
    const expected = truth.filter((line) => line.account === scope.account && line.region === scope.region).map((line) => line.source);
    const names = (await sourcesOf(scope)).map((source) => source.name);
    expect(names).toEqual(expect.arrayContaining([...new Set(expected)]));
  }
});

test("groups of a service are those whose name contains it, in any case", async () => {
  const names = (await sourcesOf(scopes[0]!, "CHECKOUT")).map((source) => source.name);
  expect(names).toContain("/app/checkout");
  expect(names.every((name) => name.includes("checkout"))).toBe(true);
});

describe("entries", () => {
  test("equal the ground truth in time, group, service, severity and message", async () => {
    const entries = entriesOf(await readAll({}));
    expect(entries.length).toBeGreaterThan(50);
    expect(entries.map(lineOf).sort()).toEqual(truth.map(lineOf).sort());
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
    [{ contains: ["支付"] }, (message: string) => message.includes("支付")],
    [{ contains: ["upstream"], excludes: ["Retrying"] }, (message: string) => /upstream/.test(message) && !/retrying/.test(message)],
    [{ contains: ["a+b/(c)"] }, () => false],
  ])("of texts equal the ground truth: %j", async (request, matches) => {
    const expected = truth.filter((line) => matches(line.message));
    expect(
      entriesOf(await readAll(request))
        .map(lineOf)
        .sort(),
    ).toEqual(expected.map(lineOf).sort());
  });

  test("are the newest ones where there are more than were asked for", async () => {
    const scope = scopes[0]!;
    const sources = (await sourcesOf(scope)).map(({ name }) => ({ name }));
    const [page] = await collect(world.provider.logs!.read(scope, { sources, window: FIVE_MINUTES, limit: 3 }, world.context()));
    const newest = truth
      .filter((line) => line.account === scope.account && line.region === scope.region)
      .sort((left, right) => right.timestampMs - left.timestampMs)
      .slice(0, 3);
    expect(page!.entries!.map(lineOf)).toEqual(newest.map(lineOf));
    expect(page!.scannedBytes).toBeGreaterThan(0);
  });

  test("of one small group come by FilterLogEvents, the same as by a query", async () => {
    const line = truth.find((each) => each.severity === "error")!;
    const scope = scopes.find((each) => each.account === line.account && each.region === line.region)!;
    const request = { window: FIVE_MINUTES, limit: 100, severities: ["error"] as const, contains: ["E"] };
    const small = world.context();
    const large = world.context();
    const read = world.provider.logs!.read;
    const filtered = await collect(read(scope, { ...request, sources: [{ name: line.source, storedBytes: 1_000 }] }, small));
    const queried = await collect(read(scope, { ...request, sources: [{ name: line.source, storedBytes: 1e9 }] }, large));
    expect(filtered[0]!.entries!.length).toBeGreaterThan(0);
    expect(filtered[0]!.entries).toEqual(queried[0]!.entries);
    expect(small.calls).toEqual(["aws.logs.FilterLogEvents"]);
    expect(large.calls[0]).toBe("aws.logs.StartQuery");
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
    ["message", (line: TruthLog) => line.message],
  ] as const)("by %s equal the ground truth", async (countBy, read) => {
    expect(countsOf(await readAll({ countBy }))).toEqual(tally(truth.map(read)));
  });

  test("of errors by service equal the ground truth", async () => {
    const expected = truth.filter((line) => line.severity === "error").map((line) => line.service);
    expect(countsOf(await readAll({ countBy: "service", severities: ["error"] }))).toEqual(tally(expected));
  });
});

test("a query in the cloud's own language is sent as it is and gives its own columns", async () => {
  const scope = scopes[0]!;
  const sources = (await sourcesOf(scope)).map(({ name }) => ({ name }));
  const native = "stats count(*) as lines, max(latencyMs) as slowest by level | sort lines desc";
  const [page] = await collect(world.provider.logs!.read(scope, { sources, window: FIVE_MINUTES, limit: 100, native }, world.context()));
  expect(page!.table!.columns).toEqual([
    { name: "level", type: "string" },
    { name: "lines", type: "number" },
    { name: "slowest", type: "number" },
  ]);
  const own = truth.filter((line) => line.account === scope.account && line.region === scope.region);
  expect(page!.table!.rows.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(own.length);
});

describe("a query in the cloud's own language that gives many rows", () => {
  const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => [{ field: "n", value: String(index) }]);
  let restore: () => void;
  beforeAll(() => {
    restore = useKeys();
  });
  afterAll(() => restore());

  test.each([
    [9_999, undefined],
    [10_000, /10000/],
  ])("says of %i whether the cloud cut them", async (count, truncated) => {
    const replies: Record<string, unknown> = {
      StartQuery: { queryId: "q" },
      GetQueryResults: { status: "Complete", results: rowsOf(count) },
    };
    await using stub = await openStubWorld(({ operation }) =>
      operation in replies ? { body: JSON.stringify(replies[operation]) } : undefined,
    );
    const scope = { provider: "aws", account: ACCOUNT, region: "eu-west-1", service: "logs" };
    const request = { sources: [{ name: "/app/a" }], window: FIVE_MINUTES, limit: 10_000, native: "fields n" };
    const [page] = await collect(stub.provider.logs!.read(scope, request, stub.context));
    expect(page!.table!.rows).toHaveLength(count);
    if (truncated === undefined) expect(page!.truncated).toBeUndefined();
    else expect(page!.truncated!.en).toMatch(truncated);
  });
});

test("a query that is given up is stopped", async () => {
  const scope = scopes[0]!;
  const sources = (await sourcesOf(scope)).map(({ name }) => ({ name }));
  const controller = new AbortController();
  const context = world.context({ signal: controller.signal });
  const reason = new Error("enough");
  const waiting = {
    ...context,
    runtime: {
      ...context.runtime,
      clock: {
        now: context.runtime.clock.now,
        async sleep(): Promise<void> {
          controller.abort(reason);
          controller.signal.throwIfAborted();
        },
      },
    },
  };
  await expect(collect(world.provider.logs!.read(scope, { sources, window: FIVE_MINUTES, limit: 5 }, waiting))).rejects.toBe(reason);
  await expect.poll(async () => operations(await (await fetch(`${world.url}/_emulator/calls`)).json())).toContain("logs.StopQuery");
});

function operations(reply: unknown): string[] {
  return (reply as { calls: { operation: string }[] }).calls.map((call) => call.operation);
}
