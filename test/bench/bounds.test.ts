import { describe, expect, it } from "vitest";
import { callsInSequence, type FleetScope, fewestCalls, leastMs, rateBoundMs } from "../../bench/fleet/bounds.ts";

function scope(instances: number, measurable = instances): FleetScope {
  return { account: "111122223333", region: "us-east-1", instances, measurable };
}

describe("the fewest calls", () => {
  it.each([
    ["an empty scope is listed all the same", [scope(0)], 1],
    ["one server takes a list and a reading", [scope(1)], 2],
    ["a stopped server is not read", [scope(1, 0)], 1],
    ["a page holds 1,000 servers, a reading 500", [scope(1_000)], 3],
    ["one more server takes one more of both", [scope(1_001)], 5],
    ["scopes add up", [scope(0), scope(1), scope(1_000)], 6],
  ])("%s", (_, scopes, calls) => expect(fewestCalls(scopes)).toBe(calls));
});

describe("the least time", () => {
  it.each([
    ["nothing to ask takes none", [], 0],
    ["an empty scope takes one call", [scope(0)], 50],
    ["scopes are asked at once", [scope(10), scope(10)], 100],
    ["pages follow one another, their readings overlap", [scope(2_100)], 200],
  ])("%s", (_, scopes, leastTimeMs) => expect(leastMs(scopes, 50)).toBe(leastTimeMs));

  it("is set by the largest scope", () => {
    expect(callsInSequence([scope(10), scope(3_500)])).toBe(5);
  });

  it("is set by the documented rates where those are slower than the latency", () => {
    // 120 pages: 20 beyond the bucket of 100, at 20 a second.
    expect(rateBoundMs([scope(120_000, 0)])).toBe(1_000);
    // 100 readings: 50 beyond the first second's.
    expect(rateBoundMs([scope(50_000)])).toBe(1_000);
    expect(leastMs([scope(50_000)], 1)).toBe(1_000);
    expect(rateBoundMs([scope(10_000)])).toBe(0);
  });
});
