import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LogEntry, LogPage, LogRequest, Scope } from "../../../src/contracts/index.ts";
import type { TruthLog } from "../../../src/emulator/truth-rows.ts";
import { collect, type FakeContext } from "../fake-context.ts";
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

async function readAll(request: Partial<LogRequest>, context: FakeContext = world.context()): Promise<LogPage[]> {
  const { sources, read } = world.provider.logs!;
  const pages = await Promise.all(
    scopes.map(async (scope) => {
      const found = (await collect(sources(scope, undefined, context))).flat();
      return collect(read(scope, { sources: found, window: FIVE_MINUTES, limit: 10_000, ...request }, context));
    }),
  );
  return pages.flat();
}

const lineOf = ({ timestampMs, source, service, severity, message }: LogEntry | TruthLog) =>
  `${timestampMs} ${source} ${service} ${severity} ${message}`;
const entriesOf = (pages: readonly LogPage[]) => pages.flatMap((page) => page.entries ?? []);
const linesOf = (pages: readonly LogPage[]) => entriesOf(pages).map(lineOf).sort();

test("workspaces are found for all places by one request, and each is read by one", async () => {
  const context = world.context();
  await readAll({}, context);
  expect(context.count("azure.resourcegraph.Resources")).toBe(1);
  expect(context.count("azure.loganalytics.Query")).toBe(scopes.length);
});

describe("entries", () => {
  test("equal the ground truth in time, workspace, service, severity and message", async () => {
    const pages = await readAll({});
    expect(entriesOf(pages).length).toBeGreaterThan(50);
    expect(linesOf(pages)).toEqual(truth.map(lineOf).sort());
    expect(pages.every((page) => page.truncated === undefined)).toBe(true);
  });

  test.each([
    ["error", ["error"]],
    ["warning and above", ["warning", "error", "critical"]],
    ["info", ["info"]],
  ] as const)("of severity %s equal the ground truth, though a message may speak of another level", async (_, severities) => {
    const expected = truth.filter((line) => severities.some((severity) => severity === line.severity));
    expect(expected.length).toBeGreaterThan(0);
    expect(linesOf(await readAll({ severities }))).toEqual(expected.map(lineOf).sort());
  });

  test("of a service equal the ground truth, in any case", async () => {
    const expected = truth.filter((line) => line.service === "checkout");
    expect(expected.length).toBeGreaterThan(0);
    expect(linesOf(await readAll({ service: "CHECKOUT" }))).toEqual(expected.map(lineOf).sort());
  });

  test.each([
    [{ contains: ["UPSTREAM"] }, (message: string) => /upstream/i.test(message)],
    [{ contains: ["支付"] }, (message: string) => message.includes("支付")],
    [{ contains: ["upstream"], excludes: ["Retrying"] }, (message: string) => /upstream/.test(message) && !/retrying/.test(message)],
    [{ contains: ['" or true or Message contains "'] }, () => false],
  ])("of texts equal the ground truth: %j", async (request, matches) => {
    const expected = truth.filter((line) => matches(line.message));
    expect(linesOf(await readAll(request))).toEqual(expected.map(lineOf).sort());
  });

  test("are the newest ones where there are more than were asked for", async () => {
    const scope = scopes[0]!;
    const sources = [{ name: `law-${scope.region}` }];
    const [page] = await collect(world.provider.logs!.read(scope, { sources, window: FIVE_MINUTES, limit: 3 }, world.context()));
    const newest = truth
      .filter((line) => line.account === scope.account && line.region === scope.region)
      .sort((left, right) => right.timestampMs - left.timestampMs)
      .slice(0, 3);
    expect(page!.entries!.map(lineOf)).toEqual(newest.map(lineOf));
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

  test("by a property of the entries add up to all entries", async () => {
    const counts = countsOf(await readAll({ countBy: "status" }));
    expect(Object.keys(counts)).toEqual(expect.arrayContaining(["200", "500"]));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(truth.length);
  });

  test("of errors of a service equal the ground truth", async () => {
    const expected = truth.filter((line) => line.severity === "error" && line.service === "auth").map((line) => line.region);
    expect(countsOf(await readAll({ countBy: "region", severities: ["error"], service: "auth" }))).toEqual(tally(expected));
  });
});

test("a query in KQL is sent as it is, within the window, and gives its own columns", async () => {
  const scope = scopes[0]!;
  const native = "AppTraces | summarize Lines = count(), Newest = max(TimeGenerated) by AppRoleName | sort by AppRoleName asc";
  const sources = [{ name: `law-${scope.region}` }];
  const request = { sources, window: FIVE_MINUTES, limit: 2, native };
  const [page] = await collect(world.provider.logs!.read(scope, request, world.context()));
  const lines = truth.filter((line) => line.account === scope.account && line.region === scope.region);
  const services = [...new Set(lines.map((line) => line.service))].sort().slice(0, 2);
  expect(page!.table!.columns).toEqual([
    { name: "AppRoleName", type: "string" },
    { name: "Lines", type: "number" },
    { name: "Newest", type: "time" },
  ]);
  expect(page!.table!.rows).toEqual(
    services.map((service) => {
      const own = lines.filter((line) => line.service === service);
      return [service, own.length, new Date(Math.max(...own.map((line) => line.timestampMs))).toISOString()];
    }),
  );
});

test("a query that is wrong fails in the service's own words", async () => {
  const scope = scopes[0]!;
  const request = {
    sources: [{ name: `law-${scope.region}` }],
    window: FIVE_MINUTES,
    limit: 2,
    native: "AppTraces | where NoSuchColumn == 1",
  };
  await expect(collect(world.provider.logs!.read(scope, request, world.context()))).rejects.toMatchObject({
    code: "PROVIDER_FAILED",
    message: expect.stringMatching(/NoSuchColumn/),
  });
});

test("a workspace that does not exist is named", async () => {
  const request = { sources: [{ name: "law-nowhere" }], window: FIVE_MINUTES, limit: 2 };
  await expect(collect(world.provider.logs!.read(scopes[0]!, request, world.context()))).rejects.toMatchObject({
    code: "PROVIDER_NOT_FOUND",
    message: expect.stringContaining("law-nowhere"),
  });
});
