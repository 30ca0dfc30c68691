import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RESOURCE_KINDS, type Resource, type ResourceKind } from "../../../src/contracts/index.ts";
import { matchesWhere } from "../../../src/execution/matches-where.ts";
import { collect } from "../fake-context.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ instances: 150 });
});
afterAll(() => world[Symbol.asyncDispose]());

const facts = ({ provider, account, region, kind, id, name, state, tags }: Omit<Resource, "attributes">) => ({
  provider,
  account,
  region,
  kind,
  id,
  name,
  state,
  tags,
});
const byId = (left: Pick<Resource, "id">, right: Pick<Resource, "id">) => (left.id < right.id ? -1 : 1);

describe.each(Object.keys(RESOURCE_KINDS) as ResourceKind[])("the list of %ss", (kind) => {
  test("equals the ground truth of both subscriptions and all regions", async () => {
    const [listed, truth] = await Promise.all([world.list(kind), world.truth()]);
    const expected = (truth.resources as unknown as Resource[]).filter((resource) => resource.kind === kind);
    expect(expected.length).toBeGreaterThan(2);
    expect(listed.map(facts).sort(byId)).toEqual(expected.map(facts).sort(byId));
  });

  test("is one request for all subscriptions and regions together", async () => {
    const scopes = await world.scopes();
    const context = world.context();
    await Promise.all(scopes.map((scope) => collect(world.provider.resources[kind]!(scope, {}, context))));
    expect(context.calls).toEqual(["azure.resourcegraph.Resources"]);
  });
});

describe("conditions that Resource Graph applies", () => {
  test.each([
    ["a state", { states: { include: ["stopped" as const] } }],
    ["a state left out", { states: { exclude: ["running" as const] } }],
    ["a region", { regions: { include: ["westeurope"] } }],
    ["a region left out", { regions: { exclude: ["WestEurope"] } }],
    ["a tag's key in another case", { tags: [{ key: "Cost-Center", operator: "exists" as const }] }],
    ["a tag's value in another case", { tags: [{ key: "ENV", operator: "in" as const, values: ["PROD"] }] }],
    ["the beginning of names", { names: [{ operator: "starts-with" as const, value: "Checkout-" }] }],
    ["a part of names", { names: [{ operator: "contains" as const, value: "-WEB-" }] }],
    ["a part that names lack", { names: [{ operator: "not-contains" as const, value: "web" }] }],
    ["the end of names", { names: [{ operator: "ends-with" as const, value: "-WEB-001" }] }],
  ])("lose no resource that fulfils the condition: %s", async (_, where) => {
    const all = await world.list("virtual-machine");
    const filtered = await world.list("virtual-machine", where);
    const ids = new Set(filtered.map((resource) => resource.id));
    const matching = all.filter(
      (resource) =>
        matchesWhere(resource, where) &&
        (!("regions" in where) || (where.regions as { include?: string[] }).include?.includes(resource.region) !== false) &&
        (!("regions" in where) ||
          (where.regions as { exclude?: string[] }).exclude?.map((each) => each.toLowerCase()).includes(resource.region) !== true),
    );
    expect(matching.length).toBeGreaterThan(0);
    expect(matching.filter((resource) => !ids.has(resource.id))).toEqual([]);
    expect(filtered.length).toBeLessThan(all.length);
  });

  test("a tag that people write with quotes is left to be checked afterwards", async () => {
    const where = { tags: [{ key: 'a"b', operator: "missing" as const }] };
    expect(await world.list("virtual-machine", where)).toHaveLength(150);
  });

  test("ids narrow the list to those resources", async () => {
    const [first, second] = await world.list("virtual-machine");
    const found = await world.list("virtual-machine", { ids: [first!.id.toUpperCase(), second!.id] });
    expect(found.map((resource) => resource.id).sort()).toEqual([first!.id, second!.id].sort());
  });
});

test("pages of a thousand are read to the end, in as few requests as there are pages", async () => {
  await using large = await openWorld({ instances: 2_100 });
  const scopes = await large.scopes();
  const context = large.context();
  const pages = await Promise.all(scopes.map((scope) => collect(large.provider.resources["virtual-machine"]!(scope, {}, context))));
  expect(new Set(pages.flat(2).map((resource) => resource.id)).size).toBe(2_100);
  expect(context.calls).toEqual(Array(3).fill("azure.resourcegraph.Resources"));
});
