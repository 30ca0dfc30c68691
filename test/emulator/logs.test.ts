import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  GetQueryResultsCommand,
  type LogGroup,
  StartQueryCommand,
  StopQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AWS_FLEET_PLAN } from "../../src/emulator/aws/native-names.ts";
import { buildFleet } from "../../src/emulator/fleet.ts";
import { logLinesOf, logSourcesOf, timeOfPosition } from "../../src/emulator/log-data.ts";
import { ACCOUNT, type AwsWorld, NOON_MS, startAwsWorld } from "./aws-world.ts";

const HOUR_MS = 3_600_000;
const REGION = "us-east-1";
const GROUP = "/app/checkout";
let world: AwsWorld;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  world = await startAwsWorld({ instances: 120 });
  logs = new CloudWatchLogsClient(world.clientOptions(REGION));
});
afterAll(async () => {
  logs.destroy();
  await world.emulator.close();
});

async function truthOf(fromMs: number, toMs: number, source = GROUP) {
  const { logs: rows } = await world.truth(fromMs, toMs);
  return rows.filter((row) => row.account === ACCOUNT && row.region === REGION && row.source === source);
}

async function filterAll(input: { startTime?: number; endTime?: number; filterPattern?: string; limit?: number }) {
  const events: FilteredLogEvent[] = [];
  let pages = 0;
  let nextToken: string | undefined;
  do {
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, ...input, nextToken }));
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
    pages++;
  } while (nextToken !== undefined);
  return { events, pages };
}

it("the same seed writes the same lines in every minute, in order, each a JSON document that is taken in after it was written", () => {
  const fleets = [1, 1].map(() => buildFleet(AWS_FLEET_PLAN, 7, 120));
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 0, max: 40_000_000 }), (index, minute) => {
      const [lines = [], again] = fleets.map((fleet) => {
        const sources = logSourcesOf(fleet, ACCOUNT, REGION);
        return logLinesOf(sources[index % sources.length]!, minute);
      });
      expect(again).toEqual(lines);
      for (const [at, line] of lines.entries()) {
        expect(Math.floor(line.timestampMs / 60_000)).toBe(minute);
        expect(line.ingestedMs).toBeGreaterThan(line.timestampMs);
        expect(timeOfPosition(line.position)).toBeLessThanOrEqual(line.timestampMs);
        expect(JSON.parse(line.text)).toMatchObject({ message: line.message });
        const before = lines[at - 1];
        if (before === undefined) continue;
        expect(line.timestampMs).toBeGreaterThan(before.timestampMs);
        expect(line.position).toBeGreaterThan(before.position);
        expect(line.id).not.toBe(before.id);
      }
    }),
  );
});

