import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { LogsQueryClient as DeprecatedLogsQueryClient } from "@azure/monitor-query";
import { LogsQueryClient, type LogsQueryResult } from "@azure/monitor-query-logs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AzureWorld, MAIN, NOON_MS, NOW_MS, startAzureWorld } from "./azure-world.ts";

const HOUR_MS = 3_600_000;
const REGION = "eastus";
const LAST_HOUR = { startTime: new Date(NOON_MS - HOUR_MS), endTime: new Date(NOON_MS - 1) };
let world: AzureWorld;
let logs: LogsQueryClient;
let workspaceId: string;

beforeAll(async () => {
  world = await startAzureWorld();
  logs = new LogsQueryClient(world.credential, { httpClient: world.httpClient, retryOptions: { maxRetries: 0 } });
  workspaceId = await customerIdOf(REGION);
});
afterAll(() => world.emulator.close());

async function customerIdOf(region: string): Promise<string> {
  const graph = new ResourceGraphClient(world.credential, { httpClient: world.httpClient });
  const query = `resources | where type == 'microsoft.operationalinsights/workspaces' and location == '${region}' | project id = tostring(properties.customerId)`;
  const { data } = await graph.resources({ query, subscriptions: [MAIN] });
  return (data as { id: string }[])[0]!.id;
}

async function ask(query: string, timespan: { startTime: Date; endTime: Date } | { duration: string } = LAST_HOUR) {
  const result = await logs.queryWorkspace(workspaceId, query, timespan);
  return tableOf(result);
}

function tableOf(result: LogsQueryResult) {
  const [table] = result.status === "Success" ? result.tables : result.partialTables;
  return { status: result.status, names: table!.columnDescriptors.map(({ name }) => name), rows: table!.rows as unknown[][] };
}

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    ({ statusCode, details }: { statusCode: number; details: { error: object } }) => ({ status: statusCode, ...details.error }),
  );

describe("AppTraces", () => {
  it("has the lines of the truth with their severities, services and sentences", async () => {
    const { rows } = await ask("AppTraces | project TimeGenerated, SeverityLevel, AppRoleName, Message | order by TimeGenerated asc");
    const truth = (await world.truth(NOON_MS - HOUR_MS, NOON_MS)).logs.filter((row) => row.account === MAIN && row.region === REGION);
    const levels = ["debug", "info", "warning", "error", "critical"];
    const found = rows.map(([time, level, service, message]) =>
      [(time as Date).getTime(), levels[level as number], service, message].join(" "),
    );
    expect(found.sort()).toEqual(truth.map((row) => [row.timestampMs, row.severity, row.service, row.message].join(" ")).sort());
    expect(new Set(truth.map((row) => row.source))).toEqual(new Set([`law-${REGION}`]));
    expect(truth.length).toBeGreaterThan(500);
  });

  it("has what stands beside the sentence as text in a dynamic column", async () => {
    const { rows } = await ask(
      "AppTraces | where Properties.status == '504' | take 1 | project Properties, status = toint(Properties.status)",
    );
    expect(rows[0]).toEqual([
      { path: expect.any(String), status: "504", latencyMs: expect.stringMatching(/^\d+$/), requestId: expect.any(String) },
      504,
    ]);
  });

  it("hides lines until they are taken in", async () => {
    const all = await ask("AppTraces | summarize max(TimeGenerated)", { startTime: new Date(NOON_MS), endTime: new Date(NOW_MS) });
    const truth = (await world.truth(NOON_MS, NOW_MS)).logs.filter((row) => row.account === MAIN && row.region === REGION);
    const newest = Math.max(...truth.map((row) => row.timestampMs));
    const shown = Number(all.rows[0]?.[0]);
    expect(shown).toBeLessThan(newest);
    expect(newest - shown).toBeLessThan(30_000);
  });

  it("takes the time from the query, from the timespan, and of both the shorter", async () => {
    const count = async (query: string, timespan: Parameters<typeof ask>[1]) => (await ask(`${query} | count`, timespan)).rows[0]?.[0];
    const halfHour = "AppTraces | where TimeGenerated between (datetime(2026-08-24T11:30:00Z) .. datetime(2026-08-24T11:59:59.999Z))";
    const expected = await count(halfHour, { duration: "P1D" });
    expect(await count("AppTraces", { startTime: new Date(NOON_MS - HOUR_MS / 2), endTime: new Date(NOON_MS - 1) })).toBe(expected);
    expect(await count(halfHour, LAST_HOUR)).toBe(expected);
    expect(await count("AppTraces", { duration: "PT33M20S" })).toBeGreaterThan(expected as number);
    expect(await count("AppExceptions", LAST_HOUR)).toBe(0);
  });
});

