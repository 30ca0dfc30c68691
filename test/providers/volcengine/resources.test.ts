import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Resource, ResourceKind, ResourceWhere } from "../../../src/contracts/index.ts";
import type { TruthResource } from "../../../src/emulator/truth-rows.ts";
import { collect } from "../fake-context.ts";
import { instances, openStubWorld, result } from "./stub-volcengine.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let truth: readonly TruthResource[];
beforeAll(async () => {
  world = await openWorld({ instances: 250 });
  truth = (await world.truth()).resources;
});
afterAll(() => world[Symbol.asyncDispose]());

const factsOf = ({ account, region, id, name, state, tags }: Resource | TruthResource) =>
  JSON.stringify([account, region, id, name, state, Object.entries(tags).sort()]);

test.each<ResourceKind>(["virtual-machine", "database", "load-balancer"])("the list of each %s equals the ground truth", async (kind) => {
  const expected = truth.filter((resource) => resource.kind === kind);
  expect(expected.length).toBeGreaterThan(0);
  expect((await world.list(kind)).map(factsOf).sort()).toEqual(expected.map(factsOf).sort());
});

test("databases are of both engines, and tell it", async () => {
  const engines = (await world.list("database")).map(({ attributes }) => String(attributes.engine));
  expect(new Set(engines.map((engine) => engine.split("_")[0]))).toEqual(new Set(["MySQL", "PostgreSQL"]));
});

describe("what ECS filters", () => {
  test.each<[ResourceWhere, object]>([
    [{}, {}],
    [{ states: { include: ["running"] } }, { Status: "RUNNING" }],
    [{ states: { include: ["stopped"] } }, { Status: "STOPPED" }],
    // Several statuses are "starting", and one that nobody knows is "unknown".
    [{ states: { include: ["starting"] } }, {}],
    [{ states: { include: ["running", "unknown"] } }, {}],
    [{ states: { exclude: ["running"] } }, {}],
    [{ ids: ["i-B", "i-c"] }, { "InstanceIds.1": "i-b", "InstanceIds.2": "i-c" }],
    [{ ids: Array.from({ length: 101 }, (_, index) => `i-${index}`) }, {}],
    [{ tags: [{ key: "env", operator: "in", values: ["prod"] }], names: [{ operator: "contains", value: "api" }] }, {}],
  ])("for %j", async (where, filters) => {
    await using stub = await openStubWorld(({ operation }) => (operation === "DescribeInstances" ? instances([1]) : undefined));
    await collect(stub.list(where));
    const { Action, Version, MaxResults, ...sent } = Object.fromEntries(stub.requests.at(-1)!.parameters);
    expect([Action, Version, MaxResults]).toEqual(["DescribeInstances", "2020-04-01", "100"]);
    expect(sent).toEqual(filters);
  });

  test("equals what is left of everything", async () => {
    const where: ResourceWhere = { states: { include: ["stopped"] } };
    const stopped = truth.filter(({ kind, state }) => kind === "virtual-machine" && state === "stopped");
    expect((await world.list("virtual-machine", where)).map(({ id }) => id).sort()).toEqual(stopped.map(({ id }) => id).sort());
  });
});

test("a machine without a name is called by its id, and what is not known is left out", async () => {
  const machine = {
    InstanceId: "i-1",
    InstanceName: "",
    Status: "MIGRATING",
    Tags: null,
    ZoneId: "cn-beijing-a",
    EipAddress: { IpAddress: "" },
  };
  const network = {
    NetworkInterfaces: [
      { PrimaryIpAddress: "10.0.0.2", Type: "secondary" },
      { PrimaryIpAddress: "10.0.0.1", Type: "primary" },
    ],
  };
  await using stub = await openStubWorld(({ operation }) =>
    operation === "DescribeInstances" ? result({ Instances: [{ ...machine, ...network }], NextToken: "" }) : undefined,
  );
  expect((await collect(stub.list())).flat()).toMatchObject([
    { id: "i-1", name: "i-1", state: "unknown", tags: {}, attributes: { zone: "cn-beijing-a", privateIp: "10.0.0.1" } },
  ]);
});
