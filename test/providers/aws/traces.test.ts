import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope, TraceRequest, TraceSummary } from "../../../src/contracts/index.ts";
import type { TruthTrace } from "../../../src/emulator/truth-rows.ts";
import { collect, type FakeContext } from "../fake-context.ts";
import { ACCOUNT, openStubWorld, useKeys } from "./stub-world.ts";
import { FIVE_MINUTES, openWorld, type World } from "./world.ts";

let world: World;
let scopes: Scope[];
let truth: readonly TruthTrace[];
let restore: () => void;
beforeAll(async () => {
  restore = useKeys();
  world = await openWorld({ instances: 120 });
  scopes = await world.scopes();
  truth = (await world.truth()).traces;
});
afterAll(async () => {
  restore();
  await world[Symbol.asyncDispose]();
});

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

  test("of a service as it is spelt cost no look at the service graph", async () => {
    const { account, region } = truth.find((trace) => trace.service === "checkout")!;
    const scope = scopes.find((each) => each.account === account && each.region === region)!;
    const context = world.context();
    const request = { errorsOnly: false, window: FIVE_MINUTES, service: "checkout" };
    await collect(world.provider.traces!.search(scope, request, context));
    expect(new Set(context.calls)).toEqual(new Set(["aws.xray.GetTraceSummaries"]));
  });

  test("of a service that nobody traced are none, after one look at the service graph", async () => {
    const bodies: Record<string, string> = { TraceSummaries: '{"TraceSummaries":[]}', ServiceGraph: graphOf([]) };
    await using stub = await openStubWorld(({ operation }) => {
      const body = bodies[operation];
      return body === undefined ? undefined : { body };
    });
    const request = { errorsOnly: false, window: FIVE_MINUTES, service: "nothing" };
    expect((await collect(stub.provider.traces!.search(STUB_SCOPE, request, stub.context))).flat()).toEqual([]);
    expect(stub.requests.map(({ operation }) => operation).filter((operation) => operation !== "GetCallerIdentity")).toEqual([
      "TraceSummaries",
      "ServiceGraph",
    ]);
  });

  test("of more than six hours are asked for in parts, and none comes twice", async () => {
    const window = { fromMs: FIVE_MINUTES.toMs - 7 * 3_600_000, toMs: FIVE_MINUTES.toMs };
    const scope = scopes[0]!;
    const context = world.context();
    const request = { errorsOnly: true, window, service: "checkout" };
    const found = (await collect(world.provider.traces!.search(scope, request, context))).flat();
    const expected = (await world.truth(window)).traces.filter(
      (trace) => trace.account === scope.account && trace.region === scope.region && trace.status !== "ok" && trace.service === "checkout",
    );
    expect(found.map(lineOf).sort()).toEqual(expected.map(lineOf).sort());
    expect(context.count("aws.xray.GetTraceSummaries")).toBeGreaterThanOrEqual(2);
  });
});

test("services count each request that reached them, with those of the truth at their entry", async () => {
  const pages = await Promise.all(
    scopes.map((scope) => collect(world.provider.traces!.services(scope, { window: FIVE_MINUTES }, world.context()))),
  );
  const services = pages.flat(2);
  expect(new Set(services.map(({ service }) => service)).size).toBeGreaterThan(3);
  const requests = (name: string) => services.filter(({ service }) => service === name).reduce((sum, each) => sum + each.requests, 0);
  // Nobody calls checkout, so all its requests are entries; others call auth as well.
  expect(requests("checkout")).toBe(truth.filter((trace) => trace.service === "checkout").length);
  expect(requests("auth")).toBeGreaterThan(truth.filter((trace) => trace.service === "auth").length);
  const errors = services.filter(({ service }) => service === "checkout").reduce((sum, each) => sum + each.errors, 0);
  expect(errors).toBe(truth.filter((trace) => trace.service === "checkout" && trace.status !== "ok").length);
  const checkout = services.find(({ service, requests: count }) => service === "checkout" && count > 2)!;
  expect(checkout.averageLatencyMs).toBeGreaterThan(0);
  expect(checkout.calls.every((callee) => ["auth", "billing"].includes(callee))).toBe(true);
});

describe("a service graph", () => {
  const services = async (...nodes: readonly unknown[]) => {
    await using stub = await openStubWorld(({ operation }) => (operation === "ServiceGraph" ? { body: graphOf(nodes) } : undefined));
    return (await collect(stub.provider.traces!.services(STUB_SCOPE, { window: FIVE_MINUTES }, stub.context))).flat();
  };

  test("in which a function is two nodes counts its requests once, and calls what its code calls", async () => {
    expect(
      await services(
        node(0, "resize", "AWS::Lambda", 100, [1]),
        node(1, "resize", "AWS::Lambda::Function", 90, [2]),
        node(2, "pictures", "AWS::S3::Bucket", 90),
      ),
    ).toEqual([{ service: "resize", requests: 100, errors: 10, averageLatencyMs: 100, calls: ["pictures"] }]);
  });

  test("counts a function of which only the code was traced", async () => {
    expect(await services(node(0, "resize", "AWS::Lambda::Function", 40))).toMatchObject([{ service: "resize", requests: 40 }]);
  });

  test("adds up what a service took on several kinds of machines", async () => {
    expect(await services(node(0, "checkout", "AWS::EC2::Instance", 30), node(1, "checkout", "AWS::ECS::Container", 20))).toMatchObject([
      { service: "checkout", requests: 50, errors: 5 },
    ]);
  });

  test.each(["remote", "Database::SQL", "AWS::DynamoDB::Table", "AWS::SQS"])("tells a node of type %s only as a callee", async (type) => {
    const found = await services(node(0, "checkout", "AWS::EC2::Instance", 10, [1]), node(1, "store", type, 7));
    expect(found).toMatchObject([{ service: "checkout", requests: 10, calls: ["store"] }]);
  });
});

const STUB_SCOPE: Scope = { provider: "aws", account: ACCOUNT, region: "eu-west-1", service: "traces" };

/** A node of X-Ray's graph with so many requests, a tenth of them errors, of 100 ms each. */
function node(id: number, name: string, type: string, requests: number, callees: readonly number[] = []): unknown {
  const statistics = { TotalCount: requests, TotalResponseTime: requests / 10, ErrorStatistics: { TotalCount: requests / 10 } };
  return { ReferenceId: id, Name: name, Type: type, Edges: callees.map((ReferenceId) => ({ ReferenceId })), SummaryStatistics: statistics };
}

function graphOf(nodes: readonly unknown[]): string {
  return JSON.stringify({ Services: nodes });
}
