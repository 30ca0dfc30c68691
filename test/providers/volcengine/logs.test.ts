import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LogEntry, LogPage, LogRequest, LogSource, Scope } from "../../../src/contracts/index.ts";
import type { TruthLog } from "../../../src/emulator/truth-rows.ts";
import { collect, type FakeContext } from "../fake-context.ts";
import { ACCOUNT, openStubWorld, type StubReply } from "./stub-volcengine.ts";
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
  const pages: LogPage[] = [];
  for (const scope of scopes) {
    for (const source of await sourcesOf(scope)) {
      const asked = { sources: [source], window: FIVE_MINUTES, limit: 10_000, ...request };
      pages.push(...(await collect(world.provider.logs!.read(scope, asked, context))));
    }
  }
  return pages;
}

const lineOf = ({ timestampMs, source, service, severity, message }: LogEntry | TruthLog) =>
  `${timestampMs} ${source} ${service} ${severity} ${message}`;
const linesOf = (pages: readonly LogPage[]) =>
  pages
    .flatMap((page) => page.entries ?? [])
    .map(lineOf)
    .sort();

test("topics of each scope are those in which the truth has logs", async () => {
  for (const scope of scopes) {
    const expected = truth.filter((line) => line.account === scope.account && line.region === scope.region).map(({ source }) => source);
    expect((await sourcesOf(scope)).map(({ name }) => name)).toEqual(expect.arrayContaining([...new Set(expected)]));
  }
});

test("topics of a service are those whose name contains it, in any case", async () => {
  const names = (await sourcesOf(scopes[0]!, "CHECKOUT")).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(0);
  expect(names.every((name) => name.endsWith("checkout"))).toBe(true);
});

test("a topic that was listed in another process is found by its name", async () => {
  await using fresh = await openWorld({ instances: 120 });
  const { account, region, source } = truth[0]!;
  const scope = { provider: "volcengine", account, region, service: "logs" };
  const request = { sources: [{ name: source }], window: FIVE_MINUTES, limit: 5 };
  const [page] = await collect(fresh.provider.logs!.read(scope, request, fresh.context()));
  expect(page!.entries!.length).toBeGreaterThan(0);
});