describe("DescribeLogGroups", () => {
  it("lists groups in ASCII order, page by page, with the sources of the truth among them", async () => {
    const groups: LogGroup[] = [];
    let nextToken: string | undefined;
    do {
      const page = await logs.send(new DescribeLogGroupsCommand({ limit: 3, nextToken }));
      expect(page.logGroups?.length).toBeLessThanOrEqual(3);
      groups.push(...(page.logGroups ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    const names = groups.map((group) => group.logGroupName);
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(names.length);
    const { logs: rows } = await world.truth(NOON_MS - HOUR_MS / 2, NOON_MS);
    const sources = new Set(rows.filter((row) => row.account === ACCOUNT && row.region === REGION).map((row) => row.source));
    expect(new Set(names)).toEqual(sources);
    expect(groups.every((group) => (group.storedBytes ?? 0) > 0 && group.arn === `${group.logGroupArn}:*`)).toBe(true);
  });

  it("filters by prefix or by part of the name, never by both", async () => {
    const byPrefix = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/lambda/" }));
    expect(byPrefix.logGroups?.length).toBeGreaterThan(0);
    expect(byPrefix.logGroups?.every((group) => group.logGroupName?.startsWith("/aws/lambda/"))).toBe(true);
    const byPart = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: "checkout" }));
    expect(byPart.logGroups?.map((group) => group.logGroupName)).toContain(GROUP);
    await expect(logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/", logGroupNamePattern: "a" }))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it("refuses pages above 50 and tokens of other requests", async () => {
    await expect(logs.send(new DescribeLogGroupsCommand({ limit: 51 }))).rejects.toMatchObject({ name: "InvalidParameterException" });
    const { nextToken } = await logs.send(new DescribeLogGroupsCommand({ limit: 1 }));
    expect(nextToken).toBeDefined();
    await expect(logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/app", nextToken }))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });
});

describe("FilterLogEvents", () => {
  it("returns exactly the lines of the truth, in order, whatever the window and the page size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 60_000, max: 12 * HOUR_MS }),
        fc.integer({ min: 1, max: HOUR_MS / 2 }),
        fc.integer({ min: 1, max: 60 }),
        async (ago, length, limit) => {
          const [fromMs, toMs] = [NOON_MS - ago, Math.min(NOON_MS - ago + length, NOON_MS - 30_000)];
          const { events } = await filterAll({ startTime: fromMs, endTime: toMs - 1, limit });
          const rows = await truthOf(fromMs, toMs);
          expect(events.map(({ timestamp, message }) => [timestamp, JSON.parse(message ?? "").message])).toEqual(
            rows.map((row) => [row.timestampMs, row.message]),
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it("takes both ends of the window as inside", async () => {
    const [row] = await truthOf(NOON_MS - HOUR_MS, NOON_MS - HOUR_MS / 2);
    const at = row!.timestampMs;
    expect((await filterAll({ startTime: at, endTime: at })).events).toHaveLength(1);
    expect((await filterAll({ startTime: at + 1, endTime: at + 1 })).events).toHaveLength(0);
  });

  it("hands out pages that are partly full or empty while there is more", async () => {
    const { events, pages } = await filterAll({ startTime: NOON_MS - 10 * 24 * HOUR_MS, filterPattern: '{ $.level = "NEVER" }' });
    expect(events).toHaveLength(0);
    expect(pages).toBeGreaterThan(1);
  });

  it("hides what was written but not yet taken in", async () => {
    const rows = await truthOf(NOON_MS - 3 * 60_000, NOON_MS);
    const { events } = await filterAll({ startTime: NOON_MS - 3 * 60_000 });
    expect(events.every((event) => (event.ingestionTime ?? 0) <= NOON_MS)).toBe(true);
    expect(events.length).toBeLessThanOrEqual(rows.length);
  });

  it.each([
    ['{ $.level = "ERROR" }', (line: Line) => line.level === "ERROR"],
    ["{ $.level = ERROR && $.status >= 500 }", (line: Line) => line.level === "ERROR" && line.status >= 500],
    [
      '{ ($.status = 504 || $.status = 200) && $.path != "/cart" }',
      (line: Line) => [504, 200].includes(line.status) && line.path !== "/cart",
    ],
    ['{ $.message = "*timed out*" }', (line: Line) => line.message.includes("timed out")],
    ["{ $.missing NOT EXISTS }", () => true],
    ["{ $.level IS NULL }", () => false],
    ["ERROR", (_: Line, text: string) => text.includes("ERROR")],
    ["ERROR -recovered", (_: Line, text: string) => text.includes("ERROR") && !text.includes("recovered")],
    ['"支付网关"', (_: Line, text: string) => text.includes("支付网关")],
    ["?refused ?renewed", (_: Line, text: string) => text.includes("refused") || text.includes("renewed")],
    ['checkout "request completed"', (_: Line, text: string) => text.includes("request completed")],
  ])("matches %s", async (filterPattern, expected: (line: Line, text: string) => boolean) => {
    const [startTime, endTime] = [NOON_MS - 6 * HOUR_MS, NOON_MS - HOUR_MS];
    const all = (await filterAll({ startTime, endTime })).events.map((event) => event.message ?? "");
    const found = (await filterAll({ startTime, endTime, filterPattern })).events.map((event) => event.message ?? "");
    expect(found).toEqual(all.filter((text) => expected(JSON.parse(text) as Line, text)));
    if (!filterPattern.includes("IS NULL")) expect(found.length).toBeGreaterThan(0);
  });

  it.each(["{ $.level = }", "{ level = 1 }", "{ $.a = 1", "foo-bar", '"open', "[a, b]", "%re.*%", "?ERROR ?WARN -INFO"])(
    "refuses the pattern %s",
    async (filterPattern) => {
      await expect(filterAll({ filterPattern })).rejects.toMatchObject({ name: "InvalidParameterException" });
    },
  );

  it("knows only the groups of its own account and region", async () => {
    await expect(logs.send(new FilterLogEventsCommand({ logGroupName: "/app/nowhere" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    const arn = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${GROUP}`;
    expect((await logs.send(new FilterLogEventsCommand({ logGroupIdentifier: arn, startTime: NOON_MS - HOUR_MS }))).events).not.toEqual([]);
    await expect(logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, logGroupIdentifier: arn }))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });
});

interface Line {
  readonly level: string;
  readonly message: string;
  readonly path: string;
  readonly status: number;
}

describe("Logs Insights", () => {
  const [startMs, endMs] = [NOON_MS - 1.5 * HOUR_MS, NOON_MS - HOUR_MS];

  async function start(queryString: string, input: { logGroupNames?: string[]; limit?: number } = {}) {
    const command = new StartQueryCommand({
      logGroupNames: [GROUP, "/app/auth"],
      ...input,
      startTime: startMs / 1_000,
      endTime: endMs / 1_000 - 1,
      queryString,
    });
    return (await logs.send(command)).queryId ?? "";
  }

  async function query(queryString: string, input: Parameters<typeof start>[1] = {}) {
    const queryId = await start(queryString, input);
    const statuses: (string | undefined)[] = [];
    for (;;) {
      const reply = await logs.send(new GetQueryResultsCommand({ queryId }));
      statuses.push(reply.status);
      if (reply.status !== "Complete") continue;
      const rows = (reply.results ?? []).map((row) => Object.fromEntries(row.map(({ field, value }) => [field, value])));
      return { rows, statuses, statistics: reply.statistics };
    }
  }

  async function truth() {
    const rows = [...(await truthOf(startMs, endMs - 999)), ...(await truthOf(startMs, endMs - 999, "/app/auth"))];
    return rows.toSorted((left, right) => right.timestampMs - left.timestampMs);
  }

  it("runs through Scheduled and Running to Complete, partial until then", async () => {
    const { rows, statuses, statistics } = await query("fields @timestamp, @message, @log, @logStream");
    expect(statuses).toEqual(["Scheduled", "Running", "Complete"]);
    const expected = await truth();
    expect(rows.map((row) => JSON.parse(row["@message"] ?? "").message)).toEqual(expected.map((row) => row.message));
    expect(rows.map((row) => Date.parse(`${row["@timestamp"]?.replace(" ", "T")}Z`))).toEqual(expected.map((row) => row.timestampMs));
    expect(rows.map((row) => row["@log"])).toEqual(expected.map((row) => `${ACCOUNT}:${row.source}`));
    expect(statistics).toMatchObject({ recordsMatched: expected.length, recordsScanned: expected.length, logGroupsScanned: 2 });
    expect(statistics?.bytesScanned).toBe(rows.reduce((sum, row) => sum + Buffer.byteLength(row["@message"] ?? ""), 0));
    expect(rows.every((row) => (row["@ptr"] ?? "") !== "")).toBe(true);
  });

  it("counts by fields and by time", async () => {
    const { rows } = await query("filter level = 'ERROR' | stats count(*) as n by service | sort n desc");
    const errors = (await truth()).filter((row) => row.severity === "error");
    const counts = Map.groupBy(errors, (row) => row.service);
    expect(new Map(rows.map((row) => [row.service, Number(row.n)]))).toEqual(
      new Map([...counts].map(([service, lines]) => [service, lines.length])),
    );
    const byTime = await query("stats count(*) by bin(5m)");
    expect(byTime.rows.reduce((sum, row) => sum + Number(row["count(*)"]), 0)).toBe((await truth()).length);
    expect(byTime.rows.every((row) => /^2026-08-24 \d\d:\d[05]:00\.000$/.test(row["bin(5m)"] ?? ""))).toBe(true);
  });

  it.each([
    ["filter level = 'ERROR'", (line: Line) => line.level === "ERROR"],
    ["filter level in ['ERROR', 'WARN'] and status >= 500", (line: Line) => line.level !== "INFO" && line.status >= 500],
    ["filter not (status = 200 or status = 201)", (line: Line) => line.status !== 200 && line.status !== 201],
    ["filter @message like /(?i)TIMED OUT/", (line: Line) => line.message.includes("timed out")],
    ['filter @message not like "支付"', (line: Line) => !line.message.includes("支付")],
    ["filter message =~ /^cache/ # a comment", (line: Line) => line.message.startsWith("cache")],
    ["filter ispresent(path) and strcontains(path, 'cart')", (line: Line) => line.path.includes("cart")],
  ])("filters by %s", async (queryString, expected: (line: Line) => boolean) => {
    const all = (await query("fields @message")).rows.map((row) => row["@message"] ?? "");
    const { rows, statistics } = await query(`fields @message | ${queryString}`);
    const found = all.filter((text) => expected(JSON.parse(text) as Line));
    expect(rows.map((row) => row["@message"])).toEqual(found);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all.length);
    expect(statistics?.recordsMatched).toBe(found.length);
  });

  it("sorts and limits", async () => {
    const { rows } = await query("fields @timestamp, latencyMs as ms | sort ms desc, @timestamp asc | limit 5");
    const latencies = rows.map((row) => Number(row.ms));
    expect(latencies).toEqual(latencies.toSorted((left, right) => right - left));
    expect(latencies).toHaveLength(5);
    expect((await query("fields @message", { limit: 3 })).rows).toHaveLength(3);
  });

  it("measures", async () => {
    const { rows } = await query(
      "stats avg(latencyMs) as mean, max(latencyMs), min(latencyMs), sum(latencyMs) as total, count_distinct(level)",
    );
    const all = (await query("fields latencyMs")).rows.map((row) => Number(row.latencyMs));
    expect(Number(rows[0]?.total)).toBe(all.reduce((sum, value) => sum + value, 0));
    expect(Number(rows[0]?.mean)).toBeCloseTo(all.reduce((sum, value) => sum + value, 0) / all.length, 3);
    expect(Number(rows[0]?.["max(latencyMs)"])).toBe(Math.max(...all));
    expect(Number(rows[0]?.["min(latencyMs)"])).toBe(Math.min(...all));
    expect(rows[0]?.["count_distinct(level)"]).toBe("3");
  });

  it.each([
    "parse @message '*' as a",
    "filter",
    "fields @message | sort",
    "stats median(x)",
    "filter a = ",
    "limit 10001",
    "filter a like /(/",
  ])("refuses %s with the place of the mistake", async (queryString) => {
    await expect(start(queryString)).rejects.toMatchObject({
      name: "MalformedQueryException",
      queryCompileError: { location: { startCharOffset: expect.any(Number), endCharOffset: expect.any(Number) } },
    });
  });

  it("refuses more than 50 groups, unknown groups and unknown queries", async () => {
    const many = Array.from({ length: 51 }, (_, index) => `/app/${index}`);
    await expect(start("fields @message", { logGroupNames: many })).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(start("fields @message", { logGroupNames: ["/app/no"] })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(logs.send(new GetQueryResultsCommand({ queryId: "00000000-0000-0000-0000-000000000000" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  it("stops a query that runs, and no other", async () => {
    const queryId = await start("fields @message");
    expect((await logs.send(new StopQueryCommand({ queryId }))).success).toBe(true);
    expect((await logs.send(new GetQueryResultsCommand({ queryId }))).status).toBe("Cancelled");
    await expect(logs.send(new StopQueryCommand({ queryId }))).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it("refuses the 31st query at a time", async () => {
    const running: string[] = [];
    const starting = async () => {
      for (let count = 0; count <= 30; count++) running.push(await start("limit 1"));
    };
    await expect(starting()).rejects.toMatchObject({ name: "LimitExceededException" });
    expect(running).toHaveLength(30);
    for (const queryId of running) await logs.send(new StopQueryCommand({ queryId }));
  });
});
