import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LogEntry, LogPage, LogRequest, LogSource, Scope } from "../../../src/contracts/index.ts";
import type { TruthLog } from "../../../src/emulator/truth-rows.ts";
import { collect, type FakeContext } from "../fake-context.ts";
import { openStubWorld, PROJECT, STUB_SCOPE, type StubReply } from "./stub-world.ts";
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

async function readAll(request: Partial<LogRequest>, context: FakeContext = world.context()): Promise<LogPage[]> {
  const pages = await Promise.all(
    scopes.map(async (scope) => {
      const sources = await sourcesOf(scope);
      return collect(world.provider.logs!.read(scope, { sources, window: FIVE_MINUTES, limit: 10_000, ...request }, context));
    }),
  );
  return pages.flat();
}

const lineOf = ({ timestampMs, source, service, severity, message }: LogEntry | TruthLog) =>
  `${timestampMs} ${source} ${service} ${severity} ${message}`;
const linesOf = (pages: readonly LogPage[]) =>
  pages
    .flatMap((page) => page.entries ?? [])
    .map(lineOf)
    .sort();

describe("entries", () => {
  test.each<[string, Partial<LogRequest>, (line: TruthLog) => boolean]>([
    ["all", {}, () => true],
    ["of severity error", { severities: ["error"] }, ({ severity }) => severity === "error"],
    ["of warning and above", { severities: ["warning", "error", "critical"] }, ({ severity }) => severity !== "info"],
    ["of info, though some speak of errors", { severities: ["info"] }, ({ severity }) => severity === "info"],
    ["of a service, in any case", { service: "CheckOut" }, ({ service }) => service === "checkout"],
    ["with a text, in any case", { contains: ["UPSTREAM"] }, ({ message }) => /upstream/i.test(message)],
    ["with a Chinese text", { contains: ["支付"] }, ({ message }) => message.includes("支付")],
    [
      "with a text and without another",
      { contains: ["upstream"], excludes: ["Retrying"] },
      ({ message }) => /upstream/.test(message) && !/retrying/.test(message),
    ],
    ["with a text that only names of logs have", { contains: ["projects/nimbus"] }, () => false],
    ["with a text full of signs", { contains: ['a+b/(c) "d" \\ OR'] }, () => false],
  ])("%s equal the ground truth", async (_, request, matches) => {
    expect(linesOf(await readAll(request))).toEqual(truth.filter(matches).map(lineOf).sort());
  });

  test("are the newest ones where there are more than were asked for", async () => {
    const scope = scopes[0]!;
    const context = world.context();
    const sources = await sourcesOf(scope);
    const pages = await collect(world.provider.logs!.read(scope, { sources, window: FIVE_MINUTES, limit: 3 }, context));
    const newest = truth
      .filter((line) => line.account === scope.account && line.region === scope.region)
      .sort((left, right) => right.timestampMs - left.timestampMs)
      .slice(0, 3);
    expect(pages.flatMap(({ entries = [] }) => entries.map(lineOf))).toEqual(newest.map(lineOf));
    expect(context.calls).toEqual(["gcp.logging.ListLogEntries"]);
  });

  test("of a native filter are those it finds, of the window and the region only", async () => {
    const native = 'jsonPayload.status >= 500 -- "a comment (';
    const expected = truth.filter(({ message }) => /timed out|refused|支付网关/.test(message));
    expect(expected.length).toBeGreaterThan(0);
    expect(linesOf(await readAll({ native }))).toEqual(expected.map(lineOf).sort());
  });
});

test("the logs of a project are listed once, for all its regions", async () => {
  const context = world.context();
  const names = await Promise.all(
    scopes.map(async (scope) => (await collect(world.provider.logs!.sources(scope, undefined, context))).flat().map(({ name }) => name)),
  );
  expect(context.count("gcp.logging.ListLogs")).toBe(2);
  expect(new Set(names.flat())).toEqual(new Set(truth.map(({ source }) => source)));
});

describe("counts", () => {
  const tally = (values: readonly string[]) =>
    Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, all]) => [value, all.length]));
  const countsOf = (pages: readonly LogPage[]) => {
    const counts: Record<string, number> = {};
    for (const { value, count } of pages.flatMap((page) => page.counts ?? [])) counts[value] = (counts[value] ?? 0) + count;
    return counts;
  };

  test.each(["severity", "service", "source", "region", "message"] as const)("by %s equal the ground truth", async (countBy) => {
    expect(countsOf(await readAll({ countBy }))).toEqual(tally(truth.map((line) => line[countBy])));
  });

  test("of errors by service equal the ground truth", async () => {
    const expected = truth.filter((line) => line.severity === "error").map((line) => line.service);
    expect(countsOf(await readAll({ countBy: "service", severities: ["error"] }))).toEqual(tally(expected));
  });

  test("by a field of the payload, or by its whole path, are the same", async () => {
    const counts = countsOf(await readAll({ countBy: "status" }));
    expect(Object.keys(counts)).toContain("504");
    expect(countsOf(await readAll({ countBy: "jsonPayload.status" }))).toEqual(counts);
  });

  test("that the limit cuts say so", async () => {
    const scope = scopes[0]!;
    const request = { sources: await sourcesOf(scope), window: FIVE_MINUTES, limit: 5, countBy: "severity" };
    const pages = await collect(world.provider.logs!.read(scope, request, world.context()));
    expect(pages.at(-1)!.truncated?.en).toContain("only the newest 5");
    expect(pages.flatMap(({ counts = [] }) => counts).reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });
});

