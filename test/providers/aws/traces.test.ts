import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope, TraceRequest, TraceSummary } from "../../../src/contracts/index.ts";
import type { TruthTrace } from "../../../src/emulator/truth-rows.ts";
import { collect, type FakeContext } from "./fake-context.ts";
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
