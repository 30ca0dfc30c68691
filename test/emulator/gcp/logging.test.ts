import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileLoggingFilter } from "../../../src/emulator/gcp/logging-filter.ts";
import type { TruthLog } from "../../../src/emulator/truth-rows.ts";
import { MAIN, PAYMENTS, type StartedGcp, startedGcp } from "./started-gcp.ts";

const HOUR = { from: "2026-03-10T08:00:00Z", to: "2026-03-10T09:00:00Z" } as const;
const IN_HOUR = `timestamp >= "${HOUR.from}" AND timestamp < "${HOUR.to}"`;

interface Entry {
  readonly insertId: string;
  readonly logName: string;
  readonly severity: string;
  readonly timestamp: string;
  readonly receiveTimestamp: string;
  readonly resource: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
  readonly jsonPayload: { readonly level: string; readonly service: string; readonly message: string; readonly status: number };
}

async function entries(gcp: StartedGcp, filter: string, body: object = {}): Promise<readonly Entry[]> {
  const request = { resourceNames: [`projects/${MAIN}`], filter, pageSize: 1_000, ...body };
  const found: Entry[] = [];
  for (let pageToken: string | undefined = ""; pageToken !== undefined; ) {
    const { status, body: reply } = await gcp.post("/v2/entries:list", { ...request, pageToken });
    expect([status, reply.error]).toEqual([200, undefined]);
    found.push(...(reply.entries ?? []));
    pageToken = reply.nextPageToken;
  }
  return found;
}

async function truthOf(gcp: StartedGcp, project = MAIN): Promise<readonly TruthLog[]> {
  return (await gcp.truth(HOUR)).logs.filter((log) => log.account === project);
}

const rowOf = (entry: Entry) => `${Date.parse(entry.timestamp)} ${entry.logName} ${entry.severity} ${entry.jsonPayload.message}`;
const SEVERITIES = { debug: "DEBUG", info: "INFO", warning: "WARNING", error: "ERROR", critical: "CRITICAL" } as const;
const truthRow = (log: TruthLog) => `${log.timestampMs} ${log.source} ${SEVERITIES[log.severity]} ${log.message}`;

