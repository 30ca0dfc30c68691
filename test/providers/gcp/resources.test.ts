import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect } from "../fake-context.ts";
import { instance, openStubWorld, PROJECT, STUB_SCOPE } from "./stub-world.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ instances: 120 });
});
afterAll(() => world[Symbol.asyncDispose]());

const factsOf = ({ account, region, id, name, state, tags }: Awaited<ReturnType<World["list"]>>[number]) =>
  JSON.stringify([account, region, id, name, state, Object.entries(tags).sort()]);

test.each(["virtual-machine", "database"] as const)("every %s equals the ground truth", async (kind) => {
  const listed = await world.list(kind);
  const truth = (await world.truth()).resources.filter((resource) => resource.kind === kind);
  expect(truth.length).toBeGreaterThan(0);
  expect(listed.map(factsOf).sort()).toEqual(
    truth.map(({ metrics: _, monitoring: __, service: ___, ...rest }) => factsOf({ ...rest, attributes: {} })).sort(),
  );
});

test("an instance tells zone, type, addresses and when it was started", async () => {
  const machine = (await world.list("virtual-machine")).find(({ state }) => state === "running")!;
  expect(machine.id).toMatch(/^\d{19}$/);
  expect(machine.attributes).toMatchObject({
    zone: expect.stringMatching(new RegExp(`^${machine.region}-[a-c]$`)),
    type: expect.stringMatching(/^\w\d?\w?-/),
    privateIp: expect.stringMatching(/^10\./),
    launchedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  });
});

describe("requests", () => {
  test.each([10, 120, 500, 501])(
    "a project of %i instances is listed with one request for each 500, scopes included",
    async (instances) => {
      await using fresh = await openWorld({ instances });
      const context = fresh.context();
      const listed = await fresh.list("virtual-machine", {}, context);
      expect(listed).toHaveLength(instances);
      const counts = [...Map.groupBy(listed, ({ account }) => account).values()].map((group) => Math.ceil(group.length / 500));
      expect(context.calls).toHaveLength(counts.reduce((sum, count) => sum + count, 0));
    },
  );

  test("databases of a project are listed with one", async () => {
    const context = world.context();
    await world.list("database", {}, context);
    expect(context.count("gcp.sqladmin.ListInstances")).toBe(2);
  });
});

describe("what could not be listed", () => {
  const list = async (items: object, more: object = {}) => {
    await using stub = await openStubWorld(({ operation }) => (operation === "instances" ? { body: { items, ...more } } : undefined));
    const found: string[] = [];
    const failure = await (async () => {
      for await (const page of stub.list()) found.push(...page.map(({ name }) => name));
    })().catch((error: unknown) => error);
    const scopes = (await collect(stub.provider.scopes({}, stub.context))).map(({ scope }) => scope.region);
    return { found, failure, scopes };
  };

  test("is the failure of its region, after what was found there", async () => {
    const warning = { code: "UNREACHABLE", message: "The zone 'us-central1-b' is unreachable." };
    const { found, failure, scopes } = await list({
      "zones/us-central1-a": { instances: [instance(1)] },
      "zones/us-central1-b": { warning },
      "zones/europe-west1-b": { warning: { ...warning, message: "elsewhere" } },
    });
    expect(found).toEqual(["vm-1"]);
    expect(failure).toMatchObject({ code: "PROVIDER_UNAVAILABLE", message: expect.stringContaining("us-central1-b") });
    expect(scopes.sort()).toEqual(["europe-west1", "global", "us-central1"]);
  });

  test("may be told as unreachable only", async () => {
    const unreachables = [`projects/${PROJECT}/zones/us-central1-c`];
    const { failure } = await list({ "zones/us-central1-a": { instances: [instance(1)] } }, { unreachables });
    expect(failure).toMatchObject({ message: expect.stringContaining("us-central1-c") });
  });

  test("of another region is not this one's", async () => {
    const { failure } = await list(
      { "zones/us-central1-a": { instances: [instance(1)] } },
      { unreachables: ["projects/p/zones/asia-east1-a"] },
    );
    expect(failure).toBeUndefined();
  });
});

describe("databases", () => {
  const database = (name: string, region: string, more: object = {}) => ({
    name,
    region,
    state: "RUNNABLE",
    settings: { activationPolicy: "ALWAYS" },
    ...more,
  });
  const open = (body: object) =>
    openStubWorld(({ path }) => {
      if (path.startsWith("/compute/")) return { body: { items: { "zones/us-central1-a": { instances: [instance(1)] } } } };
      return path.startsWith("/v1/") ? { body } : undefined;
    });

  test("that their owner stopped are stopped, though they are RUNNABLE", async () => {
    await using stub = await open({
      items: [database("a", "us-central1", { settings: { activationPolicy: "NEVER" } }), database("b", "us-central1")],
    });
    const [page] = await collect(stub.provider.resources.database!(STUB_SCOPE, {}, stub.context));
    expect(page!.map(({ state }) => state)).toEqual(["stopped", "available"]);
  });

  test("in regions without instances are a note", async () => {
    await using stub = await open({ items: [database("a", "us-central1"), database("b", "us-east1")] });
    for (const { scope } of await collect(stub.provider.scopes({}, stub.context)))
      await collect(stub.provider.resources.database!({ ...scope, service: "database" }, {}, stub.context));
    expect(stub.context.notes.map(({ en }) => en)).toEqual([expect.stringContaining("us-east1")]);
  });

  test("of a region that could not be reached are its failure", async () => {
    await using stub = await open({ warnings: [{ code: "REGION_UNREACHABLE", region: "us-central1", message: "gone" }] });
    await expect(collect(stub.provider.resources.database!(STUB_SCOPE, {}, stub.context))).rejects.toMatchObject({
      code: "PROVIDER_UNAVAILABLE",
    });
  });
});
