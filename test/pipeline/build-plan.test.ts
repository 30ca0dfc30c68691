import { expect, test } from "vitest";
import type { PlannedSteps } from "../../src/contracts/index.ts";
import { buildPlan, restrictPlan } from "../../src/pipeline/build-plan.ts";

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

test("stored rows are restricted like listed ones", () => {
  const followUp: PlannedSteps = { language: "en", steps: [{ id: "load", tool: "results.load", input: { runId: "r1" } }] };
  const plan = buildPlan(followUp, { ...facts, restriction: { regions: ["eu-west-1"], tags: { env: "prod" } } });
  expect(plan.steps[0]?.input.where).toMatchObject({ regions: { include: ["eu-west-1"] }, tags: [{ key: "env" }] });
});

test("a restriction to tags is refused where there are none, not ignored", () => {
  const alarms: PlannedSteps = { language: "en", steps: [{ id: "alarms", tool: "alarms.list", input: {} }] };
  expect(() => buildPlan(alarms, { ...facts, restriction: { tags: { env: "prod" } } })).toThrow(
    expect.objectContaining({ code: "CONFIGURATION_INVALID" }),
  );
});

test("a saved plan is restricted too", () => {
  const saved = buildPlan(planned(), { ...facts, restriction: {} });
  const plan = restrictPlan(saved, { restriction: { regions: ["eu-west-1"] }, accountNames: {} });
  expect(plan.steps[0]?.input.where).toEqual({ regions: { include: ["eu-west-1"] } });
});

test("tags that later steps read are asked for", () => {
  const grouped: PlannedSteps = {
    language: "en",
    steps: [
      { id: "list", tool: "resources.list", input: { kind: "function" } },
      { id: "count", tool: "table.aggregate", input: { rows: { from: "list" }, groupBy: ["tag:team"], measures: [{ function: "count" }] } },
    ],
  };
  expect(buildPlan(grouped, { ...facts, restriction: {} }).steps[0]?.input.readTags).toBe(true);
  expect(buildPlan(planned(), { ...facts, restriction: {} }).steps[0]?.input).not.toHaveProperty("readTags");
});