describe("entries", () => {
  test("equal the ground truth in time, topic, service, severity and message", async () => {
    expect(truth.length).toBeGreaterThan(50);
    expect(linesOf(await readAll({}))).toEqual(truth.map(lineOf).sort());
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

  test.each([
    [{ contains: ["UPSTREAM"] }, (message: string) => /upstream/i.test(message)],
    [{ contains: ["支付"] }, (message: string) => message.includes("支付")],
    [{ contains: ["upstream"], excludes: ["Retrying"] }, (message: string) => /upstream/.test(message) && !/retrying/i.test(message)],
    [{ excludes: ["upstream"] }, (message: string) => !/upstream/i.test(message)],
    [{ contains: ['a+b/(c)"\\'] }, () => false],
  ])("of texts equal the ground truth: %j", async (request, matches) => {
    const expected = truth.filter((line) => matches(line.message));
    expect(linesOf(await readAll(request))).toEqual(expected.map(lineOf).sort());
  });

  test("of texts come with a word about whole words", async () => {
    const context = world.context();
    await readAll({ contains: ["upstream"] }, context);
    expect(context.notes[0]!.zh).toContain("词语");
  });

  test("are the newest ones where there are more than were asked for", async () => {
    const { account, region, source } = truth[0]!;
    const scope = { provider: "volcengine", account, region, service: "logs" };
    const request = { sources: [{ name: source }], window: FIVE_MINUTES, limit: 3 };
    const [page] = await collect(world.provider.logs!.read(scope, request, world.context()));
    const own = truth.filter((line) => line.account === account && line.region === region && line.source === source);
    const newest = own.sort((left, right) => right.timestampMs - left.timestampMs).slice(0, 3);
    expect(page!.entries!.map(({ timestampMs }) => timestampMs)).toEqual(newest.map(({ timestampMs }) => timestampMs));
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

  test("of errors by service equal the ground truth, in two requests a topic", async () => {
    const expected = truth.filter((line) => line.severity === "error").map((line) => line.service);
    const context = world.context();
    const pages = await readAll({ countBy: "service", severities: ["error"] }, context);
    expect(countsOf(pages)).toEqual(tally(expected));
    expect(context.count("volcengine.tls.SearchLogs")).toBe(pages.length);
    expect(context.count("volcengine.tls.DescribeIndex")).toBe(pages.length);
  });

  test("of texts are counted log by log", async () => {
    const expected = truth.filter(({ message }) => /upstream/i.test(message)).map((line) => line.severity);
    expect(countsOf(await readAll({ countBy: "severity", contains: ["upstream"] }))).toEqual(tally(expected));
  });
});

test("a query in the cloud's own language is sent as it is and gives its own columns", async () => {
  const native = "* | select level, count(1) as lines group by level order by lines desc";
  const pages = await readAll({ native });
  for (const { table } of pages) expect(table!.columns.map(({ name }) => name)).toEqual(["level", "lines"]);
  expect(pages.flatMap(({ table }) => table!.rows).reduce((sum, [, lines]) => sum + Number(lines), 0)).toBe(truth.length);
});

describe("a search", () => {
  const scope = { provider: "volcengine", account: ACCOUNT, region: "cn-beijing", service: "logs" };
  const replies: Record<string, unknown> = {
    DescribeProjects: { Projects: [{ ProjectId: "p", ProjectName: "project" }], Total: 1 },
    DescribeTopics: { Topics: [{ TopicId: "t", TopicName: "topic" }], Total: 1 },
  };
  const log = (index: number) => ({ __time__: String(FIVE_MINUTES.toMs - 1_000 - index), level: "info", message: `line ${index}` });

  async function read(
    answer: (body: Readonly<Record<string, unknown>>, attempt: number) => StubReply,
    limit = 10,
    request: Partial<LogRequest> = {},
  ) {
    let attempt = 0;
    const stub = await openStubWorld(({ operation, body }) => {
      if (operation === "SearchLogs") return answer(body, ++attempt);
      return operation in replies ? { body: JSON.stringify(replies[operation]) } : undefined;
    });
    await using _ = stub;
    const asked = { sources: [{ name: "project/topic" }], window: FIVE_MINUTES, limit, ...request };
    const pages = await collect(stub.provider.logs!.read(scope, asked, stub.context));
    return { pages, requests: stub.requests.filter(({ operation }) => operation === "SearchLogs") };
  }
  const page = (Logs: unknown, more: object = {}) => ({
    body: JSON.stringify({ ResultStatus: "complete", ListOver: true, Analysis: false, Logs, ...more }),
  });

  test("that is not finished is asked for again until it is", async () => {
    const { pages, requests } = await read((_, attempt) => page([log(1)], attempt < 3 ? { ResultStatus: "incomplete" } : {}));
    expect(requests).toHaveLength(3);
    expect(pages[0]!.truncated).toBeUndefined();
    expect(pages[0]!.entries).toHaveLength(1);
  });

  test("that is never finished says so, with what there is", async () => {
    const { pages, requests } = await read(() => page([log(1)], { ResultStatus: "incomplete" }));
    expect(requests).toHaveLength(4);
    expect(pages[0]!.truncated!.zh).toContain("未能完成");
    expect(pages[0]!.entries).toHaveLength(1);
  });

  test("goes on with the context of the page before, and asks newest first in milliseconds", async () => {
    const { pages, requests } = await read(({ Context }) =>
      Context === undefined ? page([log(1)], { ListOver: false, Context: "next" }) : page([log(2)]),
    );
    expect(pages[0]!.entries!.map(({ message }) => message)).toEqual(["line 1", "line 2"]);
    expect(requests.map(({ body }) => body.Context)).toEqual([undefined, "next"]);
    expect(requests[0]!.body).toMatchObject({
      Sort: "desc",
      StartTime: FIVE_MINUTES.fromMs,
      EndTime: FIVE_MINUTES.toMs,
      TopicId: "t",
      Query: "*",
    });
    expect(requests[0]!.headers["x-tls-apiversion"]).toBe("0.3.0");
  });

  test("whose context repeats has lost a page", async () => {
    await expect(read(() => page([log(1)], { ListOver: false, Context: "same" }))).rejects.toMatchObject({ code: "PROVIDER_PAGE_LOST" });
  });

  test("that finds too little among too much stops, and says so", async () => {
    const { pages, requests } = await read((_, attempt) => page([log(attempt)], { ListOver: false, Context: `c${attempt}` }), 10, {
      contains: ["nothing"],
    });
    expect(requests).toHaveLength(20);
    expect(pages[0]!.truncated!.en).toContain("looked through");
  });

  test.each([
    ["without logs", page(undefined)],
    ["without status", page([log(1)], { ResultStatus: undefined })],
    ["whose logs have no time", page([{ message: "x" }])],
    ["that does not say whether it is over", page([log(1)], { ListOver: undefined })],
  ])("%s is an invalid reply", async (_, reply) => {
    await expect(read(() => reply)).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });

  test("takes times in seconds for what they are", async () => {
    const { pages } = await read(() => page([{ __time__: FIVE_MINUTES.fromMs / 1_000, __content__: "ERROR plain line" }]));
    expect(pages[0]!.entries).toEqual([
      { timestampMs: FIVE_MINUTES.fromMs, source: "project/topic", service: null, severity: "error", message: "ERROR plain line" },
    ]);
  });
});
