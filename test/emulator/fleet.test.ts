import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AWS_FLEET_PLAN } from "../../src/emulator/aws/native-names.ts";
import { buildFleet, type FleetResource, fleetSizes } from "../../src/emulator/fleet.ts";

const machines = (seed: number, instances: number) =>
  buildFleet(AWS_FLEET_PLAN, seed, instances).resources.filter((resource) => resource.kind === "virtual-machine");

const share = (resources: readonly FleetResource[], test: (resource: FleetResource) => boolean) =>
  resources.filter(test).length / resources.length;

describe("the fleet", () => {
  it("follows from plan, seed and size alone", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, instances) => {
        expect(buildFleet(AWS_FLEET_PLAN, seed, instances).resources).toEqual(buildFleet(AWS_FLEET_PLAN, seed, instances).resources);
      }),
      { numRuns: 20 },
    );
  });

  it("of a smaller size is the beginning of a larger one", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 60 }), (seed, instances, more) => {
        expect(machines(seed, instances + more).slice(0, instances)).toEqual(machines(seed, instances));
      }),
      { numRuns: 20 },
    );
  });

  it("differs with the seed", () => {
    expect(machines(1, 20).map((machine) => machine.id)).not.toEqual(machines(2, 20).map((machine) => machine.id));
  });

  it("has as many of each kind as its size says, with unique ids, keys and names", () => {
    const fleet = buildFleet(AWS_FLEET_PLAN, 7, 2_000);
    for (const [kind, size] of Object.entries(fleetSizes(2_000))) {
      const some = fleet.resources.filter((resource) => resource.kind === kind);
      expect(some).toHaveLength(size);
      expect(new Set(some.map((resource) => resource.id)).size).toBe(size);
      expect(new Set(some.map((resource) => resource.name)).size).toBe(size);
    }
    expect(new Set(fleet.resources.map((resource) => resource.key)).size).toBe(fleet.resources.length);
  });

  it("finds every resource at its place and nowhere else", () => {
    const fleet = buildFleet(AWS_FLEET_PLAN, 7, 50);
    for (const resource of fleet.resources) {
      expect(fleet.find(resource.account, resource.region, resource.kind, resource.id)).toBe(resource);
      expect(fleet.of(resource.account, resource.region, resource.kind)).toContain(resource);
    }
    expect(fleet.of("111122223333", "ap-east-1", "virtual-machine")).toEqual([]);
    expect(fleet.find("111122223333", "us-east-1", "virtual-machine", "i-00000000000000000")).toBeUndefined();
  });

  it("is spread as the documentation says", () => {
    const fleet = machines(7, 10_000);
    expect(share(fleet, (machine) => machine.account === "111122223333")).toBeCloseTo(0.7, 1);
    expect(share(fleet, (machine) => machine.region === "us-east-1")).toBeCloseTo(0.3, 1);
    expect(share(fleet, (machine) => machine.region === "eu-west-1")).toBeCloseTo(0.2, 1);
    expect(share(fleet, (machine) => machine.region === "ap-east-1")).toBe(0);
    expect(share(fleet, (machine) => machine.state === "running")).toBeCloseTo(0.92, 1);
    expect(share(fleet, (machine) => machine.state === "stopped")).toBeCloseTo(0.06, 1);
    expect(share(fleet, (machine) => machine.tags.env === "prod")).toBeCloseTo(0.4, 1);
    expect(share(fleet, (machine) => machine.tags.env === "staging")).toBeCloseTo(0.2, 1);
    expect(share(fleet, (machine) => machine.tags.env === "dev")).toBeCloseTo(0.3, 1);
    expect(share(fleet, (machine) => machine.tags.env === undefined)).toBeCloseTo(0.1, 1);
    expect(share(fleet, (machine) => machine.monitoring === "detailed")).toBeCloseTo(0.6, 1);
    expect(share(fleet, (machine) => machine.agent)).toBeCloseTo(0.5, 1);
    expect(share(fleet, (machine) => machine.hot)).toBeCloseTo(0.11, 1);
    expect(share(fleet, (machine) => /\p{Script=Han}/u.test(machine.name))).toBeCloseTo(1 / 15, 1);
  });

  it("gives machines the ids of EC2 and load balancers their ARNs", () => {
    const { resources } = buildFleet(AWS_FLEET_PLAN, 7, 200);
    for (const resource of resources) {
      if (resource.kind === "virtual-machine") expect(resource.id).toMatch(/^i-0[0-9a-f]{16}$/);
      if (resource.kind === "load-balancer") {
        expect(resource.id).toMatch(/^arn:aws:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/[a-z0-9-]{1,32}\/[0-9a-f]{16}$/);
      }
    }
  });
});