describe("replies of Cloud Logging", () => {
  const entry = (more: object) => ({
    logName: `projects/${PROJECT}/logs/run.googleapis.com%2Fstdout`,
    timestamp: "2026-11-22T09:52:00.123456789Z",
    resource: { type: "cloud_run_revision", labels: { service_name: "checkout", location: "us-central1" } },
    ...more,
  });
  const read = async (answer: (token: string | undefined) => StubReply["body"], request: Partial<LogRequest> = {}) => {
    await using stub = await openStubWorld(({ operation, body }) =>
      operation === "entries:list" ? { body: answer((JSON.parse(body) as { pageToken?: string }).pageToken) } : undefined,
    );
    const asked = { sources: [{ name: `projects/${PROJECT}/logs/a` }], window: FIVE_MINUTES, limit: 100, ...request };
    const pages = await collect(stub.provider.logs!.read(STUB_SCOPE, asked, stub.context));
    return { pages, entries: pages.flatMap(({ entries = [] }) => entries), calls: stub.context.calls.length };
  };

  test.each<[string, object, Partial<LogEntry>]>([
    ["a line of text", { textPayload: "hello\n", severity: 400 }, { message: "hello", severity: "warning", service: "checkout" }],
    ["a line of text without severity", { textPayload: "FATAL: no" }, { message: "FATAL: no", severity: "critical" }],
    ["fields", { jsonPayload: { msg: "hi", level: "warn" } }, { message: "hi", severity: "warning" }],
    ["fields without a sentence", { jsonPayload: { a: { b: 1 } }, severity: "NOTICE" }, { message: '{"a":{"b":1}}', severity: "info" }],
    [
      "an audit log, whose type google-gax does not have",
      {
        protoPayload: { "@type": "type.googleapis.com/google.cloud.audit.AuditLog", methodName: "Insert", resourceName: "vm" },
        severity: 800,
      },
      { message: "Insert vm", severity: "critical" },
    ],
    [
      "a request",
      { httpRequest: { requestMethod: "GET", requestUrl: "/cart", status: 500 }, severity: 500 },
      { message: "GET /cart 500", severity: "error" },
    ],
  ])("%s", async (_, fields, expected) => {
    const { entries } = await read(() => ({ entries: [entry(fields)] }));
    expect(entries[0]).toMatchObject({ timestampMs: Date.parse("2026-11-22T09:52:00.123Z"), ...expected });
  });

  test("an empty page with a token is not the end", async () => {
    const { entries, calls } = await read((token) =>
      token === undefined ? { nextPageToken: "2" } : { entries: [entry({ textPayload: "found" })] },
    );
    expect(entries.map(({ message }) => message)).toEqual(["found"]);
    expect(calls).toBe(2);
  });

  test("pages without end are given up, which is told", async () => {
    const { pages, calls } = await read((token = "0") => ({ nextPageToken: String(Number(token) + 1) }));
    expect(calls).toBe(20);
    expect(pages.at(-1)!.truncated?.zh).toContain("20");
  });

  test.each<[string, object]>([
    ["without a name", { logName: undefined }],
    ["without a time", { timestamp: undefined }],
    ["with a time that is none", { timestamp: "yesterday" }],
  ])("an entry %s makes the reply invalid", async (_, fields) => {
    await expect(read(() => ({ entries: [entry(fields)] }))).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });
});

test("entries of no region, or of one without instances, are in the scope called global", async () => {
  const scope = { provider: "gcp", account: "nimbus-main-417203", region: "global", service: "logs" };
  const filters: string[] = [];
  await using stub = await openStubWorld(({ operation, body }) => {
    if (operation === "instances") return { body: { items: {}, unreachables: ["projects/p/zones/us-central1-a"] } };
    filters.push((JSON.parse(body) as { filter: string }).filter);
    return { body: {} };
  });
  const request = { sources: [{ name: "projects/p/logs/a" }], window: FIVE_MINUTES, limit: 1 };
  await collect(stub.provider.logs!.read({ ...scope, account: PROJECT }, request, stub.context));
  expect(filters[0]).toContain('NOT (resource.labels.zone =~ "^us-central1(-[a-z])?$" OR ');
});