describe("AppRequests and AppDependencies", () => {
  it("have the traces of the truth: their root, status and length", async () => {
    const { rows } = await ask(
      [
        "AppRequests",
        "extend Ended = TimeGenerated + DurationMs * 1ms",
        "summarize Ended = max(Ended), arg_min(TimeGenerated, AppRoleName, Name, ResultCode, Success) by OperationId",
        "project OperationId, AppRoleName, Name, TimeGenerated, Length = (Ended - TimeGenerated) / 1ms, Success",
      ].join(" | "),
      { startTime: new Date(NOON_MS - HOUR_MS), endTime: new Date(NOW_MS) },
    );
    const traces = (await world.truth(NOON_MS - HOUR_MS, NOON_MS)).traces.filter((row) => row.account === MAIN && row.region === REGION);
    const found = new Map(rows.map(([id, ...rest]) => [id, rest]));
    expect(traces.length).toBeGreaterThan(100);
    for (const { id, service, operation, timestampMs, durationMs, status } of traces) {
      expect(found.get(id)).toEqual([service, operation, new Date(timestampMs), durationMs, status === "ok"]);
    }
    // Whole hours of the truth, but not a trace that began before and went on: none is without its root.
    expect([...found.keys()].every((id) => /^[0-9a-f]{32}$/.test(String(id)))).toBe(true);
  });

  it("hang together: each request but the first has the dependency of a caller for its parent", async () => {
    const { rows } = await ask(
      "AppRequests | where isnotempty(ParentId) | join kind=leftouter (AppDependencies | project DependencyId = Id, Caller = AppRoleName, Called = Target) on $left.ParentId == $right.DependencyId | project AppRoleName, Caller, Called",
    );
    expect(rows.length).toBeGreaterThan(50);
    for (const [service, caller, called] of rows) {
      expect(called).toBe(`${service}.nimbus.example`);
      expect(caller).not.toBe(service);
    }
    const roots = await ask("AppRequests | where isempty(ParentId) | summarize count() by OperationId | where count_ > 1 | count");
    expect(roots.rows).toEqual([[0]]);
  });

  it("lose nothing where a trace goes on from one window into the next", async () => {
    for (const table of ["AppRequests", "AppDependencies"]) {
      const { rows } = await ask(
        `${table} | join kind=inner (AppRequests | where isempty(ParentId) | project OperationId, Began = TimeGenerated) on OperationId | where TimeGenerated > Began | project Id, TimeGenerated`,
      );
      expect(rows.length).toBeGreaterThan(10);
      for (const [id, time] of rows.slice(0, 10)) {
        const window = { startTime: time as Date, endTime: new Date(NOON_MS) };
        expect((await ask(`${table} | where Id == '${id}' | count`, window)).rows).toEqual([[1]]);
      }
    }
  });
});

describe("InsightsMetrics and Usage", () => {
  it("have the free disk of the machines with an agent", async () => {
    const { rows } = await ask(
      "InsightsMetrics | where Namespace == 'LogicalDisk' and Name == 'FreeSpacePercentage' | summarize avg(Val), count() by _ResourceId, Computer",
    );
    const { resources } = await world.truth(NOON_MS - HOUR_MS, NOON_MS);
    const machines = resources.filter(
      (row) => row.account === MAIN && row.region === REGION && row.metrics["disk.utilization"] !== undefined,
    );
    const expected = machines.map(({ id, name, metrics }) => [
      id.toLowerCase(),
      name,
      expect.closeTo(100 - metrics["disk.utilization"]!.avg, 6),
      60,
    ]);
    expect(new Map(rows.map((row) => [row[0], row]))).toEqual(new Map(expected.map((row) => [row[0], row])));
  });

  it("have an hourly sum for each table", async () => {
    const { rows } = await ask("Usage | summarize count(), sum(Quantity) by DataType | order by DataType asc", {
      startTime: new Date(NOON_MS - 24 * HOUR_MS + 1),
      endTime: new Date(NOON_MS),
    });
    expect(rows.map(([type, count]) => [type, count])).toEqual([
      ["AppDependencies", 24],
      ["AppRequests", 24],
      ["AppTraces", 24],
    ]);
  });
});

describe("the query endpoint", () => {
  it("says what is wrong with a query, and where", async () => {
    expect(await refusal(ask("AppTraces | wher x"))).toMatchObject({
      status: 400,
      code: "BadArgumentError",
      innererror: { code: "SyntaxError", innererror: { code: "SYN0002" } },
    });
    expect(await refusal(ask("AppTrace | take 1"))).toMatchObject({
      innererror: { code: "SemanticError", innererror: { code: "SEM0100" } },
    });
    expect(await refusal(logs.queryWorkspace("no-such-workspace", "Usage", LAST_HOUR))).toMatchObject({
      status: 404,
      code: "WorkspaceNotFoundError",
    });
    const token = await world.token("https://api.loganalytics.io");
    const url = `https://api.loganalytics.io/v1/workspaces/${workspaceId}/query`;
    const raw = async (body: unknown) => JSON.parse((await world.raw(url, { method: "POST", token, body })).body).error.innererror.code;
    expect(await raw({ query: "Usage", timespan: "last week" })).toBe("ValidationError");
    expect(await raw({ timespan: "PT1H" })).toBe("QueryValidationError");
    expect(await raw("no JSON")).toBe("QueryValidationError");
  });

  it("answers batches, each query for itself", async () => {
    const results = await logs.queryBatch([
      { workspaceId, query: "AppTraces | count", timespan: LAST_HOUR },
      { workspaceId, query: "AppTraces | wher x", timespan: LAST_HOUR },
    ]);
    expect(results.map(({ status }) => status)).toEqual(["Success", "PartialFailure"]);
    expect((results[0] as unknown as { tables: { rows: unknown[][] }[] }).tables[0]?.rows).toEqual((await ask("AppTraces | count")).rows);
  });

  it("tells statistics to who asks for them, and serves GET and the deprecated package", async () => {
    const told = await logs.queryWorkspace(workspaceId, "Usage | count", LAST_HOUR, { includeQueryStatistics: true });
    expect(told.statistics).toMatchObject({ query: { executionTime: expect.any(Number) } });
    const deprecated = new DeprecatedLogsQueryClient(world.credential, { httpClient: world.httpClient });
    expect(await deprecated.queryWorkspace(workspaceId, "AppTraces | count", LAST_HOUR)).toMatchObject({ status: "Success" });
    const url = `https://api.loganalytics.io/v1/workspaces/${workspaceId}/query?timespan=PT1H&query=${encodeURIComponent("Usage | count")}`;
    expect((await world.raw(url, { token: await world.token("https://api.loganalytics.io") })).status).toBe(200);
  });
});