describe("log entries", () => {
  it("of a project are all that its machines wrote, oldest first", async () => {
    const gcp = await startedGcp();
    const found = await entries(gcp, IN_HOUR);
    expect(found.map(rowOf).sort()).toEqual((await truthOf(gcp)).map(truthRow).sort());
    const times = found.map((entry) => Date.parse(entry.timestamp));
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(new Set(found.map(({ insertId, timestamp }) => `${timestamp} ${insertId}`)).size).toBe(found.length);
  });

  it("name a machine of the application, in the region that the truth knows", async () => {
    const gcp = await startedGcp();
    const { resources, logs } = await gcp.truth(HOUR);
    const machines = new Map(resources.map((resource) => [resource.id, resource]));
    const places = new Set(logs.map((log) => `${log.account} ${log.region} ${log.source}`));
    for (const { resource, jsonPayload, logName } of await entries(gcp, IN_HOUR)) {
      const machine = machines.get(resource.labels.instance_id ?? "");
      expect(machine?.name.startsWith(jsonPayload.service)).toBe(true);
      expect(resource.labels.zone?.startsWith(`${machine?.region}-`)).toBe(true);
      expect(places.has(`${resource.labels.project_id} ${machine?.region} ${logName}`)).toBe(true);
    }
  });

  it("come newest first where that is wanted, in pages of any size", async () => {
    const gcp = await startedGcp();
    const whole = await entries(gcp, IN_HOUR, { orderBy: "timestamp desc" });
    expect(whole.map(rowOf).sort()).toEqual((await entries(gcp, IN_HOUR)).map(rowOf).sort());
    // At one moment the ids decide, in either order.
    for (const [index, entry] of whole.entries()) {
      const before = whole[index - 1];
      if (before === undefined) continue;
      const earlierMs = Date.parse(before.timestamp) - Date.parse(entry.timestamp);
      expect(earlierMs > 0 || (earlierMs === 0 && before.insertId < entry.insertId)).toBe(true);
    }
    expect(await entries(gcp, IN_HOUR, { orderBy: "timestamp desc", pageSize: 37 })).toEqual(whole);
  });

  it("of several projects come together", async () => {
    const gcp = await startedGcp();
    const found = await entries(gcp, IN_HOUR, {
      resourceNames: [`projects/${MAIN}`, `projects/${PAYMENTS}/locations/global/buckets/_Default/views/_AllLogs`],
    });
    const truth = [...(await truthOf(gcp)), ...(await truthOf(gcp, PAYMENTS))];
    expect(found.map(rowOf).sort()).toEqual(truth.map(truthRow).sort());
  });

  it("are 50 without a page size", async () => {
    const gcp = await startedGcp();
    const { body } = await gcp.post("/v2/entries:list", { resourceNames: [`projects/${MAIN}`], filter: IN_HOUR });
    expect(body.entries).toHaveLength(50);
    expect(body.nextPageToken).toBeDefined();
  });

  it("that were just written are not there yet", async () => {
    const nowMs = Date.parse("2026-03-10T09:00:00Z");
    const gcp = await startedGcp({ now: () => nowMs });
    const found = await entries(gcp, IN_HOUR);
    expect(found.length).toBeLessThan((await truthOf(gcp)).length);
    expect(found.every(({ receiveTimestamp }) => Date.parse(receiveTimestamp) <= nowMs)).toBe(true);
  });

  it("may be few or none on a page of a long search, with a token for more", async () => {
    const gcp = await startedGcp({ instances: 2_000 });
    const filter = 'jsonPayload.message = "nobody ever wrote this"';
    const { body } = await gcp.post("/v2/entries:list", { resourceNames: [`projects/${MAIN}`], filter });
    expect(Object.keys(body)).toEqual(["nextPageToken"]);
  });

  it.each([
    ["no resource", { resourceNames: [] }],
    ["a resource that is none", { resourceNames: ["nimbus"] }],
    ["more than 1000 a page", { pageSize: 1_001 }],
    ["a negative page size", { pageSize: -1 }],
    ["another order", { orderBy: "severity desc" }],
    ["a filter of more than 20,000 characters", { filter: `"${"x".repeat(20_000)}"` }],
    ["a filter that breaks off", { filter: "severity >=" }],
    ["a filter by a field entries have not", { filter: 'colour = "red"' }],
    ["a severity that is none", { filter: "severity >= LOUD" }],
    ["a time that is none", { filter: 'timestamp > "yesterday"' }],
    ["a pattern that is none", { filter: 'jsonPayload.message =~ "("' }],
    ["a function nobody knows", { filter: 'soundex("x")' }],
    ["a token of its own making", { pageToken: "bm9uc2Vuc2U" }],
  ])("are refused for %s", async (_, body) => {
    const gcp = await startedGcp();
    const { status, body: reply } = await gcp.post("/v2/entries:list", { resourceNames: [`projects/${MAIN}`], ...body });
    expect([status, reply.error?.status]).toEqual([400, "INVALID_ARGUMENT"]);
  });

  it("take a page token only with what it was made for", async () => {
    const gcp = await startedGcp();
    const request = { resourceNames: [`projects/${MAIN}`], filter: IN_HOUR };
    const pageToken = (await gcp.post("/v2/entries:list", request)).body.nextPageToken as string;
    const { status, body } = await gcp.post("/v2/entries:list", { ...request, filter: "severity>=ERROR", pageToken });
    expect([status, body.error.message]).toEqual([400, "page_token doesn't match arguments from the request."]);
  });

  it("give severities as numbers to clients that want numbers", async () => {
    const gcp = await startedGcp();
    const { body } = await gcp.post("/v2/entries:list?$alt=json%3Benum-encoding=int", {
      resourceNames: [`projects/${MAIN}`],
      filter: "severity=ERROR",
    });
    expect(body.entries[0].severity).toBe(500);
  });
});

