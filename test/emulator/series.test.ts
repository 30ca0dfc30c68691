import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AWS_FLEET_PLAN } from "../../src/emulator/aws/native-names.ts";
import { buildFleet } from "../../src/emulator/fleet.ts";
import { latencySamples, metricsOf, rawMinute } from "../../src/emulator/series.ts";

const fleet = buildFleet(AWS_FLEET_PLAN, 7, 400);
const running = fleet.resources.filter((resource) => metricsOf(resource).length > 0);
const minute = fc.integer({ min: 28_000_000, max: 32_000_000 });
const resource = fc.constantFrom(...running);

describe("raw series", () => {
  it("are pure functions of resource, metric and minute", () => {
    fc.assert(
      fc.property(resource, minute, (one, at) => {
        for (const metric of metricsOf(one)) expect(rawMinute(one, metric, at)).toEqual(rawMinute(one, metric, at));
      }),
    );
  });

  it("have samples that agree with each other", () => {
    fc.assert(
      fc.property(resource, minute, (one, at) => {
        for (const metric of metricsOf(one)) {
          const raw = rawMinute(one, metric, at);
          if (raw === undefined) continue;
          expect(raw.count).toBeGreaterThan(0);
          expect(raw.minimum).toBeGreaterThanOrEqual(0);
          expect(raw.minimum).toBeLessThanOrEqual(raw.sum / raw.count + 1e-9);
          expect(raw.maximum).toBeGreaterThanOrEqual(raw.sum / raw.count - 1e-9);
        }
      }),
    );
  });

  it("keep percentages between 0 and 100, hot machines above 80 on average and the others below", () => {
    fc.assert(
      fc.property(resource, minute, (one, at) => {
        if (!metricsOf(one).includes("cpu.utilization")) return;
        const values = Array.from({ length: 5 }, (_, index) => rawMinute(one, "cpu.utilization", at + index)?.sum ?? Number.NaN);
        for (const value of values) expect(value >= 0 && value <= 100).toBe(true);
        const average = values.reduce((sum, value) => sum + value, 0) / 5;
        expect(average > 80).toBe(one.hot);
      }),
    );
  });

  it("have the latencies of single requests behind their minutes", () => {
    const serving = running.filter((one) => one.kind === "function" || one.kind === "load-balancer");
    fc.assert(
      fc.property(fc.constantFrom(...serving), minute, (one, at) => {
        const samples = latencySamples(one, at);
        const raw = rawMinute(one, "latency.duration", at);
        expect(raw?.count ?? 0).toBe(samples.length);
        expect(rawMinute(one, "requests.count", at)?.sum ?? 0).toBe(samples.length);
        if (raw !== undefined) expect(raw.maximum).toBe(Math.max(...samples));
      }),
      { numRuns: 50 },
    );
  });

  it("do not exist for what does not run, nor for memory without an agent", () => {
    for (const one of fleet.resources) {
      if (one.state === "stopped" || one.state === "terminated") expect(rawMinute(one, "cpu.utilization", 29_000_000)).toBeUndefined();
      if (one.kind === "virtual-machine" && !one.agent) expect(rawMinute(one, "memory.utilization", 29_000_000)).toBeUndefined();
    }
  });
});
