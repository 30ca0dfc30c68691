import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BROKER_GUARDS } from "../../../src/codegen/broker.ts";
import { type AbuseWorld, startAbuseWorld } from "./abuse-world.ts";
import { ARGUMENT_ATTEMPTS } from "./argument-attempts.ts";
import { BROKER_ATTEMPTS, type BrokerAttempt } from "./broker-attempts.ts";
import { PLACE_ATTEMPTS } from "./place-attempts.ts";
import { WIRE_ATTEMPTS } from "./wire-attempts.ts";

const ATTEMPTS: readonly BrokerAttempt[] = [...BROKER_ATTEMPTS, ...WIRE_ATTEMPTS, ...PLACE_ATTEMPTS, ...ARGUMENT_ATTEMPTS];

let world: AbuseWorld;
beforeAll(async () => {
  world = await startAbuseWorld();
  return () => world[Symbol.asyncDispose]();
}, 60_000);
beforeEach(() => world.reset());

describe("what a program tries beyond its approval", () => {
  it("is tried in many ways, each under a name of its own, and at every guard", () => {
    expect(new Set(ATTEMPTS.map(({ name }) => name)).size).toBe(ATTEMPTS.length);
    expect(BROKER_GUARDS.filter((guard) => !ATTEMPTS.some((attempt) => attempt.guard === guard))).toEqual([]);
  });

  for (const attempt of ATTEMPTS) {
    const { name, guard, behind = [], setting, calls, ends, isIt, allowed = 0 } = attempt;
    it(`${guard} stops ${name}`, async () => {
      const tried = await world.attempt(setting, calls);
      expect(tried.ended.at(-1)).toBe(ends);
      expect(tried.reached.filter(isIt)).toHaveLength(allowed);
      // Whoever reads the answer is told, whatever the program makes of it.
      expect([...tried.report.failures, ...tried.report.truncated]).not.toEqual([]);
    });

    it(`without ${guard} there is ${name}`, async () => {
      const tried = await world.attempt(setting, calls, [guard, ...behind]);
      expect(tried.reached.filter(isIt).length, JSON.stringify(tried)).toBeGreaterThan(allowed);
    });

    for (const other of behind)
      it(`without ${guard}, ${other} stops ${name}, too`, async () => {
        const tried = await world.attempt(setting, calls, [guard, ...behind.filter((one) => one !== other)]);
        expect(tried.reached.filter(isIt), JSON.stringify(tried)).toHaveLength(allowed);
      });
  }
});