describe("filters of log entries find by", () => {
  it.each([
    ["a severity", "severity=ERROR", (log: TruthLog) => log.severity === "error"],
    ["at least a severity", "severity>=WARNING", (log: TruthLog) => log.severity !== "info"],
    ["severities in parentheses", "severity=(ERROR OR WARNING)", (log: TruthLog) => log.severity !== "info"],
    ["the log", `logName="projects/${MAIN}/logs/checkout"`, (log: TruthLog) => log.service === "checkout"],
    ["the id of the log", 'log_id("auth")', (log: TruthLog) => log.service === "auth"],
    ["a region", 'resource.labels.zone =~ "^us-central1-"', (log: TruthLog) => log.region === "us-central1"],
    ["the type of resource", 'resource.type="gce_instance"', () => true],
    ["another type of resource", 'resource.type="k8s_container"', () => false],
    ["a part of a field, whatever its case", "jsonPayload.message:TIMED", (log: TruthLog) => log.message.includes("timed")],
    ["Chinese", 'jsonPayload.message:"库存"', (log: TruthLog) => log.message.includes("库存")],
    ["a number", "jsonPayload.status>=500", (log: TruthLog) => /timed out|refused|网关/.test(log.message)],
    ["a number in quotes", 'jsonPayload.status="504"', (log: TruthLog) => log.message.includes("timed out")],
    ["a pattern, case and all", 'jsonPayload.message=~"(?i)ERROR of an"', (log: TruthLog) => log.message.includes("ERROR of an")],
    ["a pattern it has not", 'jsonPayload.message!~"request"', (log: TruthLog) => !log.message.includes("request")],
    ["a phrase anywhere", '"upstream timed out"', (log: TruthLog) => log.message.includes("upstream timed out")],
    ["a word anywhere", "refused", (log: TruthLog) => log.message.includes("refused")],
    ["words in any order", 'SEARCH("out UPSTREAM")', (log: TruthLog) => log.message.startsWith("upstream timed out")],
    ["whole words of a field", 'SEARCH(jsonPayload.message, "time")', () => false],
    ["what is not there", "jsonPayload.nothing:*", () => false],
    ["what a field that is not there is not", 'jsonPayload.nothing != "x"', () => false],
    ["what does not match", 'NOT jsonPayload.nothing = "x"', () => true],
    ["a hyphen for NOT", "-severity=INFO", (log: TruthLog) => log.severity !== "info"],
    [
      "conditions on lines of their own",
      'severity=ERROR\n-- only one service\nlog_id("auth")',
      (log: TruthLog) => log.severity === "error" && log.service === "auth",
    ],
    [
      "OR before AND",
      'severity=ERROR AND log_id("auth") OR log_id("search")',
      (log: TruthLog) => log.severity === "error" && (log.service === "auth" || log.service === "search"),
    ],
    ["a field name in quotes", 'labels."compute.googleapis.com/resource_name":"checkout"', (log: TruthLog) => log.service === "checkout"],
  ] as const)("%s", async (_, filter, expected) => {
    const gcp = await startedGcp();
    const found = await entries(gcp, `${IN_HOUR} AND (${filter})`);
    expect(found.map(rowOf).sort()).toEqual((await truthOf(gcp)).filter(expected).map(truthRow).sort());
  });

  it("any text in quotes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        const quoted = `"${text.replace(/["\\]/g, "\\$&")}"`;
        const entry = { jsonPayload: { message: `a${text}b` } };
        expect(compileLoggingFilter(`jsonPayload.message:${quoted}`).matches(entry)).toBe(true);
        expect(compileLoggingFilter(quoted).matches(entry)).toBe(true);
        expect(compileLoggingFilter(`jsonPayload.message=${quoted}`).matches(entry)).toBe(false);
      }),
    );
  });

  it("nothing but refuse what is no filter", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          compileLoggingFilter(text).matches({});
        } catch (error) {
          expect((error as { code?: string }).code).toBe("INVALID_ARGUMENT");
        }
      }),
    );
  });
});

describe("logs", () => {
  it("are listed by name, in pages", async () => {
    const gcp = await startedGcp();
    const expected = [...new Set((await truthOf(gcp)).map((log) => log.source))].sort();
    const pages = await gcp.pages(`/v2/projects/${MAIN}/logs`, { pageSize: 4 });
    expect(pages.map(({ body }) => body.logNames.length)).toEqual([4, expected.length - 4]);
    expect(pages.flatMap(({ body }) => body.logNames)).toEqual(expected);
  });

  it("of a foreign project are not told", async () => {
    const gcp = await startedGcp();
    expect((await gcp.get("/v2/projects/somebody-else/logs")).status).toBe(403);
    expect((await gcp.post("/v2/entries:list", { resourceNames: ["projects/somebody-else"] })).status).toBe(403);
  });
});
