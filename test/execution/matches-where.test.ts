import { describe, expect, it } from "vitest";
import type { Resource, ResourceWhere } from "../../src/contracts/index.ts";
import { matchesWhere } from "../../src/execution/matches-where.ts";

const RESOURCE: Resource = {
  provider: "memory",
  account: "main",
  region: "north",
  kind: "virtual-machine",
  id: "i-1",
  name: "Checkout-Web-001",
  state: "running",
  tags: { Env: "Prod", owner: "", team: "search", TEAM: "platform" },
  attributes: {},
};

describe("conditions on resources", () => {
  it.each<[string, ResourceWhere, boolean]>([
    ["nothing", {}, true],
    ["a tag, without regard to case of key and value", { tags: [{ key: "env", operator: "in", values: ["PROD", "staging"] }] }, true],
    ["another value", { tags: [{ key: "Env", operator: "in", values: ["dev"] }] }, false],
    ["the exact key first", { tags: [{ key: "TEAM", operator: "in", values: ["platform"] }] }, true],
    ["the exact key first, not the other", { tags: [{ key: "team", operator: "in", values: ["platform"] }] }, false],
    ["not-in", { tags: [{ key: "env", operator: "not-in", values: ["prod"] }] }, false],
    ["not-in of a tag it has not", { tags: [{ key: "cost-center", operator: "not-in", values: ["1"] }] }, true],
    ["an empty tag exists", { tags: [{ key: "owner", operator: "exists" }] }, true],
    ["a missing tag", { tags: [{ key: "cost-center", operator: "missing" }] }, true],
    ["a tag it has is not missing", { tags: [{ key: "owner", operator: "missing" }] }, false],
    ["a name part", { names: [{ operator: "contains", value: "WEB" }] }, true],
    ["not that name", { names: [{ operator: "is-not", value: "checkout-web-001" }] }, false],
    [
      "a beginning and an end",
      {
        names: [
          { operator: "starts-with", value: "check" },
          { operator: "ends-with", value: "-001" },
        ],
      },
      true,
    ],
    [
      "one of two that fails",
      {
        names: [
          { operator: "starts-with", value: "check" },
          { operator: "not-contains", value: "web" },
        ],
      },
      false,
    ],
    ["states", { states: { include: ["running", "stopped"] } }, true],
    ["states left out", { states: { exclude: ["running"] } }, false],
    ["ids", { ids: ["i-1"] }, true],
    ["other ids", { ids: ["i-2"] }, false],
  ])("%s", (_name, where, matches) => {
    expect(matchesWhere(RESOURCE, where)).toBe(matches);
  });

  it("never find a tag in what every object has", () => {
    expect(matchesWhere(RESOURCE, { tags: [{ key: "constructor", operator: "exists" }] })).toBe(false);
  });
});
