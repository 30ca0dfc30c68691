import { describe, expect, it } from "vitest";
import { MAIN } from "./started-volcengine.ts";
import { HOUR, startedTls, tlsRefusal } from "./tls-world.ts";

const RANGE = { StartTimeMin: HOUR.from.getTime() * 1_000, StartTimeMax: HOUR.to.getTime() * 1_000 - 1 };

async function startedTraces(options: Parameters<typeof startedTls>[0] = {}) {
  const { world, tls, project } = await startedTls(options);
  const { TraceInstances } = await tls.DescribeTraceInstances({ ProjectId: project.ProjectId });
  const TraceInstanceId = TraceInstances[0]!.TraceInstanceId;
  const { traces } = await world.truth(HOUR.from.toISOString(), HOUR.to.toISOString());
  const wanted = traces
    .filter((trace) => trace.account === MAIN && trace.region === "cn-beijing")
    .toSorted((left, right) => right.timestampMs - left.timestampMs);
  const search = (query: object = {}) => tls.SearchTraces({ TraceInstanceId, Query: { ...RANGE, Limit: 100, ...query } });
  return { world, tls, TraceInstanceId, wanted, search };
}

describe("SearchTraces", () => {
  it("finds the requests of the window page by page, the newest first", async () => {
    const { wanted, search } = await startedTraces();
    const found = [];
    for (let Offset = 0; Offset < wanted.length; Offset += 100) found.push(...(await search({ Offset })).TraceInfos);
    expect(wanted.length).toBeGreaterThan(150);
    expect(
      found.map((trace) => ({
        id: trace.TraceId,
        service: trace.ServiceName,
        operation: trace.OperationName,
        timestampMs: trace.StartTime / 1_000,
        durationMs: trace.Duration / 1_000,
      })),
    ).toEqual(wanted.map(({ id, service, operation, timestampMs, durationMs }) => ({ id, service, operation, timestampMs, durationMs })));
    expect((await search()).Total).toBe(wanted.length);
  });

  it("filters by service, duration, status and attributes, and sorts by duration", async () => {
    const { wanted, search } = await startedTraces();
    const total = async (query: object) => (await search(query)).Total;
    expect(await total({ ServiceName: "checkout" })).toBe(wanted.filter((trace) => trace.service === "checkout").length);
    expect(await total({ StatusCode: "ERROR" })).toBe(wanted.filter((trace) => trace.status !== "ok").length);
    expect(await total({ DurationMin: 1_000_000 })).toBe(wanted.filter((trace) => trace.durationMs >= 1_000).length);
    expect(await total({ DurationMax: 1_000_000 })).toBe(wanted.filter((trace) => trace.durationMs <= 1_000).length);
    expect(await total({ Attributes: { "http.status_code": "429" } })).toBe(wanted.filter((trace) => trace.status === "throttle").length);
    const [slowest] = (await search({ Order: "Duration" })).TraceInfos;
    expect(slowest?.Duration).toBe(Math.max(...wanted.map((trace) => trace.durationMs)) * 1_000);
  });

  it("refuses more than a hundred a page, unknown orders and instances", async () => {
    const { tls, search } = await startedTraces();
    for (const query of [{ Limit: 101 }, { Limit: 0 }, { Order: "Beauty" }, { StatusCode: "BAD" }, { StartTimeMin: "yesterday" }])
      expect(await tlsRefusal(search(query))).toEqual([400, "InvalidArgument"]);
    expect(await tlsRefusal(tls.SearchTraces({ TraceInstanceId: "nobody", Query: { Limit: 1 } }))).toEqual([400, "InvalidArgument"]);
  });
});

describe("DescribeTrace", () => {
  it("tells every span of a request, each below its caller", async () => {
    const { tls, TraceInstanceId, search } = await startedTraces();
    const infos = (await search({ ServiceName: "checkout" })).TraceInfos;
    const spans = await Promise.all(infos.map(async ({ TraceId }) => (await tls.DescribeTrace({ TraceInstanceId, TraceId })).Trace.Spans));
    expect(Math.max(...spans.map((list) => list.length))).toBeGreaterThan(1);
    for (const [index, list] of spans.entries()) {
      const [root] = list;
      expect([root?.ParentSpanId, root?.Name, root?.StartTime]).toEqual(["", infos[index]?.OperationName, infos[index]?.StartTime]);
      expect(Math.max(...list.map((span) => span.EndTime))).toBe(infos[index]?.EndTime);
      for (const span of list.slice(1)) expect(list.map((other) => other.SpanId)).toContain(span.ParentSpanId);
    }
    expect((await tls.DescribeTrace({ TraceInstanceId, TraceId: "0".repeat(32) })).Trace.Spans).toEqual([]);
  });
});
