import {
  BatchGetTracesCommand,
  GetServiceGraphCommand,
  GetTraceSummariesCommand,
  type Service,
  type TraceSummary,
  XRayClient,
} from "@aws-sdk/client-xray";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AWS_FLEET_PLAN } from "../../src/emulator/aws/native-names.ts";
import { buildFleet } from "../../src/emulator/fleet.ts";
import type { TruthTrace } from "../../src/emulator/index.ts";
import { tracesOf } from "../../src/emulator/trace-data.ts";
import { ACCOUNT, type AwsWorld, NOON_MS, startAwsWorld } from "./aws-world.ts";

const HOUR_MS = 3_600_000;
const REGION = "us-east-1";
let world: AwsWorld;
let xray: XRayClient;

beforeAll(async () => {
  world = await startAwsWorld({ instances: 120 });
  xray = new XRayClient(world.clientOptions(REGION));
});
afterAll(async () => {
  xray.destroy();
  await world.emulator.close();
});

async function truthOf(fromMs: number, toMs: number): Promise<TruthTrace[]> {
  const { traces } = await world.truth(fromMs, toMs);
  return traces.filter((row) => row.account === ACCOUNT && row.region === REGION);
}

async function summaries(fromMs: number, toMs: number, FilterExpression?: string) {
  const found: TraceSummary[] = [];
  let pages = 0;
  let NextToken: string | undefined;
  do {
    const command = new GetTraceSummariesCommand({ StartTime: new Date(fromMs), EndTime: new Date(toMs), FilterExpression, NextToken });
    const page = await xray.send(command);
    found.push(...(page.TraceSummaries ?? []));
    NextToken = page.NextToken;
    pages++;
  } while (NextToken !== undefined);
  return { found, pages };
}

it("the same seed makes the same traces in every minute, and no call begins before its caller", () => {
  const fleets = [1, 1].map(() => buildFleet(AWS_FLEET_PLAN, 7, 120));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000_000 }), (minute) => {
      const [traces = [], again] = fleets.map((fleet) => tracesOf(fleet, ACCOUNT, REGION, minute));
      expect(again).toEqual(traces);
      expect(new Set(traces.map((trace) => trace.key)).size).toBe(traces.length);
      for (const { segments, startMs, endMs, ingestedMs } of traces) {
        expect([Math.floor(startMs / 60_000), ingestedMs > endMs]).toEqual([minute, true]);
        for (const segment of segments) {
          const caller = segment.parent === null ? segment : segments[segment.parent];
          expect(segment.startMs).toBeGreaterThanOrEqual(caller!.startMs);
          expect(segment.endMs).toBeLessThanOrEqual(endMs);
        }
      }
    }),
  );
});

