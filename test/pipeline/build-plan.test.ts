import { expect, test } from "vitest";
import type { PlannedSteps } from "../../src/contracts/index.ts";
import { buildPlan } from "../../src/pipeline/build-plan.ts";

const planned = (where?: { regions?: { include?: string[] } }): PlannedSteps => ({
  language: "en",
  steps: [
    { id: "list", tool: "resources.list", input: { kind: "virtual-machine", ...(where === undefined ? {} : { where }) } },
    { id: "sort", tool: "table.sort", input: { rows: { from: "list" }, by: [{ column: "name", direction: "ascending" }] } },
  ],
});
const facts = { question: "list servers", timezone: "UTC", emulated: false, accountNames: { "444455556666": "payments" } };

test("a step depends on the steps its input refers to", () => {
  const plan = buildPlan(planned(), { ...facts, restriction: {} });
  expect(plan.steps.map((step) => step.dependsOn)).toEqual([[], ["list"]]);
});

test("a restriction narrows every step that asks a cloud, and no other", () => {
  const plan = buildPlan(planned({ regions: { include: ["eu-west-1", "us-east-1"] } }), {
    ...facts,
    restriction: { regions: ["eu-west-1"], tags: { env: "prod" } },
  });
  expect(plan.steps[0]?.input.where).toEqual({
    regions: { include: ["eu-west-1"] },
    tags: [{ key: "env", operator: "in", values: ["prod"] }],
  });
  expect(plan.steps[1]?.input).not.toHaveProperty("where");
});

test("a question outside its restriction is refused, not answered with less", () => {
  expect(() => buildPlan(planned({ regions: { include: ["us-east-1"] } }), { ...facts, restriction: { regions: ["eu-west-1"] } })).toThrow(
    expect.objectContaining({ code: "QUESTION_CONTRADICTORY" }),
  );
});

test("accounts may be restricted by name", () => {
  const plan = buildPlan(planned(), { ...facts, restriction: { accounts: ["Payments"] } });
  expect(plan.steps[0]?.input.where).toEqual({ accounts: { include: ["444455556666"] } });
});
