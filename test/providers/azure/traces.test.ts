import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Scope, TraceRequest, TraceSummary } from "../../../src/contracts/index.ts";
import type { TruthTrace } from "../../../src/emulator/truth-rows.ts";
import { collect, type FakeContext } from "../fake-context.ts";
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

  test("are one query for each workspace, beside the one that finds them", async () => {
    const context = world.context();
    await search({}, context);
    expect(context.count("azure.resourcegraph.Resources")).toBe(1);
    expect(context.count("azure.loganalytics.Query")).toBe(scopes.length);
  });

  test("name the address that was asked for", async () => {
    expect((await search({ service: "checkout" })).every(({ url }) => url?.startsWith("https://"))).toBe(true);
  });
});

test("services count each request that reached them, with those of the truth at their entry", async () => {
  for (const scope of scopes) {
    const services = (await collect(world.provider.traces!.services(scope, { window: FIVE_MINUTES }, world.context()))).flat();
    const entries = truth.filter((trace) => trace.account === scope.account && trace.region === scope.region);
    for (const service of new Set(entries.map((trace) => trace.service))) {
      const found = services.find((each) => each.service === service);
      const own = entries.filter((trace) => trace.service === service);
      expect(found!.requests).toBeGreaterThanOrEqual(own.length);
      expect(found!.errors).toBeGreaterThanOrEqual(own.filter((trace) => trace.status !== "ok").length);
      expect(found!.averageLatencyMs).toBeGreaterThan(0);
    }
  }
});

test("services name those that they call", async () => {
  const hour = { fromMs: FIVE_MINUTES.toMs - 3_600_000, toMs: FIVE_MINUTES.toMs };
  const services = (await collect(world.provider.traces!.services(scopes[0]!, { window: hour }, world.context()))).flat();
  expect(services.find(({ service }) => service === "checkout")!.calls).toEqual(["auth", "billing"]);
  expect(services.find(({ service }) => service === "auth")!.calls).toEqual([]);
});