describe("GetTraceSummaries", () => {
  it("returns exactly the traces of the truth, newest first, whatever the window", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 5 * 60_000, max: 20 * HOUR_MS }), fc.integer({ min: 1, max: HOUR_MS }), async (ago, length) => {
        const fromMs = NOON_MS - ago;
        const toMs = Math.min(fromMs + length, NOON_MS - 4 * 60_000);
        const { found, pages } = await summaries(fromMs, toMs - 1);
        const rows = await truthOf(fromMs, toMs);
        expect(found.map((summary) => summary.StartTime?.getTime())).toEqual(
          rows.map((row) => row.timestampMs).toSorted((left, right) => right - left),
        );
        expect(new Map(found.map((summary) => [summary.Id, Math.round((summary.Duration ?? 0) * 1_000)]))).toEqual(
          new Map(rows.map((row) => [row.id, row.durationMs])),
        );
        expect(pages).toBe(Math.max(1, Math.ceil(rows.length / 100)));
      }),
      { numRuns: 12 },
    );
  });

  it("tells entry point, operation and status as the truth does", async () => {
    const [fromMs, toMs] = [NOON_MS - 1.5 * HOUR_MS, NOON_MS - HOUR_MS];
    const rows = new Map((await truthOf(fromMs, toMs)).map((row) => [row.id, row]));
    const { found } = await summaries(fromMs, toMs - 1);
    for (const { Id, EntryPoint, Http, HasError, HasFault, HasThrottle } of found) {
      const row = rows.get(Id ?? "");
      expect(EntryPoint?.Name).toBe(row?.service);
      expect(`${Http?.HttpMethod} ${new URL(Http?.HttpURL ?? "").pathname}`).toBe(row?.operation);
      expect(HasThrottle ? "throttle" : HasFault ? "fault" : HasError ? "error" : "ok").toBe(row?.status);
    }
    // A throttled request is a client error too, and what goes on after the response counts for the duration only.
    expect(found.some((summary) => summary.HasThrottle && summary.HasError)).toBe(true);
    expect(found.some((summary) => (summary.ResponseTime ?? 0) < (summary.Duration ?? 0))).toBe(true);
    expect(found.every((summary) => (summary.ResponseTime ?? 0) <= (summary.Duration ?? 0))).toBe(true);
  });

  const entry = (name: string) => (summary: TraceSummary) => summary.EntryPoint?.Name === name;
  const passes = (name: string) => (summary: TraceSummary) => summary.ServiceIds?.some((id) => id.Name === name) === true;
  it.each<[string, (summary: TraceSummary) => boolean]>([
    ['service("auth")', passes("auth")],
    ['service("auth") { root }', entry("auth")],
    ['service("auth") AND !service("checkout")', (summary) => passes("auth")(summary) && !passes("checkout")(summary)],
    ["error", (summary) => summary.HasError === true],
    ["fault = true OR throttle", (summary) => summary.HasFault === true || summary.HasThrottle === true],
    ["!ok", (summary) => (summary.Http?.HttpStatus ?? 0) >= 300],
    ["responsetime > 1", (summary) => (summary.ResponseTime ?? 0) > 1],
    ["duration >= 0.5 AND duration <= 2", (summary) => (summary.Duration ?? 0) >= 0.5 && (summary.Duration ?? 0) <= 2],
    ["ok !partial duration < 0.2", (summary) => (summary.Http?.HttpStatus ?? 0) < 300 && (summary.Duration ?? 0) < 0.2],
    ['http.method = "POST" AND http.url CONTAINS "/checkout"', (summary) => summary.Http?.HttpURL?.endsWith("/checkout") === true],
    ["(http.status = 429 OR http.status = 404) AND error", (summary) => [404, 429].includes(summary.Http?.HttpStatus ?? 0)],
  ])("filters by %s", async (expression, expected) => {
    const [fromMs, toMs] = [NOON_MS - 3 * HOUR_MS, NOON_MS - HOUR_MS];
    const all = (await summaries(fromMs, toMs)).found;
    const { found } = await summaries(fromMs, toMs, expression);
    expect(found.map((summary) => summary.Id)).toEqual(all.filter(expected).map((summary) => summary.Id));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all.length);
  });

  it("finds calls between two services", async () => {
    const { found } = await summaries(NOON_MS - 2 * HOUR_MS, NOON_MS - HOUR_MS, 'edge("checkout", "billing")');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((summary) => entry("checkout")(summary) && passes("billing")(summary))).toBe(true);
  });

  it.each(["", "slow", 'service("a"', "duration > fast", "responsetime 1", 'service("a") {', "error AND", "annotation.user = 1"])(
    "refuses the filter %j",
    async (expression) => {
      await expect(summaries(NOON_MS - HOUR_MS, NOON_MS, expression)).rejects.toMatchObject({ name: "InvalidRequestException" });
    },
  );

  it("refuses more than six hours, reversed windows and tokens of other requests", async () => {
    await expect(summaries(NOON_MS - 6 * HOUR_MS - 1_000, NOON_MS)).rejects.toMatchObject({ name: "InvalidRequestException" });
    await expect(summaries(NOON_MS, NOON_MS - 1_000)).rejects.toMatchObject({ name: "InvalidRequestException" });
    const input = { StartTime: new Date(NOON_MS - 6 * HOUR_MS), EndTime: new Date(NOON_MS) };
    const { NextToken } = await xray.send(new GetTraceSummariesCommand(input));
    expect(NextToken).toBeDefined();
    await expect(xray.send(new GetTraceSummariesCommand({ ...input, FilterExpression: "error", NextToken }))).rejects.toMatchObject({
      name: "InvalidRequestException",
    });
  });
});

