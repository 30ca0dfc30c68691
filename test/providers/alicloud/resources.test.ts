import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Resource, ResourceKind } from "../../../src/contracts/index.ts";
import { matchesWhere } from "../../../src/execution/matches-where.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ instances: 600 });
});
afterAll(() => world[Symbol.asyncDispose]());

const facts = ({ provider, account, region, kind, id, name, state, tags }: Omit<Resource, "attributes">) =>
  JSON.stringify({ provider, account, region, kind, id, name, state, tags: Object.entries(tags).sort() });

describe.each(["virtual-machine", "database"] as const satisfies ResourceKind[])("the list of %ss", (kind) => {
  test("equals the ground truth of both accounts and all regions", async () => {
    const [listed, truth] = await Promise.all([world.list(kind), world.truth()]);
    const expected = (truth.resources as unknown as Resource[]).filter((resource) => resource.kind === kind);
    expect(expected.length).toBeGreaterThan(2);
    expect(listed.map(facts).sort()).toEqual(expected.map(facts).sort());
  });
});

test("a hundred machines come at a time", async () => {
  const context = world.context();
  const scopes = await world.scopes(context);
  const listed = await world.list("virtual-machine", {}, context);
  const counts = scopes.map(({ account, region }) => listed.filter((each) => each.account === account && each.region === region).length);
  expect(Math.max(...counts)).toBeGreaterThan(100);
  const pages = counts.reduce((sum, count) => sum + Math.max(1, Math.ceil(count / 100)), 0);
  expect(context.count("alicloud.ecs.DescribeInstances")).toBe(pages);
});

describe("filters that ECS applies", () => {
  test.each([
    ["a state", { states: { include: ["stopped" as const] } }, true],
    ["a state left out", { states: { exclude: ["running" as const, "unknown" as const] } }, false],
    ["a tag's key in another case", { tags: [{ key: "ENV", operator: "exists" as const }] }, false],
    ["a tag's value in another case", { tags: [{ key: "env", operator: "in" as const, values: ["PROD"] }] }, false],
    ["the beginning of names", { names: [{ operator: "starts-with" as const, value: "Checkout-" }] }, false],
    ["a part of names that is the same in upper case", { names: [{ operator: "contains" as const, value: "支付" }] }, true],
    ["the end of names", { names: [{ operator: "ends-with" as const, value: "节点-001" }] }, true],
  ])("lose no resource that fulfils the condition: %s", async (_, where, narrows) => {
    const all = await world.list("virtual-machine");
    const filtered = await world.list("virtual-machine", where);
    const ids = new Set(filtered.map((resource) => resource.id));
    const matching = all.filter((resource) => matchesWhere(resource, where));
    expect(matching.length).toBeGreaterThan(0);
    expect(matching.filter((resource) => !ids.has(resource.id))).toEqual([]);
    expect(filtered.length < all.length).toBe(narrows);
  });

  test("ids narrow the list to those resources", async () => {
    const [first, second] = await world.list("virtual-machine");
    const found = await world.list("virtual-machine", { ids: [first!.id, second!.id] });
    expect(found.map((resource) => resource.id).sort()).toEqual([first!.id, second!.id].sort());
  });
});

test("databases are listed by one request a page, and one more for the tags where there are any", async () => {
  const context = world.context();
  const databases = await world.list("database", {}, context);
  const places = new Set(databases.map(({ account, region }) => `${account}/${region}`)).size;
  expect(context.count("alicloud.rds.DescribeDBInstances")).toBe((await world.scopes()).length);
  expect(context.count("alicloud.rds.DescribeTags")).toBe(places);
  expect(databases.every(({ attributes }) => /^(MySQL|PostgreSQL) \d/.test(String(attributes.engine)))).toBe(true);
});
