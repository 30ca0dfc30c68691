import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RESOURCE_KINDS, type Resource, type ResourceKind } from "../../../src/contracts/index.ts";
import { matchesWhere } from "../../../src/execution/matches-where.ts";
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
const byPlace = (left: Resource, right: Resource) =>
  `${left.account}${left.region}${left.id}`.localeCompare(`${right.account}${right.region}${right.id}`);

describe.each(Object.keys(RESOURCE_KINDS) as ResourceKind[])("the list of %ss", (kind) => {
  test("equals the ground truth of both accounts and all regions", async () => {
    // Tags of functions are read only where the question has a condition on one.
    const where = kind === "function" ? { tags: [{ key: "no-such-tag", operator: "missing" as const }] } : {};
    const [listed, truth] = await Promise.all([world.list(kind, where), world.truth()]);
    const expected = (truth.resources as unknown as Resource[]).filter((resource) => resource.kind === kind && resource.provider === "aws");
    expect(expected.length).toBeGreaterThan(2);
    expect(listed.map(facts).sort(byPlace as never)).toEqual(expected.map(facts).sort(byPlace as never));
  });
});

test("the monitoring mode of each machine is the true one", async () => {
  const [listed, truth] = await Promise.all([world.list("virtual-machine"), world.truth()]);
  const modes = new Map(truth.resources.map((resource) => [resource.id, resource.monitoring]));
  expect(listed.every((resource) => resource.attributes.monitoring === modes.get(resource.id))).toBe(true);
  expect(new Set(modes.values())).toEqual(new Set(["basic", "detailed"]));
});

describe("filters that EC2 applies", () => {
  test.each([
    ["a state", { states: { include: ["stopped" as const] } }],
    ["a state left out", { states: { exclude: ["running" as const, "unknown" as const] } }],
    ["a tag's key in another case", { tags: [{ key: "ENV", operator: "exists" as const }] }],
    ["a tag's value in another case", { tags: [{ key: "env", operator: "in" as const, values: ["PROD"] }] }],
    ["a long tag key", { tags: [{ key: "Cost-Center", operator: "exists" as const }] }],
    ["the beginning of names", { names: [{ operator: "starts-with" as const, value: "Checkout-" }] }],
    ["a part of names", { names: [{ operator: "contains" as const, value: "支付" }] }],
    ["the end of names", { names: [{ operator: "ends-with" as const, value: "-WEB-001" }] }],
  ])("lose no resource that fulfils the condition: %s", async (_, where) => {
    const all = await world.list("virtual-machine");
    const filtered = await world.list("virtual-machine", where);
    const ids = new Set(filtered.map((resource) => resource.id));
    const matching = all.filter((resource) => matchesWhere(resource, where));
    expect(matching.length).toBeGreaterThan(0);
    expect(matching.filter((resource) => !ids.has(resource.id))).toEqual([]);
    expect(filtered.length).toBeLessThan(all.length);
  });

  test("ids narrow the list to those resources", async () => {
    const [first, second] = await world.list("virtual-machine");
    const found = await world.list("virtual-machine", { ids: [first!.id, second!.id] });
    expect(found.map((resource) => resource.id).sort()).toEqual([first!.id, second!.id].sort());
  });
});

test("a list of functions without a condition on tags asks for no tags and says so", async () => {
  const context = world.context();
  await world.list("function", {}, context);
  expect(context.count("aws.lambda.ListTags")).toBe(0);
  expect(context.notes[0]?.en).toContain("Tags of Lambda functions");
});