describe("BatchGetTraces", () => {
  it("returns five traces with their segments, and names those it does not know", async () => {
    const { found } = await summaries(NOON_MS - 2 * HOUR_MS, NOON_MS - HOUR_MS);
    const unknown = "1-00000001-000000000000000000000000";
    const TraceIds = [...found.slice(0, 4).map((summary) => summary.Id ?? ""), unknown];
    const { Traces, UnprocessedTraceIds } = await xray.send(new BatchGetTracesCommand({ TraceIds }));
    expect(UnprocessedTraceIds).toEqual([unknown]);
    expect(Traces?.map((trace) => trace.Id)).toEqual(TraceIds.slice(0, 4));
    for (const [index, trace] of (Traces ?? []).entries()) {
      const documents = (trace.Segments ?? []).map((segment) => JSON.parse(segment.Document ?? "{}") as Record<string, unknown>);
      expect(trace.Duration).toBe(found[index]?.Duration);
      expect(new Set(documents.map((document) => document.name))).toEqual(new Set(found[index]?.ServiceIds?.map((id) => id.Name)));
      expect(documents.every((document) => document.trace_id === trace.Id)).toBe(true);
    }
  });

  it("refuses six ids and ids that are none", async () => {
    const TraceIds = Array.from({ length: 6 }, (_, index) => `1-0000000${index}-000000000000000000000000`);
    await expect(xray.send(new BatchGetTracesCommand({ TraceIds }))).rejects.toMatchObject({ name: "InvalidRequestException" });
    await expect(xray.send(new BatchGetTracesCommand({ TraceIds: ["trace-1"] }))).rejects.toMatchObject({
      name: "InvalidRequestException",
    });
  });
});

describe("GetServiceGraph", () => {
  it("counts what the traces say, page by page", async () => {
    const input = { StartTime: new Date(NOON_MS - 3 * HOUR_MS), EndTime: new Date(NOON_MS - HOUR_MS) };
    const services: Service[] = [];
    let pages = 0;
    let NextToken: string | undefined;
    do {
      const page = await xray.send(new GetServiceGraphCommand({ ...input, NextToken }));
      services.push(...(page.Services ?? []));
      NextToken = page.NextToken;
      pages++;
    } while (NextToken !== undefined);
    expect(pages).toBeGreaterThan(1);
    const { found } = await summaries(NOON_MS - 3 * HOUR_MS, NOON_MS - HOUR_MS);
    const names = new Map(services.map((service) => [service.ReferenceId, service.Name]));
    for (const service of services.filter(({ Type }) => Type !== "client")) {
      const statistics = service.SummaryStatistics;
      const parts =
        (statistics?.OkCount ?? 0) + (statistics?.ErrorStatistics?.TotalCount ?? 0) + (statistics?.FaultStatistics?.TotalCount ?? 0);
      expect(statistics?.TotalCount).toBe(parts);
      // A request may pass a service twice (checkout calls auth, and billing does too).
      expect(statistics?.TotalCount).toBeGreaterThanOrEqual(
        found.filter((summary) => summary.ServiceIds?.some((id) => id.Name === service.Name)).length,
      );
    }
    const checkout = services.find((service) => service.Name === "checkout");
    expect(checkout?.Edges?.map((edge) => names.get(edge.ReferenceId)).toSorted()).toEqual(["auth", "billing"]);
    expect(checkout?.SummaryStatistics?.TotalCount).toBe(found.filter((summary) => summary.EntryPoint?.Name === "checkout").length);
    const clients = services.filter(({ Type }) => Type === "client");
    expect(clients.flatMap(({ Edges }) => Edges ?? []).reduce((sum, edge) => sum + (edge.SummaryStatistics?.TotalCount ?? 0), 0)).toBe(
      found.length,
    );
  });
});
