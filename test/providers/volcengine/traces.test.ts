import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope, TraceRequest, TraceSummary } from "../../../src/contracts/index.ts";
import type { TruthTrace } from "../../../src/emulator/truth-rows.ts";
import { collect, type FakeContext } from "../fake-context.ts";
import { ACCOUNT, openStubWorld } from "./stub-volcengine.ts";
import { FIVE_MINUTES, openWorld, type World } from "./world.ts";

let world: World;
let scopes: Scope[];
let truth: readonly TruthTrace[];
beforeAll(async () => {
  world = await openWorld({ instances: 120 });
  scopes = await world.scopes();
  truth = (await world.truth()).traces;
});
afterAll(() => world[Symbol.asyncDispose]());

async function search(request: Partial<TraceRequest>, context: FakeContext = world.context()): Promise<TraceSummary[]> {
  const asked = { errorsOnly: false, window: FIVE_MINUTES, ...request };
  const pages = await Promise.all(scopes.map((scope) => collect(world.provider.traces!.search(scope, asked, context))));
  return pages.flat(2);
}

const lineOf = ({ id, service, operation, timestampMs, durationMs, status }: TraceSummary | TruthTrace) =>
  [id, service, operation, timestampMs, durationMs, status].join(" ");

describe("traces", () => {
  test.each<[string, Partial<TraceRequest>, (trace: TruthTrace) => boolean]>([
    ["all", {}, () => true],
    ["of a service", { service: "checkout" }, (trace) => trace.service === "checkout"],
    ["of a service in another case", { service: "CheckOut" }, (trace) => trace.service === "checkout"],
    ["with errors", { errorsOnly: true }, (trace) => trace.status !== "ok"],
    ["that took long", { minDurationMs: 500 }, (trace) => trace.durationMs >= 500],
    [
      "of a service that took long",
      { service: "auth", minDurationMs: 100 },
      (trace) => trace.service === "auth" && trace.durationMs >= 100,
    ],
  ])("%s equal the ground truth", async (_, request, matches) => {
    const expected = truth.filter(matches).map(lineOf).sort();
    expect(expected.length).toBeGreaterThan(0);
    expect((await search(request)).map(lineOf).sort()).toEqual(expected);
  });

  test("of two hours come in pages, none twice", async () => {
    const window = { fromMs: FIVE_MINUTES.toMs - 2 * 3_600_000, toMs: FIVE_MINUTES.toMs };
    const context = world.context();
    const found = await search({ window }, context);
    const expected = (await world.truth(window)).traces;
    expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
    expect(context.count("volcengine.tls.SearchTraces")).toBeGreaterThan(scopes.length);
  });
});

test("services count the requests at which traces begin, and tell whom they call", async () => {
  const pages = await Promise.all(
    scopes.map((scope) => collect(world.provider.traces!.services(scope, { window: FIVE_MINUTES }, world.context()))),
  );
  const services = pages.flat(2);
  const sum = (name: string, field: "requests" | "errors") =>
    services.filter(({ service }) => service === name).reduce((total, each) => total + each[field], 0);
  expect(sum("checkout", "requests")).toBe(truth.filter(({ service }) => service === "checkout").length);
  expect(sum("checkout", "errors")).toBe(truth.filter(({ service, status }) => service === "checkout" && status !== "ok").length);
  const calls = services.filter(({ service }) => service === "checkout").flatMap((each) => each.calls);
  expect(calls.length).toBeGreaterThan(0);
  expect(calls).not.toContain("checkout");
});

test("a service calls those whose spans begin within its own, not itself", async () => {
  const span = (SpanId: string, ParentSpanId: string, service: string) => ({
    SpanId,
    ParentSpanId,
    Resource: { Attributes: [{ Key: "service.name", Value: service }] },
  });
  const Spans = [span("1", "", "shop"), span("2", "1", "shop"), span("3", "2", "store"), span("4", "3", "disk"), span("5", "1", "cache")];
  const times = { StartTime: FIVE_MINUTES.fromMs * 1_000, Duration: 2_000 };
  const replies: Record<string, unknown> = {
    DescribeTraceInstances: { TraceInstances: [{ TraceInstanceId: "i" }], Total: 1 },
    SearchTraces: { TraceInfos: [{ TraceId: "t", ServiceName: "shop", OperationName: "o", StatusCode: "ERROR", ...times }], Total: 1 },
    DescribeTrace: { Trace: { Spans } },
  };
  await using stub = await openStubWorld(({ operation }) =>
    operation in replies ? { body: JSON.stringify(replies[operation]) } : undefined,
  );
  const scope = { provider: "volcengine", account: ACCOUNT, region: "cn-beijing", service: "traces" };
  const found = await collect(stub.provider.traces!.services(scope, { window: FIVE_MINUTES }, stub.context));
  expect(found.flat()).toEqual([{ service: "shop", requests: 1, errors: 1, averageLatencyMs: 2, calls: ["cache", "store"] }]);
});

test.each([
  ["OK", {}, "ok"],
  ["UNSET", { "http.status_code": "500" }, "ok"],
  ["ERROR", {}, "error"],
  ["ERROR", { "http.status_code": "404" }, "error"],
  ["ERROR", { "http.status_code": "429" }, "throttle"],
  ["ERROR", { "http.response.status_code": "503" }, "fault"],
])("a trace of status %s with %j is %s", async (StatusCode, Attributes, status) => {
  const times = { StartTime: FIVE_MINUTES.fromMs * 1_000, EndTime: FIVE_MINUTES.fromMs * 1_000 + 1_500, Duration: 1_500 };
  const trace = { TraceId: "t", ServiceName: "s", OperationName: "GET /", Attributes, StatusCode, ...times };
  const replies: Record<string, unknown> = {
    DescribeTraceInstances: { TraceInstances: [{ TraceInstanceId: "i" }], Total: 1 },
    SearchTraces: { TraceInfos: [trace], Total: 1 },
  };
  await using stub = await openStubWorld(({ operation }) =>
    operation in replies ? { body: JSON.stringify(replies[operation]) } : undefined,
  );
  const scope = { provider: "volcengine", account: ACCOUNT, region: "cn-beijing", service: "traces" };
  const found = await collect(stub.provider.traces!.search(scope, { errorsOnly: false, window: FIVE_MINUTES }, stub.context));
  expect(found.flat()).toEqual([{ id: "t", timestampMs: FIVE_MINUTES.fromMs, durationMs: 1.5, service: "s", operation: "GET /", status }]);
});
