import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope, TraceRequest, TraceSummary } from "../../../src/contracts/index.ts";
import type { TruthTrace } from "../../../src/emulator/truth-rows.ts";
import { collect, type FakeContext } from "../fake-context.ts";
import { openStubWorld, STUB_SCOPE, type StubRequest } from "./stub-world.ts";
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
    ["of a service that calls others only", { service: "auth" }, (trace) => trace.service === "auth"],
    ["with errors", { errorsOnly: true }, (trace) => trace.status !== "ok"],
    ["that took long", { minDurationMs: 500.5 }, (trace) => trace.durationMs >= 500.5],
    ["of nothing", { service: "no such (service)" }, () => false],
  ])("%s equal the ground truth", async (_, request, matches) => {
    expect((await search(request)).map(lineOf).sort()).toEqual(truth.filter(matches).map(lineOf).sort());
  });

  test("lie in the region that the truth says", async () => {
    for (const scope of scopes) {
      const found = (
        await collect(world.provider.traces!.search(scope, { errorsOnly: false, window: FIVE_MINUTES }, world.context()))
      ).flat();
      const expected = truth.filter(({ account, region }) => account === scope.account && region === scope.region);
      expect(found.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
    }
  });

  test("of a project are one list, for all its regions", async () => {
    const context = world.context();
    await search({ service: "checkout" }, context);
    await search({ service: "checkout", errorsOnly: true }, context);
    expect(context.count("gcp.cloudtrace.ListTraces")).toBe(2);
  });
});

test("services tell what reached them, and whom they call", async () => {
  const pages = await Promise.all(
    scopes.map((scope) => collect(world.provider.traces!.services(scope, { window: FIVE_MINUTES }, world.context()))),
  );
  const services = pages.flat(2);
  const entered = truth.filter(({ service }) => service === "checkout");
  const checkout = services.filter(({ service }) => service === "checkout");
  expect(checkout.reduce((sum, { requests }) => sum + requests, 0)).toBe(entered.length);
  expect(checkout.reduce((sum, { errors }) => sum + errors, 0)).toBeGreaterThan(0);
  for (const { requests, errors, averageLatencyMs, calls } of checkout) {
    expect(errors).toBeLessThanOrEqual(requests);
    expect(averageLatencyMs).toBeGreaterThan(0);
    expect(calls.every((callee) => ["auth", "billing"].includes(callee))).toBe(true);
  }
});

describe("replies of Cloud Trace", () => {
  const span = (more: object) => ({
    spanId: "1",
    name: "GET /cart",
    startTime: "2026-11-22T09:51:00.000500Z",
    endTime: "2026-11-22T09:51:00.250Z",
    labels: { "service.name": "web", "g.co/r/gce_instance/zone": "us-central1-a" },
    ...more,
  });
  const searched = async (answer: (request: StubRequest) => object, service?: string) => {
    await using stub = await openStubWorld((request) => (request.operation === "traces" ? { body: answer(request) } : undefined));
    const request = { errorsOnly: false, window: FIVE_MINUTES, ...(service === undefined ? {} : { service }) };
    const pages = await collect(stub.provider.traces!.search(STUB_SCOPE, request, stub.context));
    return { traces: pages.flat(), requests: stub.requests };
  };
  const one = (...spans: readonly object[]) => searched(() => ({ traces: [{ traceId: "t", spans }] }));

  test("a trace lasts until its last span has ended", async () => {
    const { traces } = await one(span({ spanId: "2", parentSpanId: "1", endTime: "2026-11-22T09:51:01Z" }), span({}));
    expect(traces).toMatchObject([{ id: "t", operation: "GET /cart", service: "web", durationMs: 999.5 }]);
  });

  test.each([
    [{ "/http/status_code": "200" }, "ok"],
    [{ "/http/status_code": "404" }, "error"],
    [{ "/http/status_code": "429" }, "throttle"],
    [{ "http.response.status_code": "503" }, "fault"],
    [{ "/error/message": "no" }, "fault"],
    [{}, "ok"],
  ] as const)("labels %j mean %s", async (labels, status) => {
    const { traces } = await one(span({ labels: { ...span({}).labels, ...labels } }));
    expect(traces[0]!.status).toBe(status);
  });

  test("method and path are told by labels, else by the name of the root", async () => {
    const labels = { ...span({}).labels, "/http/method": "POST", "/http/url": "https://shop.example.com/pay?x=1" };
    const { traces } = await one(span({ labels }));
    expect(traces[0]).toMatchObject({ operation: "POST /pay", url: "https://shop.example.com/pay?x=1" });
  });

  test("a name that no label of OpenTelemetry has is looked for in all traces", async () => {
    const labels = { "g.co/gae/app/module": "Web", "g.co/r/gce_instance/zone": "us-central1-b" };
    const answer = ({ parameters }: StubRequest) =>
      parameters.has("filter") ? {} : { traces: [{ traceId: "t", spans: [span({ labels })] }] };
    const { traces, requests } = await searched(answer, "web");
    expect(traces.map(({ id }) => id)).toEqual(["t"]);
    expect(requests.map(({ parameters }) => parameters.get("filter"))).toEqual(["+service.name:web", null]);
  });

  test.each<[string, object]>([
    ["without spans", {}],
    ["with a span without a start", { spans: [span({ startTime: undefined })] }],
    ["with a span that ends at no time", { spans: [span({ endTime: "later" })] }],
    ["without an id", { traceId: undefined, spans: [span({})] }],
  ])("a trace %s makes the reply invalid", async (_, trace) => {
    await expect(searched(() => ({ traces: [{ traceId: "t", ...trace }] }))).rejects.toMatchObject({ code: "PROVIDER_REPLY_INVALID" });
  });
});
